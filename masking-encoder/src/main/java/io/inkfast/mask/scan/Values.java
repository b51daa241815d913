package io.inkfast.mask.scan;

/** Judges values: already masked, empty by convention, prose, or likely secret. */
final class Values {

    private static final String[] NOTHING = {
        "null",
        "true",
        "false",
        "none",
        "nil",
        "undefined",
        "n/a",
        "[redacted]",
        "<redacted>",
        "redacted",
        "[masked]",
        "<masked>",
        "[hidden]",
        "<hidden>",
        "(hidden)",
        "[filtered]",
        "[withheld]",
        "<null>",
        "{}",
        "[]",
        "{protected}",
        "[protected]"
    };

    private static final String[] FLAGS = {"true", "false"};

    /* Words that follow "password: " or "auth=" in prose and settings. */
    private static final String[] PROSE = {
        "must",
        "should",
        "is",
        "was",
        "has",
        "required",
        "invalid",
        "incorrect",
        "expired",
        "missing",
        "cannot",
        "too",
        "not",
        "expected",
        "empty",
        "and",
        "or",
        "field",
        "the",
        "a",
        "an",
        "no",
        "does",
        "may",
        "can",
        "will",
        "wrong",
        "basic",
        "digest",
        "oauth",
        "oauth2",
        "bearer",
        "ldap",
        "sasl",
        "plain",
        "simple",
        "kerberos",
        "ssl",
        "tls",
        "ok",
        "failed",
        "success",
        "enabled",
        "disabled",
        "optional",
        "unknown",
        "unset",
        "set",
        "in",
        "of",
        "for",
        "to",
        "with",
        "found",
        "refreshed",
        "rejected",
        "accepted",
        "revoked"
    };

    private Values() {}

    /** Nothing to hide: already masked, or a word for nothing. */
    static boolean nothing(char[] c, int start, int end) {
        int length = end - start;
        if (length <= 0) {
            return true;
        }
        if (c[start] == '*' || c[start] == '\u2022') {
            int i = start;
            while (i < end && c[i] == c[start]) {
                i++;
            }
            return i == end;
        }
        return (length <= 12 && oneOf(c, start, end, NOTHING)) || placeholder(c, start, end);
    }

    /* What stands for a value in statements, templates and settings: ?, :1, $1, %s, :password, ${DB_PASSWORD}. */
    private static boolean placeholder(char[] c, int start, int end) {
        char first = c[start];
        if (end - start == 1) {
            return first == '?';
        }
        if ((first == '?' || first == ':' || first == '$') && digits(c, start + 1, end)) {
            return end - start < 4;
        }
        if (first == '%') {
            return end - start == 2 && (c[start + 1] == 's' || c[start + 1] == 'd');
        }
        if (first == ':' || first == '@') {
            return end - start < 48 && speaks(c, start + 1, end);
        }
        boolean open = (first == '$' || first == '#' || first == '{') && c[start + 1] == '{';
        if (!open || c[end - 1] != '}' || end - start > 96) {
            return false;
        }
        int to = end - (first == '{' && c[end - 2] == '}' ? 2 : 1);
        for (int i = start + 2; i < to; i++) {
            if (!Chars.alnum(c[i]) && "_.- ".indexOf(c[i]) < 0) {
                return false;
            }
        }
        return true;
    }

    /* A name of letters in which a word for secrets stands. */
    private static boolean speaks(char[] c, int start, int end) {
        boolean speaks = false;
        for (int i = start; i < end; i++) {
            if (!Chars.letter(c[i]) && c[i] != '_') {
                return false;
            }
            speaks |= Chars.at(c, i, end, "pass")
                    || Chars.at(c, i, end, "pwd")
                    || Chars.at(c, i, end, "secret")
                    || Chars.at(c, i, end, "token");
        }
        return speaks;
    }

    /** Words for nothing that are something to whoever named the field. */
    static boolean flag(char[] c, int start, int end) {
        return oneOf(c, start, end, FLAGS);
    }

    static boolean prose(char[] c, int start, int end) {
        int to = end;
        while (to > start && (c[to - 1] == '.' || c[to - 1] == ',')) {
            to--;
        }
        return to - start <= 9 && oneOf(c, start, to, PROSE);
    }

    static boolean digits(char[] c, int start, int end) {
        for (int i = start; i < end; i++) {
            if (!Chars.digit(c[i])) {
                return false;
            }
        }
        return end > start;
    }

    static int countDigits(char[] c, int start, int end) {
        int count = 0;
        for (int i = start; i < end; i++) {
            if (Chars.digit(c[i])) {
                count++;
            }
        }
        return count;
    }

    /** Not a plain word: has a digit, a capital inside, a symbol, or is long. */
    static boolean likelySecret(char[] c, int start, int end) {
        int length = end - start;
        if (length < 4) {
            return false;
        }
        boolean letters = false;
        for (int i = start; i < end; i++) {
            char now = c[i];
            letters |= Chars.letter(now);
            if (i > start && Chars.upper(now) && Chars.lower(c[i - 1])) {
                return true;
            }
            if (now == '(' || now == '<' || now == ')' || now == ';') {
                return false;
            }
            if (!Chars.letter(now) && !Chars.digit(now) && i < end - 1 && i > start && now != '\'' && now != '.') {
                return letters && length >= 6;
            }
        }
        int digits = countDigits(c, start, end);
        return length >= 20 || (digits > 0 && (length >= 6 || letters));
    }

    private static boolean oneOf(char[] c, int start, int end, String[] words) {
        int length = end - start;
        for (String word : words) {
            if (word.length() == length && Chars.at(c, start, end, word)) {
                return true;
            }
        }
        return false;
    }
}
