package io.inkfast.mask.scan;

/*
 * Values of persons are written with blanks: names, dates, numbers in groups. So a bare value behind such a name does not
 * end at the first blank, and it is only believed if it looks like what the name says: "email: sent" is not an address.
 */
/** Where a bare value of a personal kind ends. One thread. */
final class PersonValues {

    private static final String PARTICLES = " von van der den de del della di da dos la le du des el al bin y of the ";
    private static final String STREETS =
            PARTICLES + "rue via calle avenida av am an im street st road rd avenue ave lane ln"
                    + " drive dr apt floor fl no nr suite po box ";
    private static final String NO_NAMES =
            " string text required missing invalid unknown empty varchar not is must field";
    private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";

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
            case Kind.EMAIL -> contains(c, from, plain, '@') || contains(c, from, plain, '%') ? plain : -1;
            case Kind.IP -> -1; // found by its shape, or it is none
            case Kind.PHONE -> {
                int end = PhoneDetector.end(text, from, 5);
                yield end > 0 ? end : tight && Values.countDigits(c, from, plain) > 4 ? plain : -1;
            }
            case Kind.IBAN -> {
                int end = IbanDetector.end(text, from);
                yield end > 0 ? end : Values.countDigits(c, from, plain) > 5 ? plain : -1;
            }
            case Kind.NAME -> words(text, from, plain, tight, PARTICLES, 4);
            case Kind.ADDRESS -> address(text, from, plain, tight);
            case Kind.BIRTH_DATE, Kind.DATE -> {
                int end = date(text, from);
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
        while (at < text.length && !Chars.space(c[at]) && ",;&|<>\"'`()[]{}=:\\".indexOf(c[at]) < 0) {
            at++;
        }
        text.work(at - from);
        while (at > from && (c[at - 1] == '.' || c[at - 1] == '!')) {
            at--;
        }
        return at;
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
                return date(text, from);
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
                                && (CheckDigits.person(digits, count) || (lettered(c, from, end) && count > 5));
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

    /* Words that begin in upper case, and small ones between them. */
    private static int words(Text text, int from, int plain, boolean tight, String small, int most) {
        char[] c = text.chars;
        int n = text.length;
        int at = from;
        int end = -1;
        for (int count = 0; count < most && at < n; count++) {
            int to = at;
            while (to < n && to - at < 48 && (Chars.wordPart(c[to]) || (to > at && "'-.".indexOf(c[to]) >= 0))) {
                to++;
            }
            text.work(to - at + 8);
            boolean name = to < n && (c[to] == '=' || (c[to] == ':' && to > at));
            boolean large = to > at && (Chars.upper(c[at]) || c[at] > 0x7F || (small == STREETS && Chars.digit(c[at])));
            boolean known = to > at && to - at < 9 && small.contains(" " + new String(c, at, to - at) + " ");
            if (to == at || (count > 0 && (name || !(large || known)))) {
                break;
            }
            if (count == 0 && !tight && (!(large || known) || name || noName(c, at, to))) {
                return -1;
            }
            if (large || count == 0) {
                end = to;
            }
            at = to < n && c[to] == ',' && small == STREETS ? to + 1 : to;
            if (at >= n || c[at] != ' ') {
                break;
            }
            at++;
        }
        if (tight && end > 0 && noName(c, from, plain)) {
            return -1;
        }
        end = tight ? Math.max(end, plain) : end;
        return end > from && c[end - 1] == '.' ? end - 1 : end;
    }

    private static boolean noName(char[] c, int from, int to) {
        return Values.prose(c, from, to)
                || (to - from < 10
                        && NO_NAMES.contains(
                                " " + new String(c, from, to - from).toLowerCase(java.util.Locale.ROOT) + " "));
    }

    private static int address(Text text, int from, int plain, boolean tight) {
        char[] c = text.chars;
        boolean technical = c[from] == '/'
                || contains(c, from, plain, ':')
                || contains(c, from, plain, '@')
                || Chars.at(c, from, plain, "0x")
                || Chars.at(c, from, plain, "localhost");
        int dot = from;
        while (dot < plain && Chars.digit(c[dot])) {
            dot++;
        }
        boolean dotted = dot > from && dot + 1 < plain && c[dot] == '.' && Chars.digit(c[dot + 1]);
        text.work(plain - from);
        return technical || dotted ? -1 : words(text, from, plain, tight, STREETS, 12);
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

    /** The end of the date that begins here: digits with separators, or with the name of a month; or -1. */
    static int date(Text text, int from) {
        char[] c = text.chars;
        int n = text.length;
        text.work(24);
        int at = from;
        int parts = 0;
        int digits = 0;
        boolean month = false;
        while (at < n && parts < 3) {
            int to = at;
            while (to < n && to - at < 9 && Chars.digit(c[to])) {
                to++;
            }
            if (to == at) {
                month = !month && month(c, at, n);
                while (month && to < n && to - at < 12 && Chars.wordPart(c[to])) {
                    to++;
                }
                if (to == at) {
                    return -1;
                }
            } else {
                digits += to - at;
            }
            parts++;
            if (parts == 1 && to - at == 8 && digits == 8) {
                return to;
            }
            at = to;
            int gap = at;
            while (parts < 3 && gap < n && gap - at < 3 && (" -/.,".indexOf(c[gap]) >= 0)) {
                gap++;
            }
            boolean blank = gap > at && c[at] == ' ';
            if (parts < 3 && (gap == at || (blank && !month && !month(c, gap, n)))) {
                return -1;
            }
            at = parts < 3 ? gap : at;
        }
        if (parts < 3 || digits < 4 || digits > 8) {
            return -1;
        }
        // The time of an ISO date.
        if (at + 3 < n && c[at] == 'T' && Chars.digit(c[at + 1])) {
            while (at < n && (Chars.alnum(c[at]) || c[at] == ':' || c[at] == '.')) {
                at++;
            }
            while (!Chars.alnum(c[at - 1])) {
                at--;
            }
            text.work(at - from);
        }
        return at;
    }

    private static boolean month(char[] c, int at, int n) {
        for (int i = 0; i < MONTHS.length(); i += 3) {
            if (Chars.at(c, at, n, MONTHS.substring(i, i + 3))) {
                return true;
            }
        }
        return false;
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
