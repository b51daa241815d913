package io.inkfast.journal;

import io.inkfast.internal.Directory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Reads the whole records of one segment, in the order in which they lie there, whatever happened to the file. Behind
 * damage it looks at every eighth byte for the next record. One thread.
 */
final class SegmentScan {

    private static final int WINDOW_BYTES = 256 * 1024;
    private static final int BLOCK = 4096;
    private static final byte[] ZEROS = new byte[WINDOW_BYTES];

    /*
     * Bytes that say they are a long record, and are not, cost a checksum. Somebody who writes messages full of such
     * headers, and has one of them damaged, must not keep a start waiting: so much of it is looked at for each byte.
     */
    private static final long VAIN_PER_BYTE = 16;

    private final Directory.Binary file;
    private final SegmentFormat.Header header;
    private final int largest;
    private final int seed;
    private final long end;
    private final CRC32C crc = new CRC32C();
    private long vainBytes;

    private ByteBuffer window;
    private long windowStart;
    private long next = SegmentFormat.HEADER_BYTES;
    private long record;
    private long damagedBytes;
    private boolean passesUnreadable;

    /**
     * @param limit   how much of the file to look at, in bytes from its start
     * @param largest the largest payload
     */
    SegmentScan(Directory.Binary file, SegmentFormat.Header header, long limit, int largest) throws IOException {
        this.file = file;
        this.header = header;
        this.largest = largest;
        seed = header.seed();
        end = Math.min(Math.min(limit, header.capacity()), file.size());
        window = RecordFormat.little(ByteBuffer.allocate((int) Math.min(WINDOW_BYTES, Math.max(end, 8))));
        window.limit(0);
        vainBytes = VAIN_PER_BYTE * header.capacity();
    }

    /** Begins at a position where a record begins, instead of the first. */
    void moveTo(long position) {
        next = position;
    }

    /** What cannot be read counts as zeros from now on, block by block, instead of ending the scan. */
    void passUnreadable() {
        passesUnreadable = true;
    }

    /** Moves on to the next whole record; false if there is no more. */
    boolean next() throws IOException {
        while (next + RecordFormat.HEADER_BYTES <= end) {
            ensure(next, RecordFormat.HEADER_BYTES);
            int at = (int) (next - windowStart);
            int length = window.getInt(at + RecordFormat.LENGTH);
            if (!isPlausible(at, length)) {
                if (window.getLong(at) == 0) {
                    next += zeros(at);
                } else {
                    skip();
                }
                continue;
            }
            int frame = RecordFormat.frameBytes(length);
            ensure(next, frame);
            at = (int) (next - windowStart);
            if (RecordFormat.look(window, at, window.limit(), seed, largest, crc) == RecordFormat.Found.WHOLE) {
                record = next;
                next += frame;
                return true;
            }
            vainBytes -= length;
            skip();
        }
        return false;
    }

    /* A segment that was used before is full of what was there then. */
    private void skip() {
        if ((header.flags() & SegmentFormat.USED_BEFORE) == 0) {
            damagedBytes += 8;
        }
        next += 8;
    }

    /* How many zeros there are in the window, at least 8: most of a segment that was left early is zeros. */
    private int zeros(int at) {
        int bytes = Math.min(window.limit() - at, ZEROS.length);
        int zeros = Arrays.mismatch(window.array(), at, at + bytes, ZEROS, 0, bytes);
        return (zeros < 0 ? bytes : zeros) & -8;
    }

    private boolean isPlausible(int at, int length) {
        return length >= 1
                && length <= largest
                && next + RecordFormat.frameBytes(length) <= end
                && window.getLong(at + RecordFormat.LSN) >= header.firstLsn()
                && window.get(at + RecordFormat.TYPE) >= RecordFormat.EVENT
                && window.get(at + RecordFormat.TYPE) <= RecordFormat.GAP
                && vainBytes > 0;
    }

    long lsn() {
        return window.getLong(at() + RecordFormat.LSN);
    }

    long micros() {
        return window.getLong(at() + RecordFormat.TIME);
    }

    byte type() {
        return window.get(at() + RecordFormat.TYPE);
    }

    byte level() {
        return window.get(at() + RecordFormat.LEVEL);
    }

    short flags() {
        return window.getShort(at() + RecordFormat.FLAGS);
    }

    /** What this record proves to have been durable. */
    long horizon() {
        return RecordFormat.horizon(window, at());
    }

    byte[] payload() {
        byte[] payload = new byte[window.getInt(at() + RecordFormat.LENGTH)];
        window.get(at() + RecordFormat.HEADER_BYTES, payload);
        return payload;
    }

    /** Where the next record would be. */
    long position() {
        return next;
    }

    /** Bytes so far that are neither zero nor part of a whole record. */
    long damagedBytes() {
        return damagedBytes;
    }

    private int at() {
        return (int) (record - windowStart);
    }

    /* Makes the window cover so many bytes from a position; what lies before them may go. */
    private void ensure(long position, int bytes) throws IOException {
        if (position >= windowStart && position + bytes <= windowStart + window.limit()) {
            return;
        }
        if (bytes > window.capacity()) {
            window = RecordFormat.little(ByteBuffer.allocate(Math.max(bytes, window.capacity())));
        }
        window.clear();
        window.limit((int) Math.min(window.capacity(), end - position));
        windowStart = position;
        while (window.hasRemaining()) {
            int limit = window.limit();
            if (passesUnreadable) {
                long at = position + window.position();
                window.limit((int) Math.min(limit, window.position() + BLOCK - at % BLOCK));
            }
            read(position);
            window.limit(limit);
        }
        window.position(0);
    }

    private void read(long position) throws IOException {
        int before = window.position();
        boolean ended;
        try {
            ended = file.read(window, position + before) < 0;
        } catch (IOException e) {
            if (!passesUnreadable) {
                // What is in the window is not what it says.
                window.position(0).limit(0);
                throw e;
            }
            window.position(before);
            damagedBytes += window.remaining();
            ended = true;
        }
        // Or somebody has cut the file meanwhile.
        while (ended && window.hasRemaining()) {
            window.put((byte) 0);
        }
    }
}
