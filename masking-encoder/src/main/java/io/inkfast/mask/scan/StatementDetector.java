package io.inkfast.mask.scan;

import static io.inkfast.mask.scan.Anchors.QUOTE;

/*
 * What is found lies behind other values that have not been looked at yet. They are in the next round, in which what was
 * found here stands for itself already.
 */
/** Passwords in SQL and in shells of databases: IDENTIFIED BY 'x', INSERT INTO t (password) VALUES ('x'), auth('u','x'). */
final class StatementDetector {

    private static final int LONGEST = 1024;
    private static final int MOST_COLUMNS = 64;

    private final FieldNames names;

    StatementDetector(FieldNames names) {
        this.names = names;
    }

    static void addWindows(Anchors.Builder to, int handler) {
        to.window(handler, "fF", "iI", "eE", "dD")
                .window(handler, "uU", "eE", "sS", " (")
                .window(handler, "rR", "dD", "(", QUOTE)
                .window(handler, "rR", "dD", " ", "fF")
                .window(handler, ".", "a", "u", "t");
    }

    /** At the end of a window; returns where to go on. */
    int at(Text text, int at) {
        char[] c = text.chars;
        int n = text.length;
        if (Chars.at(c, at - 6, n, "values") && (c[at] == ' ' || c[at] == '(')) {
            return values(text, at);
        }
        if (Chars.at(c, at - 9, n, "identified ") && at + 2 < n) {
            return Math.max(at + 1, identified(text, at + 2));
        }
        if (Chars.at(c, at - 9, n, "password(")) {
            return argument(text, at, at);
        }
        if (Chars.at(c, at - 13, n, "set password for ")) {
            return assigned(text, at);
        }
        return Chars.exactlyAt(c, at - 3, n, ".auth(") ? second(text, at) : at + 1;
    }

    /* IDENTIFIED BY, or WITH a plugin BY, AS or USING. */
    private static int identified(Text text, int at) {
        char[] c = text.chars;
        int n = text.length;
        int from = at;
        text.work(16);
        if (!Chars.exactlyAt(c, at - 11, n, "IDENTIFIED") && !ofUser(text, at - 13)) {
            return at + 1;
        }
        if (Chars.at(c, from, n, "with ")) {
            from += 5;
            while (from < n && from - at < 64 && !Chars.space(c[from])) {
                from++;
            }
            from = blanks(c, n, from);
            text.work(from - at);
        }
        int word = from;
        for (String link : new String[] {"by ", "as ", "using ", "password ", "values "}) {
            from = Chars.at(c, from, n, link) ? blanks(c, n, from + link.length()) : from;
        }
        return from == word || from >= n ? at + 1 : hit(text, at, from);
    }

    /* USER name, ROLE name or TO name before this place. */
    private static boolean ofUser(Text text, int before) {
        char[] c = text.chars;
        int at = before - 1;
        while (at > 0 && before - at < 64 && !Chars.space(c[at])) {
            at--;
        }
        text.work(before - at);
        return Chars.at(c, at - 4, at + 1, "user ")
                || Chars.at(c, at - 4, at + 1, "role ")
                || Chars.at(c, at - 3, at + 1, " to ");
    }

    /* SET PASSWORD FOR bob = 'x' */
    private static int assigned(Text text, int at) {
        char[] c = text.chars;
        int to = at;
        while (to < text.length && to - at < 96 && c[to] != '=' && c[to] != '\n') {
            to++;
        }
        text.work(to - at);
        int from = to < text.length && c[to] == '=' ? blanks(c, text.length, to + 1) : text.length;
        return from < text.length && Chars.quote(c[from]) ? hit(text, at, from) : at + 1;
    }

    /* PASSWORD('x') */
    private static int argument(Text text, int at, int quote) {
        char[] c = text.chars;
        int to = closing(text, quote);
        boolean alone = to < text.length && to + 1 < text.length && (c[to + 1] == ')' || c[to + 1] == ',');
        for (int i = quote; alone && i < to; i++) {
            alone = c[i] != ' ';
        }
        return alone ? hit(text, at, quote) : at + 1;
    }

    /* db.auth("bob", "x") */
    private static int second(Text text, int at) {
        char[] c = text.chars;
        int n = text.length;
        int first = at + 3;
        if (first >= n || !Chars.quote(c[first])) {
            return at + 1;
        }
        int comma = closing(text, first) + 1;
        int from = comma < n && c[comma] == ',' ? blanks(c, n, comma + 1) : n;
        return from < n && Chars.quote(c[from]) ? hit(text, at, from) : at + 1;
    }

