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

    private KilledProgram() {}

    /** Configuration, directory of the recorder, log file. */
    public static void main(String[] arguments) throws Exception {
        LogbackHarness harness = LogbackHarness.configure(
                Path.of(arguments[0]), Map.of("FLIGHT_DIR", arguments[1], "LOG_FILE", arguments[2]));
        FlightRecorderAppender recorder = harness.appender("RECORDER", FlightRecorderAppender.class);
        if (!recorder.flush(Duration.ofSeconds(30))) {
            throw new IllegalStateException(harness.statuses().toString());
        }
        say(READY + " " + recorder.ring() + "\n");
        for (int thread = 0; thread < THREADS; thread++) {
            int own = thread;
            new Thread(() -> log(harness.logger("killed"), own)).start();
        }
    }

    private static void log(Logger logger, int thread) {
        try {
            for (long i = 0; ; i++) {
                logger.trace("{}:{} of traffic that nobody would keep", thread, i);
                if (i % 1000 == 0) {
                    logger.info("{}:{} in the log", thread, i);
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
