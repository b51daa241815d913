package io.inkfast.mask.scan;

import static io.inkfast.mask.scan.Anchors.ALNUM;
import static io.inkfast.mask.scan.Anchors.DIGIT;
import static io.inkfast.mask.scan.Anchors.LETTER;
import static io.inkfast.mask.scan.Anchors.QUOTE;

/** Tokens without a long prefix, known by a mark inside or at the end; and the private members of JSON web keys. */
final class MarkDetector {

    /* Behind the '+' in keys of Azure's services. */
    private static final String[] AZURE = {"ASt", "ACDb", "AMC", "ABa", "AIoT", "ARm", "AEh"};

    private MarkDetector() {}

    static void addWindows(Anchors.Builder to, int handler) {
        to.window(handler, "-", "u", "s", DIGIT)
                .window(handler, "^" + ALNUM, "p", "a", "t")
                .window(handler, " =:\"'", "MNO", "DTjz", "AEIMQUYcgk") // base64 of digits
                .window(handler, DIGIT, "Q", "~", ALNUM + "_-.~")
                .window(handler, "J", "Q", "Q", "J")
                .window(handler, "A", "Z", "D", "O")
                .window(handler, "+", "A", "SCMBIRE", LETTER)
                .window(handler, "_", "m", "m", "k")
                .window(handler, "N", "R", "A", "L")
                .window(handler, DIGIT, DIGIT, "|", ALNUM)
                .window(handler, QUOTE, "dkpq", QUOTE + "\\", ": " + QUOTE)
                .window(handler, QUOTE, "dq", "pqi", QUOTE + "\\");
    }

    /** At the end of a window; returns where to go on. */
    static int at(Text text, int at) {
        char[] c = text.chars;
        if (at < 3) {
            return at + 1;
        }
        if (Chars.quote(c[at - 3]) && "dkpq".indexOf(c[at - 2]) >= 0) {
            return webKey(text, at, Chars.letter(c[at - 1]) ? at : at - 1);
        }
        if (c[at - 1] == '|' && Chars.digit(c[at - 2])) {
            return graph(text, at - 1);
        }
        if (c[at - 2] == 'Q' && c[at - 1] == '~') {
            return entra(text, at - 2);
        }
        if ("MNO".indexOf(c[at - 2]) >= 0 && !Chars.alnum(c[at - 3])) {
            return discord(text, at - 2);
        }
        return switch (c[at]) {
            case 't' -> c[at - 2] == 'p' ? airtable(text, at - 2) : at + 1;
            case 'J' -> Chars.exactlyAt(c, at - 3, text.length, "JQQJ") ? around(text, at, 75) : at + 1;
            case 'O' -> Chars.exactlyAt(c, at - 3, text.length, "AZDO") ? around(text, at, 75) : at + 1;
            case 'k' -> Chars.exactlyAt(c, at - 3, text.length, "_mmk") ? ending(text, at, '_') : at + 1;
            case 'L' -> Chars.exactlyAt(c, at - 3, text.length, "NRAL") ? ending(text, at, ANY_CHARACTER) : at + 1;
            default -> Chars.digit(c[at]) ? mailchimp(text, at) : c[at - 3] == '+' ? azure(text, at) : at + 1;
        };
    }

    private static final char ANY_CHARACTER = 0;

    /* Thirty-two hexadecimal digits, and -us7. */
    private static int mailchimp(Text text, int at) {
        char[] c = text.chars;
        int dash = at - 3;
        if (!Chars.exactlyAt(c, dash, text.length, "-us")) {
            return at + 1;
        }
        int start = dash;
        while (start > 0 && dash - start < 33 && Chars.hex(c[start - 1])) {
            start--;
        }
        int to = at + 1 < text.length && Chars.digit(c[at + 1]) ? at + 2 : at + 1;
        text.work(to - start);
        boolean whole = dash - start == 32
                && (start == 0 || !Chars.wordPart(c[start - 1]))
                && (to == text.length || !Chars.wordPart(c[to]));
        return whole ? hit(text, start, to) : at + 1;
    }

    /* pat, fourteen characters, a dot, sixty-four hexadecimal digits. */
    private static int airtable(Text text, int start) {
        char[] c = text.chars;
        int dot = start + 17;
        if (dot + 65 > text.length || c[dot] != '.' || (start > 0 && Chars.alnum(c[start - 1]))) {
            return start + 3;
        }
        int to = dot + 1;
        while (to < text.length && to - dot < 66 && Chars.hex(c[to])) {
            to++;
        }
        text.work(to - dot + 14);
        return to - dot == 65 && alnum(c, start, dot) ? hit(text, start, to) : start + 3;
    }

    /* Three parts of base64 with 24 to 26, 6, and 27 characters or more. */
    private static int discord(Text text, int start) {
        char[] c = text.chars;
        int n = text.length;
        if (start + 60 > n) {
            return start + 3;
        }
        int dot = c[start + 24] == '.' ? start + 24 : c[start + 25] == '.' ? start + 25 : start + 26;
        if (c[dot] != '.' || c[dot + 7] != '.') {
            return start + 3;
        }
        int to = dot + 8;
        while (to < n && to - dot < 48 && Chars.base64Url(c[to])) {
            to++;
        }
        text.work(to - start);
        boolean parts = base64(c, start, dot) && base64(c, dot + 1, dot + 7) && to - dot >= 35;
        return parts && Values.countDigits(c, start, dot) > 0 ? hit(text, start, to) : start + 3;
    }

