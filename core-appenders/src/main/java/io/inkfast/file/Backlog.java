package io.inkfast.file;

import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Encoded events that wait while the disk refuses them, or for others; bounded in bytes. While it is active, callers come
 * here and do not touch the file. Any thread; holds its lock for a copy of one event at most.
 *
 * @param <E> the event
 */
final class Backlog<E> {

    /* What an event costs beyond its bytes. */
    private static final int EVENT_BYTES = 16;

    enum Answer {
        QUEUED,
        FULL,
        INACTIVE
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Chunk<E>> chunks = new ArrayDeque<>();
    private final long maxBytes;
    private final boolean gathers;
    private volatile long bytes;
    private boolean closed;
    private volatile boolean active;

    /** @param gathers whether it is active always, so that events wait for each other */
    Backlog(long maxBytes, boolean gathers) {
        this.maxBytes = maxBytes;
        this.gathers = gathers;
        active = gathers;
    }

    /** Whether so much waits that it should be written. */
    boolean hasChunk() {
        return bytes >= Chunk.BYTES;
    }

    /** Copies the events of a chunk, if events are to wait. */
    Answer offer(Chunk<E> chunk) {
        if (!active) {
            return Answer.INACTIVE;
        }
        lock.lock();
        try {
            if (!active) {
                return Answer.INACTIVE;
            }
            long more = cost(chunk);
            if (bytes + more > maxBytes) {
                return Answer.FULL;
            }
            Chunk<E> tail = chunks.peekLast();
            if (tail == null || tail.buffer.size() + chunk.buffer.size() > Chunk.BYTES) {
                tail = new Chunk<>(Math.max(1024, chunk.buffer.size()), 16);
                tail.addAll(chunk);
                chunks.add(tail);
            } else {
                tail.addAll(chunk);
            }
            chunk.handed = true;
            chunk.free = true;
            grow(more);
            return Answer.QUEUED;
        } finally {
            lock.unlock();
        }
    }

    /** Keeps a whole chunk, whether there is room or not; it is the backlog's from now on. */
    void keep(Chunk<E> chunk) {
        lock.lock();
        try {
            active = !closed;
            grow(cost(chunk));
            chunks.add(chunk);
        } finally {
            lock.unlock();
        }
    }

    /** From now on events wait here, until {@link #next} has found it empty. */
    void activate() {
        lock.lock();
        try {
            active = !closed;
        } finally {
            lock.unlock();
        }
    }

    /** The oldest chunk; null if there is none, and then events do not wait any more. */
    @Nullable
    Chunk<E> next() {
        if (!active) {
            return null;
        }
        lock.lock();
        try {
            Chunk<E> chunk = chunks.poll();
            if (chunk == null) {
                active = gathers && !closed;
                return null;
            }
            grow(-cost(chunk));
            return chunk;
        } finally {
            lock.unlock();
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // under the lock; only hasChunk reads without it
    private void grow(long by) {
        bytes += by;
    }

    /** Takes nothing any more; how many events were left. */
    long close() {
        lock.lock();
        try {
            closed = true;
            active = false;
            long events = 0;
            for (Chunk<E> chunk : chunks) {
                events += chunk.count();
            }
            chunks.clear();
            bytes = 0;
            return events;
        } finally {
            lock.unlock();
        }
    }

    /** Gives back the lock, if this thread ran out of stack with it. */
    void release() {
        while (lock.isHeldByCurrentThread()) {
            lock.unlock();
        }
    }

    private long cost(Chunk<E> chunk) {
        return chunk.buffer.size() + (long) EVENT_BYTES * chunk.count();
    }
}
