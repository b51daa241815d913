package io.inkfast.wal;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.testing.LogbackHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes whose handler of uncaught exceptions halts the JVM. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UncaughtExceptionIT {

    @TempDir
    Path directory;

    @BeforeEach
    void reset() {
        SwitchedAppender.reset();
    }

    private Path configure(String sink, String settings) throws IOException {
        return Files.writeString(
                directory.resolve("logback.xml"),
                "<configuration>" + sink + "<appender name='WAL' class='io.inkfast.wal.WriteAheadAppender'><directory>"
                        + directory.resolve("wal") + "</directory><uncaughtHandler>true</uncaughtHandler>" + settings
                        + "<appender-ref ref='SINK'/></appender>"
                        + "<root level='INFO'><appender-ref ref='WAL'/></root></configuration>");
    }

    private void die(Path xml, String... options) throws Exception {
        List<String> command = new java.util.ArrayList<>(
                List.of(ProcessHandle.current().info().command().orElseThrow(), "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of(options));
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), DyingProcess.class.getName(), xml.toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(DyingProcess.EXIT);
    }

    @Test
    void whatEndedTheProcessIsInTheLog() throws Exception {
        Path log = directory.resolve("app.json");
        die(configure(
                "<appender name='SINK' class='io.inkfast.file.BatchingFileAppender'><file>" + log
                        + "</file><encoder class='io.inkfast.mask.RedactingJsonEncoder'/></appender>",
                ""));
        assertThat(Files.readAllLines(log))
                .hasSize(2)
                .last()
                .asString()
                .contains("\"message\":\"thread [main] ends with an uncaught exception\"")
                .contains("\"level\":\"ERROR\"")
                .contains("IllegalStateException")
                .doesNotContain("hunter2");
    }

    @Test
    void itIsInTheJournalIfTheSinkIsDown() throws Exception {
        Path xml = configure(
                "<appender name='SINK' class='io.inkfast.wal.SwitchedAppender'/>", "<stopTimeout>10 ms</stopTimeout>");
        die(xml, "-Dinkfast.test.down=true");
        try (LogbackHarness next = LogbackHarness.configure(xml, Map.of())) {
            assertThat(next.appender("WAL", WriteAheadAppender.class).flush(Duration.ofSeconds(20)))
                    .isTrue();
        }
        assertThat(SwitchedAppender.TAKEN).containsExactly("before", "thread [main] ends with an uncaught exception");
    }
}
