package io.inkfast.mask.scan;

/** Credentials in notations of their own: user:password@host, .pgpass, signatures of Azure, keys of PuTTY, pairs in lists. */
final class LooseDetector {

    /** What stands before an address, not before a password. */
    private static final String NO_USERS =
            " mailto sip sips xmpp acct email mail e-mail user username login from to cc bcc by for"
                    + " id account owner author contact sender recipient principal client uid npm git pkg name message-id ";

    private final FieldNames names;
    private final ValueExtent value = new ValueExtent();

    LooseDetector(FieldNames names) {
        this.names = names;
    }

    static void addWindows(Anchors.Builder to, int handler) {
        to.window(handler, Anchors.ANY, "^ \t:/@\"'<>,;([{", "@", Anchors.ALNUM)
                .window(handler, Anchors.ANY, Anchors.ALNUM, "@", "/")
                .window(handler, "&?;_-", "sS", "iI", "gG")
                .window(handler, "-", "L", "i", "n")
                .window(handler, ".", "a", "t", "l")
                .window(handler, Anchors.DIGIT, Anchors.DIGIT, ":", Anchors.LETTER + "*")
                .window(handler, Anchors.ANY, Anchors.ALNUM + "\\", Anchors.QUOTE, ",");
    }

    /** Returns where to go on. */
    int at(Text text, int at) {
        char[] c = text.chars;
        if (at < 4) {
            return at + 1;
        }
        if (c[at - 1] == '@') {
            return account(text, at - 1);
        }
        if (c[at] == ',' && Chars.quote(c[at - 1])) {
            return pair(text, at);
        }
        if (c[at - 1] == ':' && Chars.digit(c[at - 2])) {
            return pgpass(text, at - 1);
        }
        return switch (c[at]) {
            case 'g', 'G' -> signature(text, at);
            case 'n' -> Chars.exactlyAt(c, at - 10, text.length, "Private-Lines:") ? putty(text, at + 4) : at + 1;
            case 'l' -> Chars.exactlyAt(c, at - 3, text.length, ".atlasv1.") ? atlas(text, at - 3) : at + 1;
            default -> at + 1;
        };
    }

    /* bob:hunter2@db:5432 */
    private static int account(Text text, int at) {
        char[] c = text.chars;
        int n = text.length;
        int low = Math.max(text.found(), at - 160);
        int start = at;
        int colon = -1;
        while (start > low && !Chars.space(c[start - 1]) && "\"'`<>,;()[]{}|=@".indexOf(c[start - 1]) < 0) {
            start--;
            colon = c[start] == ':' ? start : colon;
        }
        int to = at + 1;
        int dots = 0;
        while (to < n && to - at < 254 && (Chars.alnum(c[to]) || c[to] == '-' || c[to] == '.')) {
            dots += c[to] == '.' && to + 1 < n && Chars.alnum(c[to + 1]) ? 1 : 0;
            to++;
        }
        text.work(to - start);
        boolean port = to + 2 < n && c[to] == ':' && Chars.digit(c[to + 1]) && Chars.digit(c[to + 2]);
        boolean numbers = Chars.digit(c[to - 1]) && dots != 3;
        if (colon < 0) {
            return slashed(text, start, at, to);
        }
        if (colon <= start || at - colon < 4 || c[colon + 1] == '/' || !user(c, start, colon)) {
            return at + 2;
        }
        boolean local = Chars.at(c, at + 1, to, "localhost") || (to < n && c[to] == '('); // tcp(db1:3306)
        boolean host = port ? !Chars.at(c, at + 1, to, "sha") : (dots > 0 && !numbers) || local;
        boolean secret = Values.likelySecret(c, colon + 1, at);
        if (!host || !secret || Values.nothing(c, colon + 1, at)) {
            return at + 2;
        }
        text.hit(colon + 1, at, Types.CREDENTIALS);
        return at + 1;
    }

