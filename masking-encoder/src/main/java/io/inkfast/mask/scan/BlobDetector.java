package io.inkfast.mask.scan;

/** Finds what is recognised by its shape: JSON web tokens, private keys, bot tokens. */
final class BlobDetector {

    private BlobDetector() {}

    /** At the J of "eyJ": a signed or encrypted JSON web token, whole or cut off. */
    static int jwt(Text text, int j) {
        char[] c = text.chars;
        int n = text.length;
        int start = j - 2;
        if (start < 0 || c[start] != 'e' || c[start + 1] != 'y' || (start > 0 && Chars.base64Url(c[start - 1]))) {
            return j + 1;
        }
        int at = j + 1;
        int dots = 0;
        int firstDot = -1;
        while (at < n && (Chars.base64Url(c[at]) || (c[at] == '.' && dots < 4))) {
            if (c[at] == '.') {
                dots++;
                firstDot = firstDot < 0 ? at : firstDot;
            }
            at++;
        }
        text.work(at - start);
        while (at > start && (c[at - 1] == '.' || c[at - 1] == '-')) {
            at--;
        }
        if (firstDot < 0 || firstDot - start < 12 || at - firstDot < 4) {
            return Math.max(j + 1, at);
        }
        text.hit(start, at, Types.TOKEN);
        return at;
    }

    /** At the first '-' of "-----BEGIN ... PRIVATE KEY-----": the key to its END line, or to the end of the text. */
    static int privateKey(Text text, int dash) {
        char[] c = text.chars;
        int n = text.length;
        int at = dash;
        while (at < n && c[at] == '-') {
            at++;
        }
        int dashes = at - dash;
        text.work(dashes);
        int label = at < n && c[at] == ' ' ? at + 1 : at;
        if (dashes < 4 || !Chars.exactlyAt(c, label, n, "BEGIN ")) {
            return at;
        }
        int labelEnd = label + 6;
        while (labelEnd < n && labelEnd - label < 64 && c[labelEnd] != '-') {
            labelEnd++;
        }
        text.work(labelEnd - label);
        if (!contains(c, label, labelEnd, "PRIVATE KEY")) {
            return at;
        }
        int to = labelEnd;
        while (to < n
                && !(c[to] == 'E'
                        && Chars.exactlyAt(c, to, n, "END ")
                        && c[to - 1 - (c[to - 1] == ' ' ? 1 : 0)] == '-')) {
            to++;
        }
        while (to < n && c[to] != '-') {
            to++;
        }
        while (to < n && c[to] == '-') {
            to++;
        }
        text.work(to - labelEnd);
        text.hit(dash, to, Types.PRIVATE_KEY);
        return to;
    }

    /** At the colon of "123456789:AA...": a bot token. */
    static int bot(Text text, int colon) {
        char[] c = text.chars;
        int from = colon + 1;
        if (from + 35 > text.length || c[from] != 'A' || c[from + 1] != 'A') {
            return -1;
        }
        int start = colon;
        while (start > 0 && Chars.digit(c[start - 1]) && colon - start < 11) {
            start--;
        }
        int to = from;
        while (to < text.length && Chars.base64Url(c[to]) && to - from < 40) {
            to++;
        }
        text.work(to - start);
        if (colon - start < 8 || to - from != 35) {
            return -1;
        }
        text.hit(start, to, Types.TOKEN);
        return to;
    }

    private static boolean contains(char[] c, int from, int to, String word) {
        for (int i = from; i + word.length() <= to; i++) {
            if (Chars.exactlyAt(c, i, to, word)) {
                return true;
            }
        }
        return false;
    }
}
