package io.inkfast.mask.scan;

/** Lists of names and values, and lists of values under one name. */
final class ListedSecrets {

    private static final int LONGEST = 256;

    private ListedSecrets() {}

    /** At a comma behind a name in [password, x, user, bob]: names and values by turns; returns where to go on. */
    static int at(Text text, int comma, FieldNames names) {
        char[] c = text.chars;
        if (comma < text.listUntil) {
            return comma + 1;
        }
        int low = Math.max(text.listUntil, comma - LONGEST);
        int open = comma;
        while (open > low && c[open - 1] != '[' && c[open - 1] != '(' && c[open - 1] != '\n') {
            open--;
        }
        text.work(comma - open);
        text.listUntil = comma;
        if (open == low || c[open - 1] == '\n') {
            return comma + 1;
        }
        int most = Math.min(text.length, open + 2 * LONGEST);
        int end = comma;
        while (end < most && c[end] != ']' && c[end] != ')' && c[end] != '\n') {
            end++;
        }
        text.work(end - comma);
        text.listUntil = end;
        int commas = 0;
        for (int i = open; i < end; i++) {
            commas += c[i] == ',' ? 1 : 0;
        }
        boolean pairs = end < most && c[end] != '\n' && commas % 2 == 1;
        return pairs ? pairs(text, comma, open, end, names) : comma + 1;
    }

    private static int pairs(Text text, int comma, int open, int end, FieldNames names) {
        char[] c = text.chars;
        int before = text.count;
        int from = open;
        byte kind = Kind.NONE;
        boolean name = true;
        for (int at = open; at <= end; at++) {
            if (at < end && c[at] != ',') {
                continue;
            }
            while (from < at && c[from] == ' ') {
                from++;
            }
            if (name) {
                kind = names.match(c, from, at);
            } else if (PairDetector.credential(kind)
                    && from > comma
                    && PairDetector.secret(c, from, at)
                    && !Values.nothing(c, from, at)) {
                text.hit(from, at, Kind.type(kind));
            }
            name = !name;
            from = at + 1;
        }
        return text.count > before ? text.found() : comma + 1;
    }

    /** Whether this is no word either, but letters of both cases with digits, or a long number. */
    static boolean token(char[] c, int from, int to) {
        boolean lower = false;
        boolean upper = false;
        for (int i = from; i < to; i++) {
            lower |= Chars.lower(c[i]);
            upper |= Chars.upper(c[i]);
        }
        return to - from >= 8 && ((lower && upper) || to - from >= 20) && PairDetector.secret(c, from, to);
    }

    /** Reports the secrets in a list or a map under a name such as "tokens"; returns where to go on. */
    static int members(Text text, int at, int from) {
        char[] c = text.chars;
        int n = Math.min(text.length, from + 4096);
        int before = text.count;
        if (from < text.listUntil) {
            return at + 1;
        }
        int start = from;
        int to = from;
        int depth = 0;
        while (to < n) {
            boolean part = Chars.wordPart(c[to]) || "_-.+/~$".indexOf(c[to]) >= 0;
            if (!part) {
                boolean value = to < n && (c[to] == ',' || c[to] == ']' || c[to] == '}' || Chars.quote(c[to]));
                if (value && token(c, start, to)) {
                    text.hit(start, to, Types.SECRET);
                }
                start = to + 1;
                depth += c[to] == '[' || c[to] == '{' ? 1 : c[to] == ']' || c[to] == '}' ? -1 : 0;
                if (depth == 0) {
                    break;
                }
            }
            to++;
        }
        text.work(to - from);
        text.listUntil = to;
        return text.count > before ? to : at + 1;
    }
}
