package io.inkfast.journal;

import io.inkfast.internal.Worker;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/*
 * While somebody waits, the next record mostly comes within the time that a wake-up would take: then the thread that writes
 * looks for it instead of sleeping, and so does one caller for the result.
 */
/** When the thread that writes works, looks, and sleeps. */
final class Pace {

    /* Handing over from one core to another takes less than this; parking and waking takes much more. */
    private static final long SPIN_NANOS = 20_000;
    /* Nobody looks longer for what a device does, so only those that answer in half of it are waited for so. */
    private static final long SPIN_SYNC_NANOS = 400_000;
    private static final long RETRY_NANOS = 10_000_000;
    private static final int LOOKS = 16;
    private static final boolean SPINS = Runtime.getRuntime().availableProcessors() > 1;

    private static final AtomicIntegerFieldUpdater<Pace> SPINNING =
            AtomicIntegerFieldUpdater.newUpdater(Pace.class, "spinning");

    private final Tail tail;
    private final Committer committer;
    private final BooleanSupplier hasWork = this::hasWork;
    private @Nullable Worker writer;
    /* A plain field to write to: a thread at the end of its stack has no call left to set it back. */
    private volatile int spinning;
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
        } else if (!served || !SPINS || !spin(SPIN_NANOS, hasWork)) {
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

    /**
     * A caller, and one at a time: whether its record is confirmed within the time that a wake-up would take, or the device
     * took lately. A device that is slower than that is not looked at.
     */
    boolean spin(long lsn, boolean device) {
        long most = device ? 2 * committer.syncNanos() : SPIN_NANOS;
        if (!SPINS || most > SPIN_SYNC_NANOS || spinning != 0 || !SPINNING.compareAndSet(this, 0, 1)) {
            return false;
        }
        try {
            return spin(most, () -> lsn <= (device ? tail.durableLsn() : committer.writtenLsn()));
        } finally {
            spinning = 0;
        }
    }

    /* Whether it comes true in so many nanoseconds. */
    private static boolean spin(long nanos, BooleanSupplier condition) {
        long end = System.nanoTime() + nanos;
        do {
            for (int i = 0; i < LOOKS; i++) {
                if (condition.getAsBoolean()) {
                    return true;
                }
                Thread.onSpinWait();
            }
        } while (System.nanoTime() < end);
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
