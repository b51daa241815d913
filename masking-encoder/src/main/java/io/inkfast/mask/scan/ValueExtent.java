package io.inkfast.mask.scan;

/*
 * A quote is preceded by n backslashes at its depth of escaping, n being 0, 1, 3, 7 and so on. At that depth a quote
 * inside the value has an odd multiple of n+1 more, a backslash that ends the value an even one.
 */
/** Where a value begins and ends: quoted at any depth of escaping, bracketed, or bare. One thread. */
final class ValueExtent {

    int start;
    int end;
    /** Where to go on after the value. */
    int resume;
    /** The value stood in quotes. */
    boolean quoted;
    /** The value stood in brackets: an object or a list. */
    boolean bracketed;

    /** Reads the value whose first character is at {@code at}; false if there is none. */
    boolean read(Text text, int at, boolean inBrackets) {
        char[] c = text.chars;
        int n = text.length;
        int slashes = 0;
        while (at + slashes < n && c[at + slashes] == '\\' && slashes < 64) {
            slashes++;
        }
        text.work(slashes + 1);
        if (at + slashes >= n) {
            return false;
        }
        char first = c[at + slashes];
        bracketed = false;
        quoted = Chars.quote(first) && quoted(text, at + slashes + 1, slashes, first, n, true);
        if (quoted && slashes == 0 && end == start && resume < n && Chars.wordPart(c[resume])) {
            return doubled(text, resume, first);
        }
        if (quoted) {
            return end > start;
        }
        if (slashes == 0 && (first == '{' || first == '[')) {
            bracketed = true;
            return bracketed(text, at, first);
        }
        return bare(text, at, inBrackets);
    }

    /** Reads a quoted value of at most so many characters; false if there is none. */
    boolean readQuoted(Text text, int at, int most) {
        int slashes = 0;
        while (at + slashes < text.length && text.chars[at + slashes] == '\\' && slashes < 64) {
            slashes++;
        }
        text.work(slashes + 1);
        int open = at + slashes;
        quoted = open < text.length
                && Chars.quote(text.chars[open])
                && quoted(
                        text,
                        open + 1,
                        slashes,
                        text.chars[open],
                        Math.min(text.length, open + most + slashes + 2),
                        false);
        return quoted && end > start;
    }

    /* ""x"": as CSV has it in a cell with quotes around it. */
    private boolean doubled(Text text, int from, char quote) {
        char[] c = text.chars;
        int to = from;
        while (to < text.length && c[to] != quote && c[to] != '\n') {
            to++;
        }
        text.work(to - from);
        start = from;
        end = to;
        resume = Chars.exactlyAt(c, to, text.length, "" + quote + quote) ? to + 2 : to;
        return resume > to;
    }

    private boolean quoted(Text text, int from, int depth, char quote, int n, boolean mayHoldPairs) {
        char[] c = text.chars;
        int run = 0;
        start = from;
        for (int at = from; at < n; at++) {
            char now = c[at];
            if (now == '\\') {
                run++;
                continue;
            }
            if (now == quote) {
                int more = run - depth;
                boolean inner = more > 0 && more % (depth + 1) == 0 && more / (depth + 1) % 2 == 1;
                if (!inner && quote == '\'' && at + 1 < n && c[at + 1] == quote) {
                    at++; // SQL doubles it
                } else if (!inner
                        && !(quote != '"' && at + 1 < n && Chars.alnum(c[at + 1]))
                        && !(mayHoldPairs && opens(c, n, from, at))) {
                    end = Math.max(from, at - (more >= 0 ? depth : run));
                    resume = at + 1;
                    text.work(at - from);
                    return true;
                }
            } else if (quote != '"' && (now == '\n' || now == '\r')) {
                break;
            }
            run = 0;
        }
        if (quote != '"') {
            text.work(Math.min(n - from, 64));
            return false;
        }
        end = n;
        resume = n;
        text.work(n - from);
        return true;
    }

    /* A value that was cut off, with the next pair behind it: in "x password="y" the second quote closes nothing. */
    static boolean opens(char[] c, int n, int from, int quote) {
        int at = quote - 1;
        while (at > from && c[at] == '\\') {
            at--;
        }
        at -= at > from && c[at] == ' ' ? 1 : 0;
        if (at <= from || quote + 1 >= n || (c[at] != '=' && c[at] != ':')) {
            return false;
        }
        char before = c[at - 1];
        char behind = c[quote + 1];
        return (Chars.wordPart(before) || Chars.quote(before))
                && !(Chars.space(behind) || delimiter(behind) || closing(behind) || behind == '\\' || behind == '<');
    }

