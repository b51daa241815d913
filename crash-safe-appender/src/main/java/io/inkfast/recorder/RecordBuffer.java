package io.inkfast.recorder;

import io.inkfast.internal.BatchBuffer;
import io.inkfast.keys.RecordSeal;
import java.util.zip.CRC32C;

/** What it takes to make one record, kept for the next: the bytes before it goes into the ring. One thread at a time. */
final class RecordBuffer {

    /** Above this, a buffer is not kept. */
    private static final int KEPT = 64 * 1024;

    final BatchBuffer bytes = new BatchBuffer(1024);
    final byte[] scratch = new byte[RingFormat.PREFIX];
    final CRC32C crc = new CRC32C();

    /** Room for what stands before the content, which is written next. */
    void begin(byte[] ringId) {
        bytes.reset(KEPT);
        bytes.room(RingFormat.PREFIX);
        System.arraycopy(ringId, 0, bytes.array(), 0, ringId.length);
        bytes.added(RingFormat.PREFIX);
    }

    /** How long the content is. */
    int content() {
        return bytes.size() - RingFormat.PREFIX;
    }

    /** Encrypts the content. */
    void seal(RecordSeal seal) {
        int end = bytes.size();
        seal.seal(bytes, RingFormat.PREFIX);
        int length = bytes.size() - end;
        System.arraycopy(bytes.array(), end, bytes.array(), RingFormat.PREFIX, length);
        bytes.truncate(RingFormat.PREFIX + length);
    }

    boolean reusable() {
        return bytes.capacity() <= KEPT;
    }
}
