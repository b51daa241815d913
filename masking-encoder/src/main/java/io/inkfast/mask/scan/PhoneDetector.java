package io.inkfast.mask.scan;

/** Telephone numbers: international ones by their '+', national ones in parentheses; others where a word announces them. */
final class PhoneDetector {

    private static final int MOST_DIGITS = 15;

    private PhoneDetector() {}

    static void addWindows(Anchors.Builder to, int handler) {
        to.window(handler, Anchors.ANY, "^" + Anchors.ALNUM + "+", "+", "123456789")
                .window(handler, "^" + Anchors.ALNUM + ".,:-/+_#=", "0", "0", "123456789")
                .window(handler, "(", Anchors.DIGIT, Anchors.DIGIT, Anchors.DIGIT);
    }

    /** At the first digit behind '+', or the third behind '('; returns where to go on. */
    static int at(Text text, int at) {
        char[] c = text.chars;
        if (at == 0) {
            return at + 1;
        }
        if (c[at - 1] == '+') {
            if (c[at] == '0' || (at > 1 && (Chars.wordPart(c[at - 2]) || c[at - 2] == '+'))) {
                return at + 1;
            }
            int end = end(text, at - 1, 8);
            if (end > 0) {
                text.hit(at - 1, end, Types.PHONE);
                return end;
            }
            return at + 1;
        }
        if (at > 1 && c[at - 1] == '0' && c[at - 2] == '0' && (at < 3 || c[at - 3] != '(')) {
            return zeros(text, at);
        }
        int open = at - 3;
        if (open < 0 || c[open] != '(' || (open > 0 && Chars.wordPart(c[open - 1]))) {
            return at + 1;
        }
        int end = area(text, open);
        if (end < 0) {
            return at + 1;
        }
        text.hit(open, end, Types.PHONE);
        return end;
    }

    /* 0049 30 901820: at least three groups, so that no padded number is one. */
    private static int zeros(Text text, int at) {
        char[] c = text.chars;
        boolean inside = at > 2 && (Chars.wordPart(c[at - 3]) || ".,:-/+_#=".indexOf(c[at - 3]) >= 0);
        if (c[at] == '0' || inside) {
            return at + 1;
        }
        int end = end(text, at - 2, 10);
        int groups = 1;
        int first = at;
        for (int i = at; i < end; i++) {
            boolean gap = !Chars.digit(c[i]);
            groups += gap && Chars.digit(c[i - 1]) ? 1 : 0;
            first = groups == 1 ? i : first;
        }
        if (end < 0 || groups < 3 || first - at > 2) {
            return at + 1;
        }
        text.hit(at - 2, end, Types.PHONE);
        return end;
    }

    /* (555) 123-4567, (030) 1234567 */
    private static int area(Text text, int open) {
        char[] c = text.chars;
        int n = text.length;
        int close = open + 1;
        while (close < n && close - open < 7 && Chars.digit(c[close])) {
            close++;
        }
        if (close >= n || c[close] != ')') {
            return -1;
        }
        int from = close + 1 < n && (c[close + 1] == ' ' || c[close + 1] == '-') ? close + 2 : close + 1;
        boolean american = close - open == 4
                && from + 8 <= n
                && Values.digits(c, from, from + 3)
                && (c[from + 3] == '-' || c[from + 3] == ' ' || c[from + 3] == '.')
                && Values.digits(c, from + 4, from + 8);
        return american || c[open + 1] == '0' ? end(text, open, 8) : -1;
    }

    /** The end of the number that begins here, which has at least so many digits; or -1. */
    static int end(Text text, int from, int least) {
        char[] c = text.chars;
        int n = text.length;
        int at = from;
        int digits = 0;
        int end = -1;
        int most = Chars.exactlyAt(c, from, n, "+1") ? 11 : MOST_DIGITS;
        while (at < n) {
            int group = at;
            while (group < n && group - at < 3 && separator(c[group], at == from)) {
                group++;
            }
            int to = group;
            while (to < n && to - group <= MOST_DIGITS && Chars.digit(c[to])) {
                to++;
            }
            boolean time = to < n && c[to] == ':' && to + 1 < n && Chars.digit(c[to + 1]) && group > at;
            if (to == group || digits + to - group > most || (to < n && Chars.wordPart(c[to])) || time) {
                break;
            }
            digits += to - group;
            end = to;
            at = to;
        }
        text.work(at - from + 4);
        boolean cut = end > 0 && end < n && Chars.wordPart(c[end]);
        return digits >= least && !cut && !date(c, from, end) ? end : -1;
    }

    private static boolean separator(char c, boolean first) {
        return c == '(' || (first ? c == '+' : c == ' ' || c == '-' || c == '.' || c == '/' || c == ')');
    }

    /* 2026-11-25, 25.11.2026 and numbers with a fraction are none. */
    private static boolean date(char[] c, int from, int end) {
        int first = from;
        while (first < end && Chars.digit(c[first])) {
            first++;
        }
        int second = first + 1;
        while (second < end && Chars.digit(c[second])) {
            second++;
        }
        boolean year = first - from == 4 && (c[from] == '1' || c[from] == '2') && second - first == 3;
        boolean day = first - from == 2 && second - first == 3 && second < end && c[second] == c[first];
        boolean fraction = second == end && first < end && c[first] == '.';
        return (year && second < end && c[second] == '-') || (day && end - second == 5) || fraction;
    }
}
