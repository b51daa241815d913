package io.inkfast.wal;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.recorder.FlightRecorderAppender;
import io.inkfast.testing.LogbackHarness;
import io.inkfast.testing.Torture;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An interrupt closes a file channel for everybody who uses it: here all threads that log are interrupted all the time. */
@Tag(Torture.TAG)
@Timeout(3600)
class InterruptStormTest {

    private static final int THREADS = 20;
    private static final Pattern MESSAGE = Pattern.compile("\"message\":\"event (\\d+)\"");

    @TempDir
    Path folder;

    private LogbackHarness harness;

    @BeforeEach
    void configure() {
        harness = LogbackHarness.configure(
                folder,
                "<appender name='SINK' class='io.inkfast.file.BatchingFileAppender'><file>" + log() + "</file>"
                        + "<encoder class='io.inkfast.mask.RedactingJsonEncoder'/></appender>"
                        + "<appender name='WAL' class='io.inkfast.wal.WriteAheadAppender'><directory>"
                        + folder.resolve("wal") + "</directory><syncTimeout>1 minute</syncTimeout>"
                        + "<appender-ref ref='SINK'/></appender>"
                        + "<appender name='RECORDER' class='io.inkfast.recorder.FlightRecorderAppender'><directory>"
                        + folder.resolve("flight") + "</directory><dumpOn>ERROR</dumpOn></appender>"
                        + "<root level='INFO'><appender-ref ref='WAL'/><appender-ref ref='RECORDER'/></root>");
    }

    @AfterEach
    void stop() {
        harness.close();
    }

    private Path log() {
        return folder.resolve("app.json");
    }

    /* Every third one waits for the disk, another third for the kernel. */
    private void logOne(int number) {
        switch (number % 3) {
            case 0 -> harness.logger("a").error("event {}", number);
            case 1 -> harness.logger("a").warn("event {}", number);
            default -> harness.logger("a").info("event {}", number);
        }
    }

    private void logInterrupted(int number) {
        Thread.currentThread().interrupt();
        logOne(number);
        assertThat(Thread.interrupted()).as("the flag after event %d", number).isTrue();
    }

    private void check(int events) throws IOException {
        WriteAheadAppender journal = harness.appender("WAL", WriteAheadAppender.class);
        assertThat(journal.flush(Duration.ofMinutes(1))).isTrue();
        assertThat(journal.accounting().balance()).isEqualTo("received " + events + " = written " + events);
        assertThat(journal.notJournalled() + journal.unconfirmed()).isZero();
        FlightRecorderAppender recorder = harness.appender("RECORDER", FlightRecorderAppender.class);
        assertThat(recorder.accounting().balance()).isEqualTo("received " + events + " = written " + events);
        assertThat(harness.complaints()).isEmpty();
        Set<Integer> found = new HashSet<>();
        try (BufferedReader lines = Files.newBufferedReader(log())) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher matcher = MESSAGE.matcher(line);
                assertThat(matcher.find()).as(line).isTrue();
                assertThat(found.add(Integer.parseInt(matcher.group(1))))
                        .as(line)
                        .isTrue();
            }
        }
        assertThat(found).hasSize(events);
    }

    @Test
    void threadsThatAreInterruptedBeforeKeepTheirFlagAndLoseNothing() throws Exception {
        int each = Torture.times(100, 500, 50_000);
        List<Runnable> tasks = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            int first = t * each;
            tasks.add(() -> {
                for (int i = first; i < first + each; i++) {
                    logInterrupted(i);
                }
            });
        }
        runAll(Executors.newFixedThreadPool(THREADS), tasks);
        check(THREADS * each);
    }

    @Test
    void threadsThatAreInterruptedMeanwhileLoseNothing() throws Exception {
        int each = Torture.times(100, 500, 50_000);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            int first = t * each;
            Thread thread = new Thread(() -> {
                for (int i = first; i < first + each; i++) {
                    logOne(i);
                }
            });
            threads.add(thread);
            thread.start();
        }
        AtomicBoolean enough = new AtomicBoolean();
        Thread storm = new Thread(() -> {
            while (!enough.get()) {
                threads.forEach(Thread::interrupt);
            }
        });
        storm.start();
        for (Thread thread : threads) {
            thread.join();
        }
        enough.set(true);
        storm.join();
        check(THREADS * each);
    }

    /* Virtual ones where there are any. */
    @Test
    void tenThousandThreadsLoseNothing() throws Exception {
        int count = 10_000;
        List<Runnable> tasks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            tasks.add(() -> logInterrupted(number));
        }
        runAll(virtualOrMany(), tasks);
        check(count);
    }

    private static ExecutorService virtualOrMany() throws ReflectiveOperationException {
        return Runtime.version().feature() < 21
                ? Executors.newFixedThreadPool(10 * THREADS)
                : (ExecutorService) Executors.class
                        .getMethod("newVirtualThreadPerTaskExecutor")
                        .invoke(null);
    }

    private static void runAll(ExecutorService threads, List<Runnable> tasks) throws Exception {
        List<Future<?>> running = new ArrayList<>();
        for (Runnable task : tasks) {
            running.add(threads.submit(task));
        }
        for (Future<?> each : running) {
            each.get();
        }
        threads.shutdown();
        assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }
}
