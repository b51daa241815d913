package io.inkfast.recorder;

import io.inkfast.testing.LogbackHarness;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;

/** Four threads that log until the process is killed, and say on standard output which calls have returned. */
final class KilledProgram {

    static final int THREADS = 4;
    static final String READY = "ready";

    /** Each so many events, one waits until the kernel has it; and of these, one in so many for the disk. */
    static final int JOURNALLED = 50;

    static final int FORCED = 10;

    private KilledProgram() {}

    /** Configuration, directory for all files, number of the run; perhaps how many events, instead of until it is killed. */
    public static void main(String[] arguments) throws Exception {
        LogbackHarness harness = LogbackHarness.configure(Path.of(arguments[0]), Map.of("LOGS", arguments[1]));
        FlightRecorderAppender recorder = harness.appender("RECORDER", FlightRecorderAppender.class);
        if (!recorder.flush(Duration.ofSeconds(30))) {
            throw new IllegalStateException(harness.statuses().toString());
        }
        say(READY + " " + recorder.ring() + "\n");
        Logger logger = harness.logger("killed");
        if (arguments.length > 3) {
            log(logger, 0, arguments[2], Long.parseLong(arguments[3]));
            harness.close();
            return;
        }
        for (int thread = 0; thread < THREADS; thread++) {
            int own = thread;
            new Thread(() -> log(logger, own, arguments[2], Long.MAX_VALUE)).start();
        }
    }

    private static void log(Logger logger, int thread, String run, long events) {
        try {
            for (long i = 0; i < events; i++) {
                logger.trace("{}:{} of traffic that nobody would keep", thread, i);
                if (i % (JOURNALLED * FORCED) == 0) {
                    logger.warn("{}:{} on the disk in run {}", thread, i, run);
                } else if (i % JOURNALLED == 0) {
                    logger.info("{}:{} in the log of run {}", thread, i, run);
                }
                say(thread + ":" + i + "\n");
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /* So few bytes go into a pipe at once, also beside other threads. */
    @SuppressWarnings("resource") // it is the process's
    private static void say(String line) throws IOException {
        new FileOutputStream(FileDescriptor.out).write(line.getBytes(StandardCharsets.US_ASCII));
    }
}
