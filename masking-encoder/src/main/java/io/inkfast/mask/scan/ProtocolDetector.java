package io.inkfast.mask.scan;

/*
 * The words are everyday ones, so the line has to be a command: it begins with the word, or a mark of what a client sent
 * stands before it, and the secret is the last word of the line.
 */
/** Passwords in the commands of protocols and consoles: AUTH, PASS and LOGIN, requirepass, addauth, net use. */
final class ProtocolDetector {

    private static final String[] CLIENTS = {
        "c: ", "> ", "client: ", "sent: ", "send: ", "sending: ", "command: ", "cmd: ", "hello 2 ", "hello 3 "
    };

    private static final String[] MECHANISMS = {
        "plain",
        "login",
        "cram-",
        "digest-",
        "xoauth",
        "oauthbearer",
        "scram-",
        "ntlm",
        "gssapi",
        "external",
        "kerberos"
    };

    private ProtocolDetector() {}

    static void addWindows(Anchors.Builder to, int handler) {
        to.window(handler, "U", "T", "H", " ")
                .window(handler, "A", "S", "S", " ")
                .window(handler, "G", "I", "N", " ")
                .window(handler, "C", "A", "T", "E")
                .window(handler, "I", "F", "Y", " ")
                .window(handler, "e", "p", "a", "s")
                .window(handler, "r", "a", "u", "t")
                .window(handler, "T", "U", "S", "E")
                .window(handler, "d", "d", "a", "u")
                .window(handler, "t", " ", "u", "s");
    }

    /** At the end of a window; returns where to go on. */
    static int at(Text text, int at) {
        char[] c = text.chars;
        int n = text.length;
        if (word(c, at - 4, at, "AUTH")) {
            return authenticate(text, at, at - 4, at);
        }
        if (word(c, at - 4, at, "PASS")) {
            return pass(text, at, at - 4);
        }
        if (word(c, at - 5, at, "LOGIN")) {
            return login(text, at);
        }
        if (word(c, at - 11, at + 1, "AUTHENTICATE")) {
            return authenticate(text, at, -1, at + 1);
        }
        if (word(c, at - 8, at, "IDENTIFY")) {
            return identify(text, at);
        }
        if (Chars.exactlyAt(c, at - 9, n, "requirepass")) {
            return setting(text, at + 2);
        }
        if (Chars.exactlyAt(c, at - 8, n, "masterauth")) {
            return setting(text, at + 2);
        }
        if (Chars.exactlyAt(c, at - 5, n, "SETUSER ")) {
            return rules(text, at);
        }
        if (word(c, at - 4, n, "addauth digest ")) {
            int colon = wordEnd(text, at + 11, ':');
            return colon < n && c[colon] == ':' ? hit(text, at, colon + 1, wordEnd(text, colon + 1, ' ')) : at + 1;
        }
        return word(c, at - 5, n, "net use") ? share(text, at) : at + 1;
    }

    /* AUTH x, AUTH user x, AUTH PLAIN dXNlcg==; what begins at -1 takes only the last of these. */
    private static int authenticate(Text text, int at, int start, int end) {
        char[] c = text.chars;
        int first = blanks(text, end);
        int to = wordEnd(text, first, ' ');
        boolean alone = line(text, to);
        int second = alone ? to : blanks(text, to);
        int secondEnd = alone ? to : wordEnd(text, second, ' ');
        if (mechanism(c, first, to)) {
            boolean response = secondEnd - second >= 8 && line(text, secondEnd) && !mechanism(c, second, secondEnd);
            return response && Values.likelySecret(c, second, secondEnd) ? hit(text, at, second, secondEnd) : at + 1;
        }
        int sure = start < 0 ? 0 : command(c, start);
        int from = alone ? first : second;
        int last = alone ? to : secondEnd;
        if (sure == 0 || !line(text, last) || (!alone && Values.prose(c, first, to))) {
            return at + 1;
        }
        return secret(c, from, last, sure) ? hit(text, at, from, last) : at + 1;
    }

    private static int pass(Text text, int at, int start) {
        char[] c = text.chars;
        int sure = command(c, start);
        int from = blanks(text, at);
        int to = wordEnd(text, from, ' ');
        boolean test = sure < 2
                && (contains(c, from, to, '/') || contains(c, from, to, '.') || Chars.at(c, from, text.length, "test"));
        return sure > 0 && !test && line(text, to) && secret(c, from, to, sure) ? hit(text, at, from, to) : at + 1;
    }

    /* A001 LOGIN bob x */
    private static int login(Text text, int at) {
        char[] c = text.chars;
        int tag = at - 6;
        while (tag > 0 && at - tag < 24 && (Chars.alnum(c[tag - 1]) || c[tag - 1] == '.')) {
            tag--;
        }
        text.work(at - tag);
        if (tag < 0 || tag >= at - 6 || Values.countDigits(c, tag, at - 6) == 0) {
            return at + 1;
        }
        int sure = command(c, tag);
        int from = blanks(text, wordEnd(text, blanks(text, at), ' '));
        int to = wordEnd(text, from, ' ');
        return sure > 0 && line(text, to) && secret(c, from, to, sure) ? hit(text, at, from, to) : at + 1;
    }

