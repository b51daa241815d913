package io.inkfast.mask.scan;

/*
 * These notations are also those of prose and code, so the value has to look like a secret: no word, no words joined by
 * hyphens, no name of an algorithm.
 */
/** Secrets joined to their names by neither ':' nor '=': in lists, parentheses, arrows, and what a form rejected. One thread. */
final class PairDetector {

    private static final String[] ALGORITHMS = {
        "sha", "md5", "hmac", "bcrypt", "scrypt", "argon2", "pbkdf2", "aes", "rsa", "hs2", "hs5", "rs2", "es2", "utf",
        "rfc", "base64", "oauth", "iso", "pkcs", "http"
    };

    private static final int LONGEST = 256;

    private final FieldNames names;
    private final TableDetector tables;
    private final ValueExtent value = new ValueExtent();

    PairDetector(FieldNames names) {
        this.names = names;
        this.tables = new TableDetector(names);
    }

    static void addWindows(Anchors.Builder to, int handler) {
        String behind = ",;(~_|-\n\r\t " + Anchors.QUOTE;
        for (String end : new String[] {"oOrRdD", "kKeEnN", "rReEtT", "kKeEyY", "sSwWdD", "pPwWdD"}) {
            to.window(handler, end.substring(0, 2), end.substring(2, 4), end.substring(4), behind);
        }
        to.window(handler, "aA", "lL", "sS", " ").window(handler, "u", "e", " ", "[");
    }

    /** At the character behind a name, or at the '[' of a rejected value; returns where to go on. */
    int at(Text text, int at) {
        char[] c = text.chars;
        if (c[at] == '[') {
            return RejectedValues.at(text, at, names);
        }
        byte kind = names.match(c, Math.max(0, at - FieldNames.LONGEST), at);
        text.work(4);
        if (!credential(kind)) {
            return at + 1;
        }
        int next = tables.at(text, at);
        if (next > at + 1) {
            return next;
        }
        return switch (c[at]) {
            case ',' -> ListedSecrets.at(text, at, names);
            case '(' -> word(text, at, at + 1, kind);
            case '~' -> word(text, at, at + 1, kind);
            case '_' -> underscores(text, at, kind);
            case '-' -> arrow(text, at, at, kind);
            case '"', '\'', '`' -> quoted(text, at, kind);
            case ' ' -> blank(text, at, kind);
            default -> at + 1;
        };
    }

    static boolean credential(byte kind) {
        return kind == Kind.SECRET || kind == Kind.WEAK || kind == Kind.PASS || kind == Kind.PWD;
    }

    /* "password (x)", "(password . "x")", "credentials bob:x", "password -> x" */
    private int blank(Text text, int at, byte kind) {
        char[] c = text.chars;
        int n = text.length;
        int next = at + 1;
        if (next + 2 >= n) {
            return at + 1;
        }
        if (c[next] == '(') {
            return word(text, at, next + 1, kind);
        }
        if (c[next] == '.' && c[next + 1] == ' ' && Chars.quote(c[next + 2])) {
            return value.readQuoted(text, next + 2, LONGEST) ? hit(text, at, value.start, value.end, kind) : at + 1;
        }
        if (c[next] == '-') {
            return arrow(text, at, next, kind);
        }
        if (Chars.at(c, at - 11, at, "credentials")) {
            int colon = next;
            while (colon < n && colon - next < 64 && (Chars.alnum(c[colon]) || "._-@".indexOf(c[colon]) >= 0)) {
                colon++;
            }
            text.work(colon - at);
            return colon > next && colon < n && c[colon] == ':' ? word(text, at, colon + 1, kind) : at + 1;
        }
        return at + 1;
    }

    private int arrow(Text text, int at, int dash, byte kind) {
        char[] c = text.chars;
        int from = dash + 2;
        if (from + 1 >= text.length || c[dash + 1] != '>') {
            return at + 1;
        }
        from = c[from] == ' ' ? from + 1 : from;
        if (Chars.quote(c[from])) {
            return value.readQuoted(text, from, LONGEST) ? hit(text, at, value.start, value.end, kind) : at + 1;
        }
        return word(text, at, from, kind);
    }

    /* Behind the quote that ends a name: "password"->"x", s:8:"password";s:9:"x" */
    private int quoted(Text text, int at, byte kind) {
        char[] c = text.chars;
        int n = text.length;
        int next = at + 1;
        while (next < n && c[next] == ' ' && next - at < 4) {
            next++;
        }
        if (next + 4 >= n) {
            return at + 1;
        }
        if (c[next] == '-') {
            return arrow(text, at, next, kind);
        }
        if (c[next] == ';' && (c[next + 1] == 's' || c[next + 1] == 'S') && c[next + 2] == ':') {
            int to = next + 3;
            while (to < n && to - next < 12 && Chars.digit(c[to])) {
                to++;
            }
            boolean string = to + 1 < n && c[to] == ':' && c[to + 1] == c[at];
            return string && value.readQuoted(text, to + 1, LONGEST)
                    ? hit(text, at, value.start, value.end, kind)
                    : at + 1;
        }
        if (c[next] == ',' && nested(text, next)) {
            return hit(text, at, value.start, value.end, kind);
        }
        return at + 1;
    }

    /* ["password",["x"]] */
    private boolean nested(Text text, int comma) {
        char[] c = text.chars;
        int from = comma + 1;
        while (from < text.length && from - comma < 8 && (c[from] == ' ' || c[from] == '[' || c[from] == '(')) {
            from++;
        }
        boolean deeper = c[from - 1] == '[' || c[from - 1] == '(';
        return deeper && value.readQuoted(text, from, LONGEST) && secret(text.chars, value.start, value.end);
    }

    private int underscores(Text text, int at, byte kind) {
        int from = at;
        while (from < text.length && text.chars[from] == '_' && from - at < 16) {
            from++;
        }
        return from - at > 1 ? word(text, at, from, kind) : at + 1;
    }

    private int word(Text text, int at, int from, byte kind) {
        char[] c = text.chars;
        int to = from;
        while (to < text.length
                && to - from < LONGEST
                && !Chars.space(c[to])
                && ",;()]}\"'`~<>".indexOf(c[to]) < 0
                && !(c[to] == '_' && to > from && c[to - 1] == '_')) {
            to++;
        }
        while (to > from && (c[to - 1] == '.' || c[to - 1] == '!')) {
            to--;
        }
        text.work(to - from);
        return secret(c, from, to) ? hit(text, at, from, to, kind) : at + 1;
    }

    /** Whether this is no word, and no words. */
    static boolean secret(char[] c, int from, int to) {
        if (to - from < 6 || Values.countDigits(c, from, to) == 0 || Values.digits(c, from, to)) {
            return false;
        }
        for (String algorithm : ALGORITHMS) {
            if (Chars.at(c, from, to, algorithm)) {
                return false;
            }
        }
        return Values.likelySecret(c, from, to);
    }

    private static int hit(Text text, int at, int from, int to, byte kind) {
        if (Values.nothing(text.chars, from, to)) {
            return at + 1;
        }
        int before = text.count;
        text.hit(from, to, Kind.type(kind));
        return text.count > before ? to : at + 1;
    }
}