    /* 'scott/tiger9@orcl' in quotes: a word, a slash, a password, a database; not the version of a package. */
    private static int slashed(Text text, int start, int at, int to) {
        char[] c = text.chars;
        int slash = start;
        while (slash < at && (Chars.alnum(c[slash]) || c[slash] == '_')) {
            slash++;
        }
        boolean quoted = start > 0 && Chars.quote(c[start - 1]) && to < text.length && "\"'`\\/:".indexOf(c[to]) >= 0;
        boolean announced = c[at + 1] == '/'
                || Chars.at(c, start - 4, start, "for ")
                || Chars.at(c, start - 5, start, "user ")
                || Chars.at(c, start - 6, start, "login ");
        boolean version = Chars.digit(c[at + 1])
                || Chars.at(c, at + 1, to, "sha")
                || (c[at + 1] == 'v' && Chars.digit(c[at + 2 < to ? at + 2 : at]));
        if (!(quoted || announced) || version || slash == start || c[slash] != '/' || at - slash < 5) {
            return at + 2;
        }
        for (int i = slash + 1; i < at; i++) {
            if (c[i] == '/') {
                return at + 2;
            }
        }
        boolean password = Values.countDigits(c, slash + 1, at) > 0 && Values.likelySecret(c, slash + 1, at);
        if (!password || Values.nothing(c, slash + 1, at)) {
            return at + 2;
        }
        text.hit(slash + 1, at, Types.CREDENTIALS);
        return at + 1;
    }

