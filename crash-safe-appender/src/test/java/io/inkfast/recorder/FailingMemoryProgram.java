package io.inkfast.recorder;

import io.inkfast.testing.LogbackHarness;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;

/** Four threads that log until the memory of their recorder fails, and go on; then says how it was. */
final class FailingMemoryProgram {

    private static final int AFTERWARDS = 20_000;
    private static final long LIMIT_NANOS = Duration.ofSeconds(60).toNanos();

    private FailingMemoryProgram() {}

    /** Configuration, directory of the recorder. */
    public static void main(String[] arguments) throws Exception {
        LogbackHarness harness = LogbackHarness.configure(Path.of(arguments[0]), Map.of("FLIGHT_DIR", arguments[1]));
        FlightRecorderAppender recorder = harness.appender("RECORDER", FlightRecorderAppender.class);
        System.out.println("ready " + recorder.ring());
        AtomicBoolean failed = new AtomicBoolean();
        AtomicLong thrown = new AtomicLong();
        AtomicLong done = new AtomicLong();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread thread = new Thread(() -> log(harness.logger("a"), failed, thrown, done));
            threads.add(thread);
            thread.start();
        }
        long start = System.nanoTime();
        while (recorder.health().healthy() && System.nanoTime() - start < LIMIT_NANOS) {
            LockSupport.parkNanos(1_000_000);
        }
        failed.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
        // Whatever is still under way for a thread comes now.
        System.gc();
        boolean exact = recorder.accounting().received() == done.get()
                && recorder.accounting().balanced();
        System.out.println("healthy " + recorder.health().healthy() + ", thrown " + thrown + ", exact " + exact);
        harness.complaints().forEach(System.out::println);
        harness.close();
        System.out.println("alive");
    }

    private static void log(Logger logger, AtomicBoolean failed, AtomicLong thrown, AtomicLong done) {
        int after = 0;
        while (after < AFTERWARDS) {
            try {
                done.getAndIncrement();
                logger.info("number {} of so many that the ring comes round soon", after);
            } catch (Throwable e) {
                thrown.getAndIncrement();
            }
            after += failed.get() ? 1 : 0;
        }
    }
}
