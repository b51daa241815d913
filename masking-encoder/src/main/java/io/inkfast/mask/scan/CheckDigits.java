package io.inkfast.mask.scan;

/** Numbers that states give to persons: what their check digits say. Digits are values, not characters. */
final class CheckDigits {

    private static final String DNI = "TRWAGMYFPDXBNJZSQVHLCKE";
    private static final String HETU = "0123456789ABCDEFHJKLMNPRSTUVWXY";
    private static final int[] ODD = {
        1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23
    };
    private static final int[][] DIHEDRAL = {
        {0, 1, 2, 3, 4, 5, 6, 7, 8, 9},
        {1, 2, 3, 4, 0, 6, 7, 8, 9, 5},
        {2, 3, 4, 0, 1, 7, 8, 9, 5, 6},
        {3, 4, 0, 1, 2, 8, 9, 5, 6, 7},
        {4, 0, 1, 2, 3, 9, 5, 6, 7, 8},
        {5, 9, 8, 7, 6, 0, 4, 3, 2, 1},
        {6, 5, 9, 8, 7, 1, 0, 4, 3, 2},
        {7, 6, 5, 9, 8, 2, 1, 0, 4, 3},
        {8, 7, 6, 5, 9, 3, 2, 1, 0, 4},
        {9, 8, 7, 6, 5, 4, 3, 2, 1, 0}
    };
    private static final int[] TURN = {1, 5, 7, 6, 2, 8, 3, 0, 9, 4};

    private CheckDigits() {}

    /** Whether a number of this length is one that some state gives to persons. */
    static boolean person(byte[] d, int count) {
        return switch (count) {
            case 9 ->
                ssn(d) || bsn(d) || nif(d) || Luhn.checks(d, 0, 9) || weighted(d, 9, 11, 1, 4, 3, 7, 5, 8, 6, 9, 10);
            case 10 -> nhs(d) || swedish(d, 0);
            case 11 -> pesel(d) || cpf(d) || steuerId(d) || belgian(d) || norwegian(d);
            case 12 -> aadhaar(d) || swedish(d, 2);
            case 13 -> d[0] == 7 && d[1] == 5 && d[2] == 6 && Luhn.ean(d, 0);
            case 15 -> nir(d);
            default -> false;
        };
    }

    /** United States: no group is all zeros, 666 is left out; from 900 on only taxpayers' numbers. */
    static boolean ssn(byte[] d) {
        int area = number(d, 0, 3);
        int group = number(d, 3, 5);
        boolean taxpayer = area >= 900 && ((group >= 50 && group <= 65) || (group >= 70 && group != 89 && group != 93));
        return area != 0 && area != 666 && group != 0 && number(d, 5, 9) != 0 && (area < 900 || taxpayer);
    }

    static boolean bsn(byte[] d) {
        return number(d, 0, 9) > 0 && weighted(d, 9, 11, 9, 8, 7, 6, 5, 4, 3, 2, -1);
    }

    private static boolean nif(byte[] d) {
        int rest = 11 - sum(d, 9, 8, 7, 6, 5, 4, 3, 2) % 11;
        return d[0] != 0 && d[0] != 4 && d[8] == (rest > 9 ? 0 : rest);
    }

    private static boolean nhs(byte[] d) {
        int rest = 11 - sum(d, 10, 9, 8, 7, 6, 5, 4, 3, 2) % 11;
        return number(d, 0, 9) > 0 && d[9] == rest % 11;
    }

    static boolean swedish(byte[] d, int from) {
        int day = number(d, from + 4, from + 6);
        return month(number(d, from + 2, from + 4)) && day(day > 60 ? day - 60 : day) && Luhn.checks(d, from, 10);
    }

    private static boolean pesel(byte[] d) {
        return month(number(d, 2, 4) % 20)
                && day(number(d, 4, 6))
                && (10 - sum(d, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3) % 10) % 10 == d[10];
    }

