package io.inkfast.mask.testing;

import static io.inkfast.mask.testing.Secrets.assertNoSecrets;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

    private static final String CARD = "4111111111111111";

    @Test
    void saysLineColumnAndTypeButNeverTheValue() {
        String output = "started in 3 ms\nlogin password=hunter2 ok\n{\"message\":\"paid with " + CARD + "\"}\n";
        assertThatThrownBy(() -> assertNoSecrets(output))
                .isInstanceOf(AssertionError.class)
                .hasMessage("the output has 2 values that ought to be redacted:\n"
                        + "  line 2, column 16: secret, known by its name\n"
                        + "  line 3, field message, character 11: card data, known by its form");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n\n",
                "{\"message\":\"login password=**** ok\",\"password\":\"****\"}\n",
                "a password=**** b",
                "half a surrogate \uD83D stays",
                "password must contain 8 characters\nof which one is a digit",
            })
    void passesWhatIsCleanOrMasked(String output) {
        assertThatCode(() -> assertNoSecrets(output)).doesNotThrowAnyException();
    }

    @Test
    void saysWhatTheDocumentationShows() throws IOException {
        String page = Files.readString(Path.of("../docs/testing.md"));
        String output = "started in 3 ms\nlogin password=hunter2 ok\n{\"user\":{\"card\":\"" + CARD + "\"}}\n";
        assertThatThrownBy(() -> assertNoSecrets(output))
                .satisfies(e -> assertThat(page).contains("```text\n" + e.getMessage() + "\n```"));
    }

    @Test
    void namesTheFieldOfJson() {
        String line = """
                {"user":{"password":"hunter2"},"pins":[{"pin":4821}],"note":"password=****\\nuser=bob","%s":1,"n":%s}
                """.formatted(CARD, CARD);
        assertThatThrownBy(() -> assertNoSecrets(line))
                .hasMessage("the output has 4 values that ought to be redacted:\n"
                        + "  line 1, field user.password, character 1: secret, known by its name\n"
                        + "  line 1, field pins[0].pin, character 1: card data, known by its name\n"
                        + "  line 1, field ****, character 1: card data, known by its form\n"
                        + "  line 1, field n, character 1: card data, known by its form");
    }

    @Test
    void readsALineThatOnlyBeginsLikeJsonAsText() {
        assertThatThrownBy(() -> assertNoSecrets("{\"password\":\"hunter2\", cut o"))
                .hasMessageContaining("line 1, column 14: secret, known by its name");
    }

    @Test
    void seesAKeyThatSpansLines() {
        String key = "read\n-----BEGIN " + "PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA\n-----END PRIVATE KEY-----\ndone";
        assertThatThrownBy(() -> assertNoSecrets(key))
                .hasMessageContaining("line 2, column 1: secret, known by its form")
                .hasMessageNotContaining("MC4CAQ");
    }

    @Test
    void countsOnlyWhatIsNotYetMasked() {
        assertThatThrownBy(() -> assertNoSecrets("password=**** token=J8s0dLq2Wm1, secret=****, pwd=hunter2;"))
                .hasMessageStartingWith("the output has 2 values")
                .hasMessageContaining("column 21")
                .hasMessageContaining("column 51");
    }

    @Test
    void listsTheFirstTwenty() {
        assertThatThrownBy(() -> assertNoSecrets("password=hunter2\n".repeat(23)))
                .hasMessageStartingWith("the output has 23 values")
                .hasMessageContaining("line 20,")
                .hasMessageNotContaining("line 21,")
                .hasMessageEndingWith("and 3 more");
    }

    @Test
    void looksOnlyWithTheProfilesGiven() {
        assertThatCode(() -> assertNoSecrets("password=hunter2", "pci")).doesNotThrowAnyException();
        assertThatThrownBy(() -> assertNoSecrets("card " + CARD, "pci")).isInstanceOf(AssertionError.class);
    }

    @Test
    void refusesProfilesThatDoNotExist() {
        assertThatThrownBy(() -> assertNoSecrets("x", "pcl"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("<profile> [pcl] is not one of");
        assertThatThrownBy(() -> assertNoSecrets("x", new String[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no profile is given");
    }
}
