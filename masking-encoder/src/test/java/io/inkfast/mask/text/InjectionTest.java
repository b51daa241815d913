package io.inkfast.mask.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InjectionTest {

    @ParameterizedTest
    @CsvSource({
        "0000, 001F",
        "007F, 009F",
        "2028, 2029",
        "202A, 202E",
        "2066, 2069",
        "200E, 200F",
        "061C, 061C",
        "200B, 200D",
        "2060, 2064",
        "FEFF, FEFF",
        "00AD, 00AD",
        "180E, 180E",
        "115F, 1160",
        "3164, 3164",
        "FFA0, FFA0",
        "E0001, E007F",
        "E0100, E01EF",
        "FDD0, FDEF",
        "FFFE, FFFF",
        "1FFFE, 1FFFF",
        "10FFFE, 10FFFF",
        "D800, DFFF"
    })
    void leavesNothingOfAClassRaw(String first, String last) {
        for (int c = Integer.parseInt(first, 16); c <= Integer.parseInt(last, 16); c++) {
            String raw = Character.toString(c);
            String safe = Injection.neutralise("a" + raw + "b");
            assertThat(safe).startsWith("a\\").endsWith("b").doesNotContain(raw).matches("[ -~]+");
            assertThat(Injection.neutralise(safe)).isSameAs(safe);
            if (c >= 0x7f) {
                assertThat(Injection.escapeJson("a" + raw + "b")).isEqualTo(safe);
            }
        }
    }

    @Test
    void showsWhatWasThere() {
        assertThat(Injection.neutralise("a\nb\r\n\tc\u001b[31m\u009b\u2028\\n"))
                .isEqualTo("a\\nb\\r\\n\\tc\\u001B[31m\\u009B\\u2028\\n");
        assertThat(Injection.neutralise("x" + Character.toString(0xe0041))).isEqualTo("x\\uDB40\\uDC41");
        assertThat(Injection.neutralise("half \ud83d and \ude80")).isEqualTo("half \\uD83D and \\uDE80");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain text, ~ all of it",
                "Köln, naïve, 東京, עברית, Ελλάδα ☃",
                "👩\u200d🚀 👨\u200d👩\u200d👧 🏳\ufe0f\u200d🌈 ❤\ufe0f\u200d🔥 👩🏽\u200d🚒 🙂\u200d↔\ufe0f",
                "می\u200cخواهم",
                "क्\u200dष ക്\u200d",
                "𝒳 𠀀"
            })
    void leavesWhatPeopleWriteAlone(String text) {
        assertThat(Injection.neutralise(text)).isSameAs(text);
        assertThat(Injection.escapeJson(text)).isSameAs(text);
        assertThat(Injection.hasStrayJoiner(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pass\u200dword",
                "\u200c",
                "👩\u200d",
                "\u200d👩",
                "👩\u200d\u200d🚀",
                "👩\u200c🚀",
                "é\u200d",
                "می\u200c\u200c"
            })
    void escapesJoinersThatJoinNothing(String text) {
        assertThat(Injection.neutralise(text)).isNotEqualTo(text);
        assertThat(Injection.hasStrayJoiner(text)).isTrue();
    }

    @Test
    void leavesTheWhiteSpaceOfJsonAlone() {
        assertThat(Injection.escapeJson("{\n\t\"a\":\"\u009b\ud83d\"}")).isEqualTo("{\n\t\"a\":\"\\u009B\\uD83D\"}");
    }
}
