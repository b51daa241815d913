package io.inkfast.mask.scan;

/** International bank account numbers: the country tells the length, and the whole leaves 1 modulo 97 (ISO 13616). */
final class IbanDetector {

    /** Country and length, of the registry. */
    private static final String LENGTHS =
            "AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27DK18DO28"
                    + "EE20EG29ES24FI18FK18FO18FR27GB22GE22GI23GL18GR27GT28HN28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21"
                    + "LT20LU20LV21LY25MC27MD24ME22MK19MN20MR27MT31MU30NI28NL18NO15OM23PK24PL28PS29PT25QA29RO24RS22RU33SA24SC31SD18"
                    + "SE24SI19SK24SM27SO23ST25SV28TL23TN24TR26UA29VA22VG24XK20YE30";

    private static final byte[] LENGTH = new byte[26 * 26];

    static {
        for (int i = 0; i < LENGTHS.length(); i += 4) {
            LENGTH[(LENGTHS.charAt(i) - 'A') * 26 + LENGTHS.charAt(i + 1) - 'A'] =
                    (byte) ((LENGTHS.charAt(i + 2) - '0') * 10 + LENGTHS.charAt(i + 3) - '0');
        }
    }

    private IbanDetector() {}

    /** At the second check digit; returns where to go on. */
    static int at(Text text, int at) {
        int start = at - 3;
        int end = end(text, start);
        if (end < 0) {
            return at + 1;
        }
        text.hit(start, end, Types.IBAN);
        return end;
    }

    /** The end of the number that begins here, or -1. */
    static int end(Text text, int start) {
        char[] c = text.chars;
        int n = text.length;
        if (start < 0
                || start + 15 > n
                || !Chars.letter(c[start])
                || !Chars.letter(c[start + 1])
                || (start > 0 && Chars.wordPart(c[start - 1]))) {
            return -1;
        }
        int length = LENGTH[(Chars.toLower(c[start]) - 'a') * 26 + Chars.toLower(c[start + 1]) - 'a'];
        if (length == 0) {
            return -1;
        }
        int at = start;
        int count = 0;
        int rest = 0;
        while (at < n && count < length) {
            char now = c[at];
            if (Chars.alnum(now)) {
                if (count >= 4) {
                    rest = append(rest, now);
                }
                count++;
            } else if (!separator(c, n, at)) {
                break;
            }
            at++;
        }
        text.work(at - start);
        if (count < length || (at < n && Chars.wordPart(c[at]))) {
            return -1;
        }
        for (int i = start; i < start + 4; i++) {
            rest = append(rest, c[i]);
        }
        return rest == 1 ? at : -1;
    }

    private static boolean separator(char[] c, int n, int at) {
        return (c[at] == ' ' || c[at] == '-' || c[at] == '.') && at + 1 < n && Chars.alnum(c[at + 1]);
    }

    private static int append(int rest, char c) {
        int value = Chars.digit(c) ? c - '0' : Chars.toLower(c) - 'a' + 10;
        return (rest * (value > 9 ? 100 : 10) + value) % 97;
    }
}
