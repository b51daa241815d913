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
        "osql -P",
        "bcp -P",
        "7z -p",
        "7za -p",
        "rar -p",
        "unrar -p",
        "zip -P",
        "unzip -P",
        "cqlsh -p",
        "crane auth login -p",
        "buildah login -p",
        "skopeo login -p",
        "nerdctl login -p",
        "oras login -p",
        "oc login -p",
        "cf login -p",
        "plink -pw",
        "pscp -pw",
        "psftp -pw"
    };

    private static final int LONGEST = 256;

    private CommandDetector() {}

    static void addWindows(Anchors.Builder to, int handler) {
        for (String program : PROGRAMS) {
            String word = program.substring(0, program.indexOf(" -"));
            int end = word.length();
            if (end == 2) {
                to.window(handler, "^" + Anchors.ALNUM, word.substring(0, 1), word.substring(1), " ");
            } else {
                to.window(
                        handler,
                        word.substring(end - 3, end - 2),
                        word.substring(end - 2, end - 1),
                        word.substring(end - 1),
                        " ");
            }
        }
        OracleLogins.addWindows(to, handler);
        to.window(handler, "c", "u", "r", "l");
        to.window(handler, " ['\"", "-", "uU", " ").window(handler, "u", "s", "e", "r");
    }

    /** At the blank behind a program or -u, or at the end of --user; returns where to go on. */
    static int at(Text text, int at) {
        char[] c = text.chars;
        if (c[at] == 'r') {
            boolean option = Chars.exactlyAt(c, at - 5, text.length, "--user")
                    || Chars.exactlyAt(c, at - 5, text.length, "y-user");
            return option ? user(text, at, at + 1) : at + 1;
        }
        if (c[at] == 'l') {
            return Chars.exactlyAt(c, at - 3, text.length, "curl ") ? attached(text, at + 1) : at + 1;
        }
        if ((c[at] == 'n' || c[at] == 'N' || c[at] == 'p' || c[at] == 'P')
                && at + 1 < text.length
                && c[at + 1] == ' ') {
            return OracleLogins.at(text, at + 1);
        }
        if (c[at] != ' ') {
            return at + 1;
        }
        if (at > 1 && c[at - 2] == '-' && (c[at - 1] == 'u' || c[at - 1] == 'U')) {
            return user(text, at, at);
        }
        int next = OracleLogins.at(text, at);
        if (next > at + 1) {
            return next;
        }
        for (String program : PROGRAMS) {
            int word = program.indexOf(" -");
            int start = at - word;
            if (start >= text.commandUntil
                    && Chars.exactlyAt(c, start, at, program.substring(0, word))
                    && (start == 0 || !Chars.alnum(c[start - 1]))) {
                return option(text, at, program.substring(word + 1));
            }
        }
        return at + 1;
    }

    /* curl ... -uuser:password */
    private static int attached(Text text, int at) {
        char[] c = text.chars;
        int n = text.length;
        int begin = Math.max(at, text.commandUntil);
        int to = begin;
        while (to + 3 < n && to - at < LONGEST && c[to] != '\n' && c[to] != '|' && c[to] != ';') {
            if (c[to] == ' ' && c[to + 1] == '-' && c[to + 2] == 'u') {
                break;
            }
            to++;
        }
        text.work(to - begin + 1);
        text.commandUntil = to;
        boolean option = to + 3 < n && c[to] == ' ' && c[to + 1] == '-' && c[to + 2] == 'u' && c[to + 3] != ' ';
        return option ? user(text, at, to + 3) : at + 1;
    }

    /* -u user:password */
    private static int user(Text text, int at, int option) {
        char[] c = text.chars;
        int n = text.length;
        int from = option;
        while (from < n && from - option < 3 && (c[from] == ' ' || c[from] == '=' || Chars.quote(c[from]))) {
            from++;
        }
        int colon = from;
        while (colon < n && colon - from < 64 && c[colon] != ':' && !ends(c[colon])) {
            colon++;
        }
        text.work(colon - option);
        boolean attached = from == option && c[option - 1] == 'u';
        if ((from == option && !attached) || colon >= n || c[colon] != ':') {
            return at + 1;
        }
        int to = end(text, colon + 1, c[from - 1]);
        boolean number = Values.digits(c, colon + 1, to) && Values.digits(c, from, colon);
        boolean secret = to - colon > 1 && c[colon + 1] != '/' && !number && !Values.nothing(c, colon + 1, to);
        if (!secret) {
            return at + 1;
        }
        return hit(text, at, colon + 1, to);
    }

    /* What was found before is not passed by again, so that what stands between is looked at. */
    private static int hit(Text text, int at, int from, int to) {
        int before = text.count;
        text.hit(from, to, Types.CREDENTIALS);
        return text.count > before ? to : at + 1;
    }

    /* The first -p of the command. */
    private static int option(Text text, int at, String option) {
        char[] c = text.chars;
        int n = text.length;
        char letter = option.charAt(1);
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
        int from = to + 1 + (Chars.exactlyAt(c, to + 1, n, option) ? option.length() : 2);
        while (from < n && from - to < 6 && (c[from] == ' ' || Chars.quote(c[from]))) {
            from++;
        }
        int end = end(text, from, c[from - 1]);
        if (end <= from || c[from] == '-' || Values.nothing(c, from, end)) {
            return at + 1;
        }
        return hit(text, at, from, end);
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
