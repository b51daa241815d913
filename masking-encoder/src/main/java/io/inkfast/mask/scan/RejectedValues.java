package io.inkfast.mask.scan;

/** "on field 'password': rejected value [x]", "rejected value [x]; codes [Size.user.password,Size.password]". */
final class RejectedValues {

    private static final int LONGEST = 256;

    private RejectedValues() {}

    /** At the bracket; returns where to go on. */
    static int at(Text text, int open, FieldNames names) {
        char[] c = text.chars;
        int n = text.length;
        if (!Chars.at(c, open - 15, open, "rejected value ")) {
            return open + 1;
        }
        int close = open + 1;
        while (close < n && close - open < LONGEST && c[close] != ']' && c[close] != '[') {
            close++;
        }
        int end = open - 15;
        byte kind = Kind.NONE;
        if (end > 3 && c[end - 2] == ':' && c[end - 3] == '\'') {
            kind = names.match(c, Math.max(0, end - 3 - FieldNames.LONGEST), end - 3);
        } else if (Chars.at(c, close, n, "]; codes [")) {
            int code = close + 10;
            int to = code;
            while (to < n && to - code < LONGEST && c[to] != ',' && c[to] != ']') {
                to++;
            }
            text.work(to - code);
            kind = names.match(c, code, to);
        }
        text.work(close - open + 16);
        if (!Kind.sensitive(kind) || close >= n || c[close] != ']' || Values.nothing(c, open + 1, close)) {
            return open + 1;
        }
        text.hit(open + 1, close, Kind.type(kind));
        return close;
    }
}
