package io.inkfast.internal;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a few objects from one use to the next. No lock, no thread-local, which would pin the class loader of a web
 * application: ten thousand virtual threads share what as many carriers need. Any thread.
 *
 * @param <T> what is kept
 * @since 0.1.0
 */
public final class Pool<T> {

    private static final int TRIES = 4;

    private final AtomicReferenceArray<@Nullable T> slots;
    private final int mask;

    /** @param slots how many are kept at most, a power of two */
    public Pool(int slots) {
        if (slots < TRIES || Integer.bitCount(slots) != 1) {
            throw new IllegalArgumentException("not a power of two, of at least " + TRIES + ": " + slots);
        }
        this.slots = new AtomicReferenceArray<>(slots);
        this.mask = slots - 1;
    }

    /** One that nobody else has, most likely one that this thread has given; null if there is none at hand. */
    public @Nullable T take() {
        int slot = slot();
        for (int i = 0; i < TRIES; i++) {
            int at = (slot + i) & mask;
            if (slots.getPlain(at) != null) {
                T found = slots.getAndSet(at, null);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    /** Keeps one, if there is room. What another thread gives in the same moment may be forgotten, which does no harm. */
    public void give(T item) {
        int slot = slot();
        for (int i = 0; i < TRIES; i++) {
            int at = (slot + i) & mask;
            if (slots.getPlain(at) == null) {
                slots.setRelease(at, item);
                return;
            }
        }
    }

    /** Forgets all of them. */
    public void clear() {
        for (int i = 0; i <= mask; i++) {
            slots.set(i, null);
        }
    }

    private static int slot() {
        long id = Thread.currentThread().getId();
        return (int) (id ^ id >>> 4);
    }
}
