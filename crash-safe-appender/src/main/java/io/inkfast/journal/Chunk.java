package io.inkfast.journal;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Records in memory, laid out as in a segment but not sealed. One thread at a time appends; what is published may be
 * read by any.
 */
final class Chunk {

    static final int BYTES = 64 * 1024;

    /* Not in the file's format: the record is delivered, and not journalled. */
    static final short PASSED = (short) (1 << 15);

    final ByteBuffer bytes;
    final long firstLsn;
    private int writeAt;
    private boolean passed;
    private volatile int end;
    private volatile long lastLsn;
    private volatile @Nullable Chunk next;
    private volatile boolean cut;

    Chunk(ByteBuffer bytes, long firstLsn) {
        this.bytes = bytes;
        this.firstLsn = firstLsn;
        lastLsn = firstLsn - 1;
    }

    boolean hasRoom(int frameBytes) {
        return bytes.capacity() - writeAt >= frameBytes;
    }

    /** Adds a record; whoever reads sees it when this returns. */
    void add(byte[] payload, int offset, int length, long lsn, long micros, byte type, byte level, short flags) {
        RecordFormat.begin(bytes, writeAt, length, lsn, micros, type, level);
        bytes.putShort(writeAt + RecordFormat.FLAGS, flags);
        bytes.put(writeAt + RecordFormat.HEADER_BYTES, payload, offset, length);
        int frame = RecordFormat.frameBytes(length);
        for (int i = writeAt + RecordFormat.HEADER_BYTES + length; i < writeAt + frame; i++) {
            bytes.put(i, (byte) 0);
        }
        writeAt += frame;
        passed |= (flags & PASSED) != 0;
        lastLsn = lsn;
        end = writeAt;
    }

    /** Whether a record was added that is passed over. Only for whoever appends. */
    boolean holdsPassed() {
        return passed;
    }

    /** Where published records end. */
    int end() {
        return end;
    }

    long lastLsn() {
        return lastLsn;
    }

    /** The chunk after this one; not null means that nothing more is added here. */
    @Nullable
    Chunk next() {
        return next;
    }

    void seal(Chunk following) {
        next = following;
    }

    /** What follows is not to be found from here any more, so that whoever still has this chunk does not keep it all. */
    void cut() {
        cut = true;
        next = null;
    }

    /** Whether {@link #next} says nothing. */
    boolean isCut() {
        return cut;
    }

    int frameBytes(int at) {
        return RecordFormat.frameBytes(bytes.getInt(at + RecordFormat.LENGTH));
    }

    long lsn(int at) {
        return bytes.getLong(at + RecordFormat.LSN);
    }

    boolean isPassed(int at) {
        return (bytes.getShort(at + RecordFormat.FLAGS) & PASSED) != 0;
    }

    /** Where a record, or the first one after it, begins; {@link #end} if all are before it. */
    int find(long lsn) {
        int at = 0;
        int limit = end;
        while (at < limit && lsn(at) < lsn) {
            at += frameBytes(at);
        }
        return at;
    }
}
