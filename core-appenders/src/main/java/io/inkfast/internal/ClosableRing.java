package io.inkfast.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/*
 * Indexes. The producer index moves in steps of four; bit 0 says that the consumer is parked, bit 1 that the ring is
 * closed. So one compare-and-set claims a place, fails if the ring was closed, and takes over the duty to wake the
 * consumer. Once CLOSED is set no claim can succeed: the last index is known, and the consumer drains exactly to it.
 *
 * Slots. Each has a turn, as in Vyukov's bounded queue: turn == position means free for that position, position + 1
 * means filled. Whoever moves the consumer index past a position owns its element and hands the slot on with turn =
 * position + slots. The consumer is one thread; producers move the consumer index only to evict. There are twice as many
 * slots as elements, so a producer never waits for the consumer to hand on the slot that it has just emptied.
 *
 * Weight. Elements up to the fair share (maxWeight / limit) cannot break the bound by weight, however many there are,
 * and cost nothing to count. Only the excess over the share goes through a shared counter.
 */
/**
 * A bounded queue for many producers and one consumer, with an end: a lock-free, allocation-free hand-off that can be
 * closed at a known index. Bounded in elements and in weight. Order is that of the claims, so each producer's own
 * elements keep theirs.
 *
 * <p>Any thread, virtual ones too, may call {@link #offer}, {@link #evict} and {@link #close}; one consumer thread at a
 * time calls the other methods.
 *
 * @param <E> the elements; null is not one
 * @since 0.1.0
 */
public final class ClosableRing<E> {

    /** What {@link #offer} says. */
    public enum Offer {
        /** The element is in the queue. */
        TAKEN,
        /** No room for an element of this weight, or within this limit. */
        FULL,
        /** The ring is closed, for good. */
        CLOSED
    }

    private static final VarHandle INDEX = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(Object[].class);
    private static final int PARKED = 1;
    private static final int CLOSED = 2;
    private static final int STEP = 4;
    static final int TAG_BITS = 2;

    /* Each index on cache lines of its own; the third is the producers' last look at the second. */
    private static final int PRODUCER = 16;
    private static final int CONSUMER = 32;
    private static final int CONSUMER_SEEN = 48;

    private final long[] indexes = new long[64];
    private final @Nullable Object[] elements;
    /* Excess weight and tag of each element. */
    private final long[] labels;
    private final long[] turns;
    private final long[] forfeited;
    private final int mask;
    private final int limit;
    private final long maxWeight;
    private final long fairShare;
    private final AtomicLong excess = new AtomicLong();
    private final KeptList<E> kept = new KeptList<>();
    private volatile @Nullable Thread consumer;

    private long skipped;
    private volatile long lost;

    /**
     * @param limit     the most elements it holds, at least 1
     * @param maxWeight the most weight it holds, in the unit of {@link #offer}
     */
    public ClosableRing(int limit, long maxWeight) {
        int slots = Integer.highestOneBit(Math.max(1, limit * 2 - 1)) * 2;
        elements = new @Nullable Object[slots];
        labels = new long[slots];
        turns = new long[slots];
        forfeited = new long[slots];
        for (int i = 0; i < slots; i++) {
            turns[i] = i;
        }
        mask = slots - 1;
        this.limit = limit;
        this.maxWeight = maxWeight;
        fairShare = maxWeight / limit;
    }

