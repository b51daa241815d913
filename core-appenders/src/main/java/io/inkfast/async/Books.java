package io.inkfast.async;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.inkfast.component.Accounting;
import io.inkfast.component.HandOff;
import io.inkfast.component.Losses;
import io.inkfast.internal.ClosableRing;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The books of one front, over all its starts. The queue itself counts what it took, so an accepted event costs nothing
 * to count. Any thread.
 *
 * <p>The worker settles what it did batch by batch. When the front stops while its worker hangs, the queue's page is
 * closed: what is left of it is discarded then, and what that worker still does is not counted twice.
 */
final class Books implements HandOff.Drops {

    private final Losses losses = new Losses();
    private final LongAdder droppedFromQueue = new LongAdder();
    private final LongAdder filtered = new LongAdder();
    private final LongAdder failedOnCaller = new LongAdder();

    private @Nullable ClosableRing<ILoggingEvent> queue;
    private long acceptedEarlier;
    private long settled;
    private long passedOn;
    private long written;
    private long failed;
    private long discarded;

    Losses losses() {
        return losses;
    }

    synchronized void open(ClosableRing<ILoggingEvent> newQueue) {
        queue = newQueue;
    }

    /** The worker is done with events of this queue. */
    synchronized void settle(ClosableRing<ILoggingEvent> from, long nowWritten, long nowFailed) {
        if (from == queue) {
            settled += nowWritten + nowFailed;
            written += nowWritten;
            failed += nowFailed;
        }
    }

    /** No event of the queue counts from now on. Returns how many were left in it; they are discarded. */
    synchronized long close() {
        if (queue == null) {
            return 0;
        }
        acceptedEarlier += queue.claimed();
        queue = null;
        long left = queued();
        discarded += left;
        return left;
    }

    /** An event that went past the queue, because that was closed already. */
    synchronized void passedOn(boolean wasWritten) {
        passedOn++;
        written += wasWritten ? 1 : 0;
        failed += wasWritten ? 0 : 1;
    }

    void filtered() {
        filtered.increment();
    }

    void failedOnCaller() {
        failedOnCaller.increment();
    }

    @Override
    public void dropped(Level level) {
        losses.count(level, System.currentTimeMillis());
    }

    void droppedInside(Level level) {
        losses.countInside(level);
    }

    @Override
    public void droppedFromQueue(Level level) {
        droppedFromQueue.increment();
        dropped(level);
    }

    synchronized Accounting snapshot(long rejected) {
        long onCaller = failedOnCaller.sum();
        long denied = filtered.sum();
        long fromQueue = droppedFromQueue.sum();
        long dropped = Math.max(fromQueue, losses.total());
        long queued = queued();
        long received = accepted() + passedOn + (dropped - fromQueue) + denied + onCaller + rejected;
        return new Accounting(received, 0, written, denied, dropped, rejected, failed + onCaller, 0, discarded, queued);
    }

    private long accepted() {
        return acceptedEarlier + (queue == null ? 0 : queue.claimed());
    }

    private long queued() {
        return accepted() - droppedFromQueue.sum() - settled - discarded;
    }
}
