package io.inkfast.journal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * A record of a segment, version 1. Little-endian, aligned to 8 bytes.
 *
 * <pre>
 * off  bytes field
 *   0  4     CRC32C of the seed (4 bytes) and of bytes [4, 32 + L)
 *   4  4     L, bytes of payload: 1 to the largest record. CRC 0 and L 0: nothing was written here
 *   8  8     LSN: +1 from record to record, over segments and incarnations
 *  16  8     time of the event, microseconds since 1970; never used for ordering
 *  24  1     type: 1 EVENT, 2 OPEN, 3 CLEAN_CLOSE, 4 GAP
 *  25  1     level: 0 TRACE, 1 DEBUG, 2 INFO, 3 WARN, 4 ERROR
 *  26  2     flags: bit 2 a sync was asked for, bit 3 appended again after a failed sync
 *  28  4     LSN less the LSN that was known to be durable when this was written; saturates at 2^32 - 1
 *  32  L     payload
 *      0-7   zero
 * </pre>
 *
 * <p>The seed is the CRC32C of journal, incarnation and segment number ({@link SegmentFormat#seed}): a record of another
 * journal, incarnation or segment, also one that is quoted in a message, is no record here. Records do not depend on
 * each other, so a rotten one costs itself. Bytes 28 to 31 are the <em>durable horizon</em>: every whole record proves
 * that all LSNs up to its own less that number had been confirmed. What is missing below the horizon was lost; what is
 * missing above it was never promised.
 *
 * <p>A GAP has the last LSN of a range that was not journalled; its payload is text: {@code from to count reason}. It
 * stands in front of the first record after the range.
 */
final class RecordFormat {

    static final int HEADER_BYTES = 32;

    static final byte EVENT = 1;
    static final byte OPEN = 2;
    static final byte CLEAN_CLOSE = 3;
    static final byte GAP = 4;

    static final short SYNC_ASKED = 1 << 2;
    static final short AGAIN = 1 << 3;

    static final int LENGTH = 4;
    static final int LSN = 8;
    static final int TIME = 16;
    static final int TYPE = 24;
    static final int LEVEL = 25;
    static final int FLAGS = 26;
    static final int BEHIND = 28;

    private static final long LARGEST_BEHIND = 0xFFFF_FFFFL;

    /** What stands at a position. */
    enum Found {
        /** A record, whole. */
        WHOLE,
        /** Zeros: nothing was written. */
        NOTHING,
        /** A length that reaches beyond what there is to look at. */
        CUT,
        /** Anything else. */
        DAMAGED
    }

    private RecordFormat() {}

    /** How many bytes a record with so much payload takes. */
    static int frameBytes(int payloadBytes) {
        return (HEADER_BYTES + payloadBytes + 7) & -8;
    }

    /** Writes a header that {@link #seal} completes; the payload is the caller's. */
    static void begin(ByteBuffer buffer, int at, int payloadBytes, long lsn, long micros, byte type, byte level) {
        buffer.putInt(at + LENGTH, payloadBytes);
        buffer.putLong(at + LSN, lsn);
        buffer.putLong(at + TIME, micros);
        buffer.put(at + TYPE, type);
        buffer.put(at + LEVEL, level);
        buffer.putShort(at + FLAGS, (short) 0);
        buffer.putInt(at + BEHIND, 0);
    }

    /** Completes a record for the segment it is written to. */
    static void seal(ByteBuffer buffer, int at, int seed, int flags, long durableLsn, CRC32C crc) {
        long behind = Math.min(LARGEST_BEHIND, buffer.getLong(at + LSN) - durableLsn);
        buffer.putShort(at + FLAGS, (short) (buffer.getShort(at + FLAGS) | flags));
        buffer.putInt(at + BEHIND, (int) behind);
        buffer.putInt(at, checksum(buffer, at, seed, crc));
    }

    /** What is there, from {@code at} to {@code limit}. Whatever the bytes are, nothing is thrown. */
    static Found look(ByteBuffer buffer, int at, int limit, int seed, int largest, CRC32C crc) {
        if (limit - at < HEADER_BYTES) {
            return Found.CUT;
        }
        int length = buffer.getInt(at + LENGTH);
        if (length == 0 && buffer.getInt(at) == 0) {
            return Found.NOTHING;
        }
        if (length < 1 || length > largest) {
            return Found.DAMAGED;
        }
        if (frameBytes(length) > limit - at) {
            return Found.CUT;
        }
        return buffer.getInt(at) == checksum(buffer, at, seed, crc) ? Found.WHOLE : Found.DAMAGED;
    }

    /** The highest LSN that a whole record proves to have been durable. */
    static long horizon(ByteBuffer buffer, int at) {
        return buffer.getLong(at + LSN) - (buffer.getInt(at + BEHIND) & LARGEST_BEHIND);
    }

    private static int checksum(ByteBuffer buffer, int at, int seed, CRC32C crc) {
        crc.reset();
        crc.update(seed);
        crc.update(seed >>> 8);
        crc.update(seed >>> 16);
        crc.update(seed >>> 24);
        int position = buffer.position();
        int limit = buffer.limit();
        buffer.limit(at + HEADER_BYTES + buffer.getInt(at + LENGTH)).position(at + LENGTH);
        crc.update(buffer);
        buffer.limit(limit).position(position);
        return (int) crc.getValue();
    }

    /** A buffer in the byte order of the format. */
    static ByteBuffer little(ByteBuffer buffer) {
        return buffer.order(ByteOrder.LITTLE_ENDIAN);
    }
}
