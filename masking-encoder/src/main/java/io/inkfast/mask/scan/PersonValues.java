package io.inkfast.mask.scan;

/*
 * Values of persons are written with blanks: names, dates, numbers in groups. So a bare value behind such a name does not
 * end at the first blank, and it is only believed if it looks like what the name says: "email: sent" is not an address.
 */
/** Where a bare value of a personal kind ends. One thread. */
final class PersonValues {

    private final byte[] digits = new byte[20];

    /** Whether {@code kind} is judged here. */
    static boolean judges(byte kind) {
        return kind >= Kind.EMAIL && kind <= Kind.ACCOUNT;
    }

    /**
     * The end of the value that begins at {@code from}, or -1 if it is not believed.
     *
     * @param tight whether the notation leaves no doubt that this is a value and not prose
     */
    int end(Text text, int from, byte kind, boolean tight) {
        char[] c = text.chars;
        int plain = plain(text, from);
        if (Values.nothing(c, from, plain)) {
            return -1;
        }
        return switch (kind) {
            case Kind.EMAIL -> {
                int end = address(c, from, plain);
                yield contains(c, from, end, '@') || contains(c, from, end, '%') ? end : -1;
            }
            case Kind.IP -> -1; // found by its shape, or it is none
            case Kind.PHONE -> {
                int end = PhoneDetector.end(text, from, 5);
                yield end > 0 ? end : tight && Values.countDigits(c, from, plain) > 4 ? plain : -1;
            }
            case Kind.IBAN -> {
                int end = IbanDetector.end(text, from);
                yield end > 0 ? end : Values.countDigits(c, from, plain) > 5 ? plain : -1;
            }
            case Kind.NAME -> PersonWords.name(text, from, plain, tight);
            case Kind.ADDRESS -> PersonWords.address(text, from, plain, tight);
            case Kind.BIRTH_DATE, Kind.DATE -> {
                int end = Dates.end(text, from);
                yield Math.max(end, tight && Values.countDigits(c, from, plain) > 5 ? plain : -1);
            }
            case Kind.GEO -> coordinates(text, from);
            default -> {
                int end = number(text, from);
                yield end > 0 && Values.countDigits(c, from, end) > 2 ? Math.max(end, plain) : -1;
            }
        };
    }

    /* Where the value ends if it has no blanks. */
    private static int plain(Text text, int from) {
        char[] c = text.chars;
        int at = from;
        while (at < text.length && !Chars.space(c[at])) {
            if (",;&|<>\"'`()[]{}=:\\".indexOf(c[at]) >= 0) {
                int entity = entity(c, text.length, at);
                if (entity == at) {
                    break;
                }
                at = entity;
            } else {
                at++;
            }
        }
        text.work(at - from);
        while (at > from && (c[at - 1] == '.' || c[at - 1] == '!')) {
            at--;
        }
        return at;
    }

    /* Behind "&#45;", or where it would begin. */
    private static int entity(char[] c, int n, int at) {
        int to = at + 2;
        if (to >= n || c[at] != '&' || c[at + 1] != '#') {
            return at;
        }
        while (to < n && to - at < 8 && Chars.alnum(c[to])) {
            to++;
        }
        return to < n && c[to] == ';' ? to + 1 : at;
    }

    /* Up to the parameters of a mailto: address. */
    private static int address(char[] c, int from, int plain) {
        int to = from;
        while (to < plain && c[to] != '?') {
            to++;
        }
        return to;
    }

    /** The end of a number of this kind in prose, behind a word that announces it; or -1. */
    int announced(Text text, int from, byte kind) {
        char[] c = text.chars;
        switch (kind) {
            case Kind.PHONE -> {
                int end = PhoneDetector.end(text, from, 7);
                boolean bare = end > 0 && Values.digits(c, from, end);
                return bare && end - from > 11 && c[from] != '0' ? -1 : end;
            }
            case Kind.BIRTH_DATE, Kind.DATE -> {
                return Dates.end(text, from);
            }
            case Kind.CODE, Kind.CARD_CODE -> {
                int end = from;
                while (end < text.length && end - from < 9 && Chars.digit(c[end])) {
                    end++;
                }
                text.work(end - from + 1);
                boolean alone = end >= text.length || !(Chars.wordPart(c[end]) || "_-:/%".indexOf(c[end]) >= 0);
                return alone && end - from >= (kind == Kind.CODE ? 4 : 3) && end - from <= 8 ? end : -1;
            }
            default -> {
                int end = number(text, from);
                int count = end < 0 ? 0 : read(c, from, end);
                boolean valid = switch (kind) {
                    case Kind.SSN -> count == 9 && CheckDigits.ssn(digits);
                    case Kind.MEDICAL_ID -> count > 4;
                    case Kind.ACCOUNT -> count > 5;
                    case Kind.NATIONAL_ID ->
                        count < digits.length
                                && (CheckDigits.person(digits, count) || (count > 5 && lettered(c, from, end)));
                    default -> false;
                };
                return valid ? end : -1;
            }
        }
    }

    private static boolean lettered(char[] c, int from, int end) {
        return Chars.upper(c[from]) || Chars.upper(c[end - 1]);
    }

    private int read(char[] c, int from, int end) {
        int count = 0;
        for (int i = from; i < end && count < digits.length; i++) {
            if (Chars.digit(c[i])) {
                digits[count++] = (byte) (c[i] - '0');
            }
        }
        return count;
    }

    /* Groups of digits and capitals, joined by single separators; behind enough digits a blank ends it. */
    private static int number(Text text, int from) {
        char[] c = text.chars;
        int n = text.length;
        int at = from;
        int end = -1;
        int count = 0;
        int enough = from + 1 < n && c[from + 1] == ' ' ? 15 : 9;
        while (at < n && at - from < 40) {
            int to = at;
            boolean letters = false;
            int before = count;
            while (to < n && to - at < 24 && Chars.alnum(c[to])) {
                count += Chars.digit(c[to]) ? 1 : 0;
                letters |= !Chars.digit(c[to++]);
            }
            boolean spaced = at > from && c[at - 1] == ' ';
            if (to == at || (spaced && letters && !(to - at == 1 && before > 5 && Chars.upper(c[at])))) {
                break;
            }
            end = to;
            boolean joined = to + 1 < n && (c[to] == '-' || c[to] == '.' || c[to] == '/' || c[to] == ' ');
            if (!joined || !Chars.alnum(c[to + 1]) || (c[to] == ' ' && (count >= enough || count == 0))) {
                break;
            }
            at = to + 1;
        }
        text.work(Math.max(at, from) - from + 8);
        return count > 0 ? end : -1;
    }

    /* 52.5200, 52.5200,13.4050, 52.52 N */
    private static int coordinates(Text text, int from) {
        char[] c = text.chars;
        int n = text.length;
        int at = from;
        int end = -1;
        for (int i = 0; i < 2 && at < n; i++) {
            int to = c[at] == '-' || c[at] == '+' ? at + 1 : at;
            int digits = to;
            while (to < n && to - at < 24 && (Chars.digit(c[to]) || c[to] == '.')) {
                to++;
            }
            text.work(to - at + 1);
            if (to == digits || !contains(c, digits, to, '.')) {
                break;
            }
            end = c[to - 1] == '.' ? to - 1 : to;
            at = to < n && (c[to] == ',' || c[to] == ';') ? to + 1 : n;
            at = at < n && c[at] == ' ' ? at + 1 : at;
        }
        return end;
    }

    private static boolean contains(char[] c, int from, int to, char wanted) {
        for (int i = from; i < to; i++) {
            if (c[i] == wanted) {
                return true;
            }
        }
        return false;
    }
}