    /* Reports a value in quotes or a bare one; returns where to go on. */
    private static int hit(Text text, int at, int from) {
        char[] c = text.chars;
        boolean quoted = Chars.quote(c[from]);
        int start = quoted ? from + 1 : from;
        int to = quoted ? closing(text, from) : from;
        while (!quoted && to < text.length && !Chars.space(c[to]) && ";,)\"'".indexOf(c[to]) < 0) {
            to++;
        }
        text.work(to - from);
        return report(text, start, to, Types.SECRET) ? to : at + 1;
    }

    private static boolean report(Text text, int start, int end, int type) {
        int before = text.count;
        if (!Values.nothing(text.chars, start, end)) {
            text.hit(start, end, type);
        }
        return text.count > before;
    }

    /* (a, password) VALUES (1, 'x'), (2, 'y') */
    private int values(Text text, int at) {
        char[] c = text.chars;
        int n = text.length;
        int row = blanks(c, n, at);
        int close = at - 7;
        while (close > 0 && at - close < 16 && Chars.space(c[close])) {
            close--;
        }
        if (row >= n || c[row] != '(' || close < 0 || c[close] != ')' || at < text.statementUntil) {
            return at + 1;
        }
        int open = close - 1;
        while (open > 0 && close - open < LONGEST && c[open] != '(' && c[open] != ')') {
            open--;
        }
        text.work(close - open + 16);
        if (open < 0 || c[open] != '(') {
            return at + 1;
        }
        byte[] kinds = new byte[MOST_COLUMNS];
        if (!columns(text, open, close, kinds)) {
            return at + 1;
        }
        int last = at + 1;
        while (row < n && c[row] == '(') {
            int end = row + 1;
            for (int column = 0; end < n; column++) {
                int from = blanks(c, n, end);
                end = value(text, from);
                byte kind = column < MOST_COLUMNS ? kinds[column] : Kind.NONE;
                if (Kind.sensitive(kind) && shown(text, from, end, Kind.type(kind))) {
                    last = end;
                }
                if (end >= n || c[end++] == ')') {
                    break;
                }
            }
            row = blanks(c, n, end);
            text.statementUntil = row;
            row = row < n && c[row] == ',' ? blanks(c, n, row + 1) : n;
        }
        return last;
    }

    private boolean columns(Text text, int open, int close, byte[] kinds) {
        char[] c = text.chars;
        boolean any = false;
        int column = 0;
        for (int at = open + 1; at <= close && column < MOST_COLUMNS; column++) {
            int to = at;
            while (c[to] != ',' && c[to] != ')') {
                to++;
            }
            int end = to;
            while (end > at && (Chars.space(c[end - 1]) || Chars.quote(c[end - 1]) || c[end - 1] == ']')) {
                end--;
            }
            kinds[column] = names.match(c, Math.max(at, end - FieldNames.LONGEST), end);
            any |= Kind.sensitive(kinds[column]);
            at = to + 1;
        }
        return any;
    }

    /* The comma or parenthesis behind a value of a row. */
    private static int value(Text text, int from) {
        char[] c = text.chars;
        int n = text.length;
        int at = from;
        int depth = 0;
        while (at < n) {
            char now = c[at];
            if (now == '\'' || now == '"') {
                at = closing(text, at);
            } else if (now == '(') {
                depth++;
            } else if ((now == ',' && depth == 0) || (now == ')' && depth-- == 0)) {
                break;
            }
            at++;
        }
        text.work(Math.min(at, n) - from);
        return Math.min(at, n);
    }

    private static boolean shown(Text text, int from, int end, int type) {
        char[] c = text.chars;
        int to = end;
        while (to > from && Chars.space(c[to - 1])) {
            to--;
        }
        int start = from + 1 < to && (c[from] == 'N' || c[from] == 'E') && c[from + 1] == '\'' ? from + 1 : from;
        if (start + 1 < to && Chars.quote(c[start]) && c[to - 1] == c[start]) {
            return report(text, start + 1, to - 1, type);
        }
        return report(text, from, to, type);
    }

    /* The quote that closes this one; doubled and escaped ones do not. */
    private static int closing(Text text, int open) {
        char[] c = text.chars;
        int n = text.length;
        int at = open + 1;
        while (at < n) {
            if (c[at] == '\\') {
                at++;
            } else if (c[at] == c[open]) {
                if (at + 1 >= n || c[at + 1] != c[open]) {
                    break;
                }
                at++;
            }
            at++;
        }
        text.work(Math.min(at, n) - open);
        return Math.min(at, n);
    }

    private static int blanks(char[] c, int n, int from) {
        int at = from;
        while (at < n && at - from < 16 && Chars.space(c[at])) {
            at++;
        }
        return at;
    }
}
