package io.inkfast.mask.scan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckDigitsTest {

    private static byte[] digits(String text) {
        byte[] digits = new byte[text.length()];
        for (int i = 0; i < digits.length; i++) {
            digits[i] = (byte) Character.digit(text.charAt(i), 10);
        }
        return digits;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "111222333", // Netherlands
                "123456789", // Portugal
                "046454286", // Canada
                "9434765919", // United Kingdom, NHS
                "8112189876", // Sweden
                "44051401359", // Poland
                "52998224725", // Brazil
                "86095742719", // Germany
                "47036892816",
                "85073003328", // Belgium
                "234123412346", // India
                "198112189876",
                "7569217076985", // Switzerland
                "184127645108946" // France
            })
    void knowsTheNumbersOfPersons(String number) {
        byte[] digits = digits(number);
        assertThat(CheckDigits.person(digits, digits.length)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"52998224725", "234123412346", "184127645108946", "7569217076985"})
    void noticesEveryWrongDigit(String number) {
        for (int i = 0; i < number.length(); i++) {
            for (int wrong = 1; wrong < 10; wrong++) {
                byte[] digits = digits(number);
                digits[i] = (byte) ((digits[i] + wrong) % 10);
                boolean valid =
                        digits.length == 11 ? CheckDigits.cpf(digits) : CheckDigits.person(digits, digits.length);
                assertThat(valid).as("%s, digit %d", number, i).isFalse();
            }
        }
    }

    @Test
    void leavesOutSocialSecurityNumbersThatAreNeverGiven() {
        assertThat(CheckDigits.ssn(digits("123456789"))).isTrue();
        assertThat(CheckDigits.ssn(digits("912701234"))).isTrue();
        for (String never :
                new String[] {"000123456", "666123456", "123001234", "123450000", "900123456", "912891234"}) {
            assertThat(CheckDigits.ssn(digits(never))).as(never).isFalse();
        }
    }

    @Test
    void checksWhatHasLetters() {
        assertThat(CheckDigits.dni(12345678, 'Z')).isTrue();
        assertThat(CheckDigits.dni(12345678, 'A')).isFalse();
        assertThat(CheckDigits.hetu(digits("131052308"), 'T')).isTrue();
        assertThat(CheckDigits.hetu(digits("131052308"), 'U')).isFalse();
        assertThat(CheckDigits.codiceFiscale("RSSMRA85T10A562S".toCharArray(), 0))
                .isTrue();
        assertThat(CheckDigits.codiceFiscale("RSSMRA85T10A562T".toCharArray(), 0))
                .isFalse();
        assertThat(CheckDigits.vin("1M8GDM9AXKP042788".toCharArray(), 0)).isTrue();
        assertThat(CheckDigits.vin("1M8GDM9A1KP042788".toCharArray(), 0)).isFalse();
        assertThat(CheckDigits.npi(digits("1234567893"))).isTrue();
        assertThat(CheckDigits.npi(digits("1234567890"))).isFalse();
    }
}
