package io.inkfast.file;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** A daemon thread that repeats a step until it is stopped, and survives whatever the step throws. */
final class Ticking {

    private static final long AFTER_TROUBLE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Thread thread;
    private volatile boolean stopped;

    /** The step returns how many nanoseconds to wait before the next. */
    Ticking(String name, LongSupplier step) {
        // No inherited thread-locals, and no class loader but ours: a web application can be unloaded.
        thread = new Thread(null, () -> run(step), name, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(Ticking.class.getClassLoader());
    }

    void start() {
        thread.start();
    }

    /** Lets the step that is running end, and no other begin; waits for that at most so long. */
    void stop(long nanos) {
        stopped = true;
        LockSupport.unpark(thread);
        if (Thread.currentThread() == thread) {
            return;
        }
        boolean interrupted = false;
        long deadline = System.nanoTime() + nanos;
        while (thread.isAlive()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                break;
            }
            try {
                TimeUnit.NANOSECONDS.timedJoin(thread, left);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(LongSupplier step) {
        while (!stopped) {
            long wait;
            try {
                wait = step.getAsLong();
            } catch (Throwable e) {
                // The step counts and reports its own failures; what comes here is out of memory or of stack.
                wait = AFTER_TROUBLE_NANOS;
            }
            if (!stopped && wait > 0) {
                LockSupport.parkNanos(this, wait);
            }
        }
    }
}