    /**
     * Puts an element at the end.
     *
     * @param tag    a number of the caller's from 0 to 3 that travels with the element
     * @param weight how much it weighs; an element heavier than the whole ring is taken when the ring is empty
     * @param within the queue may hold this many elements afterwards; at most the ring's limit
     */
    public Offer offer(E element, long tag, long weight, int within) {
        long heavy = Math.max(0, weight - fairShare);
        while (true) {
            long producer = (long) INDEX.getVolatile(indexes, PRODUCER);
            if ((producer & CLOSED) != 0) {
                return Offer.CLOSED;
            }
            long position = producer >>> 2;
            if (!hasRoom(position, within, heavy)) {
                if ((long) INDEX.getVolatile(indexes, PRODUCER) == producer) {
                    return Offer.FULL;
                }
                continue;
            }
            int slot = (int) position & mask;
            if ((long) INDEX.getAcquire(turns, slot) != position) {
                // Its last owner has taken the element and is about to hand the slot on, or another producer was
                // faster.
                Thread.onSpinWait();
                continue;
            }
            if (!INDEX.compareAndSet(indexes, PRODUCER, producer, (producer & ~PARKED) + STEP)) {
                continue;
            }
            store(element, heavy << TAG_BITS | tag, position, slot);
            if ((producer & PARKED) != 0) {
                wakeConsumer();
            }
            return Offer.TAKEN;
        }
    }

    private void store(E element, long label, long position, int slot) {
        try {
            if (label >>> TAG_BITS != 0) {
                excess.getAndAdd(label >>> TAG_BITS);
            }
            elements[slot] = element;
            labels[slot] = label;
            INDEX.setRelease(turns, slot, position + 1);
        } catch (Throwable e) {
            // A stack that overflows between claim and store. The consumer must not wait for this place; and what says
            // so must not need a call.
            forfeited[slot] = position + 1;
            throw e;
        }
    }

    /* Judged by the producers' last look at the consumer, which can only make the queue seem longer than it is. */
    private boolean hasRoom(long position, int within, long heavy) {
        long seen = (long) INDEX.getOpaque(indexes, CONSUMER_SEEN);
        long inKept = kept.count();
        if (position - seen + inKept < within && (heavy == 0 && excess.getOpaque() == 0)) {
            return true;
        }
        long consumed = consumed();
        INDEX.setOpaque(indexes, CONSUMER_SEEN, consumed);
        long queued = position - consumed + inKept;
        if (queued >= within) {
            return false;
        }
        long over = excess.get();
        return over + heavy == 0 || over + heavy + (queued + 1) * fairShare <= maxWeight || (queued == 0 && over == 0);
    }

    /**
     * Takes the oldest element out that may go, to make room; any thread. Elements whose tag has one of the bits of
     * {@code keep} stay in the queue.
     *
     * @return the element, or null if none may go
     */
    public @Nullable E evict(long keep) {
        while (true) {
            long position = consumed();
            int slot = (int) position & mask;
            if ((long) INDEX.getAcquire(turns, slot) != position + 1) {
                if (consumed() != position) {
                    continue;
                }
                // Empty, or claimed and not stored yet.
                return null;
            }
            E element = element(slot);
            long label = labels[slot];
            if (element == null) {
                continue;
            }
            if ((label & keep) == 0) {
                if (take(position, slot)) {
                    release(label >>> TAG_BITS);
                    return element;
                }
                continue;
            }
            KeptList.Kept<E> aside = kept.announce(position, element, label);
            boolean taken = false;
            try {
                taken = take(position, slot);
            } finally {
                kept.resolve(aside, taken);
            }
        }
    }

    /**
     * Puts what {@code change} makes of an element into its place, if it is still there by then; any thread. Elements
     * that weigh more than their share, or whose tag has one of the bits of {@code not}, are left alone.
     *
     * @param ticket the element's: the number of elements claimed before it
     */
    public void replace(long ticket, long not, UnaryOperator<E> change) {
        int slot = (int) ticket & mask;
        if ((long) INDEX.getAcquire(turns, slot) != ticket + 1
                || labels[slot] >>> TAG_BITS != 0
                || (labels[slot] & not) != 0) {
            return;
        }
        E element = element(slot);
        if (element != null) {
            E changed = change.apply(element);
            if (changed != element) {
                ELEMENT.compareAndSet(elements, slot, element, changed);
            }
        }
    }

    /** No claim succeeds from now on; every element claimed before will be drained. Wakes the consumer. */
    public void close() {
        INDEX.getAndBitwiseOr(indexes, PRODUCER, (long) CLOSED);
        wakeConsumer();
    }