    private static boolean user(char[] c, int from, int to) {
        if (!Chars.letter(c[from]) || to - from > 64) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (!Chars.alnum(c[i]) && c[i] != '.' && c[i] != '_' && c[i] != '-') {
                return false;
            }
        }
        return to - from > 10
                || !NO_USERS.contains(" " + new String(c, from, to - from).toLowerCase(java.util.Locale.ROOT) + " ");
    }

    /* "password","x" and ('password', 'x'): a value that is no word, or alone with its name in parentheses. */
    private int pair(Text text, int comma) {
        char[] c = text.chars;
        int n = text.length;
        char quote = c[comma - 1];
        int end = comma - 1;
        while (end > 0 && c[end - 1] == '\\' && comma - end < 8) {
            end--;
        }
        byte kind = names.match(c, Math.max(0, end - FieldNames.LONGEST), end);
        text.work(8);
        int from = comma + 1;
        while (from < n && c[from] == ' ' && from - comma < 4) {
            from++;
        }
        boolean asked = kind == Kind.SECRET
                || kind == Kind.WEAK
                || kind == Kind.PASS
                || kind == Kind.PWD
                || kind == Kind.HEADER;
        if (!asked || from >= n || (c[from] != quote && c[from] != '\\') || !value.readQuoted(text, from, 256)) {
            return comma + 1;
        }
        int open = end;
        while (open > 0
                && end - open < FieldNames.LONGEST
                && (Chars.alnum(c[open - 1]) || "_-. ".indexOf(c[open - 1]) >= 0)) {
            open--;
        }
        boolean tuple = open > 1 && c[open - 2] == '(' && value.resume < n && c[value.resume] == ')';
        boolean secret =
                Values.likelySecret(c, value.start, value.end) || (tuple && !Values.prose(c, value.start, value.end));
        boolean member = value.resume < n && c[value.resume] == ':'; // the name of the next
        if (open == 0 || c[open - 1] != quote || !secret || member || Values.nothing(c, value.start, value.end)) {
            return comma + 1;
        }
        text.hit(value.start, value.end, Kind.type(kind));
        return value.resume;
    }

    /* A line of host:port:database:user:password. */
    private static int pgpass(Text text, int colon) {
        char[] c = text.chars;
        int start = colon;
        while (start > 0 && colon - start < 6 && Chars.digit(c[start - 1])) {
            start--;
        }
        boolean port = start > 0 && c[start - 1] == ':' && colon - start > 3;
        text.work(colon - start + 1);
        if (!port) {
            return colon + 2;
        }
        int host = start - 1;
        while (host > 0 && start - host < 128 && (Chars.alnum(c[host - 1]) || "-.*".indexOf(c[host - 1]) >= 0)) {
            host--;
        }
        int user = field(text, colon + 1);
        int password = user < 0 ? -1 : field(text, user);
        text.work(colon - host + 2);
        boolean line = host == 0 || Chars.space(c[host - 1]) || Chars.quote(c[host - 1]);
        if (!line || start - host < 2 || password < 0) {
            return colon + 2;
        }
        int to = password;
        while (to < text.length && !Chars.space(c[to]) && !Chars.quote(c[to]) && c[to] != ':') {
            to++;
        }
        text.work(to - password);
        boolean more = to < text.length && c[to] == ':';
        if (more || !Values.likelySecret(c, password, to) || Values.nothing(c, password, to)) {
            return colon + 2;
        }
        text.hit(password, to, Types.CREDENTIALS);
        return to;
    }

    /* Behind the colon that ends a short field, or -1. */
    private static int field(Text text, int from) {
        char[] c = text.chars;
        int at = from;
        while (at < text.length
                && at - from < 32
                && (Chars.alnum(c[at]) || c[at] == '_' || c[at] == '-' || c[at] == '*')) {
            at++;
        }
        text.work(at - from);
        return at > from && at < text.length && c[at] == ':' ? at + 1 : -1;
    }

    /* The signature of a shared access URL, its symbols perhaps escaped: "sig" if it is long, or "Signature". */
    private static int signature(Text text, int at) {
        char[] c = text.chars;
        boolean longName = Chars.at(c, at - 2, text.length, "signature=");
        if (!longName && !(Chars.exactlyAt(c, at - 2, text.length, "sig=") && c[at - 3] != '-' && c[at - 3] != '_')) {
            return at + 1;
        }
        int from = at + (longName ? 8 : 2);
        from = from < text.length && c[from] == '"' ? from + 1 : from;
        int to = run(text, from, "+/=%~");
        boolean secret = longName ? to - from >= 12 && Values.likelySecret(c, from, to) : to - from >= 40;
        if (!secret) {
            return from;
        }
        text.hit(from, to, Types.TOKEN);
        return to;
    }

    /* Lines of a PuTTY key, up to its MAC. */
    private static int putty(Text text, int from) {
        char[] c = text.chars;
        int start = from;
        while (start < text.length && (c[start] == ' ' || Chars.digit(c[start]))) {
            start++;
        }
        int to = start;
        while (to < text.length && !Chars.exactlyAt(c, to, text.length, "Private-MAC")) {
            to++;
        }
        text.work(to - from);
        while (start < to
                && (Chars.space(c[start])
                        || (c[start] == '\\' && start + 1 < to && (c[start + 1] == 'n' || c[start + 1] == 'r')))) {
            start += c[start] == '\\' ? 2 : 1;
        }
        while (to > start && Chars.space(c[to - 1])) {
            to--;
        }
        if (Values.nothing(c, start, to)) {
            return from;
        }
        text.hit(start, to, Types.PRIVATE_KEY);
        return to;
    }

    private static int atlas(Text text, int dot) {
        char[] c = text.chars;
        int start = dot;
        while (start > 0 && dot - start < 15 && Chars.alnum(c[start - 1])) {
            start--;
        }
        int to = run(text, dot + 9, "=");
        if (dot - start != 14 || to - dot < 60) {
            return dot + 4;
        }
        text.hit(start, to, Types.TOKEN);
        return to;
    }

    private static int run(Text text, int from, String more) {
        int to = from;
        while (to < text.length && (Chars.base64Url(text.chars[to]) || more.indexOf(text.chars[to]) >= 0)) {
            to++;
        }
        text.work(to - from);
        return to;
    }
}
