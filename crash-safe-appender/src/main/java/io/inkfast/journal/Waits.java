package io.inkfast.journal;

import io.inkfast.internal.Ticker;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/*
 * Waking a thread costs microseconds, and the thread that commits has better to do: it wakes two, and whoever is awake wakes
 * two more. A virtual thread may have to wait for a carrier, so it is woken directly and wakes nobody.
 */
/**
 * Threads that wait until the journal has got as far as their record. Any number of threads wait, virtual ones too; one
 * settles. An interrupt does not end a wait, and the flag is as it was afterwards.
 */
final class Waits {

    private static final int DIRECT = 2;

    private final AtomicReference<@Nullable Waiter> newest = new AtomicReference<>();
    private final Passed passed;

    Waits(Passed passed) {
        this.passed = passed;
    }

    /** One thread's wait for one record. */
    static final class Waiter extends AtomicReference<@Nullable Outcome> {

        private static final long serialVersionUID = 1L;

        private final transient Thread thread = Thread.currentThread();
        private final long lsn;
        private final boolean device;
        private transient @Nullable Waiter next;
        private transient @Nullable Waiter left;
        private transient @Nullable Waiter right;
        private boolean direct;
        private boolean gone;

        Waiter(long lsn, boolean device) {
            this.lsn = lsn;
            this.device = device;
        }

        /** Waits until settled, or until {@code deadline}. */
        Outcome await(Ticker ticker, long deadline) {
            boolean interrupted = false;
            long remaining = deadline - ticker.nanos();
            while (get() == null && remaining > 0) {
                LockSupport.parkNanos(this, remaining);
                interrupted |= Thread.interrupted();
                remaining = deadline - ticker.nanos();
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            return leave(Outcome.UNKNOWN);
        }

        /** Ends the wait: with this outcome, unless it is settled already. */
        Outcome leave(Outcome otherwise) {
            if (compareAndSet(null, otherwise)) {
                return otherwise;
            }
            wakeOthers();
            return Objects.requireNonNull(get());
        }

        private boolean isDone(long writtenLsn, long durableLsn) {
            return lsn <= (device ? durableLsn : writtenLsn);
        }

        private boolean wakesOthers() {
            return !thread.getClass().getName().equals("java.lang.VirtualThread");
        }

        /* Not behind the last one: that one is just being given to somebody. */
        private Waiter nextThatWakes() {
            Waiter following = Objects.requireNonNull(next);
            while (!following.wakesOthers()) {
                following = Objects.requireNonNull(following.next);
            }
            return following;
        }

        private void wakeOthers() {
            wake(left);
            wake(right);
        }

        private static void wake(@Nullable Waiter waiter) {
            if (waiter != null) {
                LockSupport.unpark(waiter.thread);
            }
        }
    }

    /** From now on {@link #settle} sees it. */
    Waiter enlist(long lsn, boolean device) {
        Waiter waiter = new Waiter(lsn, device);
        add(waiter);
        return waiter;
    }

    boolean isEmpty() {
        return newest.get() == null;
    }

    /** Wakes who has what they wait for. */
    void settle(long writtenLsn, long durableLsn) {
        settle(writtenLsn, durableLsn, false);
    }

    /** Wakes everybody else too: it will not come to that. */
    void fail(long durableLsn) {
        settle(durableLsn, durableLsn, true);
    }

    private void settle(long writtenLsn, long durableLsn, boolean all) {
        Wakes wakes = new Wakes();
        Waiter waiter = newest.getAndSet(null);
        while (waiter != null) {
            Waiter following = waiter.next;
            if (all || waiter.isDone(writtenLsn, durableLsn)) {
                wakes.add(waiter);
            } else {
                add(waiter);
            }
            waiter = following;
        }
        // Who is told may be awake at once, and wakes others, who must not find that they have not been told.
        Waiter last = wakes.othersFirst();
        for (waiter = last; waiter != null; waiter = waiter.next) {
            boolean done = waiter.isDone(writtenLsn, durableLsn) && !passed.contains(waiter.lsn);
            Outcome outcome = done ? Outcome.DONE : Outcome.NOT_JOURNALLED;
            waiter.gone = !waiter.compareAndSet(null, outcome);
        }
        for (waiter = last; waiter != null; waiter = waiter.next) {
            if (waiter.direct) {
                Waiter.wake(waiter);
            }
            if (waiter.gone) {
                waiter.wakeOthers();
            }
        }
    }

    /** Who wakes whom. All is said before anybody's wait is over, since then they read it. */
    private static final class Wakes {

        private @Nullable Waiter first;
        private @Nullable Waiter last;
        private @Nullable Waiter parent;
        private int direct;

        void add(Waiter waiter) {
            waiter.next = null;
            if (last == null) {
                first = waiter;
            } else {
                last.next = waiter;
            }
            last = waiter;
            if (!waiter.wakesOthers()) {
                waiter.direct = true;
                return;
            }
            parent = parent == null ? waiter : parent;
            if (direct < DIRECT) {
                direct++;
                waiter.direct = true;
            } else if (parent.left == null) {
                parent.left = waiter;
            } else {
                parent.right = waiter;
                parent = parent.nextThatWakes();
            }
        }

        /* All of them, so linked that each comes behind those that it wakes. */
        @Nullable
        Waiter othersFirst() {
            Waiter reversed = null;
            Waiter waiter = first;
            while (waiter != null) {
                Waiter following = waiter.next;
                waiter.next = reversed;
                reversed = waiter;
                waiter = following;
            }
            return reversed;
        }
    }

    private void add(Waiter waiter) {
        Waiter head = newest.get();
        waiter.next = head;
        while (!newest.compareAndSet(head, waiter)) {
            head = newest.get();
            waiter.next = head;
        }
    }
}
