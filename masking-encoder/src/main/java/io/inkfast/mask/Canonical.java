package io.inkfast.mask;

import java.text.Normalizer;
import java.util.Locale;

/**
 * One form for values that mean the same, so that their hashes are equal wherever they were written.
 *
 * <table>
 *   <caption>Canonical forms</caption>
 *   <tr><th>type</th><th>form</th><th>of</th><th>becomes</th></tr>
 *   <tr><td>{@code pan}, {@code ssn}, {@code cvv}, {@code pin}</td><td>the digits, of any script, as ASCII</td>
 *       <td>4111-1111 1111.1111</td><td>4111111111111111</td></tr>
 *   <tr><td>{@code phone}</td><td>the digits; a plus if it came before them. 00 and (0) stay: what they mean depends on
 *       the country</td><td>+49 (30) 1234</td><td>+49301234</td></tr>
 *   <tr><td>{@code email}</td><td>NFC, trimmed, lower case</td><td>J.Doe@Example.COM</td><td>j.doe@example.com</td></tr>
 *   <tr><td>{@code iban}</td><td>letters and digits, upper case</td><td>de89 3704</td><td>DE893704</td></tr>
 *   <tr><td>{@code ip}</td><td>trimmed, lower case; an IPv6 address is not unfolded</td><td>FE80::1</td>
 *       <td>fe80::1</td></tr>
 *   <tr><td>any other</td><td>NFC, trimmed</td><td>EMP-7</td><td>EMP-7</td></tr>
 * </table>
 *
 * <p>If nothing is left of a value, its trimmed text stands for it, so that "unknown" and "n/a" are not one card.
 */
final class Canonical {

    private Canonical() {}

    static String form(String type, String value) {
        String form = switch (type) {
            case "pan", "ssn", "cvv", "pin" -> digits(value, false);
            case "phone" -> phone(value);
            case "email", "ip" -> text(value).toLowerCase(Locale.ROOT);
            case "iban" -> digits(value, true).toUpperCase(Locale.ROOT);
            default -> text(value);
        };
        return form.isEmpty() ? text(value) : form;
    }

    private static String text(String value) {
        return Normalizer.normalize(value, Normalizer.Form.NFC).strip();
    }

    private static String phone(String value) {
        String digits = digits(value, false);
        int plus = Math.max(value.indexOf('+'), value.indexOf('\uff0b'));
        return plus >= 0
                        && !digits.isEmpty()
                        && digits(value.substring(0, plus), false).isEmpty()
                ? '+' + digits
                : digits;
    }

    private static String digits(String value, boolean letters) {
        StringBuilder kept = new StringBuilder(value.length());
        value.codePoints().forEach(c -> {
            int digit = Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER ? Character.digit(c, 10) : -1;
            if (digit >= 0) {
                kept.append((char) ('0' + digit));
            } else if (letters && Character.isLetter(c)) {
                kept.appendCodePoint(c);
            }
        });
        return kept.toString();
    }
}
