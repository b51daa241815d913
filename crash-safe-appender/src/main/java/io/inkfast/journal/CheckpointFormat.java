package io.inkfast.journal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One of the two slots of the file {@code CHECKPOINT}, 4096 bytes each, written in turn. Little-endian. The whole one
 * with the higher number counts; if both are lost, events are delivered twice, none is lost.
 *
 * <pre>
 *  off  bytes field
 *    0  8     "INKCHK01"
 *    8  8     number of this checkpoint; slot = number mod 2
 *   16  16    journal
 *   32  8     LSN up to which the sinks have settled everything
 *   40  8     LSN up to which the journal was durable
 *   48  8     number of the oldest segment that is needed
 *   56  8     time, microseconds since 1970
 *   64  4     CRC32C of [0, 64)
 *             zero
 * </pre>
 */
final class CheckpointFormat {

    static final int SLOT_BYTES = 4096;

    private static final long MAGIC = 0x31304B48434B4E49L;
    private static final int CRC_AT = 64;

    private CheckpointFormat() {}

    /** What a slot says. */
    record Checkpoint(long number, UUID journal, long deliveredLsn, long durableLsn, long oldestSegment, long time) {}

    static ByteBuffer write(Checkpoint checkpoint) {
        ByteBuffer bytes = ByteBuffer.allocate(SLOT_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(MAGIC).putLong(checkpoint.number);
        bytes.putLong(checkpoint.journal.getMostSignificantBits())
                .putLong(checkpoint.journal.getLeastSignificantBits());
        bytes.putLong(checkpoint.deliveredLsn).putLong(checkpoint.durableLsn);
        bytes.putLong(checkpoint.oldestSegment).putLong(checkpoint.time);
        bytes.putInt(checksum(bytes));
        return bytes.clear();
    }

    /** The slot at {@code at}; null if it is damaged or was never written. */
    static @Nullable Checkpoint read(ByteBuffer buffer, int at) {
        if (buffer.limit() - at < CRC_AT + 4) {
            return null;
        }
        ByteBuffer bytes = buffer.slice(at, CRC_AT + 4).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.getLong(0) != MAGIC || bytes.getInt(CRC_AT) != checksum(bytes)) {
            return null;
        }
        return new Checkpoint(
                bytes.getLong(8),
                new UUID(bytes.getLong(16), bytes.getLong(24)),
                bytes.getLong(32),
                bytes.getLong(40),
                bytes.getLong(48),
                bytes.getLong(56));
    }

    private static int checksum(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.slice(0, CRC_AT));
        return (int) crc.getValue();
    }
}
