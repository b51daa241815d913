package io.inkfast.journal;

import io.inkfast.internal.Worker;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/*
 * While somebody waits for the kernel, the next record mostly comes within the time that a wake-up would take: then the
 * thread that writes looks for it instead of sleeping, and so does the caller for the result.
 */
/** When the thread that writes works, looks, and sleeps. */
final class Pace {

    /* Handing over from one core to another takes less than this; parking and waking takes much more. */
    private static final long SPIN_NANOS = 20_000;
    private static final long RETRY_NANOS = 10_000_000;
    private static final boolean SPINS = Runtime.getRuntime().availableProcessors() > 1;

    private final Tail tail;
    private final Committer committer;
    private @Nullable Worker writer;
    private volatile boolean idle;
    private volatile boolean closing;
    private boolean served;

    Pace(Tail tail, Committer committer) {
        this.tail = tail;
        this.committer = committer;
    }

    /** Whom to wake. */
    void writer(Worker worker) {
        writer = worker;
    }

    /** One round of the thread that writes; waits when there is nothing to do. */
    void round() {
        boolean wanted = committer.isWanted();
        boolean progress = committer.step();
        served = wanted || (served && progress);
        if (hasWork()) {
            if (!progress) {
                sleep(RETRY_NANOS);
            }
        } else if (!served || !spin()) {
            served = false;
            idle = true;
            if (!hasWork()) {
                sleep(JournalSettings.GROUP_AGE.toNanos());
            }
            idle = false;
        }
    }

    /** There is something to do. Any thread. */
    void signal() {
        if (idle) {
            idle = false;
            wake();
        }
    }

    /** There is nothing more to wait for. */
    void close() {
        closing = true;
        wake();
    }

    boolean isClosing() {
        return closing;
    }

    /** A caller: whether the kernel has the record within the time that a wake-up would take. */
    boolean spin(long lsn) {
        long end = SPINS ? System.nanoTime() + SPIN_NANOS : Long.MIN_VALUE;
        while (SPINS && System.nanoTime() < end) {
            for (int i = 0; i < 16; i++) {
                if (committer.writtenLsn() >= lsn) {
                    return true;
                }
                Thread.onSpinWait();
            }
        }
        return false;
    }

    /* The writer: whether something came. */
    private boolean spin() {
        long end = SPINS ? System.nanoTime() + SPIN_NANOS : Long.MIN_VALUE;
        while (SPINS && System.nanoTime() < end) {
            for (int i = 0; i < 16; i++) {
                if (hasWork()) {
                    return true;
                }
                Thread.onSpinWait();
            }
        }
        return false;
    }

    private boolean hasWork() {
        return closing || tail.hasGroup() || committer.isWanted();
    }

    private void sleep(long nanos) {
        if (!closing) {
            LockSupport.parkNanos(this, nanos);
        }
    }

    private void wake() {
        Worker worker = writer;
        if (worker != null) {
            LockSupport.unpark(worker.thread());
        }
    }
}
