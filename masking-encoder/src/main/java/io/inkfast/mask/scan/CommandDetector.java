package io.inkfast.mask.scan;

/** Passwords on command lines whose option is a letter: {@code curl -u user:x}, {@code mysql -px}, {@code redis-cli -a x}. */
final class CommandDetector {

    /** Programs, and the letter of the option that takes a password. */
    private static final String[] PROGRAMS = {
        "sshpass -p",
        "mysql -p",
        "mysqldump -p",
        "mysqladmin -p",
        "mariadb -p",
        "mongo -p",
        "mongosh -p",
        "docker login -p",
        "podman login -p",
        "helm registry login -p",
        "az login -p",
        "redis-cli -a",
        "ldapsearch -w",
        "ldapmodify -w",
        "ldapadd -w",
        "ldapwhoami -w",
        "sqlcmd -P",
        "7z -p"
    };

    private static final int LONGEST = 256;

    private CommandDetector() {}

    static void addWindows(Anchors.Builder to, int handler) {
        for (String program : PROGRAMS) {
            String word = program.substring(0, program.indexOf(" -"));
            int end = word.length();
            if (end > 3) {
                to.window(
                        handler,
                        word.substring(end - 3, end - 2),
                        word.substring(end - 2, end - 1),
                        word.substring(end - 1),
                        " ");
            }
        }
        to.window(handler, " ['\"", "-", "uU", " ").window(handler, "u", "s", "e", "r");
    }

    /** At the blank behind a program or -u, or at the end of --user; returns where to go on. */
    static int at(Text text, int at) {
        char[] c = text.chars;
        if (c[at] == 'r') {
            boolean option = Chars.exactlyAt(c, at - 5, text.length, "--user")
                    || Chars.exactlyAt(c, at - 5, text.length, "y-user");
            return option ? user(text, at + 1) : at + 1;
        }
        if (c[at] != ' ') {
            return at + 1;
        }
        if (at > 1 && c[at - 2] == '-' && (c[at - 1] == 'u' || c[at - 1] == 'U')) {
            return user(text, at);
        }
        for (String program : PROGRAMS) {
            int word = program.indexOf(" -");
            int start = at - word;
            if (start >= text.commandUntil
                    && Chars.exactlyAt(c, start, at, program.substring(0, word))
                    && (start == 0 || !Chars.alnum(c[start - 1]))) {
                return option(text, at, program.charAt(word + 2));
            }
        }
        return at + 1;
    }

    /* -u user:password */
    private static int user(Text text, int at) {
        char[] c = text.chars;
        int n = text.length;
        int from = at;
        while (from < n && from - at < 3 && (c[from] == ' ' || c[from] == '=' || Chars.quote(c[from]))) {
            from++;
        }
        int colon = from;
        while (colon < n && colon - from < 64 && c[colon] != ':' && !ends(c[colon])) {
            colon++;
        }
        text.work(colon - at);
        if (from == at || colon >= n || c[colon] != ':') {
            return at + 1;
        }
        int to = end(text, colon + 1, c[from - 1]);
        boolean number = Values.digits(c, colon + 1, to) && Values.digits(c, from, colon);
        boolean secret = to - colon > 1 && c[colon + 1] != '/' && !number && !Values.nothing(c, colon + 1, to);
        if (!secret) {
            return at + 1;
        }
        text.hit(colon + 1, to, Types.CREDENTIALS);
        return to;
    }

    /* The first -p of the command. */
    private static int option(Text text, int at, char letter) {
        char[] c = text.chars;
        int n = text.length;
        int to = at;
        while (to + 3 < n && to - at < LONGEST && c[to] != '\n' && c[to] != '|' && c[to] != ';') {
            if (c[to] == ' ' && c[to + 1] == '-' && c[to + 2] == letter) {
                break;
            }
            to++;
        }
        text.work(to - at + 1);
        text.commandUntil = to;
        if (to + 3 >= n || c[to] != ' ' || c[to + 1] != '-' || c[to + 2] != letter) {
            return at + 1;
        }
        int from = to + 3;
        while (from < n && from - to < 5 && (c[from] == ' ' || Chars.quote(c[from]))) {
            from++;
        }
        int end = end(text, from, c[from - 1]);
        if (end <= from || c[from] == '-' || Values.nothing(c, from, end)) {
            return at + 1;
        }
        text.hit(from, end, Types.CREDENTIALS);
        return end;
    }

    private static int end(Text text, int from, char open) {
        char[] c = text.chars;
        int to = from;
        while (to < text.length
                && to - from < LONGEST
                && (Chars.quote(open) ? c[to] != open && c[to] != '\n' : !ends(c[to]))) {
            to++;
        }
        text.work(to - from);
        return to;
    }

    private static boolean ends(char c) {
        return Chars.space(c) || c == '"' || c == '\'' || c == '`';
    }
}
