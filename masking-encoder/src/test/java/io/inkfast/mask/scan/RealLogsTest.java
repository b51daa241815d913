package io.inkfast.mask.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Logs of real systems hold neither secrets nor cards: whatever is redacted in them is an error. */
class RealLogsTest {

    static Path folder() {
        return Path.of(System.getProperty("inkfast.logs", "../../shared/data/loghub"));
    }

    static boolean present() {
        return Files.isDirectory(folder());
    }

    @Test
    @EnabledIf("present")
    void leavesEveryLineAlone() throws IOException {
        TextScanner scanner = new TextScanner(new FieldNames(true, true, List.of(), List.of()), true, true);
        List<String> changed = new ArrayList<>();
        long lines = 0;
        try (DirectoryStream<Path> logs = Files.newDirectoryStream(folder(), "*.log")) {
            for (Path log : logs) {
                for (String line : Files.readAllLines(log, StandardCharsets.ISO_8859_1)) {
                    lines++;
                    String redacted = scanner.redact(line);
                    if (!redacted.equals(line)) {
                        changed.add(redacted);
                    }
                }
            }
        }
        assertThat(lines).isPositive();
        assertThat(changed).isEmpty();
    }
}
