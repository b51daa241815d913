package io.inkfast.mask;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.testing.LogbackHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an encrypted log tells another appender is no secret, and must arrive as it is. */
class AnchorTest {

    @TempDir
    Path folder;

    @Test
    void noneIsTakenForASecret() throws IOException {
        Random random = new Random(11);
        List<String> anchors = new ArrayList<>();
        Path log = folder.resolve("anchors.log");
        try (LogbackHarness harness = LogbackHarness.configure(
                folder,
                "<appender name='FILE' class='ch.qos.logback.core.FileAppender'><file>" + log + "</file>"
                        + "<encoder class='ch.qos.logback.core.encoder.LayoutWrappingEncoder'>"
                        + "<layout class='io.inkfast.mask.RedactingPatternLayout'><pattern>%msg%n</pattern></layout>"
                        + "</encoder></appender><root level='INFO'><appender-ref ref='FILE'/></root>")) {
            for (int i = 0; i < 3000; i++) {
                byte[] ids = new byte[32];
                byte[] digest = new byte[32];
                random.nextBytes(ids);
                random.nextBytes(digest);
                String hex = HexFormat.of().formatHex(ids);
                String anchor = "inkelog/" + hex.substring(0, 32) + "/" + hex.substring(32) + " "
                        + random.nextInt(1_000_000) + " " + Base64.getEncoder().encodeToString(digest);
                anchors.add(anchor);
                harness.logger("audit.anchors").info("{}", anchor);
            }
        }
        assertThat(Files.readAllLines(log)).isEqualTo(anchors);
    }
}
