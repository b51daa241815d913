package io.inkfast.mask.scan;

/** Names and postal addresses: how many words belong to one. */
final class PersonWords {

    private static final String PARTICLES = " von van der den de del della di da dos la le du des el al bin y of the ";
    private static final String STREETS =
            PARTICLES + "rue via calle avenida av am an im street st road rd avenue ave lane ln"
                    + " drive dr apt floor fl no nr suite po box ";
    private static final String NO_NAMES =
            " string text required missing invalid unknown empty varchar not is must field";

    private PersonWords() {}

    /** The end of a person's name, or -1 if this is none. */
    static int name(Text text, int from, int plain, boolean tight) {
        return words(text, from, plain, tight, false);
    }

    /* Words that begin in upper case, and small ones between them. */
    private static int words(Text text, int from, int plain, boolean tight, boolean street) {
        String small = street ? STREETS : PARTICLES;
        int most = street ? 12 : 4;
        char[] c = text.chars;
        int n = text.length;
        int at = from;
        int end = -1;
        for (int count = 0; count < most && at < n; count++) {
            int to = at;
            while (to < n && to - at < 48 && (Chars.wordPart(c[to]) || (to > at && "'-.".indexOf(c[to]) >= 0))) {
                to++;
            }
            text.work(to - at + 8);
            boolean name = to < n && (c[to] == '=' || (c[to] == ':' && to > at));
            boolean large = to > at && (Chars.upper(c[at]) || c[at] > 0x7F || (street && Chars.digit(c[at])));
            boolean known = to > at && to - at < 9 && small.contains(" " + new String(c, at, to - at) + " ");
            if (to == at || (count > 0 && (name || !(large || known)))) {
                break;
            }
            if (count == 0 && !tight && (!(large || known) || name || noName(c, at, to))) {
                return -1;
            }
            if (large || count == 0) {
                end = to;
            }
            at = to < n && c[to] == ',' && street ? to + 1 : to;
            if (at >= n || c[at] != ' ') {
                break;
            }
            at++;
        }
        if (tight && end > 0 && noName(c, from, plain)) {
            return -1;
        }
        end = tight ? Math.max(end, plain) : end;
        return end > from && c[end - 1] == '.' ? end - 1 : end;
    }

    private static boolean noName(char[] c, int from, int to) {
        return Values.prose(c, from, to)
                || (to - from < 10
                        && NO_NAMES.contains(
                                " " + new String(c, from, to - from).toLowerCase(java.util.Locale.ROOT) + " "));
    }

    /** The end of a postal address, or of a part of one; -1 if it is an address of another sort. */
    static int address(Text text, int from, int plain, boolean tight) {
        char[] c = text.chars;
        boolean technical = c[from] == '/'
                || contains(c, from, plain, ':')
                || contains(c, from, plain, '@')
                || Chars.at(c, from, plain, "0x")
                || Chars.at(c, from, plain, "localhost");
        int dot = from;
        while (dot < plain && Chars.digit(c[dot])) {
            dot++;
        }
        boolean dotted = dot > from && dot + 1 < plain && c[dot] == '.' && Chars.digit(c[dot + 1]);
        text.work(plain - from);
        return technical || dotted ? -1 : words(text, from, plain, tight, true);
    }

    private static boolean contains(char[] c, int from, int to, char wanted) {
        for (int i = from; i < to; i++) {
            if (c[i] == wanted) {
                return true;
            }
        }
        return false;
    }
}
