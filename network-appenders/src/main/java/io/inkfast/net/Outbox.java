package io.inkfast.net;

import io.inkfast.component.HandOff;
import io.inkfast.internal.ClosableRing;
import io.inkfast.internal.ClosableRing.Offer;
import io.inkfast.internal.RingBatch;
import io.inkfast.internal.Ticker;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/**
 * What waits to be sent: bounded in bytes and in messages. Any thread puts messages in; the sender's thread takes them out.
 * Their bytes count until all that were taken with them, or before, are settled.
 */
final class Outbox {

    private static final int EXPECTED = 512;

    private final ClosableRing<Message> ring;
    private final HandOff<Message> handOff;
    private final HandOff.Limits limits;
    private final NetBooks books;
    private final Queue<RingBatch<Message>> taken = new ArrayDeque<>();
    private final Queue<RingBatch<Message>> spare = new ArrayDeque<>();

    Outbox(HandOff.Limits limits, NetBooks books, Ticker ticker) {
        this.limits = limits;
        this.books = books;
        ring = new ClosableRing<>(limits.queueSize(), limits.maxQueuedBytes());
        handOff = new HandOff<>(ring, limits, Message::level, books, ticker);
    }

    /** From a logger: the overflow policy applies. False if the outbox is closed. */
    boolean put(Message message, boolean mayWait) {
        HandOff.Outcome outcome = handOff.submit(message, message.level(), message.weight(), mayWait);
        if (outcome == HandOff.Outcome.TAKEN) {
            books.accepted();
        }
        return outcome != HandOff.Outcome.CLOSED;
    }

    /** From a front, which keeps what has no room here. */
    boolean offer(Message message) {
        if (ring.offer(message, HandOff.KEEP, message.weight(), limits.queueSize()) != Offer.TAKEN) {
            return false;
        }
        books.accepted();
        return true;
    }

    /** Takes more of what is there, up to so many. The sender's thread. */
    void take(List<Message> into, int most) {
        RingBatch<Message> batch = spare.isEmpty() ? new RingBatch<>(EXPECTED) : spare.poll();
        ring.drain(batch, most);
        into.addAll(batch);
        (batch.isEmpty() ? spare : taken).add(batch);
        handOff.wakeWaiting(true);
    }

    /** Makes room where what was taken is settled. The sender's thread. */
    void release() {
        RingBatch<Message> batch = taken.peek();
        while (batch != null && isSettled(batch)) {
            ring.release(batch);
            batch.clear();
            spare.add(taken.remove());
            batch = taken.peek();
        }
    }

    private static boolean isSettled(List<Message> batch) {
        for (Message each : batch) {
            if (!each.isSettled()) {
                return false;
            }
        }
        return true;
    }

    /** The sender's thread. */
    boolean isEmpty() {
        return ring.isDrained();
    }

    boolean isNearlyEmpty() {
        return ring.size() <= limits.queueSize() / 2;
    }

    /** Waits for something to take; the sender's thread. */
    void await(long nanos) {
        ring.park(nanos);
    }

    /** The thread that takes. */
    void taker(Thread thread) {
        ring.consumer(thread);
    }

    void wake() {
        ring.wakeConsumer();
    }

    /** Nothing comes in from now on. */
    void close() {
        ring.close();
        handOff.wakeAll();
    }

    boolean isClosed() {
        return ring.isClosed();
    }
}
