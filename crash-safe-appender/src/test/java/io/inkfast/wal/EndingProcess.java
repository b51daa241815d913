package io.inkfast.wal;

import io.inkfast.testing.LogbackHarness;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;

/** Logs errors from several threads, and ends in the way it is told as soon as all calls have returned. */
final class EndingProcess {

    static final int THREADS = 4;
    static final int EVENTS = 25;

    /** How it ends if it halts at once. */
    static final int HALTED = 17;

    /** What it says then, unless it halts. */
    static final String RETURNED = "all calls have returned";

    private EndingProcess() {}

    static String text(int thread, int event) {
        return "thread " + thread + " event " + event;
    }

    /** Arguments: configuration, way to end. */
    public static void main(String[] arguments) throws Exception {
        Logger logger = LogbackHarness.configure(Path.of(arguments[0]), Map.of())
                .context()
                .getLogger("ending");
        CountDownLatch others = new CountDownLatch(THREADS - 1);
        for (int t = 1; t < THREADS; t++) {
            int thread = t;
            new Thread(() -> {
                        log(logger, thread);
                        others.countDown();
                    })
                    .start();
        }
        others.await();
        log(logger, 0);
        if (arguments[1].equals("halt")) {
            Runtime.getRuntime().halt(HALTED);
        }
        System.out.println(RETURNED);
        if (arguments[1].equals("memory")) {
            List<byte[]> all = new ArrayList<>();
            while (all.size() >= 0) {
                all.add(new byte[1 << 20]);
            }
        }
        if (arguments[1].equals("crash")) {
            // HotSpot takes a signal 11 that anybody sends for a fault of its own, and dies of it.
            new ProcessBuilder(
                            "kill", "-11", Long.toString(ProcessHandle.current().pid()))
                    .start();
        }
        new CountDownLatch(1).await();
    }

    private static void log(Logger logger, int thread) {
        for (int i = 0; i < EVENTS; i++) {
            logger.error(text(thread, i));
        }
    }
}
