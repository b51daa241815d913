package io.inkfast.wal;

import ch.qos.logback.classic.LoggerContext;
import io.inkfast.testing.LogbackHarness;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.Logger;

/**
 * A process that logs until it is killed, and says on standard output what it was promised: a line for each call that
 * returned.
 */
final class KilledProcess {

    private KilledProcess() {}

    /** Arguments: configuration, number of threads, name of the cycle; perhaps how many events, instead of until it is killed. */
    public static void main(String[] arguments) throws Exception {
        LoggerContext context =
                LogbackHarness.configure(Path.of(arguments[0]), Map.of()).context();
        Logger logger = context.getLogger("killed");
        int events = arguments.length > 3 ? Integer.parseInt(arguments[3]) : Integer.MAX_VALUE;
        PrintStream out = System.out;
        out.println("ready");
        for (int t = 0; t < Integer.parseInt(arguments[1]); t++) {
            int thread = t;
            new Thread(() -> {
                        for (int i = 0; i < events; i++) {
                            String id = arguments[2] + "-" + thread + "-" + i;
                            if (i % 5 == 0) {
                                logger.error("{} password={}", id, "hunter2hunter2");
                                out.println("acked " + id);
                            } else {
                                logger.info("{} some words that fill the line {}", id, i);
                                out.println("acked " + id);
                            }
                        }
                    })
                    .start();
        }
    }
}
