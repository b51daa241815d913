package io.inkfast.mask.scan;

/** The part of a multipart form that belongs to a name: lines of headers, an empty line, the value, a boundary. */
final class FormParts {

    private static final int LONGEST_HEADERS = 112;

    private FormParts() {}

    /** Behind the quoted name at {@code from}: reports the value; returns where to go on, {@code at + 1} if there is none. */
    static int at(Text text, int at, int from, int type) {
        char[] c = text.chars;
        int n = text.length;
        int start = from;
        if (lineBreak(c, n, start) == 0
                || !(Chars.at(c, at - 15, n, "form-data") || Chars.at(c, at - 14, n, "form-data"))) {
            return at + 1;
        }
        int line = start + lineBreak(c, n, start);
        while (line < n && line - from < LONGEST_HEADERS && lineBreak(c, n, line) == 0) {
            while (line < n && line - from < LONGEST_HEADERS && lineBreak(c, n, line) == 0) {
                line++;
            }
            line += lineBreak(c, n, line);
        }
        start = line + lineBreak(c, n, line);
        text.work(start - from + 1);
        if (start == line) {
            return at + 1;
        }
        int to = start;
        while (to < n && !(lineBreak(c, n, to) > 0 && boundary(c, n, to + lineBreak(c, n, to)))) {
            to++;
        }
        text.work(to - start);
        if (Values.nothing(c, start, to)) {
            return at + 1;
        }
        int before = text.count;
        text.hit(start, to, type);
        return text.count > before ? to : at + 1;
    }

    private static boolean boundary(char[] c, int n, int at) {
        return at + 1 < n && c[at] == '-' && c[at + 1] == '-';
    }

    /* The length of a line break, real or escaped, at this place. */
    private static int lineBreak(char[] c, int n, int at) {
        if (at >= n) {
            return 0;
        }
        if (c[at] == '\n') {
            return 1;
        }
        if (c[at] == '\r') {
            return at + 1 < n && c[at + 1] == '\n' ? 2 : 1;
        }
        if (Chars.exactlyAt(c, at, n, "\\r\\n")) {
            return 4;
        }
        return Chars.exactlyAt(c, at, n, "\\n") ? 2 : 0;
    }
}
