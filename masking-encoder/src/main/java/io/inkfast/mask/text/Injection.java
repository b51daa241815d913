package io.inkfast.mask.text;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.Set;

/*
 * A backslash stays what it is, so that neutralising twice is the same as once; the price is that "\n" in the output may
 * have been typed by somebody. Half surrogates and what lies above U+FFFF become the escapes of their UTF-16 units, which
 * is what JSON writes, and what the scanner can undo.
 */
/**
 * Characters that must not stand raw in a log, because they move the cursor, end the line, reorder what is read, or cannot
 * be seen; and their visible escapes. Clean text comes back as the same instance. Any thread.
 *
 * <table>
 * <caption>What is escaped</caption>
 * <tr><td>C0, DEL, C1</td><td>U+0000 to U+001F, U+007F to U+009F</td></tr>
 * <tr><td>line and paragraph separator</td><td>U+2028, U+2029</td></tr>
 * <tr><td>bidirectional</td><td>U+202A to U+202E, U+2066 to U+2069, U+200E, U+200F, U+061C</td></tr>
 * <tr><td>invisible</td><td>U+200B, U+2060 to U+2064, U+FEFF, U+00AD, U+180E, U+115F, U+1160, U+3164, U+FFA0</td></tr>
 * <tr><td>joiners</td><td>U+200C, U+200D, unless they join emoji or follow a letter of a script that needs them</td></tr>
 * <tr><td>tags, variation supplement</td><td>U+E0000 to U+E01FF</td></tr>
 * <tr><td>noncharacters</td><td>U+FDD0 to U+FDEF, and the last two of each plane</td></tr>
 * <tr><td>half surrogates</td><td>U+D800 to U+DFFF without their other half</td></tr>
 * </table>
 */
public final class Injection {

    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    /** Scripts whose letters take another form beside a joiner. */
    private static final Set<UnicodeScript> JOINING = EnumSet.of(
            UnicodeScript.ARABIC,
            UnicodeScript.SYRIAC,
            UnicodeScript.NKO,
            UnicodeScript.MONGOLIAN,
            UnicodeScript.DEVANAGARI,
            UnicodeScript.BENGALI,
            UnicodeScript.GURMUKHI,
            UnicodeScript.GUJARATI,
            UnicodeScript.ORIYA,
            UnicodeScript.TAMIL,
            UnicodeScript.TELUGU,
            UnicodeScript.KANNADA,
            UnicodeScript.MALAYALAM,
            UnicodeScript.SINHALA,
            UnicodeScript.TIBETAN,
            UnicodeScript.MYANMAR,
            UnicodeScript.KHMER);

    private Injection() {}

    /** Whether this character must not stand raw anywhere. Joiners depend on their neighbours: {@link #harmful}. */
    public static boolean alwaysHarmful(int codePoint) {
        if (codePoint < 0xa0) {
            return codePoint < 0x20 || codePoint >= 0x7f;
        }
        if (codePoint >= 0x10000) {
            return (codePoint & 0xfffe) == 0xfffe || (codePoint >= 0xe0000 && codePoint < 0xe0200);
        }
        return switch (codePoint >> 8) {
            case 0x00 -> codePoint == 0xad;
            case 0x06 -> codePoint == 0x61c;
            case 0x11 -> codePoint == 0x115f || codePoint == 0x1160;
            case 0x18 -> codePoint == 0x180e;
            case 0x20 -> general(codePoint);
            case 0x31 -> codePoint == 0x3164;
            case 0xfd -> codePoint >= 0xfdd0 && codePoint <= 0xfdef;
            case 0xfe -> codePoint == 0xfeff;
            case 0xff -> codePoint == 0xffa0 || codePoint >= 0xfffe;
            default -> codePoint >= 0xd800 && codePoint <= 0xdfff;
        };
    }

    /* The block of punctuation. */
    private static boolean general(int c) {
        return c == 0x200b
                || c == 0x200e
                || c == 0x200f
                || (c >= 0x2028 && c <= 0x202e)
                || (c >= 0x2060 && c <= 0x2064)
                || (c >= 0x2066 && c <= 0x2069);
    }

