package io.inkfast.internal;

import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * One named daemon thread that repeats a step until told to stop. It survives whatever the step throws, is never
 * interrupted by us, and holds on to nothing of the thread that started it: no inherited thread-locals, and the class
 * loader of this class as its context class loader.
 *
 * @since 0.1.0
 */
public final class Worker {

    /** What the worker repeats; called on its thread only. */
    @FunctionalInterface
    public interface Step {
        /** One piece of work. Waits by itself when there is none. */
        void run();
    }

    /* So that a step that always throws does not take a core for itself. */
    private static final long PAUSE_AFTER_FAILURE_NANOS = 10_000_000L;

    private final Thread thread;
    private volatile boolean stopping;

    /**
     * Makes the thread; {@link #start} starts it.
     *
     * @param failures gets what the step threw; may throw itself
     */
    public Worker(String name, Step step, Consumer<Throwable> failures) {
        thread = new WorkerThread(() -> run(step, failures), name);
        thread.setDaemon(true);
        thread.setContextClassLoader(Worker.class.getClassLoader());
    }

    public void start() {
        thread.start();
    }

    /** The worker ends after the step it is in. */
    public void stop() {
        stopping = true;
        LockSupport.unpark(thread);
    }

    /** Waits for the end, at most so long; an interrupt does not shorten the wait, and the flag is kept. */
    public boolean join(long millis) {
        boolean interrupted = false;
        long deadline = System.nanoTime() + millis * 1_000_000L;
        while (thread.isAlive()) {
            long left = (deadline - System.nanoTime()) / 1_000_000L;
            if (left <= 0) {
                break;
            }
            try {
                thread.join(left);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }

    public Thread thread() {
        return thread;
    }

    public boolean isStopping() {
        return stopping;
    }

    private void run(Step step, Consumer<Throwable> failures) {
        while (!stopping) {
            try {
                step.run();
                // A step that leaves the flag set would end every wait at once.
                Thread.interrupted();
            } catch (Throwable e) {
                report(e, failures);
            }
        }
    }

    /** Whether the current thread is a worker's. */
    public static boolean isCurrent() {
        return Thread.currentThread() instanceof WorkerThread;
    }

    private static final class WorkerThread extends Thread {
        WorkerThread(Runnable run, String name) {
            super(null, run, name, 0, false);
        }
    }

    private static void report(Throwable e, Consumer<Throwable> failures) {
        try {
            failures.accept(e);
        } catch (Throwable again) {
            // Out of memory, most likely. The loop must live; the pause gives the others a chance.
            LockSupport.parkNanos(PAUSE_AFTER_FAILURE_NANOS);
        }
        LockSupport.parkNanos(PAUSE_AFTER_FAILURE_NANOS);
    }
}
