package io.inkfast.component;

import ch.qos.logback.classic.Level;
import io.inkfast.internal.ClosableRing;
import io.inkfast.internal.ClosableRing.Offer;
import io.inkfast.internal.DeliveryThreads;
import io.inkfast.internal.Ticker;
import io.inkfast.internal.WaitList;
import java.util.function.Function;

/**
 * The callers' side of a queue of events, in whatever form: puts one in, or does what the overflow policy says. Any
 * thread, without lock or allocation as long as there is room.
 *
 * @param <E> what waits in the queue
 * @since 0.1.0
 */
public final class HandOff<E> {

    /** What became of an event. Dropped events are in the books already. */
    public enum Outcome {
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
    public record Limits(
            int queueSize,
            int unreserved,
            long maxQueuedBytes,
            Overflow overflow,
            Level reserveLevel,
            long blockTimeoutNanos) {

        /** How long whoever logs an event of this level waits for room; 0 for not at all, the largest number for ever. */
        public long patienceNanos(Level level) {
            return switch (overflow) {
                case BLOCK -> FOR_EVER;
                case BLOCK_TIMEOUT -> blockTimeoutNanos;
                case DROP_NEWEST, DROP_OLDEST -> level.toInt() >= reserveLevel.toInt() ? blockTimeoutNanos : 0;
            };
        }
    }

    /** Told of each event that is dropped. */
    public interface Drops {
        /** It did not come into the queue. */
        void dropped(Level level);

        /** It was in the queue, and made room for another one. */
        void droppedFromQueue(Level level);
    }

    /** The event is at or above the reserve level: never evicted. */
    public static final long KEEP = 1;

    /** The event was logged by the worker, from inside an appender. */
    public static final long OWN = 2;

    private static final long FOR_EVER = Long.MAX_VALUE;

    private final ClosableRing<E> ring;
    private final Limits limits;
    private final Function<E, Level> levels;
    private final Drops drops;
    private final Ticker ticker;
    private final int reserveLevel;

    /* Events that matter wait in a line of their own: they may use room that the others may not. */
    private final WaitList waiting = new WaitList();
    private final WaitList waitingUrgent = new WaitList();

    /** @param levels the level of one that was put in */
    public HandOff(ClosableRing<E> ring, Limits limits, Function<E, Level> levels, Drops drops, Ticker ticker) {
        this.ring = ring;
        this.limits = limits;
        this.levels = levels;
        this.drops = drops;
        this.ticker = ticker;
        reserveLevel = limits.reserveLevel().toInt();
    }

    /**
     * Puts an event in, or not.
     *
     * @param weight  how many bytes it keeps on the heap
     * @param mayWait false on the worker's thread, which would wait for itself
     */
    public Outcome submit(E event, Level level, long weight, boolean mayWait) {
        boolean matters = level.toInt() >= reserveLevel;
        int within = matters ? limits.queueSize() : limits.unreserved();
        long tag = (matters ? KEEP : 0) | (mayWait ? 0 : OWN);
        Offer offer = ring.offer(event, tag, weight, within);
        if (offer == Offer.TAKEN) {
            return Outcome.TAKEN;
        }
        return offer == Offer.CLOSED ? Outcome.CLOSED : overflow(event, level, tag, weight, within);
    }

    private Outcome overflow(E event, Level level, long tag, long weight, int within) {
        Offer offer = Offer.FULL;
        if (limits.overflow() == Overflow.DROP_OLDEST) {
            offer = makeRoom(event, tag, weight, within);
        }
        if (offer == Offer.FULL && (tag & OWN) == 0 && !DeliveryThreads.isCurrent()) {
            offer = waitForRoom(event, tag, weight, within, limits.patienceNanos(level));
        }
        if (offer == Offer.FULL) {
            drops.dropped(level);
            return Outcome.DROPPED;
        }
        return offer == Offer.TAKEN ? Outcome.TAKEN : Outcome.CLOSED;
    }

    private Offer makeRoom(E event, long tag, long weight, int within) {
        while (true) {
            E oldest = ring.evict(KEEP);
            if (oldest != null) {
                drops.droppedFromQueue(levels.apply(oldest));
            }
            Offer offer = ring.offer(event, tag, weight, within);
            if (offer != Offer.FULL || oldest == null) {
                return offer;
            }
        }
    }

    private Offer waitForRoom(E event, long tag, long weight, int within, long patience) {
        if (patience == 0) {
            return Offer.FULL;
        }
        long now = ticker.nanos();
        long deadline = patience == FOR_EVER ? now + FOR_EVER / 2 : now + patience;
        WaitList line = (tag & KEEP) != 0 ? waitingUrgent : waiting;
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
    public void wakeWaiting(boolean isTime) {
        if (!waitingUrgent.isEmpty()) {
            waitingUrgent.wake((int) Math.max(1, limits.queueSize() - ring.size()));
        }
        if (!waiting.isEmpty()) {
            long room = limits.unreserved() - ring.size();
            if (room > 0 && (isTime || room >= Math.max(1, limits.unreserved() / 8))) {
                waiting.wake((int) room);
            }
        }
    }

    /** The queue is closed: whoever waits finds that out. */
    public void wakeAll() {
        waitingUrgent.wakeAll();
        waiting.wakeAll();
    }
}