    /** Whether the character at {@code index}, a whole pair if one begins there, must not stand raw where it is. */
    public static boolean harmful(String text, int index) {
        int codePoint = text.codePointAt(index);
        return isJoiner(codePoint) ? !joins(text, index) : alwaysHarmful(codePoint);
    }

    /** The text with visible escapes: {@code \n}, {@code \t}, {@code \r}, {@code \u009B}. */
    public static String neutralise(String text) {
        int n = text.length();
        for (int i = 0; i < n; i++) {
            char c = text.charAt(i);
            if ((c < 0x20 || c >= 0x7f) && harmful(text, i)) {
                return escaped(text, i, true);
            }
            if (Character.isHighSurrogate(c)) {
                // Harmless, so it is a pair.
                i++;
            }
        }
        return text;
    }

    /**
     * JSON text in which the same characters are escaped without loss, but for C0: between tokens those are white space,
     * and inside strings JSON has none. Nothing else can stand outside a string.
     */
    public static String escapeJson(String json) {
        int n = json.length();
        for (int i = 0; i < n; i++) {
            char c = json.charAt(i);
            if (c >= 0x7f && harmful(json, i)) {
                return escaped(json, i, false);
            }
            if (Character.isHighSurrogate(c)) {
                i++;
            }
        }
        return json;
    }

    private static String escaped(String text, int from, boolean controls) {
        int n = text.length();
        StringBuilder out = new StringBuilder(n + 32).append(text, 0, from);
        for (int i = from; i < n; i++) {
            char c = text.charAt(i);
            boolean ascii = c < 0x80;
            boolean pair = Character.isHighSurrogate(c) && i + 1 < n && Character.isLowSurrogate(text.charAt(i + 1));
            if ((ascii && !controls && c != 0x7f) || !harmful(text, i)) {
                out.append(c);
                if (pair) {
                    out.append(text.charAt(++i));
                }
            } else {
                escape(out, c);
                if (pair) {
                    escape(out, text.charAt(++i));
                }
            }
        }
        return out.toString();
    }

    private static void escape(StringBuilder out, char c) {
        out.append('\\');
        switch (c) {
            case '\n' -> out.append('n');
            case '\r' -> out.append('r');
            case '\t' -> out.append('t');
            default ->
                out.append('u')
                        .append(HEX[c >> 12])
                        .append(HEX[c >> 8 & 15])
                        .append(HEX[c >> 4 & 15])
                        .append(HEX[c & 15]);
        }
    }

    /** Whether there is a joiner that joins nothing. */
    public static boolean hasStrayJoiner(String text) {
        return strayJoiner(text, '\u200d') || strayJoiner(text, '\u200c');
    }

    private static boolean strayJoiner(String text, char joiner) {
        for (int at = text.indexOf(joiner); at >= 0; at = text.indexOf(joiner, at + 1)) {
            if (!joins(text, at)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isJoiner(int c) {
        return c == 0x200c || c == 0x200d;
    }

    private static boolean joins(String text, int at) {
        if (at == 0) {
            return false;
        }
        int before = text.codePointBefore(at);
        if (before >= 0x600 && Character.isLetter(before) && JOINING.contains(UnicodeScript.of(before))) {
            return true;
        }
        if (before >= 0x300 && isMark(before) && markOfJoining(text, at)) {
            return true;
        }
        return text.charAt(at) == 0x200d
                && at + 1 < text.length()
                && isEmoji(text.codePointAt(at + 1))
                && (isEmoji(before) || (before == 0xfe0f && at > 1 && isEmoji(text.codePointBefore(at - 1))));
    }

    /* Marks that many scripts share say nothing of their own: the letter below them does. */
    private static boolean markOfJoining(String text, int at) {
        int i = at;
        for (int marks = 0; i > 0 && marks < 4; marks++) {
            int before = text.codePointBefore(i);
            if (!isMark(before)) {
                return JOINING.contains(UnicodeScript.of(before));
            }
            i -= Character.charCount(before);
        }
        return false;
    }

    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }

    private static boolean isEmoji(int c) {
        return (c >= 0x1f000 && c <= 0x1faff)
                || (c >= 0x2190 && c <= 0x21ff)
                || (c >= 0x2300 && c <= 0x23ff)
                || (c >= 0x2600 && c <= 0x27bf)
                || (c >= 0x2b00 && c <= 0x2bff);
    }
}
