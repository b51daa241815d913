package io.inkfast.wal;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.testing.LogbackHarness;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** More within a minute than the journal takes, for an appender that keeps up and cannot say that events are safe. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HalfFullJournalTest {

    private static final int EVENTS = 5_000;
    private static final String WORDS = "some words that fill the line ".repeat(600);

    @TempDir
    Path directory;

    @Test
    void nothingIsDroppedForTheSakeOfWhatWasDelivered() {
        try (LogbackHarness harness = LogbackHarness.configure(
                directory,
                "<appender name='SINK' class='io.inkfast.wal.SoakProcess$Counter'/>"
                        + "<appender name='WAL' class='io.inkfast.wal.WriteAheadAppender'><directory>"
                        + directory.resolve("wal") + "</directory><maxSize>64MB</maxSize>"
                        + "<appender-ref ref='SINK'/></appender>"
                        + "<root level='TRACE'><appender-ref ref='WAL'/></root>")) {
            WriteAheadAppender appender = harness.appender("WAL", WriteAheadAppender.class);
            for (int i = 1; i <= EVENTS; i++) {
                harness.logger("a").info(WORDS);
                if (i % 100 == 0) {
                    assertThat(appender.flush(Duration.ofSeconds(60))).isTrue();
                }
            }
            assertThat(appender.accounting().balance()).isEqualTo("received 5000 = written 5000");
        }
    }
}
