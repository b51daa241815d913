package io.inkfast.wal;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.testing.LogbackHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A whole configuration with all that is often set: right it starts in silence, with any mistake it says so. */
class ExampleConfigurationTest {

    private static final String CONFIGURATION = """
            <configuration>
              <appender name="FILE" class="io.inkfast.file.BatchingFileAppender">
                <file>${LOG_FILE:-logs/app.json}</file>
                <encoder class="io.inkfast.mask.RedactingJsonEncoder"/>
              </appender>
              <appender name="WAL" class="io.inkfast.wal.WriteAheadAppender">
                <directory>${WAL_DIR:-logs/wal}</directory>
                <diskLevel>ERROR</diskLevel>
                <osLevel>TRACE</osLevel>
                <syncTimeout>5 seconds</syncTimeout>
                <reserve>32MB</reserve>
                <redaction><profile>secrets,pci</profile></redaction>
                <appender-ref ref="FILE"/>
              </appender>
              <root level="INFO"><appender-ref ref="WAL"/></root>
            </configuration>
            """;

    @TempDir
    Path directory;

    private LogbackHarness configure(String xml) throws IOException {
        Path file = Files.writeString(directory.resolve("logback.xml"), xml);
        return LogbackHarness.configure(
                file,
                Map.of(
                        "LOG_FILE",
                        directory.resolve("app.json").toString(),
                        "WAL_DIR",
                        directory.resolve("wal").toString()));
    }

    @Test
    void startsInSilenceAndDelivers() throws IOException {
        try (LogbackHarness harness = configure(CONFIGURATION)) {
            assertThat(harness.complaints()).isEmpty();
            harness.logger("shop").error("paid with 4111 1111 1111 1111, password={}", "hunter2");
        }
        List<String> lines = Files.readAllLines(directory.resolve("app.json"));
        assertThat(lines).hasSize(1);
        assertThat(lines.get(0)).contains("paid with").doesNotContain("4111").doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"directory", "diskLevel", "osLevel", "syncTimeout", "reserve", "redaction"})
    void anElementThatIsMisspeltKeepsItFromStarting(String element) throws IOException {
        try (LogbackHarness harness = configure(CONFIGURATION
                .replace("<" + element + ">", "<" + element + "x>")
                .replace("</" + element + ">", "</" + element + "x>"))) {
            assertThat(harness.complaints())
                    .anyMatch(line -> line.startsWith("ERROR") && line.contains("<" + element + "x>"));
            harness.logger("shop").error("password={}", "hunter2");
        }
        assertThat(directory.resolve("app.json"))
                .satisfiesAnyOf(
                        file -> assertThat(file).doesNotExist(),
                        file -> assertThat(file).content().doesNotContain("hunter2"));
    }
}
