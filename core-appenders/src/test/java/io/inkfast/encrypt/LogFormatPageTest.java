package io.inkfast.encrypt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/encrypted-log-format.md says what the classes say. */
class LogFormatPageTest {

    private static final Path MODULE = Path.of("").toAbsolutePath();
    private static final Pattern TABLE = Pattern.compile("(?s) \\* <pre>\\n(.*?) \\* </pre>");

    @ParameterizedTest
    @CsvSource({"LogFormat, 2", "KeyBody, 1", "SessionKeys, 1", "Totals, 1", "Rewrapped, 1"})
    void hasTheTablesOf(String type, int count) throws IOException {
        String code = Files.readString(MODULE.resolve("src/main/java/io/inkfast/encrypt/" + type + ".java"));
        List<String> tables = TABLE.matcher(code)
                .results()
                .map(found -> found.group(1).replaceAll("(?m)^ \\* ?", "").stripTrailing())
                .toList();
        assertThat(tables).hasSize(count);
        assertThat(tables).allSatisfy(table -> assertThat(page()).contains("```text\n" + table + "\n```"));
    }

    @Test
    void namesEachSuiteByItsNumber() throws IOException {
        for (Suite suite : Suite.values()) {
            assertThat(page()).contains("\n| " + suite.number() + " " + suite + " | " + suite.keyBytes());
        }
    }

    private static String page() throws IOException {
        return Files.readString(MODULE.resolveSibling("docs/encrypted-log-format.md"));
    }
}