    public boolean isClosed() {
        return ((long) INDEX.getVolatile(indexes, PRODUCER) & CLOSED) != 0;
    }

    /** Elements claimed so far, since the ring was made; the ticket of the last one. */
    public long claimed() {
        return (long) INDEX.getVolatile(indexes, PRODUCER) >>> 2;
    }

    /** The ticket up to which every element has left the queue, or 0 while some that were kept have not; consumer only. */
    public long drainedTo() {
        // In this order: what is kept was announced before the index moved past it.
        long consumed = consumed();
        return kept.count() == 0 ? consumed : 0;
    }

    /** Elements that left the ring so far: taken, evicted or put aside. */
    public long consumed() {
        return (long) INDEX.getVolatile(indexes, CONSUMER);
    }

    /** Elements in the queue; exact when nothing moves. */
    public long size() {
        long consumed = consumed();
        return Math.max(0, claimed() - consumed) + kept.count();
    }

    public int limit() {
        return limit;
    }

    /** The thread that will drain, and that producers wake. */
    public void consumer(Thread thread) {
        consumer = thread;
    }

    /** Wakes the consumer if it is parked or about to be. */
    public void wakeConsumer() {
        LockSupport.unpark(consumer);
    }

    /**
     * Consumer only: moves up to {@code max} elements into {@code batch}, in order. None also if the next element is
     * claimed and not stored yet.
     */
    public void drain(RingBatch<E> batch, int max) {
        int taken = 0;
        while (taken < max) {
            long position = consumed();
            int slot = (int) position & mask;
            if ((long) INDEX.getAcquire(turns, slot) != position + 1) {
                if (consumed() != position || skipForfeited(position, slot)) {
                    continue;
                }
                break;
            }
            E element = element(slot);
            long label = labels[slot];
            if (element != null && take(position, slot)) {
                batch.add(element, label, position);
                taken++;
            }
        }
        if (kept.count() > 0) {
            kept.collect(batch, batch.isEmpty() ? consumed() : batch.lastPosition() + 1);
        }
    }

    /** Places claimed by threads that died before they could store; any thread. */
    public long lost() {
        return lost;
    }

    /** Consumer only: elements of a batch are done with; their weight is free again. */
    public void release(RingBatch<E> batch) {
        release(batch.heavy());
    }

    /** Consumer only: whether nothing is left, neither stored nor claimed. */
    public boolean isDrained() {
        return claimed() == consumed() && kept.count() == 0;
    }

    /** Consumer only: parks until a producer claims, the ring is closed, or the time is over; not if there is work. */
    public void park(long nanos) {
        long producer = (long) INDEX.getVolatile(indexes, PRODUCER);
        if (!isDrained() || !INDEX.compareAndSet(indexes, PRODUCER, producer, producer | PARKED)) {
            return;
        }
        if ((producer >>> 2) == consumed()) {
            LockSupport.parkNanos(this, nanos);
        }
        INDEX.getAndBitwiseAnd(indexes, PRODUCER, ~(long) PARKED);
    }

    private void release(long heavy) {
        if (heavy != 0) {
            excess.getAndAdd(-heavy);
        }
    }

    /* The slot is emptied only by the thread whose compare-and-set moved the index past it. */
    private boolean take(long position, int slot) {
        if (!INDEX.compareAndSet(indexes, CONSUMER, position, position + 1)) {
            return false;
        }
        elements[slot] = null;
        INDEX.setRelease(turns, slot, position + mask + 1);
        return true;
    }

    private boolean skipForfeited(long position, int slot) {
        if ((long) INDEX.getOpaque(forfeited, slot) != position + 1 || !take(position, slot)) {
            return false;
        }
        skipped++;
        lost = skipped;
        return true;
    }

    @SuppressWarnings("unchecked") // Only offer() stores, and it stores E.
    private @Nullable E element(int slot) {
        return (E) elements[slot];
    }
}
