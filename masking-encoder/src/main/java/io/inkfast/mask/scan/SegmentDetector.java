package io.inkfast.mask.scan;

/** Segments of HL7 messages and elements of X12 that identify a person: patient, next of kin, guarantor, insured. */
final class SegmentDetector {

    private static final int SEX = 8;

    private SegmentDetector() {}

    static void addWindows(Anchors.Builder to, int handler) {
        to.window(handler, "P", "I", "D", "|")
                .window(handler, "N", "K", "1", "|")
                .window(handler, "G", "T", "1", "|")
                .window(handler, "I", "N", "1", "|")
                .window(handler, "S", "Y", "*", Anchors.DIGIT)
                .window(handler, "D", "8", "*", Anchors.DIGIT)
                .window(handler, "MX", "IX", "*", Anchors.ALNUM)
                .window(handler, "IQ", "LC", "*", "12");
    }

    /**
     * At the first character of an element of X12 behind its qualifier: the number of a person, a date, the names of who is
     * insured; returns where to go on.
     */
    static int element(Text text, int at) {
        char[] c = text.chars;
        if (at < 3 || c[at - 1] != '*' || (at > 3 && Chars.wordPart(c[at - 4]))) {
            return at + 1;
        }
        char qualifier = c[at - 3];
        boolean named = Chars.exactlyAt(c, at - 3, at, "IL*") || Chars.exactlyAt(c, at - 3, at, "QC*");
        boolean number = Chars.exactlyAt(c, at - 3, at, "SY*")
                || Chars.exactlyAt(c, at - 3, at, "D8*")
                || Chars.exactlyAt(c, at - 3, at, "MI*")
                || Chars.exactlyAt(c, at - 3, at, "XX*");
        if (!named && !number) {
            return at + 1;
        }
        if (number) {
            int to = elementEnd(text, at);
            int type = qualifier == 'S' ? Types.SSN : qualifier == 'D' ? Types.DATE : Types.MEDICAL_ID;
            if (to - at > 4 && Values.countDigits(c, at, to) > 3) {
                text.hit(at, to, type);
                return to;
            }
            return at + 1;
        }
        if (!Chars.exactlyAt(c, at - 7, at, "NM1*")) {
            return at + 1;
        }
        int to = elementEnd(text, at);
        for (int i = 0; i < 3 && to < text.length && c[to] == '*'; i++) {
            int from = to + 1;
            to = elementEnd(text, from);
            if (to > from && !Values.nothing(c, from, to)) {
                text.hit(from, to, Types.NAME);
            }
        }
        return Math.max(at + 1, to);
    }

    private static int elementEnd(Text text, int from) {
        int to = from;
        while (to < text.length && to - from < 80 && "*~:^\"\\\n\r".indexOf(text.chars[to]) < 0) {
            to++;
        }
        text.work(to - from + 2);
        return to;
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
