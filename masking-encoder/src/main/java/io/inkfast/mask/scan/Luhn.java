package io.inkfast.mask.scan;

/** Card numbers: issuers, the lengths they use, and the check digit of ISO/IEC 7812. */
final class Luhn {

    private Luhn() {}

    /** Whether these digits, at most 19, are a card number by issuer, length and check digit. */
    static boolean card(byte[] digits, int from, int count) {
        return count >= 13 && count <= 19 && issued(digits, from, count) && checks(digits, from, count);
    }

    /** The same for a number. */
    static boolean card(long number) {
        if (number < 1_000_000_000_000L) {
            return false;
        }
        byte[] digits = new byte[19];
        int from = 19;
        for (long rest = number; rest > 0; rest /= 10) {
            digits[--from] = (byte) (rest % 10);
        }
        int count = 19 - from;
        return card(digits, from, count) && !(count == 13 && ean(digits, from));
    }

    static boolean checks(byte[] digits, int from, int count) {
        int sum = 0;
        boolean twice = false;
        for (int i = from + count - 1; i >= from; i--) {
            int digit = digits[i];
            if (twice) {
                digit *= 2;
                if (digit > 9) {
                    digit -= 9;
                }
            }
            sum += digit;
            twice = !twice;
        }
        return sum % 10 == 0;
    }

    /** Thirteen digits with the check digit of an article number (EAN, ISBN). */
    static boolean ean(byte[] digits, int from) {
        int sum = 0;
        for (int i = 0; i < 13; i++) {
            sum += digits[from + i] * (i % 2 == 0 ? 1 : 3);
        }
        return sum % 10 == 0;
    }

    private static boolean issued(byte[] d, int from, int count) {
        int two = d[from] * 10 + d[from + 1];
        int three = two * 10 + d[from + 2];
        int four = three * 10 + d[from + 3];
        return switch (d[from]) {
            // Mastercard's second range, Mir
            case 2 -> (four >= 2221 && four <= 2720 && count == 16) || (four >= 2200 && four <= 2204 && count >= 16);
            case 3 -> three(two, three, four, count);
            // Visa
            case 4 -> count == 13 || count == 16 || count == 19;
            // Mastercard, Maestro
            case 5 -> (two >= 51 && two <= 55) ? count == 16 : (two == 50 || two >= 56);
            // Discover, UnionPay, RuPay; Maestro
            case 6 -> count >= 16 || !(two == 62 || two == 64 || two == 65 || four == 6011);
            // UnionPay, RuPay
            case 8 -> (two == 81 || two == 82) && count >= 16;
            // Troy
            case 9 -> four == 9792 && count == 16;
            default -> false;
        };
    }

    /* American Express, Diners Club, JCB. */
    private static boolean three(int two, int three, int four, int count) {
        if (two == 34 || two == 37) {
            return count == 15;
        }
        if (two == 36 || two == 38 || two == 39 || (three >= 300 && three <= 305) || four == 3095) {
            return count == 14 || count >= 16;
        }
        return four >= 3528 && four <= 3589 && count >= 16;
    }
}
