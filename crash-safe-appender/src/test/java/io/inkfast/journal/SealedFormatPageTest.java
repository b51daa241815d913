package io.inkfast.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page has the table of the class that seals records. */
class SealedFormatPageTest {

    @Test
    void thePageSaysWhatTheClassSays() throws Exception {
        Path root = Path.of("").toAbsolutePath().getParent();
        String source = Files.readString(root.resolve("core-appenders/src/main/java/io/inkfast/keys/RecordSeal.java"));
        String table = source.substring(source.indexOf("<pre>") + 5, source.indexOf("</pre>"))
                .replaceAll("(?m)^ \\* ?", "")
                .strip();
        assertThat(Files.readString(root.resolve("docs/journal-format.md"))).contains(table);
    }
}
