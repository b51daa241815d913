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
        // Keys of Grafana are such JSON alone.
        boolean whole = firstDot < 0 && at - start > 70 && Chars.exactlyAt(c, start, n, "eyJrIjoi");
        if (whole) {
            while (at < n && c[at] == '=') {
                at++;
            }
            text.hit(start, at, Types.TOKEN);
            return at;
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
        if (dashes >= 4 && Chars.exactlyAt(c, label, n, "END ")) {
            return rest(text, dash, at);
        }
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

    /* The lines above an END whose BEGIN is not in the text; all but the last must be long. */
    private static int rest(Text text, int dash, int resume) {
        char[] c = text.chars;
        int low = text.found();
        int labelEnd = resume;
        while (labelEnd < text.length && labelEnd - resume < 64 && c[labelEnd] != '-') {
            labelEnd++;
        }
        text.work(labelEnd - resume);
        int end = lineBreak(c, dash, low);
        if (!contains(c, resume, labelEnd, "PRIVATE KEY") || end == dash) {
            return resume;
        }
        int start = end;
        int before = end;
        while (before > low) {
            int line = before;
            while (line > low && keyCharacter(c, line - 1)) {
                line--;
            }
            text.work(before - line + 1);
            boolean escaped = line > low && c[line - 1] == '\\' && (c[line] == 'n' || c[line] == 'r');
            line = escaped ? line + 1 : line;
            if (before - line < (start == end ? 4 : 40)) {
                break;
            }
            start = line;
            before = lineBreak(c, line, low);
            if (before == line) {
                break;
            }
        }
        if (end - start < 40) {
            return resume;
        }
        text.hit(start, end, Types.PRIVATE_KEY);
        return resume;
    }

    private static boolean keyCharacter(char[] c, int at) {
        return Chars.alnum(c[at]) || c[at] == '+' || c[at] == '/' || c[at] == '=';
    }

    /* Before the line break, real or escaped, that ends here. */
    private static int lineBreak(char[] c, int end, int low) {
        int at = end;
        while (at > low) {
            if (c[at - 1] == '\n' || c[at - 1] == '\r') {
                at--;
            } else if (at - 1 > low && (c[at - 1] == 'n' || c[at - 1] == 'r') && c[at - 2] == '\\') {
                at -= 2;
                while (at > low && c[at - 1] == '\\') {
                    at--;
                }
            } else {
                break;
            }
        }
        return at;
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
