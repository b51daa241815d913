package io.inkfast.mask.scan;

/*
 * Sentences are searched in the folded text too, so the words here have no accents. A value that is an everyday word is
 * left alone: "the password is expired" says nothing.
 */
/** Secrets that a sentence names: "the API key is x", "Kennwort fuer bob: x", "'x' as password". One thread. */
final class SentenceDetector {

    private static final int MOST_WORDS = 3;
    private static final int OWNER = 32;
    private static final int LONGEST = 256;

    private final FieldNames names;

    SentenceDetector(FieldNames names) {
        this.names = names;
    }

    static void addWindows(Anchors.Builder to, int handler) {
        String behind = " \t" + Anchors.QUOTE;
        for (String end : new String[] {"ord", "ken", "ret", "key", "pwd", "sse", "api", "psw", "sel"}) {
            to.window(handler, both(end, 0), both(end, 1), both(end, 2), behind);
        }
        for (String end : new String[] {
            "wort", "rase", "code", "sena", "enha", "rola", "haslo", "heslo", "avain", "word", "lave", "chia", "ials"
        }) {
            int at = end.length() - 4;
            to.window(handler, both(end, at), both(end, at + 1), both(end, at + 2), both(end, at + 3));
        }
        to.window(handler, " ", "pP", "wW", " ");
        String other = "" + Anchors.OTHER;
        to.window(handler, Anchors.ANY, other, other, other + " ")
                .window(handler, Anchors.ANY, Anchors.ANY, other, other);
    }

    private static String both(String word, int at) {
        char c = word.charAt(at);
        return "" + c + Character.toUpperCase(c);
    }

    /** At the last character of a name or the one behind it; returns where to go on. */
    int at(Text text, int at) {
        char[] c = text.chars;
        int n = text.length;
        boolean particle = particle(c[at]);
        int end = particle || !Chars.wordPart(c[at]) ? at : at + 1;
        if (end < 2 || (!particle && end < n && Chars.wordPart(c[end]))) {
            return at + 1;
        }
        byte kind = names.match(c, Math.max(0, end - FieldNames.LONGEST), end);
        text.work(4);
        if (!announces(kind)) {
            return at + 1;
        }
        if (particle) {
            return spoken(text, at, kind);
        }
        int next = end + 1 < n ? behind(text, end, kind) : 0;
        if (next > at + 1) {
            return next;
        }
        SecretBefore.report(text, end, kind);
        return at + 1;
    }

    private static boolean announces(byte kind) {
        return kind == Kind.SECRET
                || kind == Kind.WEAK
                || kind == Kind.PASS
                || kind == Kind.PWD
                || kind == Kind.CODE
                || kind == Kind.CARD_CODE
                || kind >= Kind.OWN;
    }

    /* Where to go on behind a value that was found, or 0. */
    private int behind(Text text, int end, byte kind) {
        char[] c = text.chars;
        int n = text.length;
        int start = end;
        boolean name = Chars.quote(c[end]);
        if (name && (end + 1 >= n || ":,;)]}=-.".indexOf(c[end + 1]) >= 0)) {
            return 0;
        }
        if (name && end + 1 < n && c[end + 1] == ' ') {
            start++; // this quote closes the name
        }
        int at = start;
        while (at < n && (Chars.blank(c[at]) || c[at] == '|') && at - start < 24) {
            at++;
        }
        int from = verb(c, n, owner(text, at));
        boolean linked = from > at;
        if (!linked && name && start > end) {
            return 0;
        }
        from = linked ? from : at;
        if (Chars.at(c, from, n, "from ")) {
            from = fromTo(text, from + 5);
            linked = true;
        }
        text.work(from - end + 8);
        if (from >= n || (from == end && !Chars.quote(c[from]))) {
            return 0;
        }
        return value(text, from, kind, linked);
    }

    /* "from x to y": x, or y if x is hidden. */
    private static int fromTo(Text text, int from) {
        char[] c = text.chars;
        int to = from;
        while (to < text.length && to - from < 64 && !Chars.space(c[to])) {
            to++;
        }
        text.work(to - from);
        return Chars.at(c, to, text.length, " to ") && Values.nothing(c, from, to) ? to + 4 : from;
    }

    /* Behind "for the user bob", if a verb or a colon follows; else where it would begin. */
    private static int owner(Text text, int at) {
        char[] c = text.chars;
        int n = text.length;
        int word = SentenceWords.behind(c, n, at, SentenceWords.OWNERS);
        if (word == at) {
            return at;
        }
        int from = word;
        for (int i = 0; i < MOST_WORDS && word < n; i++) {
            int to = word;
            while (to < n && to - from < OWNER && !Chars.space(c[to])) {
                to++;
            }
            text.work(to - word + 1);
            if (to >= n || c[to] != ' ' || to == word) {
                return at;
            }
            if (c[to - 1] == ':') {
                return to - 1;
            }
            word = to + 1;
            if (verb(c, n, word) > word) {
                return word;
            }
        }
        return at;
    }

