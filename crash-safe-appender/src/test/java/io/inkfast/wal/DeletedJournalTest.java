package io.inkfast.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.inkfast.testing.LogbackHarness;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Somebody deletes or moves a journal, or parts of it, while a process writes it and its sink is down. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DeletedJournalTest {

    private static final int EVENTS = 60;

    @TempDir
    Path directory;

    private Path wal;

    @BeforeEach
    void reset() {
        wal = directory.resolve("wal");
        SwitchedAppender.reset();
    }

    private LogbackHarness configure() {
        return LogbackHarness.configure(
                directory,
                "<appender name='SINK' class='io.inkfast.wal.SwitchedAppender'/>"
                        + "<appender name='WAL' class='io.inkfast.wal.WriteAheadAppender'><directory>" + wal
                        + "</directory><stopTimeout>100 ms</stopTimeout><appender-ref ref='SINK'/></appender>"
                        + "<root level='TRACE'><appender-ref ref='WAL'/></root>");
    }

    /* As rm -rf does, while another thread may just be making the next segment. */
    private void delete() throws IOException {
        while (Files.exists(wal)) {
            try (Stream<Path> files = Files.list(wal)) {
                for (Path file : files.toList()) {
                    Files.deleteIfExists(file);
                }
                Files.deleteIfExists(wal);
            } catch (DirectoryNotEmptyException | NoSuchFileException e) {
                // Once more.
                Thread.onSpinWait();
            }
        }
    }

    private void awaitSegment() {
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            try (Stream<Path> files = Files.list(wal)) {
                return files.anyMatch(file -> file.toString().endsWith(".seg"));
            } catch (NoSuchFileException e) {
                return false;
            }
        });
    }

    /* What is logged from now on is in the journal, and nobody else's. */
    private void goesOn(LogbackHarness harness) {
        awaitSegment();
        harness.logger("a").error("after");
        WriteAheadAppender appender = harness.appender("WAL", WriteAheadAppender.class);
        assertThat(appender.notJournalled()).isZero();
        assertThat(appender.health().lastError()).isNotEqualTo("the journal cannot be written");
        assertThat(harness.complaints())
                .contains(
                        "ERROR journal [" + wal + "]: its files were deleted or moved away while they were in use; new"
                                + " ones are begun, and events that were only there are lost if they are not delivered yet");
        assertThat(wal.resolve("LOCK")).isRegularFile();
        assertThat(wal.resolve("OWNER")).isRegularFile();
    }

    @Test
    void anotherIsBegunWhenItWasMoved() throws IOException {
        SwitchedAppender.down = true;
        Path elsewhere = directory.resolve("elsewhere");
        try (LogbackHarness harness = configure()) {
            harness.logger("a").error("before");
            Files.move(wal, elsewhere);
            goesOn(harness);
        }
        SwitchedAppender.down = false;
        try (LogbackHarness next = configure()) {
            assertThat(next.appender("WAL", WriteAheadAppender.class).flush(Duration.ofSeconds(30)))
                    .isTrue();
        }
        assertThat(SwitchedAppender.TAKEN).containsExactly("after");
        Files.move(wal, directory.resolve("done"));
        Files.move(elsewhere, wal);
        try (LogbackHarness next = configure()) {
            assertThat(next.appender("WAL", WriteAheadAppender.class).flush(Duration.ofSeconds(30)))
                    .isTrue();
        }
        assertThat(SwitchedAppender.TAKEN).containsExactly("after", "before");
    }

    @Test
    void anotherIsBegunWhenItWasDeleted() throws IOException {
        try (LogbackHarness harness = configure()) {
            harness.logger("a").error("before");
            assertThat(harness.appender("WAL", WriteAheadAppender.class).flush(Duration.ofSeconds(30)))
                    .isTrue();
            delete();
            SwitchedAppender.down = true;
            goesOn(harness);
        }
        SwitchedAppender.down = false;
        try (LogbackHarness next = configure()) {
            assertThat(next.appender("WAL", WriteAheadAppender.class).flush(Duration.ofSeconds(30)))
                    .isTrue();
        }
        assertThat(SwitchedAppender.TAKEN).containsExactly("before", "after");
    }

    @Test
    void theReserveIsFilledAgain() throws IOException {
        try (LogbackHarness harness = configure()) {
            await().untilAsserted(() -> assertThat(spares()).isNotEmpty());
            List<Path> before = spares();
            for (Path spare : before) {
                Files.delete(spare);
            }
            await().untilAsserted(() -> assertThat(spares()).hasSameSizeAs(before));
            assertThat(harness.complaints()).anyMatch(line -> line.contains("its files were deleted or moved away"));
        }
    }

    private List<Path> spares() throws IOException {
        try (Stream<Path> files = Files.list(wal)) {
            return files.filter(file -> file.getFileName().toString().matches("spare-\\d+\\.seg"))
                    .toList();
        }
    }

    @Test
    void countsWhatCannotBeReadBackAndSaysSo() throws IOException {
        SwitchedAppender.down = true;
        try (LogbackHarness harness = configure()) {
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
