package io.inkfast.mask.scan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PersonalDataTest {

    private final TextScanner gdpr = Rules.of(Profile.GDPR).newScanner();
    private final TextScanner hipaa = Rules.of(Profile.HIPAA).newScanner();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jane.doe@example.com",
                "203.0.113.9",
                "2001:db8::1",
                "::ffff:203.0.113.9",
                "+49 30 1234567",
                "(555) 123-4567",
                "DE89 3704 0044 0532 0130 00",
                "GB82WEST12345698765432",
                "123-45-6789",
                "12345678Z",
                "AB123456C",
                "RSSMRA85T10A562S",
                "529.982.247-25",
                "11010519491231002X"
            })
    void standsAloneOrInAnyCompany(String value) {
        assertThat(gdpr.redact(value)).isEqualTo("****");
        for (String around :
                new String[] {"%s", " %s ", "\"%s\"", "'%s'", "(%s)", "<%s>", "[%s]", "x,%s,y", "x=%s;", "%s\n"}) {
            String text = around.formatted(value);
            assertThat(gdpr.redact(text)).as(text).isEqualTo(around.formatted("****"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "203.0.113.256",
                "203.0.113.9.1",
                "1.203.0.113.9x",
                "2001:db8:1:2:3:4:5:6:7",
                "2001:db8::1::2",
                "12345::1",
                "jane@example",
                "jane@.com",
                "@example.com",
                "jane@example.c",
                "DE89370400440532013001",
                "DE8937040044053201300",
                "+1234567",
                "x+15551234567",
                "123-45-67890",
                "1123-45-6789",
                "12345678A",
                "112345678Z",
                "AB123456E",
                "529.982.247-26"
            })
    void isNotWhatOnlyLooksLikeIt(String text) {
        assertThat(gdpr.redact(text)).isSameAs(text);
    }

    @Test
    void isLookedForOnlyByTheProfilesThatAsk() {
        String text = "jane@example.com 203.0.113.9 MRN 482913 DE89370400440532013000 firstName=Anna";
        assertThat(Rules.of(Profile.SECRETS, Profile.PCI).newScanner().redact(text))
                .isSameAs(text);
        assertThat(gdpr.redact(text)).isEqualTo("**** **** MRN 482913 **** firstName=****");
        assertThat(hipaa.redact(text)).isEqualTo("**** **** MRN **** DE89370400440532013000 firstName=****");
    }

    @Test
    void isFoundAtEveryDepthOfEscaping() {
        assertThat(gdpr.redact("{\"a\":\"{\\\"firstName\\\":\\\"Anna Maria\\\",\\\"x\\\":1}\"}"))
                .isEqualTo("{\"a\":\"{\\\"firstName\\\":\\\"****\\\",\\\"x\\\":1}\"}");
        assertThat(gdpr.redact("mail=jane%40example.com")).isEqualTo("mail=****");
    }
}
