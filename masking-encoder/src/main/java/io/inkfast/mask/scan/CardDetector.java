package io.inkfast.mask.scan;

/*
 * Digits are collected in groups joined by one or two separators. A card number is one group, or several whose shape
 * people use (at least four digits each but the last, or single digits), beginning and ending at a group. What stands
 * around a candidate can veto it: letters, a UUID, a decimal point before it, a minus sign.
 */
/** Finds card numbers, in one piece or in groups, and the track data behind them. */
final class CardDetector {

    private static final int GROUPS = 48;

    private final int[] starts = new int[GROUPS];
    private final int[] ends = new int[GROUPS];
    private final byte[] digits = new byte[19];

    /** At a digit; returns where to go on. */
    int at(Text text, int first) {
        char[] c = text.chars;
        int n = text.length;
        if (first < 0 || (first > 0 && Chars.digit(c[first - 1]))) {
            int end = run(c, n, Math.max(first, 0)); // in the middle of a number
            text.work(end - first);
            return end;
        }
        int at = run(c, n, first);
        if (at - first > 19 || (at - first != 1 && at - first < 4) || vetoedBefore(c, n, first)) {
            text.work(at - first);
            return at;
        }
        int odd = at - first == 4 ? fours(text, first, at) : -1;
        if (odd > 0) {
            return odd;
        }
        int groups = 1;
        starts[0] = first;
        ends[0] = at;
        while (groups < GROUPS) {
            int next = separated(c, n, at);
            if (next < 0) {
                break;
            }
            at = run(c, n, next);
            starts[groups] = next;
            ends[groups++] = at;
        }
        text.work(at - first);
        find(text, groups);
        return at;
    }

    /* Four groups of four with a separator that numbers in lists have too: behind a word for a card. The end, or -1. */
    private int fours(Text text, int first, int end) {
        char[] c = text.chars;
        int n = text.length;
        int width = separator(c, n, end);
        if (width == 0 || first + 16 + 3 * width > n) {
            return -1;
        }
        int at = first;
        for (int group = 0; group < 4; group++) {
            for (int i = 0; i < 4; i++) {
                if (!Chars.digit(c[at + i])) {
                    return -1;
                }
                digits[4 * group + i] = (byte) (c[at + i] - '0');
            }
            at += 4;
            for (int i = 0; group < 3 && i < width; i++) {
                if (c[at + i] != c[end + i]) {
                    return -1;
                }
            }
            at += group < 3 ? width : 0;
        }
        text.work(at - first + 32);
        boolean alone =
                at >= n || !(Chars.wordPart(c[at]) || (c[at] == c[end] && at + 1 < n && Chars.digit(c[at + 1])));
        if (!alone || !Luhn.card(digits, 0, 16) || !announced(c, first)) {
            return -1;
        }
        text.hit(first, at, Types.PAN);
        return at;
    }

    /* How many characters of such a separator stand here. */
    private static int separator(char[] c, int n, int at) {
        if (at + 1 >= n || "\t_/,\u00b7\n\r|:;*~".indexOf(c[at]) < 0) {
            return 0;
        }
        return c[at + 1] == ' ' || c[at + 1] == '\n' ? 2 : 1;
    }

    /* Whether one of the words before the number is one for a card. */
    private static boolean announced(char[] c, int first) {
        int low = Math.max(0, first - 24);
        for (int end = first; end > low; end--) {
            if (!Chars.wordPart(c[end - 1])) {
                continue;
            }
            if (cardWord(c, end)) {
                return true;
            }
        }
        return false;
    }

    private void find(Text text, int groups) {
        int from = 0;
        while (from < groups) {
            int length = ends[from] - starts[from];
            if ((length >= 4 || length == 1) && length <= 19 && likely(text.chars[starts[from]])) {
                int to = longest(text, from, groups);
                if (to >= 0) {
                    hit(text, starts[from], ends[to]);
                    from = to;
                }
            }
            from++;
        }
    }

    /* The last group of the longest card number that begins with the group, or -1. */
    private int longest(Text text, int from, int groups) {
        int count = 0;
        int best = -1;
        int bestCount = 0;
        boolean singles = ends[from] - starts[from] == 1;
        for (int g = from; g < groups; g++) {
            int length = ends[g] - starts[g];
            if (count + length > 19 || (singles && length != 1)) {
                break;
            }
            for (int i = starts[g]; i < ends[g]; i++) {
                digits[count++] = (byte) (text.chars[i] - '0');
            }
            text.work(length);
            if (count >= 13) {
                boolean whole = g + 1 == groups || ends[g + 1] - starts[g + 1] != 1 || !singles;
                text.work(whole ? count : 1);
                if (whole && Luhn.card(digits, 0, count) && !vetoed(text, from, g, count)) {
                    best = g;
                    bestCount = count;
                }
            }
            if (length < 4 && !singles) {
                break;
            }
        }
        return bestCount > 0 ? best : -1;
    }