    static boolean cpf(byte[] d) {
        boolean same = true;
        for (int i = 1; i < 11; i++) {
            same &= d[i] == d[0];
        }
        int first = sum(d, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10;
        int second = sum(d, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10;
        return !same && first == d[9] && second == d[10];
    }

    /** Germany: one digit stands twice or three times among the first ten. */
    private static boolean steuerId(byte[] d) {
        int[] times = new int[10];
        int product = 10;
        int repeated = 0;
        for (int i = 0; i < 10; i++) {
            if (++times[d[i]] == 2) {
                repeated++;
            }
            int sum = (d[i] + product) % 10;
            product = 2 * (sum == 0 ? 10 : sum) % 11;
        }
        return d[0] != 0 && repeated == 1 && (11 - product) % 10 == d[10];
    }

    static boolean belgian(byte[] d) {
        long nine = number(d, 0, 9);
        int check = number(d, 9, 11);
        return number(d, 2, 4) % 20 <= 12 && (97 - nine % 97 == check || 97 - (2_000_000_000L + nine) % 97 == check);
    }

    private static boolean norwegian(byte[] d) {
        int day = number(d, 0, 2);
        return day(day > 40 ? day - 40 : day)
                && month(number(d, 2, 4) % 40)
                && sum(d, 3, 7, 6, 1, 8, 9, 4, 5, 2, 1) % 11 == 0
                && sum(d, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1) % 11 == 0;
    }

    static boolean aadhaar(byte[] d) {
        int check = 0;
        for (int i = 0; i < 12; i++) {
            int digit = d[11 - i];
            for (int turn = i % 8; turn > 0; turn--) {
                digit = TURN[digit];
            }
            check = DIHEDRAL[check][digit];
        }
        return d[0] > 1 && check == 0;
    }

    /** France: sex, year, month, department, commune, number, key. */
    static boolean nir(byte[] d) {
        int month = number(d, 3, 5);
        long number = 0;
        for (int i = 0; i < 13; i++) {
            number = number * 10 + d[i];
        }
        boolean possible = (d[0] >= 1 && d[0] <= 4) && (month(month) || (month >= 20 && month <= 42));
        return possible && number(d, 5, 7) > 0 && 97 - number % 97 == number(d, 13, 15);
    }

    /** The United States' number of a health care provider. */
    static boolean npi(byte[] d) {
        byte[] whole = {8, 0, 8, 4, 0, d[0], d[1], d[2], d[3], d[4], d[5], d[6], d[7], d[8], d[9]};
        return (d[0] == 1 || d[0] == 2) && Luhn.checks(whole, 0, 15);
    }

    /** China: date of birth, and ISO 7064; the last may be X, which is 10. */
    static boolean resident(byte[] d) {
        int year = number(d, 6, 10);
        boolean born = year >= 1900 && year < 2100 && month(number(d, 10, 12)) && day(number(d, 12, 14));
        return born && (sum(d, 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2) + d[17]) % 11 == 1;
    }

    /** Spain: the letter behind eight digits. */
    static boolean dni(int number, char letter) {
        return DNI.charAt(number % 23) == letter;
    }

    /** Finland: the letter or digit behind six digits of the date and three more. */
    static boolean hetu(byte[] d, char letter) {
        return day(number(d, 0, 2)) && month(number(d, 2, 4)) && HETU.charAt(number(d, 0, 9) % 31) == letter;
    }

    /** Italy: sixteen characters in upper case, the last computed from the others. */
    static boolean codiceFiscale(char[] c, int from) {
        int sum = 0;
        for (int i = 0; i < 15; i++) {
            char now = Chars.toLower(c[from + i]);
            int value = Chars.digit(now) ? now - '0' : now - 'a';
            sum += i % 2 == 0 ? ODD[value] : value;
        }
        return sum % 26 == Chars.toLower(c[from + 15]) - 'a';
    }

    /** A vehicle's number of 17 characters in upper case, the ninth computed from the others. */
    static boolean vin(char[] c, int from) {
        String weights = "8765432:098765432";
        String letters = "12345678.12345.7.923456789";
        int sum = 0;
        for (int i = 0; i < 17; i++) {
            char now = c[from + i];
            int value = Chars.digit(now) ? now - '0' : letters.charAt(now - 'A') - '0';
            if (value < 0) {
                return false;
            }
            sum += value * (weights.charAt(i) - '0');
        }
        int check = sum % 11;
        return c[from + 8] == (check == 10 ? 'X' : (char) ('0' + check));
    }

    private static boolean month(int month) {
        return month >= 1 && month <= 12;
    }

    private static boolean day(int day) {
        return day >= 1 && day <= 31;
    }

    private static int number(byte[] d, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + d[i];
        }
        return number;
    }

    private static int sum(byte[] d, int... weights) {
        int sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += d[i] * weights[i];
        }
        return sum;
    }

    private static boolean weighted(byte[] d, int count, int modulus, int... weights) {
        int sum = sum(d, weights);
        return count == weights.length && sum % modulus == 0;
    }
}
