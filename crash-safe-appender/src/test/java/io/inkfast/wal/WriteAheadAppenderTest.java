package io.inkfast.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import io.inkfast.journal.JournalReader;
import io.inkfast.testing.LogbackHarness;
import io.inkfast.testing.StackEnd;
import io.inkfast.testing.StoppedHealth;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WriteAheadAppenderTest {

    @TempDir
    Path directory;

    @BeforeEach
    void reset() {
        SwitchedAppender.reset();
    }

    private Path wal() {
        return directory.resolve("wal");
    }

    private LogbackHarness configure(String sink, String settings) {
        return LogbackHarness.configure(
                directory,
                sink
                        + "<appender name='WAL' class='io.inkfast.wal.WriteAheadAppender'>"
                        + "<directory>" + wal() + "</directory>" + settings
                        + "<appender-ref ref='SINK'/></appender>"
                        + "<root level='TRACE'><appender-ref ref='WAL'/></root>");
    }

    private static final String SWITCHED = "<appender name='SINK' class='io.inkfast.wal.SwitchedAppender'/>";

    private String file() {
        return "<appender name='SINK' class='io.inkfast.file.BatchingFileAppender'><file>" + directory.resolve("log")
                + "</file><encoder class='io.inkfast.mask.RedactingJsonEncoder'/></appender>";
    }

    private List<String> lines() throws IOException {
        Path log = directory.resolve("log");
        return Files.exists(log) ? Files.readAllLines(log) : List.of();
    }

    private static List<String> messages(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "event " + i).toList();
    }

    private static void log(LogbackHarness harness, int from, int to) {
        for (int i = from; i < to; i++) {
            harness.logger("a").info("event {}", i);
        }
    }

    @Nested
    class Running {

        @Test
        void deliversInOrder() throws IOException {
            try (LogbackHarness harness = configure(file(), "")) {
                log(harness, 0, 500);
                assertThat(harness.appender("WAL", WriteAheadAppender.class).flush(Duration.ofSeconds(20)))
                        .isTrue();
                assertThat(harness.complaints()).isEmpty();
            }
            List<String> seen = new ArrayList<>();
            for (String line : lines()) {
                seen.add(line.replaceAll(".*\"message\":\"([^\"]*)\".*", "$1"));
                assertThat(line).doesNotContain("recovered");
            }
            assertThat(seen).isEqualTo(messages(0, 500));
        }

        @Test
        void itsHealthSaysSinceWhenItIsNotRunning() {
            try (LogbackHarness harness = configure(SWITCHED, "")) {
                StoppedHealth.check(new WriteAheadAppender(), harness.appender("WAL", WriteAheadAppender.class));
            }
        }

        @Test
        void balancesItsBooks() {
            try (LogbackHarness harness = configure(SWITCHED, "")) {
                log(harness, 0, 300);
                WriteAheadAppender appender = harness.appender("WAL", WriteAheadAppender.class);
                appender.flush(Duration.ofSeconds(20));
                assertThat(appender.accounting().balance()).isEqualTo("received 300 = written 300");
            }
            assertThat(SwitchedAppender.TAKEN).isEqualTo(messages(0, 300));
        }

        @Test
        void keepsTheInterruptFlagAndLosesNothing() {
            try (LogbackHarness harness = configure(SWITCHED, "<osLevel>TRACE</osLevel>")) {
                for (int i = 0; i < 200; i++) {
                    Thread.currentThread().interrupt();
                    harness.logger("a").error("event {}", i);
                    assertThat(Thread.interrupted()).isTrue();
                }
                assertThat(harness.appender("WAL", WriteAheadAppender.class).notJournalled())
                        .isZero();
            }
            assertThat(SwitchedAppender.TAKEN).isEqualTo(messages(0, 200));
        }

        @Test
        void journalsOnlyWhatIsRedacted() throws IOException {
            SwitchedAppender.down = true;
            try (LogbackHarness harness = configure(SWITCHED, "<stopTimeout>1 ms</stopTimeout>")) {
                harness.logger("a").error("password={} card 4111 1111 1111 1111", "hunter2hunter2");
            }
            try (Stream<Path> files = Files.walk(wal())) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    String content = Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
                    assertThat(content).doesNotContain("hunter2").doesNotContain("4111 1111");
                }
            }
        }

        @Test
        void isNotWarnedOfAnAppenderBehindThatHasNoRedactorOfItsOwn() {
            String plain = "<appender name='PLAIN' class='ch.qos.logback.core.FileAppender'><file>"
                    + directory.resolve("plain") + "</file><encoder><pattern>%msg%n</pattern></encoder></appender>";
            try (LogbackHarness harness = configure(file() + plain, "<appender-ref ref='PLAIN'/>")) {
                assertThat(harness.complaints()).isEmpty();
            }
        }

        @Test
        void keepsAnEventThatIsTooLargeForTheJournalInPart() {
            try (LogbackHarness harness = configure(SWITCHED, "")) {
                WriteAheadAppender appender = harness.appender("WAL", WriteAheadAppender.class);
                harness.logger("a").error("before");
                harness.logger("a").error("begins " + "y".repeat(6_000_000));
                harness.logger("a").error("after");
                assertThat(appender.flush(Duration.ofSeconds(20))).isTrue();
                assertThat(appender.notJournalled()).isZero();
                assertThat(appender.accounting().balance()).isEqualTo("received 3 = written 3");
            }
            assertThat(SwitchedAppender.TAKEN).hasSize(3).element(2).isEqualTo("after");
            assertThat(SwitchedAppender.TAKEN.get(1)).startsWith("begins yyy").hasSizeLessThan(5_000_000);
        }

        @Test
        void stopsAndStartsAgain() {
            try (LogbackHarness harness = configure(SWITCHED, "")) {
                WriteAheadAppender appender = harness.appender("WAL", WriteAheadAppender.class);
                log(harness, 0, 10);
                appender.stop();
                log(harness, 10, 12);
                appender.getAppender("SINK").start();
                appender.start();
                log(harness, 12, 20);
                appender.stop();
                assertThat(appender.accounting().balance()).isEqualTo("received 20 = written 18 + rejected 2");
                assertThat(SwitchedAppender.TAKEN).hasSize(18);
            }
        }
    }

    @Nested
    class WhenTheSinkIsDown {

        @Test
        void deliversInTheNextRunOnceAndInOrder() {
            SwitchedAppender.down = true;
            try (LogbackHarness harness = configure(SWITCHED, "<stopTimeout>100 ms</stopTimeout>")) {
                log(harness, 0, 3000);
                // When delivery has come to it.
                await().until(() -> !harness.appender("WAL", WriteAheadAppender.class)
                        .health()
                        .healthy());
            }
            assertThat(SwitchedAppender.TAKEN).isEmpty();
            SwitchedAppender.down = false;
            try (LogbackHarness harness = configure(SWITCHED, "")) {
                log(harness, 3000, 3100);
                WriteAheadAppender appender = harness.appender("WAL", WriteAheadAppender.class);
                appender.flush(Duration.ofSeconds(20));
                assertThat(appender.accounting().balance()).isEqualTo("received 100 + replayed 3000 = written 3100");
            }
            assertThat(SwitchedAppender.TAKEN).isEqualTo(messages(0, 3100));
        }

        @Test
        void goesOnWhenItIsBack() {
            SwitchedAppender.down = true;
            try (LogbackHarness harness = configure(SWITCHED, "")) {
                log(harness, 0, 50);
                SwitchedAppender.down = false;
                await().untilAsserted(() -> assertThat(SwitchedAppender.TAKEN).isEqualTo(messages(0, 50)));
            }
        }

        @Test
        void skipsAnEventThatItNeverTakesThoughTheNextOneComesMuchLater() {
            SwitchedAppender.poison = "event 7";
            try (LogbackHarness harness = configure(SWITCHED, "")) {
                WriteAheadAppender appender = harness.appender("WAL", WriteAheadAppender.class);
                log(harness, 0, 8);
                await().untilAsserted(
                                () -> assertThat(appender.health().lastError()).isNotNull());
                log(harness, 8, 20);
                assertThat(appender.flush(Duration.ofSeconds(20))).isTrue();
                assertThat(appender.accounting().balance()).isEqualTo("received 20 = written 19 + failed 1");
            }
            assertThat(SwitchedAppender.TAKEN).hasSize(19).doesNotContain("event 7");
        }

        @Test
        void skipsAnEventThatItNeverTakesThoughItEndsABatch() {
            SwitchedAppender.down = true;
            try (LogbackHarness harness = configure(SWITCHED, "<stopTimeout>1 ms</stopTimeout>")) {
                log(harness, 0, 600);
            }
            SwitchedAppender.reset();
            SwitchedAppender.poison = "event 255";
            try (LogbackHarness harness = configure(SWITCHED, "")) {
                WriteAheadAppender appender = harness.appender("WAL", WriteAheadAppender.class);
                assertThat(appender.flush(Duration.ofSeconds(20))).isTrue();
                assertThat(appender.accounting().balance())
                        .isEqualTo("received 0 + replayed 600 = written 599 + failed 1");
            }
            assertThat(SwitchedAppender.TAKEN).hasSize(599).doesNotContain("event 255");
        }

        @Test
        void skipsAnEventThatItNeverTakes() {
            SwitchedAppender.poison = "event 7";
            try (LogbackHarness harness = configure(SWITCHED, "")) {
                log(harness, 0, 20);
                WriteAheadAppender appender = harness.appender("WAL", WriteAheadAppender.class);
                appender.flush(Duration.ofSeconds(20));
                assertThat(appender.accounting().balance()).isEqualTo("received 20 = written 19 + failed 1");
            }
            assertThat(SwitchedAppender.TAKEN).hasSize(19).doesNotContain("event 7");
        }
    }

    @Nested
    class AfterARestart {

        @Test
        void saysThatAnEventWasRecovered() throws IOException {
            SwitchedAppender.down = true;
            try (LogbackHarness harness = configure(SWITCHED, "<stopTimeout>1 ms</stopTimeout>")) {
                harness.logger("a").error("left behind");
            }
            try (LogbackHarness harness = configure(file(), "")) {
                harness.appender("WAL", WriteAheadAppender.class).flush(Duration.ofSeconds(20));
            }
            assertThat(lines()).hasSize(1);
            assertThat(lines().get(0)).contains("\"message\":\"left behind\"").contains("\"recovered\":true");
        }

        /* An error would keep a Spring Boot application from starting. */
        @Test
        void warnsOfConfirmedEventsThatAreMissingAndDeliversTheRest() throws IOException {
            SwitchedAppender.down = true;
            for (int run = 0; run < 2; run++) {
                try (LogbackHarness harness = configure(SWITCHED, "<stopTimeout>0</stopTimeout>")) {
                    log(harness, 3 * run, 3 * run + 3);
                }
            }
            try (Stream<Path> files = Files.list(wal())) {
                Files.delete(files.filter(file -> file.getFileName().toString().startsWith("wal-00000001"))
                        .findFirst()
                        .orElseThrow());
            }
            SwitchedAppender.down = false;
            try (LogbackHarness harness = configure(SWITCHED, "")) {
                harness.appender("WAL", WriteAheadAppender.class).flush(Duration.ofSeconds(20));
                // The first record is the journal's own, and may be noted as delivered.
                assertThat(harness.complaints().get(0))
                        .startsWith("WARN journal [" + wal() + "]: records that had been confirmed are missing: ")
                        .matches(".*: [12] to 5");
            }
            assertThat(SwitchedAppender.TAKEN).isEqualTo(messages(3, 6));
        }

        @Test
        void takesOverWhatAnotherInstanceLeft() {
            SwitchedAppender.down = true;
            try (LogbackHarness first = configure(SWITCHED, "<stopTimeout>1 ms</stopTimeout>");
                    LogbackHarness second = configure(SWITCHED, "<stopTimeout>1 ms</stopTimeout>")) {
                first.logger("a").error("of the first");
                second.logger("a").error("of the second");
                assertThat(wal().resolve("instance-0")).isDirectory();
            }
            SwitchedAppender.down = false;
            try (LogbackHarness third = configure(SWITCHED, "")) {
                third.logger("a").error("of the third");
            }
            assertThat(SwitchedAppender.TAKEN)
                    .containsExactlyInAnyOrder("of the first", "of the second", "of the third");
        }

        @Test
        void refusesTheUndeliveredEventsOfAnotherAppender() {
            SwitchedAppender.down = true;
            try (LogbackHarness harness = configure(SWITCHED, "<stopTimeout>1 ms</stopTimeout>")) {
                harness.logger("a").error("left behind");
            }
            try (LogbackHarness harness = LogbackHarness.configure(
                    directory,
                    SWITCHED + "<appender name='OTHER' class='io.inkfast.wal.WriteAheadAppender'><directory>" + wal()
                            + "</directory><appender-ref ref='SINK'/></appender>"
                            + "<root level='TRACE'><appender-ref ref='OTHER'/></root>")) {
                assertThat(harness.complaints())
                        .contains("ERROR appender [OTHER]: <directory> [" + wal()
                                + "] has undelivered events of another appender (application=test appender=WAL);"
                                + " use another directory, or save them with inkfast recover");
            }
        }
    }

    @Nested
    class WhenTheJournalCannotBeWritten {

        private void breakDirectory() throws IOException {
            // A file where the directory should be: not even root can make it.
            Files.createDirectories(wal().getParent());
            Files.createDirectories(wal());
            try (Stream<Path> files = Files.list(wal())) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(wal());
            Files.writeString(wal(), "");
        }

        @Test
        void deliversAndCountsAndSaysSo() throws IOException {
            try (LogbackHarness harness = configure(SWITCHED, "<reserve>0</reserve>")) {
                WriteAheadAppender appender = harness.appender("WAL", WriteAheadAppender.class);
                harness.logger("a").error("before");
                breakDirectory();
                String large = "x".repeat(900_000);
                for (int i = 0; i < 40; i++) {
                    harness.logger("a").error("event {} {}", i, large);
                    // Memory has it that long; what it lets go of could not be read back.
                    assertThat(appender.flush(Duration.ofSeconds(20))).isTrue();
                }
                assertThat(appender.notJournalled()).isPositive();
                assertThat(appender.health().healthy()).isFalse();
                assertThat(appender.flush(Duration.ofSeconds(20))).isTrue();
                assertThat(appender.accounting().balance()).isEqualTo("received 41 = written 41");
                assertThat(harness.complaints())
                        .anyMatch(line -> line.startsWith("ERROR journal [" + wal() + "] cannot be written ("));
                Files.delete(wal());
                await().untilAsserted(() -> {
                    harness.logger("a").error("after");
                    assertThat(appender.health().healthy()).isTrue();
                });
                await().untilAsserted(() -> assertThat(SwitchedAppender.TAKEN)
                        .anyMatch(text -> text.startsWith("journal [" + wal() + "] is written again; ")));
            }
        }

        @Test
        void throwsIfThatIsWanted() throws IOException {
            try (LogbackHarness harness = configure(SWITCHED, "<reserve>0</reserve><onFailure>THROW</onFailure>")) {
                harness.logger("a").error("before");
                breakDirectory();
                String large = "x".repeat(900_000);
                assertThatThrownBy(() -> {
                            for (int i = 0; i < 40; i++) {
                                harness.logger("a").error(large);
                            }
                        })
                        .isInstanceOf(NotJournalledException.class)
                        .hasMessage("the journal cannot be written");
            }
        }
    }

    @Nested
    class OnAThreadThatIsInterrupted {

        @Test
        void startsAndStopsAsEver() {
            SwitchedAppender.down = true;
            try (LogbackHarness harness = configure(SWITCHED, "<stopTimeout>1 ms</stopTimeout>")) {
                log(harness, 0, 10);
                Thread.currentThread().interrupt();
            }
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
            SwitchedAppender.down = false;
            try (LogbackHarness harness = configure(SWITCHED, "")) {
                assertThat(Thread.currentThread().isInterrupted()).isTrue();
                assertThat(harness.appender("WAL", WriteAheadAppender.class).flush(Duration.ofSeconds(20)))
                        .isTrue();
                assertThat(harness.complaints()).isEmpty();
            }
            assertThat(Thread.interrupted()).isTrue();
            assertThat(SwitchedAppender.TAKEN).isEqualTo(messages(0, 10));
            assertThat(wal().resolve("instance-0")).doesNotExist();
        }
    }

    @Nested
    class StoppedAndStartedAgain {

        @Test
        void hasNothingLeftInItsBooks() {
            SwitchedAppender.down = true;
            try (LogbackHarness harness = configure(SWITCHED, "<stopTimeout>1 ms</stopTimeout>")) {
                WriteAheadAppender appender = harness.appender("WAL", WriteAheadAppender.class);
                log(harness, 0, 10);
                appender.stop();
                assertThat(appender.accounting().balance()).isEqualTo("received 10 = written 0 + queued 10");
                SwitchedAppender.down = false;
                harness.appender("SINK", SwitchedAppender.class).start();
                appender.start();
                log(harness, 10, 12);
                assertThat(appender.flush(Duration.ofSeconds(20))).isTrue();
                assertThat(appender.accounting().balance())
                        .isEqualTo("received 12 + replayed 10 = written 12 + discarded 10");
            }
            assertThat(SwitchedAppender.TAKEN).isEqualTo(messages(0, 12));
        }
    }

    @Nested
    class WhenACallFails {

        @Test
        void countsAnEventWhoseFilterFails() {
            try (LogbackHarness harness = configure(SWITCHED, FAILING)) {
                WriteAheadAppender appender = harness.appender("WAL", WriteAheadAppender.class);
                harness.logger("a").error("no memory");
                harness.logger("a").info("no memory");
                harness.logger("a").error("after");
                appender.flush(Duration.ofSeconds(20));
                assertThat(appender.accounting().balance()).isEqualTo("received 3 = written 1 + failed 2");
                assertThat(appender.notJournalled()).isEqualTo(1);
                assertThat(harness.complaints())
                        .containsExactly("ERROR journal [" + wal() + "]: an event could not be journalled:"
                                + " java.lang.OutOfMemoryError");
            }
            assertThat(SwitchedAppender.TAKEN).containsExactly("after");
        }

        @Test
        void throwsIfThatIsWanted() {
            try (LogbackHarness harness = configure(SWITCHED, FAILING + "<onFailure>THROW</onFailure>")) {
                harness.logger("a").info("no memory");
                assertThatThrownBy(() -> harness.logger("a").error("no memory"))
                        .isInstanceOf(NotJournalledException.class)
                        .hasMessage("the event could not be journalled: java.lang.OutOfMemoryError");
            }
        }

        private static final String FAILING = "<filter class='io.inkfast.wal.WriteAheadAppenderTest$NoMemory'/>";

        private final AtomicLong depth = new AtomicLong();

        /* Somewhere in our own code the stack ends: then no number is missing in the journal, and the event is in one bin. */
        @RepeatedTest(5)
        void keepsItsBooksWhereverTheStackEnds() throws Exception {
            try (LogbackHarness harness = configure(SWITCHED, "<osLevel>INFO</osLevel>")) {
                WriteAheadAppender appender = harness.appender("WAL", WriteAheadAppender.class);
                Logger logger = harness.logger("a");
                log(harness, 0, 300);
                logger.error("before");
                StackEnd.around(() -> logger.info("deep {}", depth.incrementAndGet()));
                logger.error("after");
                assertThat(appender.flush(Duration.ofSeconds(20))).isTrue();
                assertThat(appender.accounting().balanced()).isTrue();
                assertThat(appender.accounting().queued()).isZero();
                assertThat(SwitchedAppender.TAKEN).endsWith("after").hasSize((int)
                        appender.accounting().written());
                assertThat(harness.complaints()).noneMatch(line -> line.contains("read back"));
            }
            assertThat(JournalReader.of(wal()).condition()).isEqualTo(JournalReader.Condition.CLEAN);
        }
    }

    /** Has no memory for some events. */
    public static final class NoMemory extends Filter<ILoggingEvent> {

        @Override
        public FilterReply decide(ILoggingEvent event) {
            if (event.getMessage().equals("no memory")) {
                throw new OutOfMemoryError("secret");
            }
            return FilterReply.NEUTRAL;
        }
    }

    @Nested
    class WhenTheJournalIsFull {

        private static final int WRITTEN = 45;
        private static final String SMALL =
                "<maxSize>64MB</maxSize><reserve>0</reserve><syncTimeout>50 ms</syncTimeout>"
                        + "<stopTimeout>1 ms</stopTimeout>";

        private void fill(LogbackHarness harness) {
            WriteAheadAppender appender = harness.appender("WAL", WriteAheadAppender.class);
            String large = "x".repeat(500_000);
            for (int i = 0; appender.accounting().dropped() == 0; i++) {
                harness.logger("a").info("event {} {}", i, large);
                harness.logger("a").warn("written");
            }
        }

        @Test
        void saysOfWhatMattersThatItIsNotInTheJournal() {
            SwitchedAppender.down = true;
            try (LogbackHarness harness = configure(SWITCHED, SMALL)) {
                WriteAheadAppender appender = harness.appender("WAL", WriteAheadAppender.class);
                fill(harness);
                long before = appender.accounting().dropped();
                long known = appender.notJournalled();
                harness.logger("a").info("below both levels");
                assertThat(appender.notJournalled()).isEqualTo(known);
                harness.logger("a").warn("from <osLevel> on");
                harness.logger("a").error("from <diskLevel> on");
                assertThat(appender.notJournalled()).isEqualTo(known + 2);
                assertThat(appender.accounting().dropped()).isEqualTo(before + 3);
                assertThat(appender.accounting().balanced()).isTrue();
            }
        }

        @Test
        void showsWhatMattersOnStandardError() {
            SwitchedAppender.down = true;
            PrintStream before = System.err;
            ByteArrayOutputStream shown = new ByteArrayOutputStream();
            try (LogbackHarness harness = configure(SWITCHED, SMALL)) {
                fill(harness);
                System.setErr(new PrintStream(shown, true, StandardCharsets.UTF_8));
                harness.logger("com.acme.Till").info("secret one");
                harness.logger("com.acme.Till").error("secret two");
            } finally {
                System.setErr(before);
            }
            assertThat(shown.toString(StandardCharsets.UTF_8))
                    .matches("\\S+ ERROR com.acme.Till \\[event dropped: appender \\[WAL] has no room for it]\\R");
        }

        @Test
        void letsAllEventsWaitForRoomIfThatIsWanted() {
            SwitchedAppender.down = true;
            try (LogbackHarness harness = configure(
                    SWITCHED,
                    "<overflow>block_timeout</overflow><maxSize>64MB</maxSize><reserve>0</reserve>"
                            + "<stopTimeout>1 ms</stopTimeout>")) {
                WriteAheadAppender appender = harness.appender("WAL", WriteAheadAppender.class);
                Thread logs = new Thread(() -> {
                    String large = "x".repeat(500_000);
                    for (int i = 0; i < 200; i++) {
                        harness.logger("a").debug("event {} {}", i, large);
                    }
                });
                logs.start();
                // Until it is full, and one call waits.
                await().atMost(Duration.ofSeconds(40))
                        .until(() -> Arrays.stream(logs.getStackTrace())
                                .anyMatch(frame -> frame.getMethodName().equals("parkNanos")
                                        && appender.accounting().received() > 40));
                SwitchedAppender.down = false;
                await().atMost(Duration.ofSeconds(40)).until(() -> !logs.isAlive());
                assertThat(appender.flush(Duration.ofSeconds(30))).isTrue();
                assertThat(appender.accounting().balance()).isEqualTo("received 200 = written 200");
                assertThat(harness.complaints()).noneMatch(line -> line.contains("dropped"));
            }
        }

        @Test
        void throwsIfThatIsWanted() {
            SwitchedAppender.down = true;
            try (LogbackHarness harness = configure(SWITCHED, SMALL + "<onFailure>THROW</onFailure>")) {
                fill(harness);
                harness.logger("a").warn("not a matter of <diskLevel>");
                assertThatThrownBy(() -> harness.logger("a").error("of the audit"))
                        .isInstanceOf(NotJournalledException.class)
                        .hasMessage("<maxSize> is reached");
            }
        }

        @Test
        void saysInTheLogWhatItLacksOfEachLevel() {
            SwitchedAppender.down = true;
            try (LogbackHarness harness = configure(SWITCHED, SMALL)) {
                WriteAheadAppender appender = harness.appender("WAL", WriteAheadAppender.class);
                fill(harness);
                harness.logger("a").error("lost");
                harness.logger("a").debug("lost");
                long dropped = appender.accounting().dropped();
                SwitchedAppender.down = false;
                assertThat(appender.flush(Duration.ofSeconds(30))).isTrue();
                await().untilAsserted(() -> assertThat(SwitchedAppender.TAKEN.get(SwitchedAppender.TAKEN.size() - 1))
                        .startsWith("journal [" + wal() + "]: " + dropped + " events dropped (ERROR 1, ")
                        .contains("DEBUG 1) between "));
            }
        }

        @Test
        void dropsWhatIsBelowWarnAndKeepsTheBooks() {
            SwitchedAppender.down = true;
            try (LogbackHarness harness = configure(
                    SWITCHED,
                    "<maxSize>64MB</maxSize><reserve>0</reserve><syncTimeout>50 ms</syncTimeout>"
                            + "<stopTimeout>1 ms</stopTimeout>")) {
                WriteAheadAppender appender = harness.appender("WAL", WriteAheadAppender.class);
                String large = "x".repeat(500_000);
                for (int i = 0; i < 200; i++) {
                    harness.logger("a").info("event {} {}", i, large);
                    if (i < WRITTEN) {
                        // Waits until the disk has kept up: what is dropped is dropped for want of room.
                        harness.logger("a").warn("written");
                    }
                }
                assertThat(appender.accounting().dropped()).isBetween(120L, 150L);
                assertThat(appender.accounting().balanced()).isTrue();
                assertThat(harness.complaints())
                        .contains("ERROR journal [" + wal() + "]: <maxSize> is reached; an event was dropped");
                SwitchedAppender.down = false;
                assertThat(appender.flush(Duration.ofSeconds(30))).isTrue();
                assertThat(SwitchedAppender.TAKEN.stream().filter(text -> !text.startsWith("journal ")))
                        .hasSize((int) (200 + WRITTEN - appender.accounting().dropped()));
                await().untilAsserted(() -> {
                    long dropped = appender.accounting().dropped();
                    harness.logger("a").info("again");
                    assertThat(appender.accounting().dropped()).isEqualTo(dropped);
                });
            }
        }
    }

    @Nested
    class Misconfigured {

        @Test
        void saysThatTwoHaveOneDirectory() {
            String twice = "<appender name='%s' class='io.inkfast.wal.WriteAheadAppender'><directory>" + directory
                    + "/%s</directory><appender-ref ref='SINK'/></appender>";
            try (LogbackHarness harness = LogbackHarness.configure(
                    directory,
                    SWITCHED + twice.formatted("ONE", "wal") + twice.formatted("TWO", "./wal")
                            + "<root level='TRACE'><appender-ref ref='ONE'/><appender-ref ref='TWO'/></root>")) {
                assertThat(harness.complaints())
                        .contains("ERROR appender [TWO]: <directory> [" + wal()
                                + "] is also that of appender [ONE]; each needs one of its own");
                assertThat(harness.appender("ONE", WriteAheadAppender.class).isStarted())
                        .isTrue();
                assertThat(harness.appender("TWO", WriteAheadAppender.class).isStarted())
                        .isFalse();
                harness.appender("ONE", WriteAheadAppender.class).stop();
                harness.appender("SINK", SwitchedAppender.class).start();
                harness.appender("TWO", WriteAheadAppender.class).start();
                assertThat(harness.appender("TWO", WriteAheadAppender.class).isStarted())
                        .isTrue();
            }
        }

        @Test
        void namesEveryProblemAndStaysStopped() {
            try (LogbackHarness harness = configure(
                    SWITCHED,
                    "<diskLevel>ERORR</diskLevel><osLevel>loud</osLevel><reserve>much</reserve><onFailure>x</onFailure>"
                            + "<overflow>BLOCK</overflow>"
                            + "<syncTimeout>${UNSET}</syncTimeout>")) {
                assertThat(harness.complaints())
                        .contains(
                                "ERROR appender [WAL]: <diskLevel> [ERORR] is not one of TRACE, DEBUG, INFO, WARN, ERROR,"
                                        + " OFF",
                                "ERROR appender [WAL]: <onFailure> [x] is not one of DEGRADE, THROW",
                                "ERROR appender [WAL]: <overflow> [BLOCK] is not one of DROP_NEWEST, BLOCK_TIMEOUT")
                        .anyMatch(line -> line.contains("<reserve> [much]"))
                        .anyMatch(line -> line.contains("UNSET"));
                assertThat(harness.appender("WAL", WriteAheadAppender.class).isStarted())
                        .isFalse();
                harness.logger("a").error("rejected");
                assertThat(harness.appender("WAL", WriteAheadAppender.class)
                                .accounting()
                                .balance())
                        .isEqualTo("received 1 = written 0 + rejected 1");
            }
        }

        @Test
        void behindAnAsynchronousFront() {
            try (LogbackHarness harness = LogbackHarness.configure(
                    directory,
                    SWITCHED + "<appender name='WAL' class='io.inkfast.wal.WriteAheadAppender'><directory>" + wal()
                            + "</directory><appender-ref ref='SINK'/></appender>"
                            + "<appender name='ASYNC' class='io.inkfast.async.AsyncBatchingAppender'>"
                            + "<appender-ref ref='WAL'/></appender>"
                            + "<root level='TRACE'><appender-ref ref='ASYNC'/></root>")) {
                assertThat(harness.complaints())
                        .contains(
                                "ERROR appender [ASYNC]: [WAL] is behind this appender; a call would return before the"
                                        + " event is safe: let loggers refer to [WAL] directly");
            }
        }

        @Test
        void behindLogbacksAsyncAppender() {
            try (LogbackHarness harness = LogbackHarness.configure(
                    directory,
                    SWITCHED + "<appender name='WAL' class='io.inkfast.wal.WriteAheadAppender'><directory>" + wal()
                            + "</directory><appender-ref ref='SINK'/></appender>"
                            + "<appender name='ASYNC' class='ch.qos.logback.classic.AsyncAppender'>"
                            + "<appender-ref ref='WAL'/></appender>"
                            + "<logger name='a.b' level='TRACE'><appender-ref ref='ASYNC'/></logger>")) {
                assertThat(harness.complaints())
                        .containsExactly(
                                "WARN appender [WAL]: [ASYNC] in front of it may return to the application before the"
                                        + " event is safe, and lose what it holds when the process dies; let loggers"
                                        + " refer to [WAL] directly");
            }
        }
    }
}