    private void hit(Text text, int start, int end) {
        char[] c = text.chars;
        int to = end;
        // Track 1 goes on with ^name^, track 2 with = and the expiry date.
        if (to < text.length && (c[to] == '^' || c[to] == '=' || c[to] == 'D')) {
            int tail = to + 1;
            while (tail < text.length && c[tail] != '?' && c[tail] != '"' && c[tail] != '\n' && tail - to < 128) {
                if (c[to] != '^' && !Chars.digit(c[tail])) {
                    break;
                }
                tail++;
            }
            if (tail - to > 4) {
                to = tail;
            }
        }
        text.hit(start, to, Types.PAN);
    }

    private boolean vetoed(Text text, int from, int to, int count) {
        char[] c = text.chars;
        int start = starts[from];
        int end = ends[to];
        if (end < text.length && Chars.wordPart(c[end]) && !(c[end] == 'D' && end + 4 < text.length)) {
            return true;
        }
        if (end < text.length && c[end] == '_' && !(start > 0 && c[start - 1] == '_' && cardWord(c, start - 1))) {
            return true;
        }
        boolean pieces = to > from;
        if (!pieces && from == 0 && start > 1 && c[start - 1] == '.' && Chars.digit(c[start - 2])) {
            return true;
        }
        if (!pieces && from > 0 && c[start - 1] == '.' && Chars.digit(c[start - 2])) {
            return true;
        }
        if (count == 13 && !pieces && Luhn.ean(digits, 0)) {
            return true;
        }
        return hexBeside(text, start, end);
    }

    /* Part of a UUID, or of another identifier made of hexadecimal groups. */
    private static boolean hexBeside(Text text, int start, int end) {
        char[] c = text.chars;
        int low = start;
        while (low > 0 && start - low < 40 && (Chars.hex(c[low - 1]) || c[low - 1] == '-')) {
            low--;
        }
        int high = end;
        while (high < text.length && high - end < 40 && (Chars.hex(c[high]) || c[high] == '-')) {
            high++;
        }
        text.work(start - low + high - end);
        if (high - low >= 36) {
            for (int u = Math.max(low, end - 36); u <= start && u + 36 <= high; u++) {
                if (c[u + 8] == '-' && c[u + 13] == '-' && c[u + 18] == '-' && c[u + 23] == '-') {
                    return true;
                }
            }
        }
        return false;
    }

    /* A letter, an underscore or a minus sign before the digits: an identifier or a number, unless a card is named. */
    private static boolean vetoedBefore(char[] c, int n, int first) {
        if (first == 0) {
            return false;
        }
        char before = c[first - 1];
        if (before == '-') {
            return first == 1 || !(Chars.alnum(c[first - 2]) || c[first - 2] == ')');
        }
        if (before == '_' || before == '#' || Chars.wordPart(before)) {
            int end = before == '_' || before == '#' ? first - 1 : first;
            return !(before == '#' || cardWord(c, end) || trackOne(c, n, first));
        }
        return false;
    }

    /* "%B", or a 'B' and behind the number a '^', as a reader's driver passes it on. */
    private static boolean trackOne(char[] c, int n, int first) {
        if (c[first - 1] != 'B') {
            return false;
        }
        int end = run(c, n, first);
        return (first > 1 && c[first - 2] == '%') || (end < n && c[end] == '^');
    }

    private static boolean cardWord(char[] c, int end) {
        return ends(c, end, "pan")
                || ends(c, end, "card")
                || ends(c, end, "cc")
                || ends(c, end, "visa")
                || ends(c, end, "amex")
                || ends(c, end, "mastercard")
                || ends(c, end, "discover")
                || ends(c, end, "maestro")
                || ends(c, end, "diners")
                || ends(c, end, "unionpay")
                || ends(c, end, "karte")
                || ends(c, end, "tarjeta")
                || ends(c, end, "number")
                || ((ends(c, end, "mc") || ends(c, end, "jcb")) && alone(c, end));
    }

    private static boolean alone(char[] c, int end) {
        int start = end;
        while (start > 0 && Chars.wordPart(c[start - 1]) && end - start < 4) {
            start--;
        }
        return end - start < 4;
    }

    private static boolean ends(char[] c, int end, String word) {
        return Chars.at(c, end - word.length(), end, word);
    }

    private static boolean likely(char first) {
        return (first >= '2' && first <= '6') || first == '8' || first == '9';
    }

    private static int run(char[] c, int n, int from) {
        int at = from;
        while (at < n && Chars.digit(c[at])) {
            at++;
        }
        return at;
    }

    /* The digit behind one or two separators, or -1. */
    private static int separated(char[] c, int n, int at) {
        int next = at;
        while (next < n && next - at < 2 && (c[next] == ' ' || c[next] == '-' || c[next] == '.' || c[next] == '+')) {
            next++;
        }
        return next > at && next < n && Chars.digit(c[next]) ? next : -1;
    }
}
