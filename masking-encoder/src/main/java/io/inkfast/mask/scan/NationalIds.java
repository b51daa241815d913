package io.inkfast.mask.scan;

/*
 * Digits are read as groups with single separators around a place; what the groups are long says which number it can be,
 * and its check digits say whether it is. Groups that are part of something longer match no shape.
 */
/** Numbers of persons that need no name beside them: grouped as people write them, or with letters. One thread. */
final class NationalIds {

    private static final long SSN = shape("3-2-4");
    private static final long CPF = shape("3.3.3-2");
    private static final long BELGIAN = shape("2.2.2-3.2");
    private static final long SWEDISH = shape("6-4");
    private static final long SWEDISH_LONG = shape("8-4");
    private static final long HETU = shape("6-3");
    private static final long SIN = shape("3-3-3");
    private static final long AADHAAR = shape("4 4 4");
    private static final long AADHAAR_DASHED = shape("4-4-4");
    private static final long SWISS = shape("3.4.4.2");
    private static final long NIR = shape("1 2 2 2 3 3 2");

    private static final int LONGEST = 26;

    private final boolean ssn;
    private final boolean others;
    private final byte[] digits = new byte[20];

    NationalIds(boolean ssn, boolean others) {
        this.ssn = ssn;
        this.others = others;
    }

    static void addWindows(Anchors.Builder to, int groups, int letters, boolean others) {
        to.window(groups, Anchors.DIGIT, "-", Anchors.DIGIT, Anchors.DIGIT);
        if (others) {
            to.window(groups, Anchors.DIGIT, " ", Anchors.DIGIT, Anchors.DIGIT)
                    .window(groups, "7", "5", "6", ".")
                    .window(groups, Anchors.DIGIT, "A", Anchors.DIGIT, Anchors.DIGIT)
                    .window(letters, Anchors.DIGIT, Anchors.DIGIT, Anchors.DIGIT, Anchors.LETTER)
                    .window(letters, Anchors.DIGIT, Anchors.DIGIT, "-", Anchors.LETTER)
                    .window(letters, Anchors.NO_DIGIT, "123456789", Anchors.DIGIT, Anchors.DIGIT);
        }
    }

    /** Inside groups of digits; returns where to go on. */
    int groups(Text text, int at) {
        if (at < text.groupsUntil) {
            return at + 1;
        }
        char[] c = text.chars;
        int n = text.length;
        if (at < 2 || !(Chars.digit(c[at - 1]) || joins(c, at - 1) || joins(c, at - 2))) {
            return at + 1;
        }
        int low = Math.max(text.found(), text.groupsUntil);
        int start = at;
        while (start > low && (Chars.digit(c[start - 1]) || joins(c, start - 1))) {
            start--;
        }
        int end = at;
        while (end < n && (Chars.digit(c[end]) || (end + 1 < n && joins(c, end)))) {
            end++;
        }
        text.work(end - start);
        text.groupsUntil = end;
        if (end - start > LONGEST) {
            return at + 1;
        }
        long shape = shape(c, start, end);
        boolean open = start == 0 || !beside(c[start - 1]);
        open |= shape == SSN && Chars.at(c, start - 4, start - 1, "ssn");
        boolean closed = end >= n || !beside(c[end]);
        int count = read(c, start, end);
        int type = -1;
        if (shape == HETU && others && open && end < n && count == 9 && CheckDigits.hetu(digits, c[end])) {
            boolean whole = end + 1 >= n || !beside(c[end + 1]);
            type = whole ? Types.NATIONAL_ID : -1;
            end += whole ? 1 : 0;
        } else if (open && closed) {
            type = type(shape);
        }
        if (type < 0) {
            return at + 1;
        }
        text.hit(start, end, type);
        return end;
    }

    private int type(long shape) {
        if (shape == SSN) {
            return ssn && CheckDigits.ssn(digits) ? Types.SSN : -1;
        }
        boolean valid = (shape == CPF && CheckDigits.cpf(digits))
                || (shape == BELGIAN && CheckDigits.belgian(digits))
                || (shape == SWEDISH && CheckDigits.swedish(digits, 0))
                || (shape == SWEDISH_LONG && century() && CheckDigits.swedish(digits, 2))
                || (shape == SIN && Luhn.checks(digits, 0, 9))
                || ((shape == AADHAAR || shape == AADHAAR_DASHED) && CheckDigits.aadhaar(digits))
                || (shape == SWISS && CheckDigits.person(digits, 13))
                || (shape == NIR && CheckDigits.nir(digits));
        return others && valid ? Types.NATIONAL_ID : -1;
    }

