package io.inkfast.async;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.inkfast.component.HandOff;
import io.inkfast.internal.ClosableRing;
import io.inkfast.internal.RingBatch;
import io.inkfast.internal.Ticker;
import io.inkfast.internal.WaitList;
import io.inkfast.internal.Worker;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What the worker does: takes a batch from the queue, has it delivered, makes room known. {@link #run} is one such step;
 * {@link #flush} is for any thread.
 */
final class Pump implements Worker.Step {

    /**
     * @param maxBatch    the most events in a batch
     * @param lingerNanos how long a batch that is not full waits for more
     */
    record Pace(int maxBatch, long lingerNanos) {}

    /* After work the worker looks again a few times before it parks: whoever logs next then need not wake it. */
    private static final long NAP_NANOS = 50_000L;
    private static final int NAPS = 20;
    private static final long PARK_NANOS = 100_000_000L;
    private static final long UNSTORED_NANOS = 50_000L;
    private static final long WAKE_INTERVAL_NANOS = 1_000_000L;
    private static final long LONGEST_FLUSH_MILLIS = 86_400_000L;
    private static final long REPORT_INTERVAL_NANOS = 1_000_000_000L;

    private final ClosableRing<ILoggingEvent> ring;
    private final HandOff<ILoggingEvent> handOff;
    private final Delivery delivery;
    private final Closing closing;
    private final Books books;
    private final Pace pace;
    private final Ticker ticker;
    private final Function<String, @Nullable ILoggingEvent> asEvent;
    private final RingBatch<ILoggingEvent> batch;
    private final LongPredicate waiting;
    private final WaitList flushers = new WaitList();

    private @Nullable EncodeAhead ahead;
    private volatile long settledTo;
    private volatile long lastBatchAt;
    private int idleRounds;
    private long lostBefore;
    private long lastWake;
    private long lastReport;

    /**
     * @param asEvent makes an event of a text, or null if it can't
     */
    Pump(
            ClosableRing<ILoggingEvent> ring,
            HandOff<ILoggingEvent> handOff,
            Delivery delivery,
            Closing closing,
            Books books,
            Pace pace,
            Ticker ticker,
            Function<String, @Nullable ILoggingEvent> asEvent) {
        this.ring = ring;
        this.handOff = handOff;
        this.delivery = delivery;
        this.closing = closing;
        this.books = books;
        this.pace = pace;
        this.ticker = ticker;
        this.asEvent = asEvent;
        batch = new RingBatch<>(Math.min(pace.maxBatch(), ring.limit()));
        waiting = closing::waitFor;
        lastBatchAt = ticker.nanos();
        lastReport = lastBatchAt - REPORT_INTERVAL_NANOS;
    }

    /** Before the worker starts: who encodes ahead of it. */
    void ahead(EncodeAhead step) {
        ahead = step;
    }

    @Override
    public void run() {
        if (!step()) {
            rest();
        }
    }

    /** Delivers one batch; false if there was none. */
    boolean step() {
        batch.clear();
        ring.drain(batch, pace.maxBatch());
        settleLost();
        if (batch.isEmpty()) {
            return false;
        }
        if (pace.lingerNanos() > 0) {
            linger();
        }
        if (ahead != null) {
            ahead.wakeIfLong();
        }
        deliver();
        idleRounds = 0;
        long now = ticker.nanos();
        lastBatchAt = now;
        boolean time = now - lastWake >= WAKE_INTERVAL_NANOS;
        if (time) {
            lastWake = now;
        }
        handOff.wakeWaiting(time);
        markSettled();
        if (ring.size() <= ring.limit() / 4) {
            reportLosses(false);
        }
        return true;
    }

    private void deliver() {
        try {
            int failed = delivery.deliver(batch, waiting);
            if (failed >= 0) {
                books.settle(ring, batch.size() - failed, failed);
            }
        } catch (Throwable e) {
            // Out of memory in our own code. What of the batch got through can't be said: it counts as failed.
            books.settle(ring, 0, batch.size());
            throw e;
        } finally {
            ring.release(batch);
        }
    }

    /** Waits until all that was accepted before the call is settled. */
    boolean flush(Duration timeout, Thread worker) {
        long ticket = ring.claimed();
        if (Thread.currentThread() == worker) {
            return settledTo >= ticket;
        }
        long deadline = ticker.nanos() + Math.min(timeout.toMillis(), LONGEST_FLUSH_MILLIS) * 1_000_000L;
        while (settledTo < ticket) {
            WaitList.Waiter waiter = flushers.enlist();
            // After enlisting: a worker that lingers for company looks whether somebody waits.
            ring.wakeConsumer();
            if (settledTo < ticket && deadline - ticker.nanos() > 0) {
                waiter.await(ticker, deadline);
            }
            flushers.leave(waiter, false);
            if (deadline - ticker.nanos() <= 0) {
                break;
            }
        }
        return settledTo >= ticket;
    }

    /** Whether events came in the last so many nanoseconds. */
    boolean busyWithin(long nanos) {
        return ring.size() > 0 || ticker.nanos() - lastBatchAt < nanos;
    }

    private void rest() {
        if (!ring.isDrained()) {
            // The next place is claimed, and its thread was interrupted before it could store.
            LockSupport.parkNanos(this, UNSTORED_NANOS);
            return;
        }
        markSettled();
        handOff.wakeWaiting(true);
        if (!closing.isDrained()) {
            // After that others deliver, one at a time.
            reportLosses(!closing.isRunning());
        }
        if (!closing.isRunning() && !closing.isDrained() && ring.isClosed() && ring.isDrained()) {
            delivery.idle();
            closing.drained();
        }
        if (idleRounds < NAPS) {
            idleRounds++;
            LockSupport.parkNanos(this, NAP_NANOS);
        } else {
            if (!closing.isDrained()) {
                delivery.idle();
            }
            ring.park(PARK_NANOS);
        }
    }

    private void linger() {
        long until = ticker.nanos() + pace.lingerNanos();
        while (batch.size() < pace.maxBatch() && closing.isRunning() && flushers.isEmpty() && !hasUrgent()) {
            long left = until - ticker.nanos();
            if (left <= 0) {
                return;
            }
            handOff.wakeWaiting(true);
            ring.park(left);
            ring.drain(batch, pace.maxBatch() - batch.size());
        }
    }

    /* An event that matters is not kept waiting for company. */
    private boolean hasUrgent() {
        for (int i = batch.size() - 1; i >= 0; i--) {
            if ((batch.tag(i) & HandOff.KEEP) != 0) {
                return true;
            }
        }
        return false;
    }

    private void settleLost() {
        long lost = ring.lost();
        if (lost != lostBefore) {
            books.settle(ring, 0, lost - lostBefore);
            lostBefore = lost;
        }
    }

    private void markSettled() {
        settledTo = Math.max(settledTo, ring.drainedTo());
        if (!flushers.isEmpty()) {
            flushers.wakeAll();
        }
    }

    private void reportLosses(boolean now) {
        if (!books.losses().unreported() || (!now && ticker.nanos() - lastReport < REPORT_INTERVAL_NANOS)) {
            return;
        }
        lastReport = ticker.nanos();
        String text = books.losses().report();
        ILoggingEvent notice = text == null ? null : asEvent.apply(text);
        if (notice != null) {
            delivery.deliverNotice(notice, waiting);
        }
    }
}
