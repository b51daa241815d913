package io.inkfast.mask.scan;

/** Secrets in tables: the first line tells by its names which columns they are in. One thread. */
final class TableDetector {

    private static final int LONGEST_HEAD = 512;

    private final FieldNames names;

    TableDetector(FieldNames names) {
        this.names = names;
    }

    /** Behind a sensitive name; returns where to go on. */
    int at(Text text, int at) {
        char[] c = text.chars;
        if (at < text.tableUntil) {
            return at + 1;
        }
        int next = at;
        while (next < text.length && c[next] == ' ' && next - at < 32) {
            next++;
        }
        char separator = next < text.length ? c[next] : ' ';
        if (separator != ',' && separator != ';' && separator != '|' && separator != '\t' && separator != '\n') {
            return at + 1;
        }
        int low = Math.max(text.tableUntil, at - LONGEST_HEAD);
        int start = at;
        while (start > low && c[start - 1] != '\n' && headed(c[start - 1])) {
            start--;
        }
        int most = Math.min(text.length, at + LONGEST_HEAD);
        int end = next;
        while (end < most && c[end] != '\n' && headed(c[end])) {
            end++;
        }
        text.work(end - start);
        text.tableUntil = end;
        boolean line = end < most && c[end] == '\n' && (start == 0 || c[start - 1] == '\n' || c[start - 1] == ' ');
        if (separator == '\n' && line) {
            separator = before(c, start, at);
        }
        if (!line || count(c, start, end, separator) == 0) {
            return at + 1;
        }
        return rows(text, at, start, end, separator);
    }

    private static boolean headed(char c) {
        return Chars.wordPart(c) || "_-. ,;|\t\"\r".indexOf(c) >= 0;
    }

    /* The separator before the last name of the line, or 0. */
    private static char before(char[] c, int start, int end) {
        int at = end;
        while (at > start && ",;|\t".indexOf(c[at - 1]) < 0) {
            at--;
        }
        return at > start ? c[at - 1] : 0;
    }

    private static int count(char[] c, int from, int to, char separator) {
        int count = 0;
        for (int i = from; i < to; i++) {
            count += c[i] == separator ? 1 : 0;
        }
        return count;
    }

    /* The columns whose name is that of a secret, one bit each. */
    private long columns(char[] c, int start, int end, char separator) {
        long columns = 0;
        int column = 0;
        int from = start;
        for (int i = start; i <= end && column < Long.SIZE; i++) {
            if (i == end || c[i] == separator) {
                int to = i;
                while (to > from && !Chars.alnum(c[to - 1])) {
                    to--;
                }
                byte kind = names.match(c, from, to);
                if (PairDetector.credential(kind)) {
                    columns |= 1L << column;
                }
                column++;
                from = i + 1;
            }
        }
        return columns;
    }

    private int rows(Text text, int at, int start, int end, char separator) {
        char[] c = text.chars;
        int cells = count(c, start, end, separator);
        long columns = columns(c, start, end, separator);
        int before = text.count;
        int row = end + 1;
        while (row < text.length) {
            int to = row;
            while (to < text.length && c[to] != '\n') {
                to++;
            }
            text.work(to - row + 1);
            if (count(c, row, to, separator) != cells) {
                break;
            }
            row(text, row, to, separator, columns);
            row = to + 1;
        }
        text.tableUntil = row;
        return text.count > before ? text.found() : at + 1;
    }

    private static void row(Text text, int start, int end, char separator, long columns) {
        char[] c = text.chars;
        int column = 0;
        int from = start;
        for (int i = start; i <= end && column < Long.SIZE; i++) {
            if (i == end || c[i] == separator) {
                if ((columns >> column & 1) != 0) {
                    cell(text, from, i);
                }
                column++;
                from = i + 1;
            }
        }
    }

    private static void cell(Text text, int start, int end) {
        char[] c = text.chars;
        int from = start;
        int to = end;
        while (from < to && (Chars.space(c[from]) || c[from] == '"')) {
            from++;
        }
        while (to > from && (Chars.space(c[to - 1]) || c[to - 1] == '"')) {
            to--;
        }
        if (PairDetector.secret(c, from, to) && !Values.nothing(c, from, to)) {
            text.hit(from, to, Types.SECRET);
        }
    }
}
