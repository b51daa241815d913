package io.inkfast.journal;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The newest records, in memory: what is still to be written, to be confirmed, or to be delivered without reading it
 * back. Numbers the records. Any thread; one short lock.
 */
final class Tail {

    /** The result of {@link #append} when nothing may go to make room. */
    static final long NO_ROOM = -1;

    /* A monitor is given back without a call, for which a stack that ends would have no room. */
    private final Object lock = new Object();
    private final int budget;
    private Chunk first;
    private Chunk last;
    private int bytes;
    private long nextLsn;
    private long events;
    private @Nullable ByteBuffer spare;

    private volatile long lastLsn;
    private volatile long durableLsn;
    private volatile long readLsn;
    private volatile long passedLsn;
    private volatile boolean keepsUnread;
    private final int groupBytes;
    private int ungrouped;
    private volatile boolean group;

    Tail(int budget, int groupBytes, long nextLsn) {
        this.budget = budget;
        this.groupBytes = groupBytes;
        this.nextLsn = nextLsn;
        lastLsn = nextLsn - 1;
        durableLsn = lastLsn;
        first = new Chunk(RecordFormat.little(ByteBuffer.allocate(Chunk.BYTES)), nextLsn);
        last = first;
        bytes = Chunk.BYTES;
    }

    /**
     * Adds a record and returns its LSN; {@link #NO_ROOM} if memory is full of what nobody has on disk. One that is to be
     * passed over gets half of the memory, and never the place of another: the rest is for what is journalled.
     */
    long append(byte[] payload, int offset, int length, long micros, byte type, byte level, short flags) {
        int frame = RecordFormat.frameBytes(length);
        synchronized (lock) {
            if (!last.hasRoom(frame) && !extend(frame, (flags & Chunk.PASSED) != 0)) {
                return NO_ROOM;
            }
            long lsn = nextLsn;
            last.add(payload, offset, length, lsn, micros, type, level, flags);
            // No call from here on: a stack that ends leaves all of the record, or nothing.
            nextLsn = lsn + 1;
            lastLsn = lsn;
            events += type == RecordFormat.EVENT ? 1 : 0;
            ungrouped += frame;
            if (ungrouped >= groupBytes) {
                ungrouped = 0;
                group = true;
            }
            return lsn;
        }
    }

    /** How many events were added. */
    long events() {
        synchronized (lock) {
            return events;
        }
    }

    /** Whether so much came since {@link #beginGroup} that it should be written. */
    boolean hasGroup() {
        return group;
    }

    /** What is there is going to be written. */
    void beginGroup() {
        group = false;
    }

    /**
     * Lets go of what was delivered, though it may not be written yet: while the disk hangs, events still go to the sinks.
     * What is not written then is a gap.
     */
    void releaseRead() {
        synchronized (lock) {
            while (first.next() != null && first.lastLsn() <= readLsn) {
                dropFirst();
            }
        }
    }

    /** Whether what is oldest was not delivered yet. */
    boolean waitsForReader() {
        synchronized (lock) {
            return first.lastLsn() > readLsn;
        }
    }

    /** The newest LSN. */
    long lastLsn() {
        return lastLsn;
    }

    /** What is confirmed need not be kept here. */
    void durable(long lsn) {
        durableLsn = lsn;
    }

    long durableLsn() {
        return durableLsn;
    }

    /** So far, what is not confirmed need not be journalled: it may go when it was delivered. */
    void passed(long lsn) {
        passedLsn = lsn;
    }

    /** What was delivered from here need not be kept, once it is confirmed. */
    void read(long lsn) {
        readLsn = lsn;
        if (first.next() != null) {
            synchronized (lock) {
                while (first.next() != null && first.lastLsn() <= readLsn && mayGo(first)) {
                    dropFirst();
                }
            }
        }
    }

    /** What comes after it is read again: from here, or from the segments. */
    void unread(long lsn) {
        synchronized (lock) {
            readLsn = Math.min(readLsn, lsn);
        }
    }

    /** Whether only what is still to be delivered is kept: while nothing can be journalled. */
    void keepOnlyUnread(boolean only) {
        keepsUnread = only;
    }

    /** The oldest chunk there is. */
    Chunk first() {
        synchronized (lock) {
            return first;
        }
    }

    /** The chunk that has the record, or the first one after it; null if the record was there and has gone. */
    @Nullable
    Chunk find(long lsn) {
        synchronized (lock) {
            if (first.firstLsn > lsn) {
                return null;
            }
            Chunk chunk = first;
            while (chunk.lastLsn() < lsn && chunk.next() != null) {
                chunk = Objects.requireNonNull(chunk.next());
            }
            return chunk;
        }
    }

    private boolean extend(int frame, boolean passes) {
        int size = Math.max(Chunk.BYTES, frame);
        // A record that is too long for a segment is passed over, too.
        int most = passes && size <= budget / 2 ? budget / 2 : budget;
        while (bytes + size > most && first.next() != null && mayGo(first) && !(passes && isNeeded(first))) {
            dropFirst();
        }
        if (bytes + size > most && first != last) {
            return false;
        }
        ByteBuffer buffer = size == Chunk.BYTES ? spare : null;
        spare = buffer == null ? spare : null;
        Chunk chunk = new Chunk(buffer == null ? RecordFormat.little(ByteBuffer.allocate(size)) : buffer, nextLsn);
        last.seal(chunk);
        // No call from here on, as above.
        bytes += size;
        last = chunk;
        return true;
    }

    private boolean mayGo(Chunk chunk) {
        long lsn = chunk.lastLsn();
        return lsn <= (keepsUnread ? readLsn : durableLsn) || (lsn <= readLsn && lsn <= passedLsn);
    }

    /* Whether something in it is nowhere else, and not delivered. */
    private boolean isNeeded(Chunk chunk) {
        return chunk.holdsPassed() && chunk.lastLsn() > readLsn;
    }

    private void dropFirst() {
        Chunk gone = first;
        Chunk following = Objects.requireNonNull(gone.next());
        int size = gone.bytes.capacity();
        gone.cut();
        first = following;
        bytes -= size;
        // Whoever still reads it must not see other records there.
        if (gone.lastLsn() <= Math.min(readLsn, durableLsn) && size == Chunk.BYTES) {
            spare = gone.bytes;
        }
    }
}
