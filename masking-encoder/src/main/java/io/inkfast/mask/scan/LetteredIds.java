package io.inkfast.mask.scan;

/** Numbers that begin with letters or mix them with digits: Italy's, the United Kingdom's, Medicare's, vehicles'. */
final class LetteredIds {

    private static final int FISCAL = 16;
    private static final int VIN = 17;

    private LetteredIds() {}

    /** At the second digit behind two letters; returns where to go on. */
    static int pair(Text text, int at) {
        char[] c = text.chars;
        int start = at - 3;
        if (start < 0 || !Chars.letter(c[start]) || !Chars.letter(c[start + 1])) {
            return at + 1;
        }
        text.work(4);
        int fiscal = fiscal(text, at - 7);
        if (fiscal > 0) {
            text.hit(at - 7, fiscal, Types.NATIONAL_ID);
            return fiscal;
        }
        int insurance = insurance(text, start);
        if (insurance > 0) {
            text.hit(start, insurance, Types.NATIONAL_ID);
            return insurance;
        }
        return at + 1;
    }

    /* RSSMRA85T10A562S: some digits may be letters, if two persons would share a number. */
    private static int fiscal(Text text, int start) {
        char[] c = text.chars;
        int end = start + FISCAL;
        if (start < 0 || end > text.length || !bounded(text, start, end)) {
            return -1;
        }
        text.work(FISCAL);
        boolean upper = Chars.upper(c[start]);
        for (int i = 0; i < FISCAL; i++) {
            char now = c[start + i];
            boolean letter = i < 6 || i == 8 || i == 11 || i == 15;
            if (letter ? !Chars.letter(now) || Chars.upper(now) != upper : !Chars.alnum(now)) {
                return -1;
            }
        }
        return "abcdehlmprst".indexOf(Chars.toLower(c[start + 8])) >= 0 && CheckDigits.codiceFiscale(c, start)
                ? end
                : -1;
    }

    /** AB 12 34 56 C: the end of a national insurance number that begins here, or -1. */
    static int insurance(Text text, int start) {
        char[] c = text.chars;
        int n = text.length;
        if (start + 9 > n || !Chars.upper(c[start]) || !Chars.upper(c[start + 1]) || !prefix(c[start], c[start + 1])) {
            return -1;
        }
        int at = start + 2;
        int digits = 0;
        while (at < n && digits < 6 && (Chars.digit(c[at]) || (c[at] == ' ' && digits % 2 == 0))) {
            digits += Chars.digit(c[at]) ? 1 : 0;
            at++;
        }
        if (at < n && c[at] == ' ') {
            at++;
        }
        text.work(at - start);
        boolean whole = digits == 6 && at < n && c[at] >= 'A' && c[at] <= 'D' && bounded(text, start, at + 1);
        return whole ? at + 1 : -1;
    }

    private static boolean prefix(char first, char second) {
        return "DFIQUV".indexOf(first) < 0
                && "DFIOQUV".indexOf(second) < 0
                && !"BG GB NK KN TN NT ZZ".contains("" + first + second);
    }

    /** At the fourth character of 1EG4-TE5-MK73: a Medicare beneficiary; returns where to go on. */
    static int medicare(Text text, int at) {
        char[] c = text.chars;
        int n = text.length;
        int start = at - 3;
        if (start < 0 || c[start] < '1' || c[start] > '9') {
            return at + 1;
        }
        String pattern = "NAXN-AXN-AANN";
        int to = start;
        for (int i = 0; i < pattern.length(); i++) {
            char want = pattern.charAt(i);
            if (want == '-') {
                to += to < n && (c[to] == '-' || c[to] == ' ') ? 1 : 0;
                continue;
            }
            boolean letter = to < n && Chars.upper(c[to]) && "SLOIBZ".indexOf(c[to]) < 0;
            boolean digit = to < n && Chars.digit(c[to]);
            if (!(want == 'N' ? digit : want == 'A' ? letter : letter || digit)) {
                text.work(to - start);
                return at + 1;
            }
            to++;
        }
        text.work(to - start);
        if (!bounded(text, start, to)) {
            return at + 1;
        }
        text.hit(start, to, Types.MEDICAL_ID);
        return to;
    }

    /** At the third character of a word in capitals; returns where to go on. */
    static int vehicle(Text text, int at) {
        int start = at - 2;
        if (start < 0 || (start > 0 && Chars.alnum(text.chars[start - 1]))) {
            return at + 1;
        }
        int end = vin(text, start);
        if (end < 0) {
            return at + 1;
        }
        text.hit(start, end, Types.ACCOUNT);
        return end;
    }

    /** The end of the vehicle's number that begins here, or -1. */
    static int vin(Text text, int start) {
        char[] c = text.chars;
        int at = start;
        int digits = 0;
        while (at < text.length && at - start < VIN && (Chars.digit(c[at]) || Chars.upper(c[at]))) {
            digits += Chars.digit(c[at]) ? 1 : 0;
            at++;
        }
        text.work(at - start);
        boolean mixed = digits >= 4 && digits < VIN;
        return at - start == VIN && mixed && bounded(text, start, at) && CheckDigits.vin(c, start) ? at : -1;
    }

    private static boolean bounded(Text text, int start, int end) {
        char[] c = text.chars;
        return (start == 0 || !(Chars.wordPart(c[start - 1]) || c[start - 1] == '_' || c[start - 1] == '-'))
                && (end >= text.length || !(Chars.wordPart(c[end]) || c[end] == '_' || c[end] == '-'));
    }
}
