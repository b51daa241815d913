package io.inkfast.encrypt;

import io.inkfast.testing.LogbackHarness;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;

/** A process that logs and ends, without stopping Logback; a shutdown hook logs, too. */
final class ExitingWriter {

    private ExitingWriter() {}

    /** Arguments: configuration, how many events. */
    public static void main(String[] arguments) throws Exception {
        Logger logger = LogbackHarness.configure(Path.of(arguments[0]), Map.of())
                .context()
                .getLogger("exiting");
        for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
            logger.info("event {}", i);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            awaitOurs();
            logger.info("of a hook");
        }));
        System.exit(0);
    }

    /* Until the appender's own hook has ended, or was too quick to be seen. */
    private static void awaitOurs() {
        for (int look = 0; look < 300; look++) {
            for (Thread thread : Thread.getAllStackTraces().keySet()) {
                if (thread.getName().equals("inkfast-shutdown-SECURE")) {
                    join(thread);
                    return;
                }
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
