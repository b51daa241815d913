package io.inkfast.mask.scan;

/** A value in front of its name: "hunter2 is my password", "'x' as password", "1234 ist die PIN". */
final class SecretBefore {

    private SecretBefore() {}

    /** Behind a name; reports what stands before it if that is a value. */
    static void report(Text text, int end, byte kind) {
        char[] c = text.chars;
        int low = Math.max(text.found(), end - 96);
        int at = end;
        while (at > low && end - at < 24 && Chars.wordPart(c[at - 1])) {
            at--;
        }
        int link = at - 1;
        int to = -1;
        for (int i = 0; i < 6 && to < 0 && link > low && c[link] == ' '; i++) {
            int next = SentenceWords.ahead(c, low, link, SentenceWords.LINKS);
            if (next < link) {
                to = next;
            } else {
                next = SentenceWords.ahead(c, low, link, SentenceWords.FILLERS);
                if (next == link) {
                    break;
                }
                link = next;
            }
        }
        text.work(end - Math.min(at, link) + 8);
        for (String other : SentenceWords.OTHERS) {
            if (Chars.at(c, end, text.length, other)) {
                return;
            }
        }
        if (to > low) {
            ending(text, low, to, kind);
        }
    }

    /* Reports the value that ends here if it is one. */
    private static void ending(Text text, int low, int end, byte kind) {
        char[] c = text.chars;
        int to = end;
        boolean quoted = Chars.quote(c[to - 1]);
        to -= quoted ? 1 : 0;
        int from = to;
        while (from > low
                && to - from < 64
                && (quoted ? c[from - 1] != c[to] && c[from - 1] != '\n' : !edge(c[from - 1]))) {
            from--;
        }
        text.work(to - from + 1);
        boolean whole = quoted ? from > low && c[from - 1] == c[to] : from == 0 || edge(c[from - 1]);
        boolean weak = kind == Kind.WEAK || kind == Kind.PWD || kind == Kind.PASS;
        boolean digits = Values.digits(c, from, to);
        boolean good = digits
                ? !weak && to - from >= 4 && to - from < 13
                : kind != Kind.CODE
                        && kind != Kind.CARD_CODE
                        && (PairDetector.secret(c, from, to)
                                || (quoted
                                        && !weak
                                        && Values.likelySecret(c, from, to)
                                        && !SentenceDetector.spelled(c, from, to)));
        if (whole && good && to > from) {
            SentenceDetector.report(text, from, to, kind);
        }
    }

    private static boolean edge(char c) {
        return Chars.space(c) || Chars.quote(c) || c == ':' || c == '=' || c == '(' || c == ',';
    }
}
