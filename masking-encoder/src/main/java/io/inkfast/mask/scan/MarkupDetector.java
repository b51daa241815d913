package io.inkfast.mask.scan;

/** Sensitive names that are not followed by ':' or '=': XML elements, command line options. */
final class MarkupDetector {

    private final FieldNames names;
    private final KeyValueDetector values;

    MarkupDetector(FieldNames names, KeyValueDetector values) {
        this.names = names;
        this.values = values;
    }

    /** At '<': {@code <password>...</password>}. */
    int element(Text text, int at) {
        char[] c = text.chars;
        int n = text.length;
        int end = at + 1;
        while (end < n
                && end - at <= FieldNames.LONGEST
                && (Chars.alnum(c[end]) || c[end] == '_' || c[end] == '-' || c[end] == ':' || c[end] == '.')) {
            end++;
        }
        text.work(end - at);
        if (end == at + 1 || end >= n || (c[end] != '>' && c[end] != ' ')) {
            return at + 1;
        }
        byte kind = names.match(c, at + 1, end);
        int open = end;
        while (open < n && c[open] != '>' && c[open] != '<' && open - end < 256) {
            open++;
        }
        if (open >= n || c[open] != '>' || c[open - 1] == '/') {
            return at + 1;
        }
        text.work(open - end);
        if (kind == Kind.NAMING || kind == Kind.NAMED) {
            return part(text, at, open + 1, kind);
        }
        if (!Kind.sensitive(kind)) {
            return at + 1;
        }
        int next = content(text, at, open + 1, Kind.type(kind));
        return next > at + 1 || Chars.at(c, end - 4, end, "auth")
                ? next
                : children(text, at, end, open + 1, Kind.type(kind));
    }

    /* <name>password</name><value>x</value>, in either order. */
    private int part(Text text, int at, int from, byte kind) {
        char[] c = text.chars;
        int n = text.length;
        int to = from;
        while (to < n && c[to] != '<' && to - from < 512) {
            to++;
        }
        text.work(to - from);
        if (to >= n || c[to] != '<' || to == from) {
            return at + 1;
        }
        if (kind == Kind.NAMED) {
            if (from <= text.namedUntil) {
                text.namedUntil = -1;
                return content(text, at, from, text.namedType);
            }
            text.valueFrom = from;
            text.valueTo = to;
            return at + 1;
        }
        byte named = names.match(c, from, to);
        if (!Kind.sensitive(named)) {
            return at + 1;
        }
        boolean behind = text.valueTo >= 0 && from - text.valueTo < 40 && text.found() <= text.valueFrom;
        if (behind && !Values.nothing(c, text.valueFrom, text.valueTo)) {
            text.hit(text.valueFrom, text.valueTo, Kind.type(named));
            text.valueTo = -1;
            return at + 1;
        }
        text.namedUntil = to + 64;
        text.namedType = Kind.type(named);
        return at + 1;
    }

    /* The elements in an element with a sensitive name: all up to its end. */
    private static int children(Text text, int at, int nameEnd, int from, int type) {
        char[] c = text.chars;
        int n = Math.min(text.length, from + 1024);
        if (from < text.elementsUntil || from >= n || c[from] != '<') {
            return at + 1;
        }
        int to = from;
        while (to < n && !(c[to] == '<' && to + 1 < n && c[to + 1] == '/' && same(c, at + 1, nameEnd, to + 2, n))) {
            to++;
        }
        text.work(to - from);
        text.elementsUntil = to;
        if (to >= n || to - from < 4 || Values.nothing(c, from, to)) {
            return at + 1;
        }
        text.hit(from, to, type);
        return to;
    }

    private static boolean same(char[] c, int from, int to, int other, int n) {
        for (int i = from; i < to; i++) {
            if (other + i - from >= n || c[other + i - from] != c[i]) {
                return false;
            }
        }
        return true;
    }

    /** At the '>' of {@code <entry key="password">...</entry>}, when the name has been seen. */
    int named(Text text, int at) {
        if (text.namedUntil < at || text.chars[at - 1] == '/') {
            return at + 1;
        }
        text.namedUntil = -1;
        return content(text, at, at + 1, text.namedType);
    }

    private static int content(Text text, int at, int from, int type) {
        char[] c = text.chars;
        int n = text.length;
        int to = from;
        if (Chars.at(c, from, n, "<![cdata[")) {
            while (to < n && !(c[to] == ']' && to + 2 < n && c[to + 1] == ']' && c[to + 2] == '>')) {
                to++;
            }
        } else {
            while (to < n && c[to] != '<') {
                to++;
            }
        }
        text.work(to - from);
        int start = from;
        int end = to;
        while (start < end && Chars.space(c[start])) {
            start++;
        }
        while (end > start && Chars.space(c[end - 1])) {
            end--;
        }
        if (Values.nothing(c, start, end)) {
            return at + 1;
        }
        text.hit(start, end, type);
        return Math.max(at + 1, to);
    }

    /** At '-': {@code --password x}, also as elements of a list. */
    int option(Text text, int at) {
        char[] c = text.chars;
        int n = text.length;
        if (at < 0 || c[at] != '-') {
            return at + 1;
        }
        if (at > 0 && !(Chars.space(c[at - 1]) || Chars.quote(c[at - 1]) || c[at - 1] == '[' || c[at - 1] == ',')) {
            return at + 1;
        }
        int start = at + 1;
        if (start < n && c[start] == '-') {
            start++;
        }
        int end = start;
        while (end < n
                && end - start <= FieldNames.LONGEST
                && (Chars.alnum(c[end]) || c[end] == '-' || c[end] == '_')) {
            end++;
        }
        text.work(end - at);
        if (end - start < 2 || end >= n) {
            return at + 1;
        }
        byte kind = names.match(c, start, end);
        if (!Kind.sensitive(kind)) {
            return at + 1;
        }
        int from = end;
        if (Chars.quote(c[from])) {
            from++;
        }
        if (from < n && c[from] == ',') {
            from++;
        }
        int spaces = from;
        while (from < n && c[from] == ' ' && from - spaces < 8) {
            from++;
        }
        if (from >= n || (from == spaces && c[from - 1] != ',') || c[from] == '-') {
            return at + 1;
        }
        return Math.max(end, values.judge(text, end - 1, from, kind, true, false));
    }
}
