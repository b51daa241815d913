package io.inkfast.file;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.inkfast.component.Accounting;
import io.inkfast.testing.LogbackHarness;
import io.inkfast.testing.SmallDisk;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real disk that is full: a tmpfs of one megabyte. Mounting needs root. Where that can't be had the test says so and is
 * left out; with {@code -Dinkfast.requireRoot=true} it fails instead.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FullDiskIT {

    private static final String PATTERN = "<encoder><pattern>%msg%n</pattern></encoder>";

    @TempDir
    Path directory;

    private @Nullable SmallDisk mounted;
    private Path disk;

    @BeforeEach
    void mount() throws Exception {
        mounted = SmallDisk.mount(directory.resolve("disk"), 1, "FullDiskIT");
        disk = mounted.path();
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted != null) {
            mounted.close();
        }
    }

    /* Leaves only so many bytes; what fills the disk is deleted to free it. */
    private Path fill(int leave) throws IOException {
        Path ballast = disk.resolve("ballast");
        long free = Files.getFileStore(disk).getUsableSpace() - leave;
        try (OutputStream out = Files.newOutputStream(ballast)) {
            out.write(new byte[(int) free]);
        }
        return ballast;
    }

    private LogbackHarness configure(String settings) {
        return LogbackHarness.configure(
                directory,
                "<appender name=\"FILE\" class=\"io.inkfast.file.BatchingFileAppender\"><file>"
                        + disk.resolve("app.log") + "</file>" + settings + PATTERN
                        + "</appender><root level=\"DEBUG\"><appender-ref ref=\"FILE\"/></root>");
    }

    /* 51 bytes with the line end: pages are full in the middle of a line. */
    private static String line(int i) {
        return String.format("%010d ", i) + "x".repeat(39);
    }

    @Test
    void losesNothingWhileThereIsRoomAndTearsNoLine() throws IOException {
        try (LogbackHarness harness = configure("")) {
            BatchingFileAppender appender = harness.appender("FILE", BatchingFileAppender.class);
            Path ballast = fill(8192);
            for (int i = 0; i < 5000; i++) {
                harness.logger("a").info(line(i));
            }
            Accounting full = appender.accounting();
            assertThat(full.queued()).isBetween(4000L, 4999L);
            assertThat(full.written() + full.queued()).isEqualTo(5000);
            assertThat(appender.health().healthy()).isFalse();
            Files.delete(ballast);
            assertThat(appender.flush(Duration.ofSeconds(30))).isTrue();
            assertThat(Files.readAllLines(disk.resolve("app.log"))).isEqualTo(expected(0, 5000));
            assertThat(appender.accounting().balance()).isEqualTo("received 5000 = written 5000");
            assertThat(harness.complaints())
                    .containsExactly("ERROR cannot write to [" + disk.resolve("app.log")
                            + "]: java.io.IOException (No space left on device); events are kept and the file is tried"
                            + " again");
        }
    }

    @Test
    void countsExactlyWhatIsBeyondTheRoom() throws IOException {
        try (LogbackHarness harness = configure("<maxQueuedBytes>64KB</maxQueuedBytes>")) {
            BatchingFileAppender appender = harness.appender("FILE", BatchingFileAppender.class);
            Path ballast = fill(4096);
            for (int i = 0; i < 5000; i++) {
                harness.logger("a").info(line(i));
            }
            Accounting full = appender.accounting();
            assertThat(full.dropped()).isPositive();
            assertThat(full.written() + full.queued() + full.dropped()).isEqualTo(5000);
            Files.delete(ballast);
            assertThat(appender.flush(Duration.ofSeconds(30))).isTrue();
            int kept = (int) (full.written() + full.queued());
            assertThat(Files.readAllLines(disk.resolve("app.log"))).isEqualTo(expected(0, kept));
            assertThat(appender.accounting().written()).isEqualTo(kept);
            assertThat(appender.accounting().dropped()).isEqualTo(full.dropped());
        }
    }

    @Test
    void leavesTheRestOfABatchToTheFront() throws Exception {
        try (LogbackHarness harness = configure("")) {
            BatchingFileAppender appender = harness.appender("FILE", BatchingFileAppender.class);
            List<ILoggingEvent> events = new ArrayList<>();
            for (int i = 0; i < 5000; i++) {
                events.add(new LoggingEvent("x", harness.context().getLogger("a"), Level.INFO, line(i), null, null));
            }
            Path ballast = fill(100_000);
            int taken = appender.append(events, 1);
            assertThat(taken).isBetween(2000, 4000);
            assertThat(appender.append(events.subList(taken, 5000), taken + 1)).isZero();
            assertThat(appender.settled()).isLessThan(taken);
            Files.delete(ballast);
            while (appender.settled() < taken) {
                Thread.onSpinWait();
            }
            assertThat(appender.append(events.subList(taken, 5000), taken + 1)).isEqualTo(5000 - taken);
            assertThat(appender.sync(5000, Duration.ofSeconds(30))).isEqualTo(5000);
            assertThat(Files.readAllLines(disk.resolve("app.log"))).isEqualTo(expected(0, 5000));
            assertThat(appender.accounting().balance()).isEqualTo("received 5000 = written 5000");
        }
    }

    private static List<String> expected(int from, int to) {
        List<String> lines = new ArrayList<>();
        for (int i = from; i < to; i++) {
            lines.add(line(i));
        }
        return lines;
    }
}
