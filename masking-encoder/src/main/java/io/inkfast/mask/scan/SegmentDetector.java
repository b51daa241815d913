package io.inkfast.mask.scan;

/** Segments of HL7 messages that identify a person: patient, next of kin, guarantor, insured. */
final class SegmentDetector {

    private static final int SEX = 8;

    private SegmentDetector() {}

    static void addWindows(Anchors.Builder to, int handler) {
        to.window(handler, "P", "I", "D", "|")
                .window(handler, "N", "K", "1", "|")
                .window(handler, "G", "T", "1", "|")
                .window(handler, "I", "N", "1", "|");
    }

    /** At the '|' behind the name of a segment; returns where to go on. */
    static int at(Text text, int bar) {
        char[] c = text.chars;
        int start = bar - 3;
        boolean person = Chars.exactlyAt(c, start, bar, "PID")
                || Chars.exactlyAt(c, start, bar, "NK1")
                || Chars.exactlyAt(c, start, bar, "GT1")
                || Chars.exactlyAt(c, start, bar, "IN1");
        if (!person || (start > 0 && Chars.wordPart(c[start - 1]) && !escapedBreak(c, start))) {
            return bar + 1;
        }
        int field = 1;
        int from = bar + 1;
        int at = from;
        while (at <= text.length) {
            boolean ends = at == text.length || c[at] == '\n' || c[at] == '\r' || c[at] == '"' || c[at] == '\\';
            if (ends || c[at] == '|') {
                int harmless = field == 1 ? 4 : field == SEX ? 2 : 1;
                if (at - from > harmless && !Values.nothing(c, from, at)) {
                    text.hit(from, at, Types.MEDICAL_ID);
                }
                field++;
                from = at + 1;
            }
            if (ends) {
                break;
            }
            at++;
        }
        text.work(at - bar);
        return Math.max(bar + 1, at);
    }

    private static boolean escapedBreak(char[] c, int start) {
        return start > 1 && c[start - 2] == '\\' && (c[start - 1] == 'n' || c[start - 1] == 'r');
    }
}
