package io.inkfast.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/journal-format.md shows the tables of the classes that read and write. */
class FormatPageTest {

    @ParameterizedTest
    @ValueSource(strings = {"SegmentFormat", "RecordFormat", "CheckpointFormat"})
    void hasTheTableOf(String format) throws IOException {
        Path module = Path.of("").toAbsolutePath();
        String code = Files.readString(module.resolve("src/main/java/io/inkfast/journal/" + format + ".java"));
        String table = code.substring(code.indexOf("<pre>") + 5, code.indexOf("</pre>"))
                .replaceAll("(?m)^ \\* ?", "")
                .strip();
        assertThat(Files.readString(module.resolveSibling("docs/journal-format.md")))
                .contains(table);
    }
}
