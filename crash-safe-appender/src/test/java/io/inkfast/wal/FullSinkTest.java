package io.inkfast.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.core.spi.AppenderAttachable;
import io.inkfast.testing.FullDiskAppender;
import io.inkfast.testing.LogbackHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The disk of Logback's file is full. Logback opens the file anew, which works, drops the event at hand and its buffer, and
 * calls that recovered.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FullSinkTest {

    private static final int EVENTS = 50;

    @TempDir
    Path directory;

    private Path log() {
        return directory.resolve("log/app.log");
    }

    private LogbackHarness configure(boolean immediateFlush, boolean redactor) {
        return LogbackHarness.configure(
                directory,
                "<appender name='FILE' class='io.inkfast.testing.FullDiskAppender'><file>" + log()
                        + "</file><immediateFlush>" + immediateFlush
                        + "</immediateFlush><encoder><pattern>%msg%n</pattern></encoder></appender>"
                        + "<appender name='REDACT' class='io.inkfast.mask.RedactingAppender'>"
                        + "<appender-ref ref='FILE'/></appender>"
                        + "<appender name='WAL' class='io.inkfast.wal.WriteAheadAppender'>"
                        + "<directory>" + directory.resolve("wal") + "</directory>"
                        + "<appender-ref ref='" + (redactor ? "REDACT" : "FILE") + "'/></appender>"
                        + "<root level='TRACE'><appender-ref ref='WAL'/></root>");
    }

    private static FullDiskAppender disk(LogbackHarness harness) {
        WriteAheadAppender appender = harness.appender("WAL", WriteAheadAppender.class);
        return (FullDiskAppender)
                (appender.getAppender("REDACT") instanceof AppenderAttachable<?> redactor
                        ? redactor.getAppender("FILE")
                        : appender.getAppender("FILE"));
    }

    private static List<String> expected() {
        return IntStream.range(0, EVENTS).mapToObj(i -> "event " + i).toList();
    }

    private static void log(LogbackHarness harness) {
        for (int i = 0; i < EVENTS; i++) {
            harness.logger("a").error("event {}", i);
        }
    }

    private void allIsInTheFileOnceThereIsRoom(LogbackHarness harness) throws IOException {
        WriteAheadAppender appender = harness.appender("WAL", WriteAheadAppender.class);
        assertThat(appender.accounting().written()).isZero();
        disk(harness).setFull(false);
        assertThat(appender.flush(Duration.ofSeconds(30))).isTrue();
        assertThat(Files.readAllLines(log()).stream().distinct()).containsExactlyElementsOf(expected());
        assertThat(appender.accounting().balance()).isEqualTo("received 50 = written 50");
    }

    @ParameterizedTest
    @CsvSource({"true,false", "false,false", "true,true", "false,true"})
    void whatLogbackDropsWhenItOpensTheFileAnewIsNotWritten(boolean immediateFlush, boolean redactor)
            throws IOException {
        try (LogbackHarness harness = configure(immediateFlush, redactor)) {
            disk(harness).setFull(true);
            log(harness);
            await().atMost(Duration.ofSeconds(50)).until(() -> disk(harness).refused() > 7);
            assertThat(harness.statuses()).contains("INFO Recovered from IO failure on file [" + log() + "]");
            allIsInTheFileOnceThereIsRoom(harness);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void eventsWaitAlsoWhenLogbackSaysNothingAnyMore(boolean immediateFlush) throws IOException {
        try (LogbackHarness harness = configure(immediateFlush, false)) {
            disk(harness).setFull(true);
            // The file cannot be opened either.
            Path away = Files.move(log().getParent(), directory.resolve("away"));
            log(harness);
            String last = "INFO Will supress future messages regarding file [" + log() + "]";
            await().atMost(Duration.ofSeconds(50))
                    .until(() -> harness.statuses().contains(last));
            int before = disk(harness).refused();
            await().atMost(Duration.ofSeconds(50)).until(() -> disk(harness).refused() > before);
            Files.move(away, log().getParent());
            allIsInTheFileOnceThereIsRoom(harness);
        }
    }
}
