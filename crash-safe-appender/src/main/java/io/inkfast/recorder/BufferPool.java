package io.inkfast.recorder;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A few buffers for the threads that log. No lock, no thread-local: ten thousand virtual threads share what as many carriers
 * need. Any thread.
 */
final class BufferPool {

    private static final int SLOTS = 16;
    private static final int TRIES = 4;

    private final AtomicReferenceArray<RecordBuffer> slots = new AtomicReferenceArray<>(SLOTS);

    RecordBuffer take() {
        int slot = slot();
        for (int i = 0; i < TRIES; i++) {
            RecordBuffer found = slots.getAndSet((slot + i) & (SLOTS - 1), null);
            if (found != null) {
                return found;
            }
        }
        return new RecordBuffer();
    }

    void give(RecordBuffer buffer) {
        int slot = slot();
        for (int i = 0; i < TRIES && buffer.reusable(); i++) {
            if (slots.compareAndSet((slot + i) & (SLOTS - 1), null, buffer)) {
                return;
            }
        }
    }

    private static int slot() {
        long id = Thread.currentThread().getId();
        return (int) (id ^ id >>> 4);
    }
}
