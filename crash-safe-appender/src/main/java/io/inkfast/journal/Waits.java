package io.inkfast.journal;

import io.inkfast.internal.Ticker;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Threads that wait until the journal has got as far as their record. Any number of threads wait, virtual ones too; one
 * settles. An interrupt does not end a wait, and the flag is as it was afterwards.
 */
final class Waits {

    private final AtomicReference<@Nullable Waiter> newest = new AtomicReference<>();

    /** One thread's wait for one record. */
    static final class Waiter {
        final Thread thread = Thread.currentThread();
        final long lsn;
        final boolean device;
        private volatile @Nullable Outcome outcome;
        private @Nullable Waiter next;

        Waiter(long lsn, boolean device) {
            this.lsn = lsn;
            this.device = device;
        }

        /** Waits until settled, or until {@code deadline}. */
        Outcome await(Ticker ticker, long deadline) {
            boolean interrupted = false;
            Outcome result = outcome;
            while (result == null) {
                long remaining = deadline - ticker.nanos();
                if (remaining <= 0) {
                    break;
                }
                LockSupport.parkNanos(this, remaining);
                interrupted |= Thread.interrupted();
                result = outcome;
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            return result == null ? Outcome.UNKNOWN : result;
        }
    }

    /** From now on {@link #settle} sees it. */
    Waiter enlist(long lsn, boolean device) {
        Waiter waiter = new Waiter(lsn, device);
        Waiter head = newest.get();
        waiter.next = head;
        while (!newest.compareAndSet(head, waiter)) {
            head = newest.get();
            waiter.next = head;
        }
        return waiter;
    }

    boolean isEmpty() {
        return newest.get() == null;
    }

    /** Wakes who has what they wait for. */
    void settle(long writtenLsn, long durableLsn) {
        Waiter waiter = newest.getAndSet(null);
        while (waiter != null) {
            Waiter following = waiter.next;
            if (waiter.lsn <= (waiter.device ? durableLsn : writtenLsn)) {
                wake(waiter, Outcome.DONE);
            } else {
                putBack(waiter);
            }
            waiter = following;
        }
    }

    /** Wakes everybody else: it will not come to that. */
    void fail(long durableLsn) {
        settle(durableLsn, durableLsn);
        Waiter waiter = newest.getAndSet(null);
        while (waiter != null) {
            Waiter following = waiter.next;
            wake(waiter, Outcome.NOT_JOURNALLED);
            waiter = following;
        }
    }

    private void putBack(Waiter waiter) {
        Waiter head = newest.get();
        waiter.next = head;
        while (!newest.compareAndSet(head, waiter)) {
            head = newest.get();
            waiter.next = head;
        }
    }

    private static void wake(Waiter waiter, Outcome outcome) {
        waiter.outcome = outcome;
        LockSupport.unpark(waiter.thread);
    }
}