    /* Whoever was born: 20260101-1234 is rather the number of a file. */
    private boolean century() {
        return digits[0] == 1 ? digits[1] == 9 : digits[0] == 2 && digits[1] == 0 && digits[2] < 2;
    }

    private int read(char[] c, int start, int end) {
        int count = 0;
        for (int i = start; i < end && count < digits.length; i++) {
            if (Chars.digit(c[i])) {
                digits[count++] = (byte) (c[i] - '0');
            }
        }
        return count;
    }

    private static boolean joins(char[] c, int at) {
        char now = c[at];
        return (now == '-' || now == ' ' || now == '.' || now == '+' || now == 'A')
                && at > 0
                && Chars.digit(c[at - 1])
                && Chars.digit(c[at + 1]);
    }

    private static boolean beside(char c) {
        return Chars.wordPart(c) || c == '_' || c == '-';
    }

    /* The lengths of the groups and what joins them, eight bits a group. */
    private static long shape(char[] c, int start, int end) {
        long shape = 0;
        int length = 0;
        for (int i = start; i < end; i++) {
            if (Chars.digit(c[i])) {
                length++;
            } else {
                int join = c[i] == ' ' ? 1 : c[i] == '.' ? 2 : 3;
                shape = (shape << 8) | (length << 2) | join;
                length = 0;
            }
        }
        return (shape << 8) | (length << 2);
    }

    private static long shape(String text) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            digits.append(Chars.digit(c) ? "0".repeat(c - '0') : String.valueOf(c));
        }
        return shape(digits.toString().toCharArray(), 0, digits.length());
    }

    /** At a letter behind three digits, or at the third digit of a number; returns where to go on. */
    int letters(Text text, int at) {
        char[] c = text.chars;
        return Chars.letter(c[at]) ? spanish(text, at) : starts(c, at - 2) ? run(text, at - 2) : at + 1;
    }

    private static boolean starts(char[] c, int at) {
        return Chars.digit(c[at]) && (at == 0 || !Chars.digit(c[at - 1]));
    }

    /* 12345678Z, X1234567L, with or without hyphens. */
    private static int spanish(Text text, int letter) {
        char[] c = text.chars;
        int to = c[letter - 1] == '-' ? letter - 1 : letter;
        int start = to;
        int number = 0;
        int unit = 1;
        while (start > 0 && to - start < 9 && Chars.digit(c[start - 1])) {
            start--;
            number += to - start <= 8 ? (c[start] - '0') * unit : 0;
            unit *= 10;
        }
        text.work(to - start + 2);
        int length = to - start;
        if (length == 7 && start > 0) {
            int first = start - (c[start - 1] == '-' && start > 1 ? 2 : 1);
            char foreign = c[first];
            if (foreign < 'X' || foreign > 'Z') {
                return letter + 1;
            }
            number += (foreign - 'X') * 10_000_000;
            start = first;
            length = 8;
        }
        boolean bounded =
                (start == 0 || !beside(c[start - 1])) && (letter + 1 >= text.length || !beside(c[letter + 1]));
        if (length != 8 || !bounded || !CheckDigits.dni(number, c[letter])) {
            return letter + 1;
        }
        text.hit(start, letter + 1, Types.NATIONAL_ID);
        return letter + 1;
    }

    /* Fifteen digits of France, eighteen of China. */
    private int run(Text text, int first) {
        char[] c = text.chars;
        int n = text.length;
        int at = first;
        while (at < n && at - first < 20 && Chars.digit(c[at])) {
            at++;
        }
        text.work(at - first);
        int length = at - first;
        boolean x = length == 17 && at < n && Chars.toLower(c[at]) == 'x';
        int end = x ? at + 1 : at;
        boolean bounded =
                (first == 0 || (!beside(c[first - 1]) && c[first - 1] != '.')) && (end >= n || !beside(c[end]));
        if (!bounded || !(length == 15 || length == 18 || x)) {
            return first + 3;
        }
        read(c, first, at);
        if (x) {
            digits[17] = 10;
        }
        if (length == 15 ? CheckDigits.nir(digits) : CheckDigits.resident(digits)) {
            text.hit(first, end, Types.NATIONAL_ID);
            return end;
        }
        return first + 3;
    }
}