    /* A secret of an application in Entra ID: three characters, a digit, Q~, and 31 to 34 more. */
    private static int entra(Text text, int mark) {
        char[] c = text.chars;
        int start = mark - 4;
        int to = mark + 2;
        while (to < text.length && to - mark < 40 && (Chars.base64Url(c[to]) || c[to] == '~' || c[to] == '.')) {
            to++;
        }
        text.work(to - mark + 4);
        while (c[to - 1] == '.') {
            to--;
        }
        boolean whole = start >= 0 && (start == 0 || !Chars.wordPart(c[start - 1]));
        for (int i = start; whole && i < mark; i++) {
            whole = Chars.base64Url(c[i]) || c[i] == '~' || c[i] == '.';
        }
        int tail = to - mark - 2;
        return whole && tail >= 31 && tail <= 34 ? hit(text, start, to) : mark + 3;
    }

    private static int azure(Text text, int at) {
        for (String mark : AZURE) {
            if (Chars.exactlyAt(text.chars, at - 2, text.length, mark)) {
                return around(text, at, 40);
            }
        }
        return at + 1;
    }

    /* The run of base64 around this place, if it is as long as a key. */
    private static int around(Text text, int at, int least) {
        char[] c = text.chars;
        if (at < text.runUntil) {
            return at + 1;
        }
        int start = at;
        while (start > 0 && at - start < 96 && base64(c[start - 1])) {
            start--;
        }
        int to = at;
        while (to < text.length && to - at < 96 && base64(c[to])) {
            to++;
        }
        while (to < text.length && to - at < 96 && c[to] == '=') {
            to++;
        }
        text.work(to - start);
        text.runUntil = to - start > 90 ? to : 0;
        boolean key = to - start >= least && to - start <= 90 && Values.countDigits(c, start, to) > 0;
        return key ? hit(text, start, to) : at + 1;
    }

    /* Forty characters that end here; one of them known. */
    private static int ending(Text text, int at, char seventh) {
        char[] c = text.chars;
        int start = at - 39;
        text.work(40);
        boolean whole = start >= 0
                && (start == 0 || !Chars.wordPart(c[start - 1]))
                && (at + 1 == text.length || !Chars.wordPart(c[at + 1]))
                && (seventh == ANY_CHARACTER || c[start + 6] == seventh);
        boolean token = whole
                && alnum(c, start, start + 6)
                && alnum(c, start + 7, at - 3)
                && Values.countDigits(c, start, at) > 0;
        return token ? hit(text, start, at + 1) : at + 1;
    }

    /* An application's token of a graph: its number, a bar, and 27 to 40 characters. */
    private static int graph(Text text, int bar) {
        char[] c = text.chars;
        int start = bar;
        while (start > 0 && bar - start < 17 && Chars.digit(c[start - 1])) {
            start--;
        }
        int to = bar + 1;
        while (to < text.length && to - bar < 43 && Chars.base64Url(c[to])) {
            to++;
        }
        text.work(to - start);
        int tail = to - bar - 1;
        boolean token = bar - start >= 15 && bar - start <= 16 && tail >= 27 && tail <= 40;
        return token && Values.likelySecret(c, bar + 1, to) ? hit(text, start, to) : bar + 2;
    }

    /* "d":"...", "k":"..." and so on, beside "kty". */
    private static int webKey(Text text, int at, int nameEnd) {
        char[] c = text.chars;
        int n = text.length;
        int from = nameEnd;
        while (from < n
                && from - nameEnd < 16
                && (c[from] == '\\' || c[from] == ':' || c[from] == ' ' || c[from] == '"')) {
            from++;
        }
        int to = from;
        while (to < n && Chars.base64Url(c[to])) {
            to++;
        }
        int end = to;
        while (end < n && c[end] == '=') {
            end++;
        }
        text.work(end - nameEnd);
        boolean value = to - from >= 20
                && c[from - 1] == '"'
                && (end == n || c[end] == '"' || c[end] == '\\')
                && Values.likelySecret(c, from, to);
        if (!value || !inKey(text, nameEnd)) {
            return at + 1;
        }
        text.hit(from, end, Types.PRIVATE_KEY);
        return end;
    }

    /* Whether the object around this place says what type of key it is; each object is looked through once. */
    private static boolean inKey(Text text, int at) {
        if (at < text.objectUntil) {
            return text.objectIsKey;
        }
        char[] c = text.chars;
        int start = at;
        while (start > text.objectUntil && c[start - 1] != '{') {
            start--;
        }
        int end = at;
        while (end < text.length && c[end] != '}') {
            end++;
        }
        text.work(end - start);
        text.objectUntil = end;
        text.objectIsKey = false;
        for (int i = start; i + 3 < end && !text.objectIsKey; i++) {
            text.objectIsKey = c[i] == '"' && Chars.exactlyAt(c, i + 1, end, "kty");
        }
        return text.objectIsKey;
    }

    private static int hit(Text text, int start, int end) {
        text.hit(start, end, Types.TOKEN);
        return end;
    }

    private static boolean alnum(char[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!Chars.alnum(c[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean base64(char[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!Chars.base64Url(c[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean base64(char c) {
        return Chars.alnum(c) || c == '+' || c == '/';
    }
}
