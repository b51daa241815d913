package io.inkfast.journal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The first 4096 bytes of a segment, version 1.0. Little-endian. Records follow ({@link RecordFormat}).
 *
 * <pre>
 *  off  bytes field
 *    0  8     "INKWAL01"
 *    8  2     major version = 1: another one is refused
 *   10  2     minor version = 0: a higher one is read
 *   12  4     bytes of this header = 4096
 *   16  16    journal: random, made with the directory
 *   32  8     incarnation: +1 with each opening of the journal
 *   40  8     number of the segment: +1, never used again in the directory
 *   48  8     first LSN
 *   56  8     LSN that was durable when this was written
 *   64  8     time of creation, microseconds since 1970
 *   72  4     bytes of the whole segment
 *   76  2     flags: bit 0 filled with zeros before, bit 1 not used, bit 2 used before
 *   78  2     payload: 1 LogEvent, version 1
 *   80  4     M
 *   84  M     JSON: what the owner says about itself
 *             zero
 * 4092  4     CRC32C of [0, 4092)
 * </pre>
 *
 * <p>The name of the file, {@code wal-<incarnation, 8 hex digits>-<number, 16 hex digits>.seg}, is for people: what
 * counts is the header.
 */
final class SegmentFormat {

    static final int HEADER_BYTES = 4096;
    static final int MAJOR = 1;
    static final short ZERO_FILLED = 1;
    static final short USED_BEFORE = 1 << 2;
    static final short LOG_EVENT = 1;

    private static final long MAGIC = 0x31304C41574B4E49L;
    private static final int CRC_AT = HEADER_BYTES - 4;
    private static final int META_AT = 84;

    private SegmentFormat() {}

    /**
     * What a header says.
     *
     * @param created   microseconds since 1970
     * @param capacity  bytes of the segment, header included
     */
    record Header(
            UUID journal,
            long incarnation,
            long number,
            long firstLsn,
            long durableLsn,
            long created,
            int capacity,
            short flags,
            String meta) {

        int seed() {
            return SegmentFormat.seed(journal, incarnation, number);
        }

        String fileName() {
            return String.format("wal-%08x-%016x.seg", incarnation, number);
        }
    }

    /** CRC32C of journal, incarnation and number: what every record's checksum begins with. */
    static int seed(UUID journal, long incarnation, long number) {
        ByteBuffer bytes = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(journal.getMostSignificantBits()).putLong(journal.getLeastSignificantBits());
        bytes.putLong(incarnation).putLong(number).flip();
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    static ByteBuffer write(Header header) {
        ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        byte[] meta = header.meta.getBytes(StandardCharsets.UTF_8);
        int metaBytes = Math.min(meta.length, CRC_AT - META_AT);
        bytes.putLong(MAGIC).putShort((short) MAJOR).putShort((short) 0).putInt(HEADER_BYTES);
        bytes.putLong(header.journal.getMostSignificantBits()).putLong(header.journal.getLeastSignificantBits());
        bytes.putLong(header.incarnation).putLong(header.number);
        bytes.putLong(header.firstLsn).putLong(header.durableLsn).putLong(header.created);
        bytes.putInt(header.capacity).putShort(header.flags).putShort(LOG_EVENT);
        bytes.putInt(metaBytes).put(meta, 0, metaBytes);
        bytes.putInt(CRC_AT, checksum(bytes));
        return bytes.clear();
    }

    /** The header at the start of the buffer; null if it is none, is damaged, or has another major version. */
    static @Nullable Header read(ByteBuffer buffer) {
        ByteBuffer bytes = buffer.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.limit() < HEADER_BYTES
                || bytes.getLong(0) != MAGIC
                || bytes.getShort(8) != MAJOR
                || bytes.getInt(12) != HEADER_BYTES
                || bytes.getInt(CRC_AT) != checksum(bytes)) {
            return null;
        }
        int metaBytes = bytes.getInt(80);
        int capacity = bytes.getInt(72);
        if (metaBytes < 0 || metaBytes > CRC_AT - META_AT || capacity < HEADER_BYTES) {
            return null;
        }
        byte[] meta = new byte[metaBytes];
        bytes.position(META_AT).get(meta);
        return unchecked(buffer, new String(meta, StandardCharsets.UTF_8));
    }

    /** What the bytes of a whole header say, true or not. */
    static Header unchecked(ByteBuffer buffer, String meta) {
        ByteBuffer bytes = buffer.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        return new Header(
                new UUID(bytes.getLong(16), bytes.getLong(24)),
                bytes.getLong(32),
                bytes.getLong(40),
                bytes.getLong(48),
                bytes.getLong(56),
                bytes.getLong(64),
                bytes.getInt(72),
                bytes.getShort(76),
                meta);
    }

    /** The major version of what calls itself a segment, -1 if it does not. */
    static int majorVersion(ByteBuffer buffer) {
        ByteBuffer bytes = buffer.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        return bytes.limit() >= 12 && bytes.getLong(0) == MAGIC ? bytes.getShort(8) : -1;
    }

    /** CRC32C of all of a header but its last four bytes. */
    static int checksum(ByteBuffer bytes) {
        byte[] covered = new byte[CRC_AT];
        bytes.duplicate().clear().get(covered);
        CRC32C crc = new CRC32C();
        crc.update(covered);
        return (int) crc.getValue();
    }
}
