package io.inkfast.internal;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads that wait for room, first come, first woken; no lock, no monitor. Any thread, virtual ones too. A wait is not
 * ended by an interrupt; the flag is as it was when it returns.
 *
 * <p>Use: {@link #enlist}, try again, {@link Waiter#await} if that failed, {@link #leave} in any case. Enlisting before
 * the last try is what makes a wake-up impossible to miss.
 *
 * @since 0.1.0
 */
public final class WaitList {

    /* A lost wake-up would be a delay of this, not a hang. */
    private static final long BELT_NANOS = 1_000_000_000L;

    private final ConcurrentLinkedQueue<Waiter> waiters = new ConcurrentLinkedQueue<>();

    /** Adds the current thread. */
    public Waiter enlist() {
        Waiter waiter = new Waiter(Thread.currentThread());
        waiters.add(waiter);
        return waiter;
    }

    /** The thread waits no longer. If it was woken and does not need it, the next one is woken in its place. */
    public void leave(Waiter waiter, boolean passOn) {
        if (!waiter.compareAndSet(Waiter.WAITING, Waiter.GONE)) {
            if (passOn) {
                wake(1);
            }
        } else {
            waiters.remove(waiter);
        }
    }

    public boolean isEmpty() {
        return waiters.isEmpty();
    }

    /** Wakes the first {@code count}; each once, though it may be back in the list before this returns. */
    public void wake(int count) {
        int most = Math.min(count, waiters.size());
        int woken = 0;
        while (woken < most) {
            Waiter waiter = waiters.poll();
            if (waiter == null) {
                return;
            }
            if (waiter.compareAndSet(Waiter.WAITING, Waiter.WOKEN)) {
                LockSupport.unpark(waiter.thread);
                woken++;
            }
        }
    }

    public void wakeAll() {
        wake(Integer.MAX_VALUE);
    }

    /** One thread's place in the list, for one wait. */
    public static final class Waiter extends AtomicInteger {

        private static final long serialVersionUID = 1;
        private static final int WAITING = 0;
        private static final int WOKEN = 1;
        private static final int GONE = 2;

        private final transient Thread thread;

        private Waiter(Thread thread) {
            super(WAITING);
            this.thread = thread;
        }

        /** Waits until woken, until {@code deadline} on {@code ticker}, or for a second at most. */
        public void await(Ticker ticker, long deadline) {
            boolean interrupted = false;
            long belt = ticker.nanos() + BELT_NANOS;
            while (get() == WAITING) {
                long now = ticker.nanos();
                long remaining = Math.min(deadline - now, belt - now);
                if (remaining <= 0) {
                    break;
                }
                LockSupport.parkNanos(this, remaining);
                // A set flag would make every park return at once.
                interrupted |= Thread.interrupted();
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
