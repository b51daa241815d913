package io.inkfast.mask.scan;

/** The values of cookies that a server sets; their names and attributes may be seen. */
final class SetCookies {

    private static final String[] ATTRIBUTES = {
        "path", "domain", "expires", "max-age", "secure", "httponly", "samesite", "partitioned", "priority", "version"
    };

    private SetCookies() {}

    /** Reports the values from {@code from} to before {@code end}; returns where to go on. */
    static int report(Text text, int at, int from, int end) {
        char[] c = text.chars;
        int start = from;
        while (start < end) {
            while (start < end && (c[start] == ' ' || c[start] == ';')) {
                start++;
            }
            int to = start;
            int equals = -1;
            while (to < end && c[to] != ';') {
                equals = c[to] == '=' && equals < 0 ? to : equals;
                to++;
            }
            int value = equals < 0 ? start : equals + 1;
            if (!attribute(c, start, equals < 0 ? to : equals) && !Values.nothing(c, value, to)) {
                text.hit(value, to, Types.COOKIE);
            }
            start = to;
        }
        text.work(end - from);
        int next = end;
        while (next < text.length && next - end < 3 && (c[next] == ',' || c[next] == ' ')) {
            next++;
        }
        boolean more = next > end && (c[end - 1] == ',' || c[end] == ',') && HeaderValues.assigns(c, text.length, next);
        return more ? report(text, at, next, HeaderValues.cookies(text, next)) : Math.max(at + 1, end);
    }

    private static boolean attribute(char[] c, int from, int to) {
        for (String word : ATTRIBUTES) {
            if (word.length() == to - from && Chars.at(c, from, to, word)) {
                return true;
            }
        }
        return false;
    }
}
