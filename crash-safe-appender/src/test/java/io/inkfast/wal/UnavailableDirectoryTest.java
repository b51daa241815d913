package io.inkfast.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.inkfast.testing.LogbackHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A file is where the directory should be: not even root can use it then. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UnavailableDirectoryTest {

    @TempDir
    Path folder;

    private Path wal;

    @BeforeEach
    void takeThePlace() throws IOException {
        SwitchedAppender.reset();
        wal = folder.resolve("wal");
        Files.writeString(wal, "");
    }

    private LogbackHarness configure(String settings) {
        return LogbackHarness.configure(
                folder,
                "<appender name='SINK' class='io.inkfast.wal.SwitchedAppender'/>"
                        + "<appender name='WAL' class='io.inkfast.wal.WriteAheadAppender'><directory>" + wal
                        + "</directory><reserve>0</reserve><stopTimeout>100 ms</stopTimeout>" + settings
                        + "<appender-ref ref='SINK'/></appender><root level='TRACE'><appender-ref ref='WAL'/></root>");
    }

    private static WriteAheadAppender wal(LogbackHarness harness) {
        return harness.appender("WAL", WriteAheadAppender.class);
    }

    private static void awaitJournal(LogbackHarness harness) {
        await().untilAsserted(() -> assertThat(wal(harness).health().healthy()).isTrue());
    }

    @Test
    void startsWithAWarningAndDeliversWithoutJournalling() {
        try (LogbackHarness harness = configure("")) {
            assertThat(harness.complaints())
                    .containsExactly(
                            "WARN journal [" + wal
                                    + "] cannot be written (FileAlreadyExistsException); events go to the"
                                    + " appenders behind without being journalled, and it is tried again",
                            "WARN appender [WAL]: <directory> [" + wal
                                    + "] cannot be used: java.nio.file.FileAlreadyExistsException: " + wal);
            harness.logger("a").info("one");
            harness.logger("a").error("two");
            assertThat(wal(harness).flush(Duration.ofSeconds(20))).isTrue();
            assertThat(SwitchedAppender.TAKEN).containsExactly("one", "two");
            assertThat(wal(harness).notJournalled()).isEqualTo(1);
            assertThat(wal(harness).health().lastError()).isEqualTo("the journal cannot be written");
        }
        assertThat(wal).isRegularFile();
    }

    @Test
    void journalsWhenTheDirectoryCanBeUsed() throws IOException {
        try (LogbackHarness harness = configure("")) {
            harness.logger("a").error("before");
            assertThat(wal(harness).flush(Duration.ofSeconds(20))).isTrue();
            Files.delete(wal);
            awaitJournal(harness);
            await().untilAsserted(() -> assertThat(harness.statuses())
                    .contains("INFO journal [" + wal + "] is written again; 0 events are not in it"));
            SwitchedAppender.down = true;
            harness.logger("a").error("left behind");
            assertThat(wal(harness).notJournalled()).isEqualTo(1);
        }
        SwitchedAppender.reset();
        try (LogbackHarness next = configure("")) {
            assertThat(wal(next).flush(Duration.ofSeconds(20))).isTrue();
            assertThat(next.complaints()).isEmpty();
        }
        assertThat(SwitchedAppender.TAKEN).containsExactly("left behind");
    }

    @Test
    void leavesAJournalThatTurnsUpForTheNextStart() throws IOException {
        Files.delete(wal);
        SwitchedAppender.down = true;
        try (LogbackHarness earlier = configure("")) {
            earlier.logger("a").error("of an earlier run");
        }
        Path elsewhere = Files.move(wal, folder.resolve("elsewhere"));
        takeThePlace();
        SwitchedAppender.down = true;
        try (LogbackHarness harness = configure("")) {
            Files.delete(wal);
            Files.move(elsewhere, wal);
            awaitJournal(harness);
            harness.logger("a").error("left behind");
            assertThat(wal(harness).notJournalled()).isZero();
        }
        SwitchedAppender.reset();
        try (LogbackHarness next = configure("")) {
            next.logger("a").error("new");
            assertThat(wal(next).flush(Duration.ofSeconds(20))).isTrue();
            assertThat(next.complaints()).isEmpty();
        }
        assertThat(SwitchedAppender.TAKEN).containsExactlyInAnyOrder("of an earlier run", "left behind", "new");
    }

    @Test
    void throwsIfThatIsWanted() {
        try (LogbackHarness harness = configure("<onFailure>THROW</onFailure>")) {
            assertThatThrownBy(() -> harness.logger("a").error("must be safe"))
                    .isInstanceOf(NotJournalledException.class)
                    .hasMessage("the journal cannot be written");
            harness.logger("a").warn("need not be");
        }
    }

    @Test
    void doesNotStartIfThatIsWanted() {
        try (LogbackHarness harness = configure("<onUnavailable>FAIL</onUnavailable>")) {
            assertThat(harness.complaints())
                    .contains("ERROR appender [WAL]: <directory> [" + wal
                            + "] cannot be used: java.nio.file.FileAlreadyExistsException: " + wal);
            assertThat(wal(harness).isStarted()).isFalse();
        }
    }
}
