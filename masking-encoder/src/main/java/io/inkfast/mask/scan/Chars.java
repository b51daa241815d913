package io.inkfast.mask.scan;

/** Classes of characters; only ASCII, everything else has been folded before or is no concern. */
final class Chars {

    private Chars() {}

    static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean lower(char c) {
        return c >= 'a' && c <= 'z';
    }

    static boolean upper(char c) {
        return c >= 'A' && c <= 'Z';
    }

    static boolean letter(char c) {
        return lower(c) || upper(c);
    }

    static boolean alnum(char c) {
        return digit(c) || letter(c);
    }

    /** Letters of other alphabets count as letters here, so that a name does not begin in the middle of a word. */
    static boolean wordPart(char c) {
        return alnum(c) || (c > 0x7F && Character.isLetterOrDigit(c));
    }

    static boolean hex(char c) {
        return digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    static boolean base64Url(char c) {
        return alnum(c) || c == '-' || c == '_';
    }

    static boolean blank(char c) {
        return c == ' ' || c == '\t';
    }

    static boolean space(char c) {
        return c <= ' ' || c == 0x85 || c == 0x2028 || c == 0x2029;
    }

    static boolean quote(char c) {
        return c == '"' || c == '\'' || c == '`';
    }

    static char toLower(char c) {
        return upper(c) ? (char) (c + 32) : c;
    }

    /** Whether {@code word}, in lower case, stands at {@code at}, in any case. */
    static boolean at(char[] text, int at, int end, String word) {
        int length = word.length();
        if (at < 0 || at + length > end) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (toLower(text[at + i]) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether {@code word} stands at {@code at} exactly. */
    static boolean exactlyAt(char[] text, int at, int end, String word) {
        int length = word.length();
        if (at < 0 || at + length > end) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (text[at + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
