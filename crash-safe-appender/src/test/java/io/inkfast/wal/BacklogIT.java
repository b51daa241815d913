package io.inkfast.wal;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.testing.Torture;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Far more events than memory holds wait while the sink is down, and are delivered by another process with as little
 * memory.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BacklogIT {

    private static final Pattern MESSAGE = Pattern.compile("\"message\":\"event (\\d+) of a backlog");

    @TempDir
    Path directory;

    @Test
    void waitsInTheJournalAndIsDeliveredInOrder() throws Exception {
        int events = Torture.times(400_000, 2_000_000, 2_000_000);
        assertThat(run("<appender name='SINK' class='io.inkfast.wal.SwitchedAppender'/>", "1 ms", true, events))
                .isZero();
        assertThat(run(
                        "<appender name='SINK' class='io.inkfast.file.BatchingFileAppender'><file>"
                                + directory.resolve("app.json")
                                + "</file><encoder class='io.inkfast.mask.RedactingJsonEncoder'/></appender>",
                        "1 minute",
                        false,
                        0))
                .isZero();
        int next = 0;
        try (BufferedReader lines = Files.newBufferedReader(directory.resolve("app.json"))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher matcher = MESSAGE.matcher(line);
                assertThat(matcher.find()).as(line).isTrue();
                assertThat(Integer.parseInt(matcher.group(1))).isEqualTo(next++);
            }
        }
        assertThat(next).isEqualTo(events);
    }

    private int run(String sink, String stopTimeout, boolean down, int events)
            throws IOException, InterruptedException {
        Path xml = directory.resolve("logback.xml");
        Files.writeString(
                xml,
                "<configuration>" + sink + "<appender name='WAL' class='io.inkfast.wal.WriteAheadAppender'><directory>"
                        + directory.resolve("wal") + "</directory><stopTimeout>" + stopTimeout + "</stopTimeout>"
                        + "<appender-ref ref='SINK'/></appender>"
                        + "<root level='INFO'><appender-ref ref='WAL'/></root></configuration>");
        return new ProcessBuilder(List.of(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx64m",
                        "-Dinkfast.test.down=" + down,
                        "-cp",
                        System.getProperty("java.class.path"),
                        BacklogProcess.class.getName(),
                        xml.toString(),
                        Integer.toString(events)))
                .inheritIO()
                .start()
                .waitFor();
    }
}
