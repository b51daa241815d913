package io.inkfast.mask.scan;

/** Passwords of Oracle's tools: {@code sqlplus -s scott/x@db}, {@code expdp 'scott/"x y"'}, {@code CONNECT scott/x}. */
final class OracleLogins {

    private static final String[] PROGRAMS = {
        "sqlplus", "sqlplusw", "expdp", "impdp", "sqlldr", "sqlcl", "rwrun", "rman", "exp", "imp", "conn", "connect"
    };
    private static final int LONGEST = 160;

    private OracleLogins() {}

    static void addWindows(Anchors.Builder to, int handler) {
        to.window(handler, "lL", "uU", "sS", " ")
                .window(handler, "pP", "lusw", "sSwW", " ")
                .window(handler, "pP", "dD", "pP", " ")
                .window(handler, "lL", "dD", "rR", " ")
                .window(handler, "qQ", "lL", "cCrR", "lL ")
                .window(handler, "oO", "nN", "nN", " ")
                .window(handler, "rR", "mM", "aA", "nN")
                .window(handler, " ", "eEiI", "xXmM", "pP")
                .window(handler, "E", "C", "T", " ");
    }

    /** At the blank behind a program; returns where to go on. */
    static int at(Text text, int at) {
        char[] c = text.chars;
        boolean known = false;
        for (String program : PROGRAMS) {
            int start = at - program.length();
            known |= Chars.at(c, start, at, program) && (start == 0 || !Chars.wordPart(c[start - 1]));
        }
        if (!known || at < text.commandUntil) {
            return at + 1;
        }
        int n = Math.min(text.length, at + LONGEST);
        int word = at + 1;
        while (word < n && (c[word] == ' ' || c[word] == '-')) {
            while (word < n && c[word] == '-') {
                word = past(c, n, word);
            }
            word += word < n && c[word] == ' ' ? 1 : 0;
        }
        for (String target : new String[] {"target ", "catalog ", "target="}) {
            word += Chars.at(c, word, n, target) ? target.length() : 0;
        }
        text.work(word - at);
        text.commandUntil = word;
        return login(text, at, word);
    }

    private static int past(char[] c, int n, int from) {
        int to = from;
        while (to < n && !Chars.space(c[to])) {
            to++;
        }
        return to;
    }

    /* Reports the password of the login that may begin here. */
    private static int login(Text text, int at, int from) {
        char[] c = text.chars;
        int n = Math.min(text.length, at + LONGEST);
        int slash = from;
        while (slash < n && (Chars.wordPart(c[slash]) || "_$#.-='\"[]\\".indexOf(c[slash]) >= 0)) {
            slash++;
        }
        text.work(slash - from + 1);
        int start = slash + 1;
        if (slash == from || start >= n || c[slash] != '/') {
            return at + 1;
        }
        int open = c[start] == '\\' ? start + 1 : start;
        boolean quoted = open < n && c[open] == '"';
        start = quoted ? open + 1 : start;
        int to = start;
        int lastAt = -1;
        while (to < n && (quoted ? c[to] != '"' : !Chars.space(c[to]) && "\"'`;,)".indexOf(c[to]) < 0)) {
            lastAt = c[to] == '@' ? to : lastAt;
            to++;
        }
        text.work(to - start + 1);
        if (quoted) {
            to -= to > start && c[to - 1] == '\\' ? 1 : 0;
        } else if (lastAt > 0) {
            to = lastAt;
        }
        boolean good = lastAt > 0 || quoted || Values.likelySecret(c, start, to);
        if (!good || Values.nothing(c, start, to)) {
            return at + 1;
        }
        text.hit(start, to, Types.CREDENTIALS);
        return to;
    }
}
