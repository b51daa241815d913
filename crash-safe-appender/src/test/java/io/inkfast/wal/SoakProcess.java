package io.inkfast.wal;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.inkfast.testing.LogbackHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** A process that logs much, and says from time to time how much memory and how many descriptors it has. */
final class SoakProcess {

    static final int EVENT_BYTES = 1500;
    static final int SAMPLES = 20;

    /* One thread without pause may be faster than delivery, and must not come to the journal's largest size. */
    private static final int FLUSHED_AFTER = 100_000;

    /** Takes everything, and keeps nothing. */
    public static final class Counter extends AppenderBase<ILoggingEvent> {
        private static final AtomicLong TAKEN = new AtomicLong();

        @Override
        protected void append(ILoggingEvent event) {
            TAKEN.incrementAndGet();
        }
    }

    private SoakProcess() {}

    /** Arguments: configuration, megabytes for the journal, megabytes for the ring. */
    public static void main(String[] arguments) throws Exception {
        long journalled = (Long.parseLong(arguments[1]) << 20) / EVENT_BYTES;
        long recorded = (Long.parseLong(arguments[2]) << 20) / EVENT_BYTES;
        String words = "some words that fill the line ".repeat(EVENT_BYTES / 30);
        try (LogbackHarness harness = LogbackHarness.configure(Path.of(arguments[0]), Map.of())) {
            WriteAheadAppender appender = harness.appender("WAL", WriteAheadAppender.class);
            for (int sample = 0; sample < SAMPLES; sample++) {
                for (long i = 0; i < recorded / SAMPLES; i++) {
                    if (i % (recorded / journalled) == 0) {
                        harness.logger("both").info("{} {}", i, words);
                    } else {
                        harness.logger("ring").debug("{} {}", i, words);
                    }
                    if (i % FLUSHED_AFTER == 0) {
                        flush(harness, appender);
                    }
                }
                flush(harness, appender);
                System.out.println("sample " + residentKilobytes() + " " + descriptors());
            }
            harness.statuses().stream().filter(line -> line.startsWith("ERROR")).forEach(System.out::println);
            System.out.println("taken " + Counter.TAKEN);
        }
    }

    private static void flush(LogbackHarness harness, WriteAheadAppender appender) {
        if (!appender.flush(Duration.ofMinutes(5))) {
            throw new IllegalStateException(harness.statuses().toString());
        }
    }

    private static String residentKilobytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .findFirst()
                .orElseThrow()
                .replaceAll("\\D", "");
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }
}
