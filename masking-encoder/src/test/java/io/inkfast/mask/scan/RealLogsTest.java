package io.inkfast.mask.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
 * Logs of real systems hold neither secrets nor cards: whatever is redacted in them is an error. A few lines in their
 * manner come with the test; {@code -Dinkfast.realLogs=directory} adds those of a directory.
 */
class RealLogsTest {

    private final TextScanner scanner = Rules.of(Profile.SECRETS, Profile.PCI).newScanner();

    private static Path bundled() throws URISyntaxException {
        return Path.of(Objects.requireNonNull(RealLogsTest.class.getResource("harmless.log"))
                        .toURI())
                .getParent();
    }

    @Test
    void leavesEveryLineAlone() throws Exception {
        assertLeavesAlone(bundled());
        String real = System.getProperty("inkfast.realLogs");
        if (real == null) {
            System.out.println("NOT RUN: logs of real systems, which -Dinkfast.realLogs=directory names;"
                    + " only the lines that come with the test were read");
        } else {
            assertLeavesAlone(Path.of(real));
        }
    }

    private void assertLeavesAlone(Path folder) throws IOException {
        List<String> changed = new ArrayList<>();
        long lines = 0;
        try (DirectoryStream<Path> logs = Files.newDirectoryStream(folder, "*.log")) {
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
        assertThat(lines).as("lines of *.log in %s", folder).isPositive();
        assertThat(changed).isEmpty();
    }
}
