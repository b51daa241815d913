package io.inkfast.mask.scan;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/*
 * Every twentieth character is looked at: a run of that many cannot hide between two of them, and the words of ordinary
 * lines are soon left again. Most runs are given up after their first twelve characters, which do not decode to text.
 */
/** Texts in base64 or hexadecimal digits that have a finding once they are decoded. One thread. */
final class EncodedTexts {

    /** The shortest run that is decoded. */
    private static final int SHORTEST = 20;

    /** Longer runs are decoded up to here. */
    private static final int MOST = 8 * 1024;

    /** Characters that tell whether a run is text. */
    private static final int SAMPLE = 12;

    private static final byte NONE = -1;
    private static final byte[] DIGITS = new byte[128];

    static {
        Arrays.fill(DIGITS, NONE);
        String digits = Anchors.UPPER + Anchors.LETTER.substring(0, 26) + Anchors.DIGIT + "+/";
        for (int i = 0; i < digits.length(); i++) {
            DIGITS[digits.charAt(i)] = (byte) i;
        }
        DIGITS['-'] = 62;
        DIGITS['_'] = 63;
    }

    private final Rules rules;
    private final int depth;
    private @Nullable TextScanner scanner;

    /** Decoded texts are searched for encoded ones so many times more. */
    EncodedTexts(Rules rules, int depth) {
        this.rules = rules;
        this.depth = depth;
    }

    /** Reports the runs that hide something; whether there were any. */
    boolean in(Text text) {
        char[] c = text.chars;
        int n = text.length;
        int before = text.count;
        int low = 0;
        int at = SHORTEST - 1;
        while (at < n) {
            if (!digit(c[at])) {
                at += SHORTEST;
                continue;
            }
            int start = at;
            while (start > low && digit(c[start - 1])) {
                start--;
            }
            int end = at + 1;
            while (end < n && digit(c[end])) {
                end++;
            }
            if (end - start >= SHORTEST) {
                run(text, start, end);
            }
            low = end;
            at = end + SHORTEST;
        }
        return text.count > before;
    }

    private static boolean digit(char c) {
        return c < DIGITS.length && DIGITS[c] != NONE;
    }

    /* As a whole, or what stands behind the last character that also separates words. */
    private void run(Text text, int start, int end) {
        char[] c = text.chars;
        int from = Chars.exactlyAt(c, start, end, "0x") ? start + 2 : start;
        int type = type(text, from, end);
        if (type < 0) {
            from = end;
            while (from > start && Chars.alnum(c[from - 1])) {
                from--;
            }
            text.work(end - from);
            type = from > start && end - from >= SHORTEST ? type(text, from, end) : -1;
        }
        if (type >= 0) {
            int to = end;
            while (to < text.length && to - end < 2 && c[to] == '=') {
                to++;
            }
            text.hit(from, to, type);
        }
    }

    private int type(Text text, int from, int end) {
        int to = Math.min(end, from + MOST);
        byte[] decoded = hex(text.chars, from, to);
        if (decoded == null) {
            decoded = base64(text.chars, from, to);
        }
        text.work(SAMPLE);
        if (decoded == null) {
            return -1;
        }
        text.work(to - from);
        String found = new String(decoded, StandardCharsets.UTF_8);
        if (found.indexOf('\uFFFD') >= 0 && found.indexOf('\uFFFD') < found.length() - 1) {
            return -1;
        }
        if (scanner == null) {
            scanner = new TextScanner(rules, depth);
        }
        int type = scanner.firstType(found);
        text.work((int) scanner.steps());
        return type;
    }

    private static byte @Nullable [] hex(char[] c, int from, int to) {
        int count = (to - from) / 2;
        byte[] decoded = null;
        for (int i = 0; i < count; i++) {
            char high = c[from + 2 * i];
            char low = c[from + 2 * i + 1];
            int value =
                    Chars.hex(high) && Chars.hex(low) ? Character.digit(high, 16) * 16 + Character.digit(low, 16) : 0;
            if (!readable(value, i < SAMPLE)) {
                return null;
            }
            if (decoded == null) {
                decoded = new byte[count];
            }
            decoded[i] = (byte) value;
        }
        return decoded;
    }

    private static byte @Nullable [] base64(char[] c, int from, int to) {
        int count = (to - from) * 3 / 4;
        for (int at = from; at < from + SAMPLE; at += 4) {
            int bits = four(c, at);
            if (!readable(bits >> 16, true) || !readable(bits >> 8 & 0xFF, true) || !readable(bits & 0xFF, true)) {
                return null;
            }
        }
        byte[] decoded = new byte[count];
        int bits = 0;
        int filled = 0;
        int length = 0;
        for (int at = from; at < to && length < count; at++) {
            bits = bits << 6 | DIGITS[c[at]];
            filled += 6;
            if (filled >= 8) {
                filled -= 8;
                int value = bits >> filled & 0xFF;
                if (!readable(value, false)) {
                    return null;
                }
                decoded[length++] = (byte) value;
            }
        }
        return decoded;
    }

    private static int four(char[] c, int at) {
        return DIGITS[c[at]] << 18 | DIGITS[c[at + 1]] << 12 | DIGITS[c[at + 2]] << 6 | DIGITS[c[at + 3]];
    }

    /* A byte of a text in UTF-8. */
    private static boolean readable(int value, boolean ascii) {
        return (value >= ' ' && value < 0x7F)
                || value == '\n'
                || value == '\r'
                || value == '\t'
                || (value >= 0x80 && !ascii);
    }
}
