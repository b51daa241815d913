package io.inkfast.mask.scan;

/** Values that begin on the line below their name: blocks and plain scalars of YAML. */
final class YamlValues {

    private static final int DEEPEST = 64;

    private YamlValues() {}

    /** At the colon behind a name of this kind that ends at {@code name}; returns where to go on. */
    static int at(Text text, int colon, int name, byte kind) {
        char[] c = text.chars;
        int n = text.length;
        if (!Kind.sensitive(kind) || kind == Kind.IP) {
            return colon + 1;
        }
        int at = colon + 1;
        while (at < n && at - colon < 6 && (Chars.blank(c[at]) || "|>-+".indexOf(c[at]) >= 0 || c[at] == '\r')) {
            at++;
        }
        if (at >= n || c[at] != '\n') {
            return colon + 1;
        }
        boolean block = contains(c, colon, at, '|') || contains(c, colon, at, '>');
        int line = name;
        while (line > 0 && name - line < DEEPEST && c[line - 1] != '\n') {
            line--;
        }
        int indent = indent(c, n, line);
        int from = at + 1 + indent(c, n, at + 1);
        text.work(from - line);
        int end = from;
        int next = at + 1;
        while (next < n && (indent(c, n, next) > indent || (end > from && blank(c, n, next)))) {
            int to = next;
            while (to < n && c[to] != '\n') {
                to++;
            }
            text.work(to - next + 1);
            end = to > end ? to : end;
            next = to + 1;
            if (!block) {
                break;
            }
        }
        while (end > from && Chars.space(c[end - 1])) {
            end--;
        }
        boolean nested = !block
                && (contains(c, from, end, ':') || contains(c, from, end, ' ') || c[Math.min(from, n - 1)] == '-');
        if (end <= from || nested || Values.nothing(c, from, end)) {
            return colon + 1;
        }
        text.hit(from, end, Kind.type(kind));
        return end;
    }

    private static int indent(char[] c, int n, int line) {
        int at = line;
        while (at < n && at - line < DEEPEST && c[at] == ' ') {
            at++;
        }
        return at - line;
    }

    private static boolean blank(char[] c, int n, int line) {
        return line < n && c[line] == '\n';
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