    /* IDENTIFY x, IDENTIFY bob x */
    private static int identify(Text text, int at) {
        char[] c = text.chars;
        int start = at - 8;
        int sure = start > 0 && c[start - 1] == ':' ? 2 : command(c, start);
        int from = blanks(text, at);
        int to = wordEnd(text, from, ' ');
        if (!line(text, to)) {
            from = blanks(text, to);
            to = wordEnd(text, from, ' ');
        }
        return sure > 0 && line(text, to) && secret(c, from, to, sure) ? hit(text, at, from, to) : at + 1;
    }

    /* requirepass x, "requirepass" "x" */
    private static int setting(Text text, int end) {
        char[] c = text.chars;
        int from = end;
        while (from < text.length && from - end < 5 && (c[from] == ' ' || c[from] == ',' || Chars.quote(c[from]))) {
            from++;
        }
        int to = wordEnd(text, from, ' ');
        boolean value = from > end && to > from && !Values.prose(c, from, to) && Chars.wordPart(c[to - 1]);
        return value ? hit(text, end, from, to) : end;
    }

    /* ACL SETUSER bob on >x +@all */
    private static int rules(Text text, int at) {
        char[] c = text.chars;
        if (at < text.statementUntil) {
            return at + 1;
        }
        int to = at;
        while (to + 1 < text.length && to - at < 256 && c[to] != '\n' && !(c[to] == ' ' && c[to + 1] == '>')) {
            to++;
        }
        text.work(to - at);
        text.statementUntil = to;
        boolean found = to + 2 < text.length && c[to] == ' ' && c[to + 1] == '>';
        return found ? hit(text, at, to + 2, wordEnd(text, to + 2, ' ')) : at + 1;
    }

    /* net use \\server\share x /user:bob, net user bob x /add */
    private static int share(Text text, int at) {
        char[] c = text.chars;
        int n = text.length;
        boolean account = at + 2 < n && c[at + 2] == 'r';
        int from = blanks(text, account ? at + 3 : at + 2);
        int before = -1;
        int beforeEnd = -1;
        for (int i = 0; i < 6 && from < n; i++) {
            int to = wordEnd(text, from, ' ');
            if (account && i == 2) {
                return before > 0 && c[from] == '/' ? hit(text, at, before, beforeEnd) : at + 1;
            }
            if (!account && Chars.at(c, from, n, "/user:")) {
                int next = blanks(text, to);
                return given(c, before, beforeEnd)
                        ? hit(text, at, before, beforeEnd)
                        : next < n && c[next] != '/' && !line(text, to)
                                ? hit(text, at, next, wordEnd(text, next, ' '))
                                : at + 1;
            }
            before = from;
            beforeEnd = to;
            from = blanks(text, to);
        }
        return at + 1;
    }

    /* Neither a share nor a drive nor an option. */
    private static boolean given(char[] c, int from, int to) {
        return to > from && c[from] != '\\' && c[from] != '/' && c[from] != '*' && c[to - 1] != ':';
    }

    private static int hit(Text text, int at, int from, int to) {
        int before = text.count;
        if (!Values.nothing(text.chars, from, to)) {
            text.hit(from, to, Types.SECRET);
        }
        return text.count > before ? to : at + 1;
    }

    /** 2 behind a mark of what a client sent, 1 where a line begins, 0 elsewhere. */
    private static int command(char[] c, int start) {
        for (String client : CLIENTS) {
            int from = start - client.length();
            if (Chars.at(c, from, start, client) && (from == 0 || !Chars.wordPart(c[from - 1]))) {
                return 2;
            }
        }
        return start == 0 || c[start - 1] == '\n' || Chars.quote(c[start - 1]) ? 1 : 0;
    }

    private static boolean secret(char[] c, int from, int to, int sure) {
        if (to <= from || Values.prose(c, from, to) || mechanism(c, from, to)) {
            return false;
        }
        return sure == 2 || (Values.likelySecret(c, from, to) && Values.countDigits(c, from, to) > 0);
    }

    private static boolean mechanism(char[] c, int from, int to) {
        for (String name : MECHANISMS) {
            if (Chars.at(c, from, to, name) && to - from < 20) {
                return true;
            }
        }
        return false;
    }

    private static boolean word(char[] c, int start, int end, String word) {
        return Chars.exactlyAt(c, start, end, word) && (start == 0 || !Chars.wordPart(c[start - 1]));
    }

    private static int blanks(Text text, int from) {
        int at = from;
        while (at < text.length && at - from < 8 && (text.chars[at] == ' ' || Chars.quote(text.chars[at]))) {
            at++;
        }
        return at;
    }

    private static int wordEnd(Text text, int from, char until) {
        char[] c = text.chars;
        int at = from;
        while (at < text.length && !Chars.space(c[at]) && !Chars.quote(c[at]) && c[at] != until && !breaks(text, at)) {
            at++;
        }
        text.work(Math.max(0, at - from));
        return at;
    }

    private static boolean line(Text text, int at) {
        return at >= text.length
                || (Chars.space(text.chars[at]) && text.chars[at] != ' ')
                || breaks(text, at)
                || (Chars.quote(text.chars[at]) && line(text, at + 1));
    }

    /* A line break in its escaped form. */
    private static boolean breaks(Text text, int at) {
        char[] c = text.chars;
        return c[at] == '\\' && at + 1 < text.length && (c[at + 1] == 'n' || c[at + 1] == 'r');
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
