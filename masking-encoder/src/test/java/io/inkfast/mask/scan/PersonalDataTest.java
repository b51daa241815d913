package io.inkfast.mask.scan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "patient {mrn=5512078, name=Odile Baker}|patient {mrn=****, name=****}",
                "Patient(name=Odile Baker, dob=1951-03-08)|Patient(name=****, dob=****)",
                "{\"name\":\"Odile Baker\",\"email\":\"a@b.cc\"}|{\"name\":\"****\",\"email\":\"****\"}",
                "service name=Checkout email=a@b.cc|service name=Checkout email=****",
                "name=orders, email=a@b.cc|name=orders, email=****",
                "kontoinhaber=\"Lindner, Hanna\" status=OFFEN|kontoinhaber=\"****\" status=OFFEN",
                "listener-ssn-219-46-7781|listener-ssn-****",
                "SSN (last verified today) is 219 46 7781 for|SSN (last verified today) is **** for",
                "REF*SY*219467781~DMG*D8*19510308*F~|REF*SY*****~DMG*D8*****#*F~",
                "call her at 614.555.0142|call her at ****"
            })
    void belongsToWhatStandsBesideIt(String text, String redacted) {
        assertThat(hipaa.redact(text)).isEqualTo(redacted.replace("#", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"電話：090-1234-5678", "住所：東京都千代田区1-1", "生年月日：1951-03-08", "手机号：13912345678"})
    void hasNamesInOtherAlphabets(String text) {
        assertThat(gdpr.redact(text)).isEqualTo(text.substring(0, text.indexOf('\uFF1A') + 1) + TextScanner.MASK);
    }
}
