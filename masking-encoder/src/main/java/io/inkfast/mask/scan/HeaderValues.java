package io.inkfast.mask.scan;

/** Values of HTTP headers that carry credentials, and the schemes before them in prose. */
final class HeaderValues {

    private static final String[] SCHEMES = {
        "bearer",
        "basic",
        "digest",
        "negotiate",
        "ntlm",
        "token",
        "apikey",
        "oauth",
        "hawk",
        "hoba",
        "mutual",
        "signature",
        "aws4-hmac-sha256",
        "dpop",
        "gnap",
        "privatetoken",
        "sso-key",
        "sharedkey",
        "sharedkeylite",
        "key",
        "jwt"
    };

    private HeaderValues() {}

    static boolean scheme(char[] c, int start, int end) {
        for (String word : SCHEMES) {
            if (word.length() == end - start && Chars.at(c, start, end, word)) {
                return true;
            }
        }
        return false;
    }

    /** The end of "scheme credentials" at {@code from}: the rest of the line for schemes with parameters. */
    static int credentials(Text text, int from) {
        char[] c = text.chars;
        int n = text.length;
        int at = token(c, n, from);
        boolean header = at < n && c[at] == ' ';
        if (header && (scheme(c, from, at) || unknown(c, n, from, at))) {
            boolean parameters = Chars.at(c, from, n, "digest")
                    || Chars.at(c, from, n, "oauth")
                    || Chars.at(c, from, n, "hawk")
                    || Chars.at(c, from, n, "aws4")
                    || Chars.at(c, from, n, "signature")
                    || quotes(c, n, at + 1);
            at++;
            at = parameters ? parameters(c, n, at) : token(c, n, at);
        }
        text.work(at - from);
        return at;
    }

    /** The '&' behind such a value in a form, where the next pair begins; -1 if there is none. */
    static int inForm(Text text, int from) {
        char[] c = text.chars;
        int n = text.length;
        int at = from;
        while (at < n && !Chars.space(c[at]) && !Chars.quote(c[at])) {
            if (c[at] == '&' && assigns(c, n, at + 1)) {
                text.work(at - from);
                return at;
            }
            at++;
        }
        text.work(at - from);
        return -1;
    }

    /** The end of a value that stands in the path of an address. */
    static int path(char[] c, int from, int to) {
        int at = from;
        while (at < to && c[at] != '?' && c[at] != '#') {
            at++;
        }
        return at;
    }

    /* One word of letters, and then what is no word. */
    private static boolean unknown(char[] c, int n, int from, int end) {
        for (int i = from; i < end; i++) {
            if (!Chars.letter(c[i]) && c[i] != '-') {
                return false;
            }
        }
        int to = token(c, n, end + 1);
        return end - from > 1 && to - end > 8 && Values.likelySecret(c, end + 1, to);
    }

    /* token="x" */
    private static boolean quotes(char[] c, int n, int at) {
        int to = at;
        while (to < n && to - at < 40 && (Chars.alnum(c[to]) || c[to] == '_' || c[to] == '-')) {
            to++;
        }
        return to > at && to + 1 < n && c[to] == '=' && c[to + 1] == '"';
    }

    /* name=value, name="value", ... */
    private static int parameters(char[] c, int n, int from) {
        int at = from;
        while (at < n) {
            int end = at;
            while (end < n && !Chars.space(c[end]) && c[end] != ',' && c[end] != '"') {
                end++;
            }
            if (end < n && c[end] == '"' && end > at && c[end - 1] == '=') {
                end++;
                while (end < n && c[end] != '"' && c[end] != '\n') {
                    end++;
                }
                end = Math.min(n, end + 1);
            }
            int next = end;
            while (next < n && (c[next] == ',' || c[next] == ' ')) {
                next++;
            }
            boolean more = next < n && next > end && c[end] == ',' && assigns(c, n, next);
            if (!more) {
                return end;
            }
            at = next;
        }
        return at;
    }

    static boolean assigns(char[] c, int n, int at) {
        int to = at;
        while (to < n && to - at < 40 && (Chars.alnum(c[to]) || c[to] == '_' || c[to] == '-')) {
            to++;
        }
        return to < n && to > at && c[to] == '=';
    }

    private static int token(char[] c, int n, int from) {
        int at = from;
        while (at < n
                && !Chars.space(c[at])
                && c[at] != '"'
                && c[at] != '\''
                && c[at] != ','
                && c[at] != ']'
                && c[at] != '}'
                && c[at] != ')'
                && c[at] != ';'
                && c[at] != '\\') {
            at++;
        }
        if (at < n && Chars.quote(c[at]) && ValueExtent.opens(c, n, from, at)) {
            char quote = c[at++];
            while (at < n && c[at] != quote && c[at] != '\n') {
                at++;
            }
        }
        return at;
    }

