package io.inkfast.async;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.inkfast.internal.ClosableRing;
import io.inkfast.internal.InFlight;
import io.inkfast.internal.Pause;
import io.inkfast.internal.Ticker;
import io.inkfast.internal.WaitList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/*
 * Closing the queue fixes its last event; the worker drains to there. A call that had begun by then, but comes too late
 * for the queue, is passed on by its own thread, behind the worker, one at a time: so per-thread order holds and nothing
 * that a caller began is refused. Before the sinks are closed, stop waits for every call that had reached the front, and
 * then a moment for stragglers: threads that were taken off their core between the application's call and ours. The moment
 * is measured in looks, not in time: on a machine that is short of processors both take longer. On an idle system there
 * are no stragglers and no wait.
 *
 * A JVM that shuts down leaves it at that: what other shutdown hooks log is still written.
 */
/** How a front comes to its end. Any thread. */
final class Closing {

    private enum Phase {
        RUNNING,
        CLOSING,
        CLOSED
    }

    private static final int QUIET_LOOKS = 20;
    private static final int MOST_LOOKS = 250;
    private static final long LONGEST_PASSING_NANOS = 5_000_000_000L;
    private static final long LOOK_NANOS = 1_000_000L;

    private final ClosableRing<ILoggingEvent> ring;
    private final InFlight calls;
    private final Delivery delivery;
    private final Books books;
    private final Ticker ticker;
    private final WaitList untilDrained = new WaitList();
    /* Fair: a thread in a tight loop must not keep those out that came before it. */
    private final ReentrantLock passing = new ReentrantLock(true);
    private final AtomicLong late = new AtomicLong();
    private volatile Phase phase = Phase.RUNNING;
    private volatile long deadline;
    private volatile boolean drained;
    private volatile @Nullable Thread worker;

    Closing(ClosableRing<ILoggingEvent> ring, InFlight calls, Delivery delivery, Books books, Ticker ticker) {
        this.ring = ring;
        this.calls = calls;
        this.delivery = delivery;
        this.books = books;
        this.ticker = ticker;
    }

    void worker(Thread thread) {
        worker = thread;
    }

    boolean isRunning() {
        return phase == Phase.RUNNING;
    }

    boolean isDrained() {
        return drained;
    }

    /** The worker has handed over the last event of the closed queue. */
    void drained() {
        drained = true;
        untilDrained.wakeAll();
    }

    /** Waits while a sink takes nothing; false if that must end. */
    boolean waitFor(long nanos) {
        if (phase == Phase.CLOSED || (phase == Phase.CLOSING && deadline - ticker.nanos() <= 0)) {
            return false;
        }
        LockSupport.parkNanos(this, nanos);
        return phase != Phase.CLOSED;
    }

    /* The deadline is the queue's. Who passes on has a time of its own: a JVM may take long to shut down. */
    private boolean waitUntil(long end, long nanos) {
        if (phase == Phase.CLOSED || end - ticker.nanos() <= 0) {
            return false;
        }
        LockSupport.parkNanos(this, nanos);
        return true;
    }

    /** Shuts the door of the queue; what came before is drained until {@code timeoutNanos} from now. */
    synchronized void begin(long timeoutNanos) {
        deadline = ticker.nanos() + timeoutNanos;
        if (phase == Phase.RUNNING) {
            phase = Phase.CLOSING;
        }
        ring.close();
        calls.turn();
    }

    /** Waits for the worker to drain the closed queue; false if the deadline comes first. */
    boolean awaitDrained() {
        return awaitDrained(deadline);
    }

    /** Ends it: no event gets through from now on. False if a sink still holds a thread at the deadline. */
    boolean end(boolean stragglersLikely) {
        boolean interrupted = Thread.interrupted();
        if (drained) {
            awaitCalls();
        }
        if (drained && stragglersLikely) {
            awaitQuiet();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        boolean quiet = lock(deadline);
        close();
        if (quiet) {
            passing.unlock();
        }
        untilDrained.wakeAll();
        return quiet;
    }

    /**
     * Delivers an event on the caller's thread, after all that went through the queue.
     *
     * @param patienceNanos how long the caller may be held
     * @return false if it is too late for that, or would take too long
     */
    boolean passOn(ILoggingEvent event, long patienceNanos) {
        late.incrementAndGet();
        if (phase == Phase.CLOSED || Thread.currentThread() == worker || passing.isHeldByCurrentThread()) {
            return false;
        }
        boolean interrupted = Thread.interrupted();
        try {
            long patience = Math.min(patienceNanos, Long.MAX_VALUE / 2);
            long until = ticker.nanos() + patience;
            if (!awaitDrained(until) || !lock(until)) {
                return false;
            }
            try {
                if (phase == Phase.CLOSED) {
                    return false;
                }
                long end = ticker.nanos() + Math.min(patience, LONGEST_PASSING_NANOS);
                int failed = delivery.deliverAll(List.of(event), nanos -> waitUntil(end, nanos));
                if (failed < 0) {
                    return false;
                }
                books.passedOn(failed == 0);
                return true;
            } finally {
                passing.unlock();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean awaitDrained(long until) {
        while (!drained) {
            WaitList.Waiter waiter = untilDrained.enlist();
            long end = phase == Phase.CLOSING && deadline - until < 0 ? deadline : until;
            if (drained || phase == Phase.CLOSED || end - ticker.nanos() <= 0) {
                untilDrained.leave(waiter, false);
                return drained;
            }
            waiter.await(ticker, end);
            untilDrained.leave(waiter, false);
        }
        return true;
    }

    private synchronized void close() {
        phase = Phase.CLOSED;
    }

    private void awaitCalls() {
        Pause.until(() -> !calls.hasEarlier(), LOOK_NANOS, ticker, deadline);
    }

    private void awaitQuiet() {
        long seen = late.get();
        int quiet = 0;
        for (int looks = 0; looks < MOST_LOOKS && quiet < QUIET_LOOKS && deadline - ticker.nanos() > 0; looks++) {
            Pause.nanos(LOOK_NANOS);
            long current = late.get();
            quiet = current == seen ? quiet + 1 : 0;
            seen = current;
        }
    }

    private boolean lock(long until) {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return passing.tryLock(Math.max(0, until - ticker.nanos()), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
