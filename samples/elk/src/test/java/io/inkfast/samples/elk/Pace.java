package io.inkfast.samples.elk;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;

/** A thread that logs numbered orders, so many a second. Any thread looks at it. */
final class Pace {

    private final Thread thread;
    private final AtomicInteger logged = new AtomicInteger();

    private Pace(Logger logger, int events, int perSecond) {
        thread = new Thread(() -> log(logger, events, 1_000_000_000L / perSecond), "pace");
    }

    static Pace start(Logger logger, int events, int perSecond) {
        Pace pace = new Pace(logger, events, perSecond);
        pace.thread.start();
        return pace;
    }

    private void log(Logger logger, int events, long each) {
        long begin = System.nanoTime();
        for (int i = 0; i < events; i++) {
            for (long left = due(begin, i, each); left > 0; left = due(begin, i, each)) {
                LockSupport.parkNanos(left);
            }
            logger.info("order {} is paid, gr\u00fc\u00dfe", i);
            logged.incrementAndGet();
        }
    }

    private static long due(long begin, int event, long each) {
        return begin + event * each - System.nanoTime();
    }

    /** How many calls have returned. */
    int logged() {
        return logged.get();
    }

    /** Returns when all have. */
    void join() throws InterruptedException {
        thread.join();
    }
}
