package io.inkfast.internal;

import java.util.Iterator;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Elements that a producer found at the head of a {@link ClosableRing} while it looked for one to evict, and that must
 * stay. Each is announced here before the head moves past its place: so the consumer, whenever it is past that place,
 * finds it and puts it back in order. Any thread announces; the consumer collects.
 */
final class KeptList<E> {

    private final ConcurrentLinkedQueue<Kept<E>> list = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();

    /** How many there are, announced ones included. */
    int count() {
        return count.get();
    }

    Kept<E> announce(long position, E element, long label) {
        Kept<E> kept = new Kept<>(position, element, label);
        count.incrementAndGet();
        try {
            list.add(kept);
        } catch (Throwable e) {
            count.decrementAndGet();
            throw e;
        }
        return kept;
    }

    /** How the announcement ended: whether the announcer was the one who moved the head. */
    void resolve(Kept<E> kept, boolean taken) {
        if (taken) {
            kept.state = Kept.CONFIRMED;
        } else {
            kept.state = Kept.CANCELLED;
            count.decrementAndGet();
        }
    }

    /** Moves the elements whose place is before {@code upTo} into the batch, each to its place. */
    void collect(RingBatch<E> batch, long upTo) {
        for (Iterator<Kept<E>> it = list.iterator(); it.hasNext(); ) {
            Kept<E> kept = it.next();
            // The head is past it, so the announcer knows how it ended and is about to say so.
            while (kept.state == Kept.ANNOUNCED && kept.position < upTo) {
                Thread.onSpinWait();
            }
            if (kept.state == Kept.CANCELLED) {
                it.remove();
            } else if (kept.state == Kept.CONFIRMED && kept.position < upTo) {
                it.remove();
                count.decrementAndGet();
                batch.insert(kept.element, kept.label, kept.position);
            }
        }
    }

    /** One element beside the ring. */
    static final class Kept<E> {
        private static final int ANNOUNCED = 0;
        private static final int CONFIRMED = 1;
        private static final int CANCELLED = 2;

        private final long position;
        private final E element;
        private final long label;
        private volatile int state = ANNOUNCED;

        private Kept(long position, E element, long label) {
            this.position = position;
            this.element = element;
            this.label = label;
        }
    }
}
