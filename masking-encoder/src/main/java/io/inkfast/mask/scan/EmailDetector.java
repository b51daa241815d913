package io.inkfast.mask.scan;

/** E-mail addresses, also international ones. What only has an '@' in it stays: versions, objects, pictures, hosts. */
final class EmailDetector {

    /** More than a standard allows: forwarders write longer ones, and half an address must not stay. */
    private static final int LONGEST_LOCAL = 320;

    private static final int LONGEST_DOMAIN = 255;

    /** Ends of file names that are no domains. */
    private static final String NO_DOMAINS =
            " png jpg jpeg gif svg webp bmp css scss js mjs jsx tsx html htm xml json yaml"
                    + " yml jar war class java kt txt log csv pdf gz tgz tar exe dll conf cfg ini properties ";

    private EmailDetector() {}

    static void addWindows(Anchors.Builder to, int handler) {
        to.window(
                handler,
                Anchors.ANY,
                Anchors.ALNUM + "_-+." + '"' + Anchors.OTHER,
                "@",
                Anchors.ALNUM + "[" + Anchors.OTHER);
        to.window(handler, "(", "aA", "tT", ")").window(handler, "[", "aA", "tT", "]");
    }

    /** At the bracket that closes "(at)" or "[at]"; returns where to go on. */
    static int spelled(Text text, int close) {
        char[] c = text.chars;
        int at = close - 3;
        if (at < 1 || !Chars.at(c, at + 1, close, "at") || (c[at] != '(' && c[at] != '[')) {
            return close + 1;
        }
        while (at > 0 && c[at - 1] == ' ' && close - at < 5) {
            at--;
        }
        int from = close + 1;
        while (from < text.length && c[from] == ' ' && from - close < 3) {
            from++;
        }
        int start = local(text, at);
        int end = spelledDomain(text, from);
        if (start >= at || end < 0) {
            return close + 1;
        }
        text.hit(start, end, Types.EMAIL);
        return end;
    }

    /* example.org, example(dot)org, example [dot] org */
    private static int spelledDomain(Text text, int from) {
        char[] c = text.chars;
        int n = Math.min(text.length, from + LONGEST_DOMAIN);
        int label = from;
        int end = -1;
        while (label < n && Chars.alnum(c[label])) {
            int to = label;
            while (to < n && (Chars.wordPart(c[to]) || c[to] == '-')) {
                to++;
            }
            if (label > from && top(c, label, to)) {
                end = to;
            }
            int dot = to;
            while (dot < n && c[dot] == ' ' && dot - to < 2) {
                dot++;
            }
            if (Chars.at(c, dot, n, "(dot)") || Chars.at(c, dot, n, "[dot]")) {
                label = dot + 5;
                label = label < n && c[label] == ' ' ? label + 1 : label;
            } else if (to < n && c[to] == '.') {
                label = to + 1;
            } else {
                break;
            }
        }
        text.work(Math.max(label, from) - from + 8);
        return end;
    }

    /** At the '@'; returns where to go on. */
    static int at(Text text, int at) {
        char[] c = text.chars;
        int end = at + 1 < text.length && c[at + 1] == '[' ? literal(text, at + 1) : domain(text, at + 1);
        if (end < 0) {
            return at + 2;
        }
        int start = c[at - 1] == '"' ? quotedLocal(text, at) : local(text, at);
        if (start >= at || exempt(text, start, at, end)) {
            return at + 2;
        }
        text.hit(start, end, Types.EMAIL);
        return end;
    }

    private static int local(Text text, int at) {
        char[] c = text.chars;
        int low = Math.max(text.found(), at - LONGEST_LOCAL);
        int start = at;
        while (start > low && (part(c[start - 1]) || (start < at && between(c, low, start - 1)))) {
            if (ideographic(c[start - 1]) && start < at && c[start] < 0x80) {
                break;
            }
            start--;
        }
        text.work(at - start + 1);
        // "email%3Dbob@": the escape is not part of it.
        if (start > low && c[start - 1] == '%' && at - start > 2 && Chars.hex(c[start]) && Chars.hex(c[start + 1])) {
            start += 2;
        }
        while (start < at && (c[start] == '.' || c[start] == '-' || c[start] == '+')) {
            start++;
        }
        return start;
    }

    private static boolean part(char c) {
        return Chars.wordPart(c) || c == '.' || c == '_' || c == '-' || c == '+';
    }