    /* Behind a verb and its adverb, or where it would begin. */
    private static int verb(char[] c, int n, int at) {
        int to = SentenceWords.behind(c, n, at, SentenceWords.VERBS);
        return to == at ? at : SentenceWords.behind(c, n, to, SentenceWords.ADVERBS);
    }

    private int value(Text text, int from, byte kind, boolean linked) {
        char[] c = text.chars;
        int n = text.length;
        boolean sure = kind == Kind.SECRET || kind == Kind.PASS || kind >= Kind.OWN;
        if (Chars.quote(c[from])) {
            int close = from + 1;
            while (close < n && c[close] != '\n' && close - from < LONGEST) {
                if (c[close] == c[from]) {
                    if (c[close] != '\'' || close + 1 >= n || c[close + 1] != '\'') {
                        break;
                    }
                    close++; // SQL doubles it
                }
                close++;
            }
            text.work(close - from);
            if (close >= n || c[close] != c[from] || close - from < 4) {
                return 0;
            }
            boolean good = blank(c, from + 1, close)
                    ? linked && sure
                    : sure || kind == Kind.PWD || Values.likelySecret(c, from + 1, close);
            return good ? report(text, from + 1, close, kind) : 0;
        }
        int to = word(text, from);
        if (!linked && assigns(c, from, to)) {
            return 0;
        }
        boolean digits = Values.digits(c, from, to);
        boolean path = kind == Kind.PWD && (c[from] == '/' || c[from] == '~' || c[from] == '.');
        boolean good = digits
                ? (linked || (to - from > 5 && Chars.at(c, from - 9, from, "passcode ")))
                        && !joined(c, n, to)
                        && to - from >= (kind == Kind.WEAK ? 6 : kind == Kind.CARD_CODE ? 3 : 4)
                : Values.likelySecret(c, from, to) && !spelled(c, from, to) && !path && !(kind == Kind.PASS && !linked);
        boolean code = kind == Kind.CODE || kind == Kind.CARD_CODE;
        return good && (!code || (linked && to - from < 13 && Values.countDigits(c, from, to) > 2))
                ? report(text, from, to, kind)
                : 0;
    }

    /* The next pair, not a value. */
    private static boolean assigns(char[] c, int from, int to) {
        int equals = from;
        while (equals < to && (Chars.alnum(c[equals]) || c[equals] == '_' || c[equals] == '.')) {
            equals++;
        }
        return equals + 1 < to && c[equals] == '=' && c[equals + 1] != '=';
    }

    private static boolean joined(char[] c, int n, int to) {
        return to < n && (c[to] == ':' || c[to] == '%' || c[to] == '/');
    }

    /* Where the word ends that begins here; its full stop does not belong to it. */
    private static int word(Text text, int from) {
        char[] c = text.chars;
        int n = text.length;
        int to = from;
        while (to < n && to - from < LONGEST && !Chars.space(c[to]) && c[to] != '"') {
            boolean last = to + 1 >= n || Chars.space(c[to + 1]);
            if ((c[to] == ',' || c[to] == ';') && (last || Values.countDigits(c, from, to) > 0)) {
                break;
            }
            to++;
        }
        while (to > from && ".)!?'".indexOf(c[to - 1]) >= 0) {
            to--;
        }
        text.work(to - from);
        return to;
    }

    /** Reports a value; where it ends, or 0 if there is nothing to hide. */
    static int report(Text text, int from, int to, byte kind) {
        if (Values.nothing(text.chars, from, to) || from < text.found()) {
            return 0;
        }
        text.hit(from, to, Kind.type(kind));
        return to;
    }

    private static boolean blank(char[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            if (c[i] == ' ') {
                return true;
            }
        }
        return false;
    }

    /* Words joined by hyphens, slashes or underscores, without a digit. */
    static boolean spelled(char[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!Chars.letter(c[i]) && "-_/.:'".indexOf(c[i]) < 0) {
                return false;
            }
        }
        return true;
    }

    /* The particles of Japanese, Chinese and Korean that link a name and its value. */
    private static boolean particle(char c) {
        return c == '\u306F'
                || c == '\u304C'
                || c == '\u662F'
                || c == '\u4E3A'
                || c == '\u70BA'
                || c == '\uB294'
                || c == '\uC740';
    }

    /* Behind such a particle: in corner brackets, in quotes, or what is no ideogram. */
    private static int spoken(Text text, int at, byte kind) {
        char[] c = text.chars;
        int n = text.length;
        int from = at + 1;
        while (from < n && from - at < 4 && (Chars.space(c[from]) || opening(c[from]))) {
            from++;
        }
        int to = from;
        while (to < n && to - from < LONGEST && c[to] > ' ' && c[to] < 0x250 && !Chars.quote(c[to])) {
            to++;
        }
        while (to > from && ".,!".indexOf(c[to - 1]) >= 0) {
            to--;
        }
        text.work(to - at);
        boolean good = to - from > 3 && (Values.countDigits(c, from, to) > 0 || !spelled(c, from, to));
        return good ? Math.max(at + 1, report(text, from, to, kind)) : at + 1;
    }

    private static boolean opening(char c) {
        return c == '\u300C' || c == '\u300E' || c == '\u201C' || c == '\uFF1A' || c == ':' || Chars.quote(c);
    }
}