    /** The end of a cookie list: pairs and attribute words, separated by semicolons. */
    static int cookies(Text text, int from) {
        char[] c = text.chars;
        int n = text.length;
        int at = from;
        int end = from;
        while (at < n) {
            while (at < n
                    && !Chars.space(c[at])
                    && c[at] != ';'
                    && c[at] != '"'
                    && c[at] != '\''
                    && c[at] != ']'
                    && c[at] != '}'
                    && c[at] != '\\') {
                at++;
            }
            if (dated(c, n, from, at)) {
                while (at < n && c[at] != ';' && c[at] != '\n' && c[at] != '\r' && c[at] != '"') {
                    at++;
                }
            }
            end = at;
            if (at + 1 >= n || c[at] != ';') {
                break;
            }
            at++;
            if (at < n && c[at] == ' ') {
                at++;
            }
            if (!(assigns(c, n, at)
                    || Chars.at(c, at, n, "secure")
                    || Chars.at(c, at, n, "httponly")
                    || Chars.at(c, at, n, "partitioned"))) {
                break;
            }
        }
        text.work(Math.max(at, end) - from);
        return end;
    }

    /* Expires=Wed, 21 Oct 2026 07:28:00 GMT */
    private static boolean dated(char[] c, int n, int from, int at) {
        return at < n && c[at] == ' ' && at - 12 >= from && Chars.at(c, at - 12, n, "expires=") && c[at - 1] == ',';
    }

    /** At "Bearer " or "Basic " in any case: reports the token behind it; returns where to go on. */
    static int at(Text text, int at) {
        char[] c = text.chars;
        int n = text.length;
        if (at < 0 || (at > 0 && Chars.alnum(c[at - 1]))) {
            return at + 1;
        }
        boolean bearer = Chars.at(c, at, n, "bearer");
        int end = at + (bearer ? 6 : 5);
        if (!bearer && !Chars.at(c, at, n, "basic")) {
            return at + 1;
        }
        int from = end;
        while (from < n && from - end < 4 && (c[from] == ' ' || c[from] == ':' || c[from] == '=')) {
            from++;
        }
        if (from == end || from >= n) {
            return at + 1;
        }
        int to = from;
        while (to < n
                && (Chars.alnum(c[to])
                        || c[to] == '.'
                        || c[to] == '_'
                        || c[to] == '~'
                        || c[to] == '+'
                        || c[to] == '/'
                        || c[to] == '-')) {
            to++;
        }
        int padded = to;
        while (padded < n && c[padded] == '=') {
            padded++;
        }
        if (padded > to && padded < n && Chars.alnum(c[padded])) {
            return at + 1; // a name, not a token
        }
        to = padded;
        text.work(to - at);
        while (to > from && (c[to - 1] == '.' || c[to - 1] == '-')) {
            to--;
        }
        if (bearer ? token68(c, from, to) : userAndPassword(c, from, to)) {
            text.hit(from, to, Types.TOKEN);
            return to;
        }
        return at + 1;
    }

    private static boolean token68(char[] c, int from, int to) {
        boolean small = false;
        boolean large = false;
        for (int i = from + 1; i < to; i++) {
            small |= Chars.lower(c[i]);
            large |= Chars.upper(c[i]);
        }
        return to - from >= 8 && (Values.countDigits(c, from, to) > 0 || (small && large) || to - from >= 32);
    }

    /* Base64 of something with a colon in it. */
    private static boolean userAndPassword(char[] c, int from, int to) {
        int bits = 0;
        int held = 0;
        boolean colon = false;
        for (int i = from; i < to && c[i] != '='; i++) {
            int six = sextet(c[i]);
            if (six < 0) {
                return false;
            }
            bits = (bits << 6 | six) & 0xFFFF;
            held += 6;
            if (held >= 8) {
                held -= 8;
                int octet = bits >> held & 0xFF;
                if (octet < ' ') {
                    return false;
                }
                colon |= octet == ':';
            }
        }
        return colon;
    }

    private static int sextet(char c) {
        if (Chars.upper(c)) {
            return c - 'A';
        }
        if (Chars.lower(c)) {
            return c - 'a' + 26;
        }
        if (Chars.digit(c)) {
            return c - '0' + 52;
        }
        return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
    }
}
