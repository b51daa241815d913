package io.inkfast.wal;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.testing.LogbackHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Somebody deletes the segments of a process that runs, while its sink is down and memory has let go of the events. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DeletedJournalTest {

    private static final int EVENTS = 60;

    @TempDir
    Path directory;

    @BeforeEach
    void reset() {
        SwitchedAppender.reset();
    }

    @Test
    void countsWhatCannotBeReadBackAndSaysSo() throws IOException {
        SwitchedAppender.down = true;
        Path wal = directory.resolve("wal");
        try (LogbackHarness harness = LogbackHarness.configure(
                directory,
                "<appender name='SINK' class='io.inkfast.wal.SwitchedAppender'/>"
                        + "<appender name='WAL' class='io.inkfast.wal.WriteAheadAppender'><directory>" + wal
                        + "</directory><appender-ref ref='SINK'/></appender>"
                        + "<root level='TRACE'><appender-ref ref='WAL'/></root>")) {
            WriteAheadAppender appender = harness.appender("WAL", WriteAheadAppender.class);
            String large = "x".repeat(300_000);
            for (int i = 0; i < EVENTS; i++) {
                harness.logger("a").error("event {} {}", i, large);
            }
            try (Stream<Path> files = Files.list(wal)) {
                for (Path file :
                        files.filter(each -> each.toString().endsWith(".seg")).toList()) {
                    Files.delete(file);
                }
            }
            SwitchedAppender.down = false;
            assertThat(appender.flush(Duration.ofSeconds(30))).isTrue();
            int lost = EVENTS - SwitchedAppender.TAKEN.size();
            assertThat(lost).isPositive();
            assertThat(appender.accounting().balance())
                    .isEqualTo("received 60 = written " + (EVENTS - lost) + " + failed " + lost);
            assertThat(harness.complaints())
                    .contains("ERROR " + lost + " events cannot be read back from the journal, and are lost");
        }
    }
}
