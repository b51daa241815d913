package io.inkfast.net;

import ch.qos.logback.classic.Level;
import io.inkfast.component.Accounting;
import io.inkfast.component.HandOff;
import io.inkfast.component.Losses;
import java.util.concurrent.atomic.LongAdder;

/** The books of one appender, over all its starts. Any thread. */
final class NetBooks implements HandOff.Drops {

    final LongAdder received = new LongAdder();
    final LongAdder filtered = new LongAdder();
    final LongAdder failed = new LongAdder();
    final Losses losses = new Losses();

    private final LongAdder accepted = new LongAdder();
    private final LongAdder droppedFromQueue = new LongAdder();
    private final LongAdder attempts = new LongAdder();
    private final LongAdder acknowledged = new LongAdder();
    private final LongAdder duplicates = new LongAdder();
    private final LongAdder repeats = new LongAdder();
    private long written;
    private long deadLettered;
    private long lost;
    private long discarded;
    private long run;
    private boolean closed;

    /** Into the queue. */
    void accepted() {
        accepted.increment();
    }

    /** A run begins; its number is for what it settles. */
    synchronized long open() {
        discarded += closed ? queued() : 0;
        closed = false;
        return ++run;
    }

    /** Messages left the sender for good. Nothing is counted of a run that was closed. */
    synchronized void settle(long ofRun, int nowWritten, int nowDeadLettered, int nowLost) {
        if (ofRun == run) {
            written += nowWritten;
            deadLettered += nowDeadLettered;
            lost += nowLost;
        }
    }

    /**
     * The run is over; what it has left is discarded, also what a thread counts as accepted only now. Returns how many were
     * left.
     */
    synchronized long close() {
        run++;
        closed = true;
        return Math.max(0, queued());
    }

    /** A message was sent, once more if {@code before} it was already. */
    void attempt(boolean before) {
        attempts.increment();
        if (before) {
            repeats.increment();
        }
    }

    /** A peer said that it has a message. */
    void acknowledged() {
        acknowledged.increment();
    }

    void duplicate() {
        duplicates.increment();
    }

    @Override
    public void dropped(Level level) {
        losses.count(level, System.currentTimeMillis());
    }

    @Override
    public void droppedFromQueue(Level level) {
        droppedFromQueue.increment();
        dropped(level);
    }

    long acceptedSoFar() {
        return accepted.sum();
    }

    /** Whether so many of those accepted are done with. */
    synchronized boolean isSettled(long target) {
        return accepted.sum() - queued() >= target;
    }

    synchronized long queued() {
        return accepted.sum() - droppedFromQueue.sum() - written - deadLettered - lost - discarded;
    }

    synchronized Accounting snapshot(long rejected) {
        long left = queued();
        return new Accounting(
                received.sum() + rejected,
                0,
                written,
                filtered.sum(),
                losses.total(),
                rejected,
                failed.sum() + lost,
                deadLettered,
                closed ? discarded + left : discarded,
                closed ? 0 : left);
    }

    synchronized DeliveryCounts counts() {
        return new DeliveryCounts(attempts.sum(), acknowledged.sum(), duplicates.sum(), repeats.sum(), deadLettered);
    }
}
