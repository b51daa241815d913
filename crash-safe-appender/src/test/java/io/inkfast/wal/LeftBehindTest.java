package io.inkfast.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.inkfast.testing.LogbackHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LeftBehindTest {

    @TempDir
    Path folder;

    private Path wal;

    @BeforeEach
    void reset() {
        SwitchedAppender.reset();
        wal = folder.resolve("wal");
    }

    private LogbackHarness configure() {
        return configure("WAL");
    }

    private LogbackHarness configure(String name) {
        return LogbackHarness.configure(
                folder,
                "<appender name='SINK' class='io.inkfast.wal.SwitchedAppender'/>"
                        + "<appender name='" + name + "' class='io.inkfast.wal.WriteAheadAppender'><directory>" + wal
                        + "</directory><reserve>0</reserve><stopTimeout>100 ms</stopTimeout>"
                        + "<appender-ref ref='SINK'/></appender><root level='TRACE'><appender-ref ref='" + name
                        + "'/></root>");
    }

    private static WriteAheadAppender wal(LogbackHarness harness) {
        return harness.appender("WAL", WriteAheadAppender.class);
    }

    @Nested
    class DirectoryOfAnInstance {

        private Path instance;

        @BeforeEach
        void leave() {
            instance = wal.resolve("instance-0");
            SwitchedAppender.down = true;
            try (LogbackHarness first = configure();
                    LogbackHarness second = configure()) {
                first.logger("a").error("of the first");
                second.logger("a").error("of the second");
                assertThat(instance).isDirectory();
            }
        }

        /* What a power cut leaves of a file that was renamed before it was on the device. */
        @Test
        void isTakenOverThoughItsOwnerIsNotKnown() throws IOException {
            Files.write(wal.resolve("OWNER"), new byte[0]);
            Files.write(instance.resolve("OWNER"), new byte[60]);
            SwitchedAppender.down = false;
            try (LogbackHarness third = configure()) {
                assertThat(wal(third).flush(Duration.ofSeconds(20))).isTrue();
                await().untilAsserted(() -> assertThat(instance).doesNotExist());
                assertThat(third.complaints()).isEmpty();
            }
            assertThat(SwitchedAppender.TAKEN).containsExactlyInAnyOrder("of the first", "of the second");
            assertThat(wal.resolve("OWNER")).content().contains("appender=WAL");
        }

        @Test
        void staysIfItsSegmentsNameAnother() throws IOException {
            Files.delete(instance.resolve("OWNER"));
            Files.delete(wal.resolve("OWNER"));
            SwitchedAppender.down = false;
            try (LogbackHarness third = configure("OTHER")) {
                WriteAheadAppender other = third.appender("OTHER", WriteAheadAppender.class);
                third.logger("a").error("of another");
                assertThat(other.flush(Duration.ofSeconds(20))).isTrue();
            }
            assertThat(SwitchedAppender.TAKEN).doesNotContain("of the second").contains("of another");
            assertThat(instance).isDirectory();
        }

        @Test
        void goesWhenEverythingInItIsDelivered() {
            SwitchedAppender.down = false;
            try (LogbackHarness third = configure()) {
                assertThat(wal(third).flush(Duration.ofSeconds(20))).isTrue();
                await().untilAsserted(() -> assertThat(instance).doesNotExist());
                assertThat(third.complaints()).isEmpty();
            }
            assertThat(SwitchedAppender.TAKEN).containsExactlyInAnyOrder("of the first", "of the second");
        }

        @Test
        void staysIfTheSinkTakesNothingAndIsTakenOverByTheNextStart() throws IOException {
            try (LogbackHarness third = configure()) {
                assertThat(wal(third).isStarted()).isTrue();
            }
            assertThat(instance).isDirectory();
            SwitchedAppender.down = false;
            try (LogbackHarness fourth = configure()) {
                assertThat(wal(fourth).flush(Duration.ofSeconds(20))).isTrue();
                await().untilAsserted(() -> assertThat(instance).doesNotExist());
            }
            assertThat(SwitchedAppender.TAKEN).containsExactlyInAnyOrder("of the first", "of the second");
        }

        @Test
        void staysWithWhatIsNotTheJournals() throws IOException {
            Files.writeString(instance.resolve("wal-1.seg.damaged"), "");
            SwitchedAppender.down = false;
            try (LogbackHarness third = configure()) {
                assertThat(wal(third).flush(Duration.ofSeconds(20))).isTrue();
                await().untilAsserted(() ->
                        assertThat(instance.toFile().list()).containsExactlyInAnyOrder("LOCK", "wal-1.seg.damaged"));
            }
        }
    }

    @Test
    void saysSinceWhenTheSinkIsDownAndSinceWhenItIsBack() {
        SwitchedAppender.down = true;
        try (LogbackHarness harness = configure()) {
            Instant before = Instant.now();
            harness.logger("a").error("event");
            await().untilAsserted(
                            () -> assertThat(wal(harness).health().healthy()).isFalse());
            Instant down = wal(harness).health().since();
            assertThat(down).isBetween(before, Instant.now());
            Instant after = Instant.now();
            SwitchedAppender.down = false;
            await().untilAsserted(
                            () -> assertThat(wal(harness).health().healthy()).isTrue());
            assertThat(wal(harness).health().since()).isBetween(after, Instant.now());
        }
    }

    @Nested
    class Age {

        private void log(LogbackHarness harness, long age) {
            LoggingEvent event = new LoggingEvent("", (Logger) harness.logger("a"), Level.ERROR, "event", null, null);
            event.setTimeStamp(System.currentTimeMillis() - age);
            wal(harness).doAppend(event);
        }

        @Test
        void ofTheOldestEventThatWaits() {
            SwitchedAppender.down = true;
            try (LogbackHarness harness = configure()) {
                assertThat(wal(harness).health().oldestQueuedAge()).isZero();
                log(harness, 3_600_000);
                log(harness, 60_000);
                await().untilAsserted(() -> assertThat(wal(harness).health().oldestQueuedAge())
                        .isBetween(Duration.ofMinutes(60), Duration.ofMinutes(62)));
                SwitchedAppender.down = false;
                await().untilAsserted(() ->
                        assertThat(wal(harness).health().oldestQueuedAge()).isZero());
                assertThat(SwitchedAppender.TAKEN).hasSize(2);
            }
        }
    }
}
