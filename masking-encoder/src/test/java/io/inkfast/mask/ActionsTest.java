package io.inkfast.mask;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.internal.Settings;
import io.inkfast.mask.scan.Replacement;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActionsTest {

    @TempDir
    Path folder;

    private static Replacement read(String type, String action) {
        Settings settings = new Settings();
        Replacement read = new Actions(settings, new Keyset(settings, null)).read("<type> [x]", type, action);
        assertThat(settings.problems()).isEmpty();
        return read;
    }

    private static List<String> problems(String type, String action) {
        Settings settings = new Settings();
        Replacement read = new Actions(settings, new Keyset(settings, null)).read("<type> [x]", type, action);
        assertThat(read.of("a")).isNotEqualTo("a");
        return settings.problems();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "secret | mask                | hunter2             | ****",
                "secret | keepLast(4)         | abcdefgh6789        | ****6789",
                "secret | keepLast(4)         | abcdefg6789         | ****",
                "secret | KEEPLAST ( 4 )      | abcdefgh6789        | ****6789",
                "secret | keepFirstLast(2,3)  | abcdefghijklmno     | ab****mno",
                "secret | keepFirstLast(0,3)  | abcdefghijklmno     | ****mno",
                "secret | keepLast(4)         | abcdefgh67 9        | ****",
                "secret | keepLast(4)         | ****6789            | ****6789",
                "secret | keepLast(4)         | ****56789           | ****",
                "secret | keepLast(2)         | abcdefgh\uD83D\uDE00 | ****",
                "pan    | keepLast(4)         | 4111111111111111    | ****1111",
                "pan    | keepFirstLast(6,4)  | 4111111111111111    | 411111****1111",
                "pan    | keepFirstLast(6,4)  | 4111-1111 1111.1111 | 411111****1111",
                "pan    | keepFirstLast(6,4)  | 378282246310005     | 378282****0005",
                "pan    | keepFirstLast(6,4)  | 4222222222222       | ****",
                "pan    | keepFirstLast(6,4)  | 41111111111111110000 | ****",
                "pan    | keepFirstLast(6,4)  | 4111111111111111^DOE | ****",
                "ip     | generalise          | 10.1.2.3            | 10.1.2.0",
                "ip     | generalise          | 2001:db8:1:2::7     | 2001:db8:1::",
                "ip     | generalise          | fe80::1%eth0        | fe80:0:0::",
                "ip     | generalise          | ::ffff:10.1.2.3     | 10.1.2.0",
                "ip     | generalise          | 10.1.2.3.4          | ****",
                "ip     | generalise          | host                | ****",
                "birthDate | generalise       | 1980-05-17          | 1980",
                "birthDate | generalise       | 17.05.1980          | 1980",
                "birthDate | generalise       | 17 May 1980         | 1980",
                "date   | generalise          | 19800517            | 1980",
                "date   | generalise          | 17.05.80            | ****",
                "date   | generalise          | 1700000000000       | ****",
                "geo    | generalise          | 52.52000            | 52.5",
                "geo    | generalise          | '52.52, -13.4050'   | '52.5, -13.4'",
                "geo    | generalise          | 52                  | 52",
                "geo    | generalise          | Berlin              | ****",
                "clientIp | generalise        | 10.1.2.3            | 10.1.2.0",
                "since  | generalise          | 2019-03-01          | 2019",
                "place  | generalise          | 52.52               | 52.5",
                "note   | generalise          | hunter2             | ****",
                "secret | replace([gone])     | hunter2             | [gone]"
            })
    void showsOfAValueAndNothingMoreTheSecondTime(String type, String action, String value, String shown) {
        Replacement replacement = read(type, action);
        assertThat(replacement.of(value)).isEqualTo(shown);
        assertThat(replacement.of(shown)).isEqualTo(shown);
    }

    @Test
    void removes() {
        assertThat(read("secret", "remove").removes()).isTrue();
        assertThat(read("secret", "mask").removes()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "secret | mas | did you mean mask?",
                "secret | keepLats(4) | did you mean keepLast?",
                "secret | keepLast | is not one of mask, keepLast(n)",
                "secret | keepLast(x) | is not one of mask, keepLast(n)",
                "secret | keepLast(1,2) | is not one of mask, keepLast(n)",
                "secret | keepFirstLast(1) | is not one of mask, keepLast(n)",
                "secret | keepLast(0) | it must show 1 to 32 characters",
                "secret | keepLast(33) | it must show 1 to 32 characters",
                "secret | mask(1) | is not one of mask, keepLast(n)",
                "secret | replace | is not one of mask, keepLast(n)",
                "secret | replace() | the text must have 1 to 64 characters",
                "secret | replace(\u2039x) | the text must have 1 to 64 characters",
                "pan | keepLast(5) | at most its first 6 and last 4 digits",
                "pan | keepFirstLast(7,4) | at most its first 6 and last 4 digits",
                "email | generalise | only ip, birthDate, date, geo and fields can be generalised",
                "email | hash | <type> [x] needs <keyset>",
                "email | token | <type> [x] needs <keyset>"
            })
    void saysWhatIsWrong(String type, String action, String problem) {
        assertThat(problems(type, action)).hasSize(1).first().asString().contains(problem);
    }

    @Nested
    class WithAKeyset {

        private Replacement read(String type, String action) throws Exception {
            Settings settings = new Settings();
            Keyset keyset = new Keyset(settings, TestKeyset.in(folder).reference());
            Replacement read = new Actions(settings, keyset).read("<field> [x]", type, action);
            assertThat(settings.problems()).isEmpty();
            return read;
        }

        @Test
        void hashesAndLeavesHashesAsTheyAre() throws Exception {
            Replacement hash = read("EMAIL", "hash");
            String shown = hash.of("J.Doe@example.com");
            assertThat(shown).startsWith("\u2039email:h1:0badcafe.").isEqualTo(hash.of("j.doe@example.com"));
            assertThat(hash.of(shown)).isEqualTo(shown);
        }

        @Test
        void aForgedTokenIsAValue() throws Exception {
            Replacement token = read("password", "token");
            String forged = "\u2039password:t1:hunter2\u203a";
            String shown = token.of(forged);
            assertThat(shown).startsWith("\u2039password:t1:").doesNotContain("hunter2");
            assertThat(token.of(shown)).isEqualTo(shown);
        }

        @Test
        void aTypeThatATokenCannotCarryIsRefused() throws Exception {
            Settings settings = new Settings();
            Keyset keyset = new Keyset(settings, TestKeyset.in(folder).reference());
            new Actions(settings, keyset).read("<field> [user name = hash]", "user name", "hash");
            assertThat(settings.problems())
                    .containsExactly(
                            "<field> [user name = hash]: [user name] cannot stand in a hash; it must be a letter,"
                                    + " and then letters, digits, _, . and -");
        }
    }
}
