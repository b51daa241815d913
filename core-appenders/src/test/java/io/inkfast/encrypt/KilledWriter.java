package io.inkfast.encrypt;

import ch.qos.logback.classic.LoggerContext;
import io.inkfast.testing.LogbackHarness;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.Logger;

/** A process that logs until it is killed, and says on standard output which calls of level ERROR have returned. */
final class KilledWriter {

    private static final int THREADS = 4;

    private KilledWriter() {}

    /** Arguments: configuration, name of the run, how many events each thread logs before the process ends by itself. */
    public static void main(String[] arguments) throws Exception {
        LoggerContext context =
                LogbackHarness.configure(Path.of(arguments[0]), Map.of()).context();
        Logger logger = context.getLogger("killed");
        long most = Long.parseLong(arguments[2]);
        PrintStream out = System.out;
        out.println("ready");
        Thread[] threads = new Thread[THREADS];
        for (int t = 0; t < THREADS; t++) {
            int thread = t;
            threads[t] = new Thread(() -> {
                for (long i = 0; i < most; i++) {
                    String id = arguments[1] + "-" + thread + "-" + i;
                    if (i % 7 == 0) {
                        logger.error("{} error", id);
                        out.println("acked " + id);
                    } else {
                        logger.info("{} info", id);
                    }
                }
            });
            threads[t].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        context.stop();
    }
}
