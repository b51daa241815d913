package io.inkfast.async;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.inkfast.internal.ClosableRing;
import io.inkfast.internal.ClosableRing.Offer;
import io.inkfast.internal.Ticker;
import io.inkfast.internal.WaitList;

/**
 * The callers' side: puts an event into the queue, or does what the overflow policy says. Any thread, without lock or
 * allocation as long as there is room.
 */
final class HandOff {

    /** What became of an event. Dropped events are in the books already. */
    enum Outcome {
        TAKEN,
        DROPPED,
        CLOSED
    }

    /**
     * @param queueSize         the most events that wait
     * @param unreserved        how many of these may be below the reserve level
     * @param maxQueuedBytes    the most bytes that wait, as estimated
     * @param blockTimeoutNanos how long BLOCK_TIMEOUT waits, and an event that matters in the other policies that drop
     */
    record Limits(
            int queueSize,
            int unreserved,
            long maxQueuedBytes,
            Overflow overflow,
            Level reserveLevel,
            long blockTimeoutNanos) {}

    /** The event is at or above the reserve level: never evicted. */
    static final long KEEP = 1;

    /** The event was logged by the worker, from inside an appender. */
    static final long OWN = 2;

    private static final long FOR_EVER = Long.MAX_VALUE;

    private final ClosableRing<ILoggingEvent> ring;
    private final Limits limits;
    private final Books books;
    private final Ticker ticker;
    private final int reserveLevel;
    private final Weight weights = new Weight();

    /* Events that matter wait in a line of their own: they may use room that the others may not. */
    private final WaitList waiting = new WaitList();
    private final WaitList waitingToo = new WaitList();

    HandOff(ClosableRing<ILoggingEvent> ring, Limits limits, Books books, Ticker ticker) {
        this.ring = ring;
        this.limits = limits;
        this.books = books;
        this.ticker = ticker;
        reserveLevel = limits.reserveLevel().toInt();
    }

    /**
     * @param mayWait false on the worker's thread, which would wait for itself
     */
    Outcome submit(ILoggingEvent event, boolean mayWait) {
        boolean matters = event.getLevel().toInt() >= reserveLevel;
        int within = matters ? limits.queueSize() : limits.unreserved();
        long tag = (matters ? KEEP : 0) | (mayWait ? 0 : OWN);
        long weight = weights.of(event);
        Offer offer = ring.offer(event, tag, weight, within);
        if (offer == Offer.TAKEN) {
            return Outcome.TAKEN;
        }
        return offer == Offer.CLOSED ? Outcome.CLOSED : overflow(event, tag, weight, within, mayWait);
    }

    private Outcome overflow(ILoggingEvent event, long tag, long weight, int within, boolean mayWait) {
        Offer offer = Offer.FULL;
        if (limits.overflow() == Overflow.DROP_OLDEST) {
            offer = makeRoom(event, tag, weight, within);
        }
        if (offer == Offer.FULL && mayWait) {
            offer = waitForRoom(event, tag, weight, within);
        }
        if (offer == Offer.FULL) {
            books.dropped(event.getLevel());
            return Outcome.DROPPED;
        }
        return offer == Offer.TAKEN ? Outcome.TAKEN : Outcome.CLOSED;
    }

    private Offer makeRoom(ILoggingEvent event, long tag, long weight, int within) {
        while (true) {
            ILoggingEvent oldest = ring.evict(KEEP);
            if (oldest != null) {
                books.droppedFromQueue(oldest.getLevel());
            }
            Offer offer = ring.offer(event, tag, weight, within);
            if (offer != Offer.FULL || oldest == null) {
                return offer;
            }
        }
    }

    private Offer waitForRoom(ILoggingEvent event, long tag, long weight, int within) {
        boolean matters = (tag & KEEP) != 0;
        long patience = switch (limits.overflow()) {
            case BLOCK -> FOR_EVER;
            case BLOCK_TIMEOUT -> limits.blockTimeoutNanos();
            case DROP_NEWEST, DROP_OLDEST -> matters ? limits.blockTimeoutNanos() : 0;
        };
        if (patience == 0) {
            return Offer.FULL;
        }
        long now = ticker.nanos();
        long deadline = patience == FOR_EVER ? now + FOR_EVER / 2 : now + patience;
        WaitList line = matters ? waitingToo : waiting;
        // The worker may be having a nap: with callers waiting it has work.
        ring.wakeConsumer();
        while (true) {
            WaitList.Waiter waiter = line.enlist();
            Offer offer = ring.offer(event, tag, weight, within);
            if (offer != Offer.FULL) {
                line.leave(waiter, true);
                return offer;
            }
            if (deadline - ticker.nanos() <= 0) {
                line.leave(waiter, true);
                return Offer.FULL;
            }
            waiter.await(ticker, deadline);
            line.leave(waiter, false);
        }
    }

    /**
     * The worker has made room: wakes those who wait for it, those whose events matter first. The others only when
     * there is room for a good number of them, or when it {@code isTime}: each wake-up costs as much as many events.
     */
    void wakeWaiting(boolean isTime) {
        if (!waitingToo.isEmpty()) {
            waitingToo.wake((int) Math.max(1, limits.queueSize() - ring.size()));
        }
        if (!waiting.isEmpty()) {
            long room = limits.unreserved() - ring.size();
            if (room > 0 && (isTime || room >= Math.max(1, limits.unreserved() / 8))) {
                waiting.wake((int) room);
            }
        }
    }

    /** The queue is closed: whoever waits finds that out. */
    void wakeAll() {
        waitingToo.wakeAll();
        waiting.wakeAll();
    }
}
