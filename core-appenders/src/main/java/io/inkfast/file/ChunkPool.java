package io.inkfast.file;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A few empty chunks for the callers' threads. No lock, no thread-local: ten thousand virtual threads share what as many
 * carriers need. Any thread.
 *
 * @param <E> the event
 */
final class ChunkPool<E> {

    private static final int SLOTS = 16;
    private static final int TRIES = 4;

    private final AtomicReferenceArray<Chunk<E>> slots = new AtomicReferenceArray<>(SLOTS);

    Chunk<E> take() {
        int slot = slot();
        for (int i = 0; i < TRIES; i++) {
            Chunk<E> found = slots.getAndSet((slot + i) & (SLOTS - 1), null);
            if (found != null) {
                return found;
            }
        }
        return new Chunk<>(1024, 1);
    }

    void give(Chunk<E> chunk) {
        chunk.clear();
        int slot = slot();
        for (int i = 0; i < TRIES; i++) {
            if (slots.compareAndSet((slot + i) & (SLOTS - 1), null, chunk)) {
                return;
            }
        }
    }

    private static int slot() {
        long id = Thread.currentThread().getId();
        return (int) (id ^ id >>> 4);
    }
}
