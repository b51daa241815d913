package io.inkfast.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Puts records together, sealed for the segment they go to, and writes many at once. The thread that commits. */
final class Output {

    private static final int BYTES = 256 * 1024;

    private final CRC32C crc = new CRC32C();
    private ByteBuffer buffer = ByteBuffer.allocate(0);

    /** How many bytes a gap takes. */
    static int gapBytes(byte[] gap) {
        return RecordFormat.frameBytes(gap.length);
    }

    /** Bytes that are put together and not written. */
    int pending() {
        return buffer.position();
    }

    void clear() {
        buffer.clear();
    }

    /** Whether so many bytes more fit. */
    boolean hasRoom(int bytes) {
        return buffer.remaining() >= bytes;
    }

    /** Makes room for so many bytes; nothing may be pending. */
    void reserve(int bytes) {
        if (buffer.capacity() < bytes) {
            buffer = RecordFormat.little(ByteBuffer.allocateDirect(Math.max(BYTES, bytes)));
        }
    }

    /** A record of a chunk. */
    void add(Chunk chunk, int at, int seed, int flags, long durableLsn) {
        int start = buffer.position();
        buffer.put(start, chunk.bytes, at, chunk.frameBytes(at));
        finish(start, chunk.bytes.getInt(at + RecordFormat.LENGTH), seed, flags, durableLsn);
    }

    /** A gap that ends with this LSN. */
    void addGap(byte[] gap, long lastLsn, int seed, long durableLsn) {
        int start = buffer.position();
        RecordFormat.begin(buffer, start, gap.length, lastLsn, 0, RecordFormat.GAP, (byte) 0);
        buffer.put(start + RecordFormat.HEADER_BYTES, gap);
        finish(start, gap.length, seed, 0, durableLsn);
    }

    /** Writes what is pending. */
    void writeTo(Active segment) throws IOException {
        buffer.flip();
        segment.write(buffer);
        buffer.clear();
    }

    private void finish(int start, int payload, int seed, int flags, long durableLsn) {
        int end = start + RecordFormat.frameBytes(payload);
        for (int i = start + RecordFormat.HEADER_BYTES + payload; i < end; i++) {
            buffer.put(i, (byte) 0);
        }
        RecordFormat.seal(buffer, start, seed, flags, durableLsn, crc);
        buffer.position(end);
    }
}
