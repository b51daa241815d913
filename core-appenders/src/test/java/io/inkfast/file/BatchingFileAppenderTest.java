package io.inkfast.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import io.inkfast.component.Accounting;
import io.inkfast.testing.LogbackHarness;
import io.inkfast.testing.StackEnd;
import io.inkfast.testing.StoppedHealth;
import io.inkfast.testing.TestEncoders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BatchingFileAppenderTest {

    static final String PATTERN = "<encoder><pattern>%msg%n</pattern></encoder>";

    @TempDir
    Path directory;

    private Path log() {
        return directory.resolve("app.log");
    }

    private LogbackHarness configure(String elements) {
        return LogbackHarness.configure(directory, appender("FILE", elements));
    }

    private static String appender(String name, String elements) {
        return "<appender name=\"" + name + "\" class=\"io.inkfast.file.BatchingFileAppender\">" + elements
                + "</appender><root level=\"DEBUG\"><appender-ref ref=\"" + name + "\"/></root>";
    }

    private static String encoder(Class<?> type) {
        return "<encoder class=\"" + type.getName() + "\"/>";
    }

    private LogbackHarness plain() {
        return configure("<file>" + log() + "</file>" + PATTERN);
    }

    private static BatchingFileAppender file(LogbackHarness harness) {
        return harness.appender("FILE", BatchingFileAppender.class);
    }

    private static List<ILoggingEvent> events(LogbackHarness harness, String... messages) {
        List<ILoggingEvent> events = new ArrayList<>();
        for (String message : messages) {
            events.add(new LoggingEvent(
                    "x", harness.context().getLogger("a"), ch.qos.logback.classic.Level.INFO, message, null, null));
        }
        return events;
    }

    private static void assertBalanced(BatchingFileAppender appender) {
        Accounting books = appender.accounting();
        assertThat(books.balanced()).as(books.balance()).isTrue();
        assertThat(books.queued()).as(books.balance()).isZero();
    }

    @Nested
    class Plain {

        @Test
        void writesEachEventBeforeTheCallReturns() throws IOException {
            Path log = directory.resolve("new/dir/app.log");
            try (LogbackHarness harness = configure("<file>" + log + "</file>" + PATTERN)) {
                harness.logger("a").info("one");
                assertThat(Files.readString(log)).isEqualTo("one\n");
                assertThat(harness.complaints()).isEmpty();
                assertThat(file(harness).accounting().balance()).isEqualTo("received 1 = written 1");
                assertThat(file(harness).getFile()).isEqualTo(log.toString());
                assertThat(file(harness).health().healthy()).isTrue();
            }
        }

        @Test
        void createsFilesForOwnerAndGroupOnly() throws IOException {
            Path log = directory.resolve("new/app.log");
            try (LogbackHarness harness = configure("<file>" + log + "</file>" + PATTERN)) {
                assertThat(modes(log)).isEqualTo("rw-r-----");
                assertThat(modes(log.getParent())).isEqualTo("rwxr-x---");
                assertThat(modes(directory.resolve("new/.app.log.lock"))).isEqualTo("rw-------");
            }
            assertThat(directory.resolve("new/.app.log.lock")).doesNotExist();
        }

        private String modes(Path path) throws IOException {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        }

        @Test
        void appendsByDefaultAndTruncatesIfTold() throws IOException {
            Files.writeString(log(), "old\n");
            try (LogbackHarness harness = plain()) {
                harness.logger("a").info("one");
                assertThat(Files.readString(log())).isEqualTo("old\none\n");
            }
            try (LogbackHarness harness = configure("<append>false</append><file>" + log() + "</file>" + PATTERN)) {
                harness.logger("a").info("two");
                assertThat(harness.complaints()).isEmpty();
                assertThat(Files.readString(log())).isEqualTo("two\n");
            }
        }

        @Test
        void doesNotGlueALineToOneThatACrashHasTorn() throws IOException {
            Files.writeString(log(), "{\"torn\":");
            try (LogbackHarness harness = plain()) {
                harness.logger("a").info("whole");
                assertThat(Files.readString(log())).isEqualTo("{\"torn\":\nwhole\n");
            }
        }

        @Test
        void writesHeaderAndFooter() throws IOException {
            try (LogbackHarness harness =
                    configure("<file>" + log() + "</file>" + encoder(TestEncoders.Framed.class))) {
                harness.logger("a").info("one");
            }
            assertThat(Files.readString(log())).isEqualTo("<log>\none\n</log>\n");
        }

        @Test
        void losesTheOneEventAtWhichTheEncoderFailsAndNothingOfItIsInTheFile() throws IOException {
            try (LogbackHarness harness =
                    configure("<file>" + log() + "</file>" + encoder(TestEncoders.Failing.class))) {
                for (String message : List.of("one", "io", "two", "linkage", "memory", "stack", "three")) {
                    harness.logger("a").info(message);
                }
                assertThat(Files.readString(log())).isEqualTo("one\ntwo\nthree\n");
                assertThat(file(harness).accounting().balance()).isEqualTo("received 7 = written 3 + failed 4");
                assertThat(harness.complaints())
                        .containsExactly("ERROR the encoder failed with java.io.IOException; the event is lost");
            }
        }

        @Test
        void takesABatchAndWritesItAtOnce() throws IOException {
            try (LogbackHarness harness =
                    configure("<file>" + log() + "</file>" + encoder(TestEncoders.Failing.class))) {
                BatchingFileAppender appender = file(harness);
                appender.addFilter(new Denying());
                assertThat(appender.append(events(harness, "one", "io", "deny", "two"), 1))
                        .isEqualTo(4);
                assertThat(appender.settled()).isEqualTo(4);
                assertThat(appender.append(events(harness, "deny"), 5)).isEqualTo(1);
                assertThat(appender.settled()).isEqualTo(5);
                assertThat(appender.sync(5, Duration.ofSeconds(5))).isEqualTo(5);
                assertThat(Files.readString(log())).isEqualTo("one\ntwo\n");
                assertThat(appender.accounting().balance()).isEqualTo("received 5 = written 2 + filtered 2 + failed 1");
            }
        }

        @Test
        void takesABatchOfManyChunks() throws IOException {
            try (LogbackHarness harness = plain()) {
                String[] messages = new String[3000];
                for (int i = 0; i < messages.length; i++) {
                    messages[i] = i + " " + "x".repeat(i % 200);
                }
                assertThat(file(harness).append(events(harness, messages), 1)).isEqualTo(3000);
                assertThat(file(harness).settled()).isEqualTo(3000);
                assertThat(Files.readAllLines(log())).containsExactly(messages);
                assertBalanced(file(harness));
            }
        }

        @Test
        void appliesItsFilters() throws IOException {
            try (LogbackHarness harness = configure("<file>" + log() + "</file><filter"
                    + " class=\"ch.qos.logback.classic.filter.ThresholdFilter\"><level>WARN</level></filter>"
                    + PATTERN)) {
                harness.logger("a").info("one");
                harness.logger("a").warn("two");
                assertThat(Files.readString(log())).isEqualTo("two\n");
                assertThat(file(harness).accounting().balance()).isEqualTo("received 2 = written 1 + filtered 1");
            }
        }

        @Test
        void writesEventsThatAreLoggedWhileOneIsEncoded() throws IOException {
            try (LogbackHarness harness = plain()) {
                Logger logger = harness.logger("a");
                logger.info("outer {}", new Object() {
                    @Override
                    public String toString() {
                        logger.info("inner");
                        return "done";
                    }
                });
                assertThat(Files.readAllLines(log())).containsExactly("inner", "outer done");
            }
        }

        @RepeatedTest(20)
        void survivesAToStringThatLogsItself() throws IOException {
            try (LogbackHarness harness = plain()) {
                Logger logger = harness.logger("a");
                Object endless = new Object() {
                    @Override
                    public String toString() {
                        logger.info("again {}", this);
                        return "never";
                    }
                };
                // Classes that are loaded first at the end of the stack would stay broken.
                logger.info("before");
                logger.info("first {}", endless);
                logger.info("after");
                // A write that ran out of stack is tried again a little later.
                assertThat(file(harness).flush(Duration.ofSeconds(30))).isTrue();
                assertThat(Files.readAllLines(log())).contains("after");
                assertBalanced(file(harness));
            }
        }

        /* Somewhere in our own code the stack ends: then the event is in one bin all the same, and no lock is kept. */
        @Test
        void keepsItsBooksWhereverTheStackEnds() throws Exception {
            try (LogbackHarness harness = plain()) {
                Logger logger = harness.logger("a");
                logger.info("before");
                StackEnd.around(() -> logger.info("deep {}", depth.incrementAndGet()));
                logger.info("after");
                await().until(() -> file(harness).flush(Duration.ofSeconds(1)));
                assertBalanced(file(harness));
                List<String> lines = Files.readAllLines(log());
                assertThat(lines).endsWith("after").allMatch(line -> line.matches("before|after|deep \\d+"));
                assertThat(lines).doesNotHaveDuplicates();
                assertThat(lines).hasSize((int) file(harness).accounting().written());
            }
        }

        private final AtomicLong depth = new AtomicLong();

        /* As a call does that stop() overtakes. */
        @Test
        void countsOnceWhatFindsTheFileClosed() {
            try (LogbackHarness harness = plain()) {
                BatchingFileAppender appender = file(harness);
                harness.logger("a").info("one");
                assertThat(appender.gate().close(Duration.ofSeconds(10))).isTrue();
                harness.logger("a").info("late");
                assertThat(appender.accounting().balance()).isEqualTo("received 2 = written 1 + rejected 1");
            }
        }

        @Test
        void itsHealthSaysSinceWhenItIsNotRunning() {
            try (LogbackHarness harness = plain()) {
                StoppedHealth.check(new BatchingFileAppender(), file(harness));
            }
        }

        @Test
        void startsAgainAfterStop() throws IOException {
            try (LogbackHarness harness = plain()) {
                BatchingFileAppender appender = file(harness);
                harness.logger("a").info("one");
                appender.start();
                appender.stop();
                appender.stop();
                harness.logger("a").info("lost");
                assertThat(appender.append(events(harness, "lost"), 1)).isEqualTo(1);
                assertThat(appender.settled()).isEqualTo(1);
                appender.start();
                harness.logger("a").info("two");
                assertThat(Files.readString(log())).isEqualTo("one\ntwo\n");
                assertThat(appender.accounting().balance()).isEqualTo("received 4 = written 2 + rejected 2");
                assertThat(harness.statuses())
                        .contains(
                                "INFO writing to [" + log() + "]",
                                "INFO appender [FILE] is stopped; received 1 = written 1");
                assertThat(harness.complaints()).isEmpty();
            }
        }

        @Test
        void tellsHowItIsOverJmx() throws Exception {
            var server = java.lang.management.ManagementFactory.getPlatformMBeanServer();
            var name = new javax.management.ObjectName("io.inkfast:type=Appender,context=\"test\",name=\"JMX-FILE\"");
            try (LogbackHarness harness =
                    LogbackHarness.configure(directory, appender("JMX-FILE", "<file>" + log() + "</file>" + PATTERN))) {
                harness.logger("a").info("one");
                assertThat(server.getAttribute(name, "Written")).isEqualTo(1L);
                assertThat(server.getAttribute(name, "Healthy")).isEqualTo(true);
            }
            assertThat(server.isRegistered(name)).isFalse();
        }
    }

    @Nested
    class ManyThreads {

        @Test
        void keepsEveryLineWholeAndInOrder() throws Exception {
            hammer(runnable -> new Thread(runnable), 8, 5_000);
        }

        @Test
        void takesVirtualThreads() throws Exception {
            ThreadFactory virtual = virtualThreads();
            hammer(virtual != null ? virtual : Thread::new, 500, 20);
        }

        /* They came with Java 21. */
        private ThreadFactory virtualThreads() throws ReflectiveOperationException {
            try {
                Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
                return (ThreadFactory) Class.forName("java.lang.Thread$Builder")
                        .getMethod("factory")
                        .invoke(builder);
            } catch (NoSuchMethodException e) {
                return null;
            }
        }

        private void hammer(ThreadFactory factory, int threads, int each) throws Exception {
            try (LogbackHarness harness = plain()) {
                Logger logger = harness.logger("a");
                List<Thread> all = new ArrayList<>();
                for (int t = 0; t < threads; t++) {
                    int id = t;
                    all.add(factory.newThread(() -> {
                        for (int i = 0; i < each; i++) {
                            logger.info("{} {}", id, i);
                        }
                    }));
                }
                all.forEach(Thread::start);
                for (Thread thread : all) {
                    thread.join();
                }
                int[] next = new int[threads];
                for (String line : Files.readAllLines(log())) {
                    String[] parts = line.split(" ");
                    assertThat(Integer.parseInt(parts[1])).isEqualTo(next[Integer.parseInt(parts[0])]++);
                }
                assertThat(next).containsOnly(each);
                assertThat(file(harness).accounting().balance())
                        .isEqualTo("received " + threads * each + " = written " + threads * each);
            }
        }

        @Test
        void losesNothingToInterrupts() throws Exception {
            try (LogbackHarness harness = plain()) {
                Logger logger = harness.logger("a");
                AtomicLong kept = new AtomicLong();
                for (int i = 0; i < 10_000; i++) {
                    Thread.currentThread().interrupt();
                    logger.info("{}", i);
                    if (Thread.interrupted()) {
                        kept.incrementAndGet();
                    }
                }
                Thread logging = new Thread(() -> {
                    for (int i = 10_000; i < 20_000; i++) {
                        logger.info("{}", i);
                    }
                });
                logging.start();
                while (logging.isAlive()) {
                    logging.interrupt();
                }
                logging.join();
                assertThat(kept.get()).isEqualTo(10_000);
                // In a storm of interrupts a line may be left to the appender's own thread, which nobody interrupts.
                assertThat(file(harness).flush(Duration.ofSeconds(30))).isTrue();
                List<String> lines = Files.readAllLines(log());
                for (int i = 0; i < 20_000; i++) {
                    assertThat(lines.get(i)).isEqualTo(Integer.toString(i));
                }
                assertThat(file(harness).accounting().balance()).isEqualTo("received 20000 = written 20000");
            }
        }

        @Test
        void balancesWhenItIsStoppedAndStartedUnderLoad() throws Exception {
            try (LogbackHarness harness = plain()) {
                Logger logger = harness.logger("a");
                BatchingFileAppender appender = file(harness);
                AtomicBoolean enough = new AtomicBoolean();
                AtomicLong sent = new AtomicLong();
                List<Thread> threads = new ArrayList<>();
                CountDownLatch running = new CountDownLatch(4);
                for (int t = 0; t < 4; t++) {
                    Thread thread = new Thread(() -> {
                        running.countDown();
                        while (!enough.get()) {
                            logger.info("line {}", sent.incrementAndGet());
                        }
                    });
                    threads.add(thread);
                    thread.start();
                }
                running.await();
                for (int i = 0; i < 30; i++) {
                    long seen = appender.accounting().written();
                    await().until(() -> appender.accounting().written() > seen + 20);
                    appender.stop();
                    appender.start();
                }
                enough.set(true);
                for (Thread thread : threads) {
                    thread.join();
                }
                Accounting books = appender.accounting();
                assertThat(books.received()).isEqualTo(sent.get());
                assertThat(books.balance())
                        .isEqualTo("received " + sent + " = written " + books.written()
                                + (books.rejected() == 0 ? "" : " + rejected " + books.rejected()));
                try (Stream<String> lines = Files.lines(log())) {
                    assertThat(lines.filter(line -> line.matches("line \\d+")).count())
                            .isEqualTo(books.written());
                }
                assertThat(harness.complaints()).isEmpty();
            }
        }
    }

    @Nested
    class OtherPrograms {

        @Test
        void findsARenamedFileAndMakesANewOne() throws IOException {
            try (LogbackHarness harness = plain()) {
                harness.logger("a").info("one");
                Path moved = directory.resolve("app.log.1");
                Files.move(log(), moved);
                logUntilThereIs(log(), harness);
                List<String> lines = new ArrayList<>(Files.readAllLines(moved));
                assertThat(lines).startsWith("one");
                lines.addAll(Files.readAllLines(log()));
                assertThat(lines).hasSize((int) file(harness).accounting().written());
                assertThat(harness.statuses())
                        .contains("INFO [" + log() + "] was moved, deleted or changed by another program; going on in"
                                + " [app.log] as it is now");
                assertBalanced(file(harness));
                assertThat(harness.complaints()).isEmpty();
            }
        }

        @Test
        void makesFileAndDirectoryAnewWhenTheyWereDeleted() throws IOException {
            Path log = directory.resolve("logs/app.log");
            try (LogbackHarness harness = configure("<file>" + log + "</file>" + PATTERN)) {
                harness.logger("a").info("one");
                Files.delete(directory.resolve("logs/.app.log.lock"));
                Files.delete(log);
                Files.delete(log.getParent());
                logUntilThereIs(log, harness);
                assertThat(Files.readString(log)).isEqualTo("more\n");
                assertBalanced(file(harness));
            }
        }

        /* The appender looks for its file once in a millisecond. */
        private void logUntilThereIs(Path log, LogbackHarness harness) {
            await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2)).until(() -> {
                harness.logger("a").info("more");
                return Files.exists(log);
            });
        }

        @Test
        void goesOnAtTheEndOfAFileThatWasCut() throws IOException {
            try (LogbackHarness harness = plain()) {
                harness.logger("a").info("one");
                Files.newOutputStream(log()).close();
                harness.logger("a").info("two");
                assertThat(Files.readString(log())).isEqualTo("two\n");
            }
        }

        @Test
        void giveASecondWriterInThisJvmAFileOfItsOwn() throws IOException {
            Path other = Path.of(log() + "." + ProcessHandle.current().pid());
            try (LogbackHarness first = plain()) {
                try (LogbackHarness second = plain();
                        LogbackHarness third = plain()) {
                    first.logger("a").info("one");
                    second.logger("a").info("two");
                    third.logger("a").info("three");
                    assertThat(Files.readString(log())).isEqualTo("one\n");
                    assertThat(Files.readString(other)).isEqualTo("two\n");
                    assertThat(Files.readString(Path.of(other + ".2"))).isEqualTo("three\n");
                    assertThat(first.complaints()).isEmpty();
                    assertThat(second.complaints())
                            .containsExactly(
                                    "WARN [" + log() + "] has another writer; writing to [" + other + "] instead");
                }
                first.logger("a").info("more");
                assertThat(Files.readString(log())).isEqualTo("one\nmore\n");
            }
            try (LogbackHarness next = plain()) {
                assertThat(next.complaints()).isEmpty();
            }
        }

        @Test
        void giveASecondWriterInAnotherJvmAFileOfItsOwn() throws Exception {
            try (LogbackHarness first = plain()) {
                Process process = new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                SecondWriter.class.getName(),
                                log().toString())
                        .redirectErrorStream(true)
                        .start();
                String said =
                        new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
                assertThat(process.waitFor()).as(said).isZero();
                first.logger("a").info("ours");
                Path other = Path.of(log() + "." + process.pid());
                assertThat(said)
                        .contains("WARN [" + log() + "] has another writer; writing to [" + other + "] instead");
                assertThat(Files.readString(log())).isEqualTo("ours\n");
                assertThat(Files.readString(other)).isEqualTo("theirs\n");
            }
        }
    }

    /** Run in a JVM of its own. */
    static final class SecondWriter {

        private SecondWriter() {}

        public static void main(String[] arguments) throws IOException {
            Path directory = Files.createTempDirectory("second");
            try (LogbackHarness harness = LogbackHarness.configure(
                    directory, appender("FILE", "<file>" + arguments[0] + "</file>" + PATTERN))) {
                harness.logger("a").info("theirs");
                harness.statuses().forEach(System.out::println);
            }
        }
    }

    @Nested
    class WhenTheFileCannotBeWritten {

        /* A directory in the file's place refuses even root; the appender looks for its file once in a millisecond. */
        private void refuse(Path log) throws IOException {
            Files.delete(log);
            Files.createDirectory(log);
            long created = System.nanoTime();
            while (System.nanoTime() - created < 2_000_000) {
                Thread.onSpinWait();
            }
        }

        @Test
        void keepsEventsUpToItsRoomAndWritesThemLater() throws IOException {
            try (LogbackHarness harness =
                    configure("<maxQueuedBytes>1KB</maxQueuedBytes><file>" + log() + "</file>" + PATTERN)) {
                BatchingFileAppender appender = file(harness);
                harness.logger("a").info("0");
                refuse(log());
                for (int i = 1; i <= 200; i++) {
                    harness.logger("a").info("{}", i);
                }
                Accounting books = appender.accounting();
                assertThat(books.queued()).isBetween(50L, 80L);
                assertThat(books.dropped()).isEqualTo(200 - books.queued());
                assertThat(appender.health().healthy()).isFalse();
                assertThat(appender.health().lastError()).isEqualTo("java.nio.file.FileSystemException");
                assertThat(appender.health().oldestQueuedAge()).isPositive();
                assertThat(appender.flush(Duration.ofMillis(10))).isFalse();

                Files.delete(log());
                assertThat(appender.flush(Duration.ofSeconds(30))).isTrue();
                assertThat(appender.health().healthy()).isTrue();
                harness.logger("a").info("last");
                List<String> lines = Files.readAllLines(log());
                for (int i = 0; i < books.queued(); i++) {
                    assertThat(lines.get(i)).isEqualTo(Integer.toString(i + 1));
                }
                assertThat(lines).hasSize((int) books.queued() + 1).endsWith("last");
                assertThat(appender.accounting().balance())
                        .isEqualTo("received 202 = written " + (2 + books.queued()) + " + dropped " + books.dropped());
                assertThat(harness.complaints())
                        .containsExactly(
                                "ERROR cannot write to [" + log() + "]: java.nio.file.FileSystemException (" + log()
                                        + ": Is a directory); events are kept and the file is tried again",
                                "WARN <maxQueuedBytes> of events wait for the file; dropping what comes");
                assertThat(harness.statuses())
                        .contains("INFO writing to [" + log() + "] again; " + books.dropped()
                                + " events were dropped meanwhile");
            }
        }

        @Test
        void startsAllTheSameAndTakesNoMoreBatchesThanOne() throws IOException {
            Path logs = directory.resolve("logs");
            Path log = logs.resolve("app.log");
            Files.createFile(logs);
            try (LogbackHarness harness = configure("<file>" + log + "</file>" + PATTERN)) {
                BatchingFileAppender appender = file(harness);
                assertThat(appender.isStarted()).isTrue();
                assertThat(appender.append(events(harness, "one", "two"), 1)).isZero();
                assertThat(harness.complaints())
                        .containsExactly("ERROR cannot write to [" + log
                                + "]: java.nio.file.FileSystemException (" + log
                                + ": Not a directory); events are kept and the file is tried again");
                // So says a front that wants to know what is durable: before it hands anything over.
                assertThat(appender.sync(0, Duration.ZERO)).isZero();
                Files.delete(logs);
                await().until(() -> appender.append(events(harness, "one", "two"), 1) == 2);
                assertThat(appender.settled()).isEqualTo(2);
                refuse(log);
                assertThat(appender.append(events(harness, "three"), 3)).isEqualTo(1);
                assertThat(appender.settled()).isEqualTo(2);
                assertThat(appender.append(events(harness, "four"), 4)).isZero();
                assertThat(appender.sync(3, Duration.ofMillis(20))).isEqualTo(2);
                assertThat(appender.accounting().balance()).isEqualTo("received 3 = written 2 + queued 1");
                Files.delete(log);
                assertThat(appender.sync(3, Duration.ofSeconds(30))).isEqualTo(3);
                assertThat(Files.readString(log)).isEqualTo("three\n");
                assertBalanced(appender);
            }
        }

        @Test
        void countsWhatIsLeftAtTheEnd() throws IOException {
            try (LogbackHarness harness = plain()) {
                BatchingFileAppender appender = file(harness);
                harness.logger("a").info("one");
                refuse(log());
                harness.logger("a").info("two");
                harness.logger("a").info("three");
                appender.stop();
                assertThat(appender.accounting().balance()).isEqualTo("received 3 = written 1 + discarded 2");
                assertThat(harness.statuses())
                        .contains("INFO appender [FILE] is stopped; received 3 = written 1 + discarded 2");
            }
        }
    }

    /** Denies one message. */
    public static final class Denying extends Filter<ILoggingEvent> {
        @Override
        public FilterReply decide(ILoggingEvent event) {
            return event.getMessage().equals("deny") ? FilterReply.DENY : FilterReply.NEUTRAL;
        }
    }
}