    private static boolean between(char[] c, int low, int at) {
        char now = c[at];
        return (now == '\'' || now == '!' || now == '#' || now == '$' || now == '^' || now == '~')
                && at > low
                && Chars.wordPart(c[at - 1])
                && Chars.wordPart(c[at + 1]);
    }

    private static boolean ideographic(char c) {
        return c >= 0x2E80 && c < 0xD800;
    }

    /* "john doe"@, whose quotes may be escaped. */
    private static int quotedLocal(Text text, int at) {
        char[] c = text.chars;
        int low = Math.max(text.found(), at - 70);
        int start = at - 2;
        while (start >= low && c[start] != '"' && c[start] != '\n') {
            start--;
        }
        text.work(at - start);
        if (start < low || c[start] != '"' || at - start < 3) {
            return at;
        }
        return start > low && c[start - 1] == '\\' ? start - 1 : start;
    }

    /* The end of the domain that begins here, or -1. */
    private static int domain(Text text, int from) {
        char[] c = text.chars;
        int n = Math.min(text.length, from + LONGEST_DOMAIN);
        int label = from;
        int end = -1;
        int labels = 0;
        int at = from;
        while (label < n && Chars.wordPart(c[label])) {
            at = label;
            while (at < n && (Chars.wordPart(c[at]) || c[at] == '-')) {
                at++;
            }
            if (++labels > 1 && top(c, label, at)) {
                end = at;
            }
            if (at >= n || c[at] != '.') {
                break;
            }
            label = at + 1;
        }
        text.work(at - from + 1);
        if (end > 0 && end < text.length && (c[end] == '(' || (c[end] == '@' && end == at))) {
            return -1;
        }
        return version(c, from, at) ? -1 : end;
    }

    /* The last label of a domain. */
    private static boolean top(char[] c, int from, int to) {
        if (to - from > 5 && Chars.at(c, from, to, "xn--")) {
            return true;
        }
        boolean camel = false;
        for (int i = from; i < to; i++) {
            if (!Chars.letter(c[i]) && c[i] < 0x80) {
                return false;
            }
            camel |= i > from && Chars.upper(c[i]) && Chars.lower(c[i - 1]);
        }
        if (to - from < 2 || to - from > 24 || camel) {
            return false;
        }
        return to - from > 10
                || !NO_DOMAINS.contains(" " + new String(c, from, to - from).toLowerCase(java.util.Locale.ROOT) + " ");
    }

    /* 1.2.3-beta, v4.1, icon@2x.png: the first label is a number and the second begins with one. */
    private static boolean version(char[] c, int from, int to) {
        int at = c[from] == 'v' ? from + 1 : from;
        int start = at;
        while (at < to && Chars.digit(c[at])) {
            at++;
        }
        return at > start && at + 1 < to && c[at] == '.' && Chars.digit(c[at + 1]);
    }

    /* [192.0.2.1] */
    private static int literal(Text text, int open) {
        char[] c = text.chars;
        int at = open + 1;
        while (at < text.length && at - open < 48 && (Chars.hex(c[at]) || c[at] == '.' || c[at] == ':')) {
            at++;
        }
        text.work(at - open);
        return at < text.length && c[at] == ']' && at - open > 7 ? at + 1 : -1;
    }

    private static boolean exempt(Text text, int start, int at, int end) {
        char[] c = text.chars;
        if (start > 1 && c[start - 1] == '/' && c[start - 2] == '/') {
            return true; // the user of a URL
        }
        if (at - start == 3 && (Chars.exactlyAt(c, start, at, "git") || Chars.exactlyAt(c, start, at, "svn"))) {
            return true;
        }
        if (at - start == 4 && Chars.exactlyAt(c, start, at, "this")) {
            return true;
        }
        boolean remotePath = end + 1 < text.length && c[end] == ':' && (c[end + 1] == '/' || c[end + 1] == '~');
        return remotePath || object(c, start, at, end);
    }

    /* Foo@1a2b3c.close: what Object.toString() writes. */
    private static boolean object(char[] c, int start, int at, int end) {
        int word = at;
        while (word > start && Chars.alnum(c[word - 1])) {
            word--;
        }
        int hex = at + 1;
        boolean digit = false;
        while (hex < end && Chars.hex(c[hex])) {
            digit |= Chars.digit(c[hex++]);
        }
        return word < at && Chars.upper(c[word]) && digit && hex - at > 5 && hex - at < 10 && c[hex] == '.';
    }
}