    /* To the matching bracket; a truncated value to the end of the text. */
    private boolean bracketed(Text text, int at, char open) {
        char[] c = text.chars;
        int n = text.length;
        char close = open == '{' ? '}' : ']';
        int depth = 0;
        start = at;
        int to = at;
        while (to < n) {
            if (c[to] == open) {
                depth++;
            } else if (c[to] == close && --depth == 0) {
                to++;
                break;
            }
            to++;
        }
        end = to;
        resume = to;
        text.work(to - at);
        return end - start > 2;
    }

    private boolean bare(Text text, int at, boolean inBrackets) {
        char[] c = text.chars;
        int n = text.length;
        int nesting = 0;
        int to = at;
        int goesOnUntil = at;
        while (to < n) {
            char now = c[to];
            if (Chars.space(now)) {
                // What was seen ahead of one blank is not looked for again behind the next.
                goesOnUntil = !inBrackets || to < goesOnUntil ? goesOnUntil : goesOn(text, to);
                if (to >= goesOnUntil || c[to - 1] == ',') {
                    break;
                }
            } else if (now == '(' || now == '[' || now == '{') {
                nesting++;
            } else if (now == ')' || now == ']' || now == '}') {
                if (nesting > 0) {
                    nesting--;
                } else if (ends(text, to)) {
                    break;
                }
            } else if (now == '<' && to > at) {
                break;
            } else if (now == '\\' && escapedQuote(c, n, to)) {
                break;
            } else if (delimiter(now) && ends(text, to)) {
                break;
            }
            to++;
        }
        text.work(to - at);
        start = at;
        end = to;
        resume = to;
        while (end > start && (c[end - 1] == '.' || c[end - 1] == '!') && resume == end && end - start > 1) {
            end--;
            resume--;
        }
        return end > start;
    }

    private static boolean delimiter(char c) {
        return c == ',' || c == ';' || c == '&' || c == '|' || c == '>' || c == '"' || c == '\'' || c == '`';
    }

    private static boolean escapedQuote(char[] c, int n, int at) {
        int to = at;
        while (to < n && c[to] == '\\' && to - at < 64) {
            to++;
        }
        return to < n && Chars.quote(c[to]);
    }

    /* A delimiter ends a value when nothing follows that could belong to it. */
    private static boolean ends(Text text, int at) {
        char[] c = text.chars;
        int n = text.length;
        int next = at + 1;
        if (next >= n || Chars.space(c[next]) || delimiter(c[next]) || c[next] == '\\' || closing(c[next])) {
            return true;
        }
        char now = c[at];
        if (closing(now)) {
            return !Chars.wordPart(c[next]);
        }
        if (now == '"' || now == '\'' || now == '`' || now == '>') {
            return !Chars.wordPart(c[next]);
        }
        // ",b=2" begins the next pair; ",w0rd" does not.
        int to = next;
        String more = now == '&' ? "_-.[]%" : "_-.";
        while (to < n && to - next < 64 && (Chars.wordPart(c[to]) || more.indexOf(c[to]) >= 0)) {
            to++;
        }
        text.work(to - next);
        if (now == ';' && to < n && c[to] == ' ' && keyword(text, next, to)) {
            return true;
        }
        return to < n && to > next && (c[to] == '=' || (c[to] == ':' && now != '&'));
    }

    /* A name of several words in capitals, as in "Connect Timeout=30". */
    private static boolean keyword(Text text, int from, int firstEnd) {
        char[] c = text.chars;
        int at = firstEnd;
        boolean capitals = Chars.upper(c[from]);
        while (capitals && at < text.length && at - from < 48 && (Chars.alnum(c[at]) || c[at] == ' ')) {
            capitals = c[at] != ' ' || (at + 1 < text.length && (Chars.upper(c[at + 1]) || c[at + 1] == '='));
            at++;
        }
        text.work(at - from);
        return capitals && at < text.length && c[at] == '=';
    }

    private static boolean closing(char c) {
        return c == ')' || c == ']' || c == '}';
    }

    /* How far a value in a toString() goes on behind a space: "[password=two words, user=x]"; -1 if it does not. */
    private static int goesOn(Text text, int at) {
        char[] c = text.chars;
        int limit = Math.min(text.length, at + 96);
        int to = at;
        boolean goesOn = false;
        while (!goesOn && to < limit && c[to] != '\n' && c[to] != '\r' && c[to] != '=' && c[to] != '"') {
            goesOn = closing(c[to]) || (c[to] == ',' && to + 1 < limit && c[to + 1] == ' ');
            to++;
        }
        text.work(to - at);
        return goesOn ? to - 1 : -1;
    }
}
