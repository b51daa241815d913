package io.inkfast.mask.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Logs of real systems hold neither secrets nor cards: whatever is redacted in them is an error. Where they are absent,
 * the test says so, and reads a few lines in their manner that come with it.
 */
class RealLogsTest {

    private static Path folder() throws URISyntaxException {
        Path logs = Path.of(System.getProperty("inkfast.logs", "../../shared/data/loghub"));
        if (Files.isDirectory(logs)) {
            return logs;
        }
        System.out.println(
                "No real logs in " + logs + " (set inkfast.logs): reading the lines that come with the test");
        return Path.of(Objects.requireNonNull(RealLogsTest.class.getResource("harmless.log"))
                        .toURI())
                .getParent();
    }

    @Test
    void leavesEveryLineAlone() throws Exception {
        TextScanner scanner = Rules.of(Profile.SECRETS, Profile.PCI).newScanner();
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
