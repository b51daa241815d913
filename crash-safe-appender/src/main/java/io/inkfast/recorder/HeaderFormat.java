package io.inkfast.recorder;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** The bytes of the header of a ring file, as {@link RingFormat} describes them. */
final class HeaderFormat {

    private static final byte[] MAGIC = "INKFLR01".getBytes(StandardCharsets.US_ASCII);
    private static final int MAJOR = 1;
    private static final int META = 96;
    private static final int MAX_META = 3996;
    private static final int CRC = 4092;

    private HeaderFormat() {}

    /** A header as it is in the file. */
    static byte[] write(RingHeader header) {
        byte[] meta = header.description().getBytes(StandardCharsets.UTF_8);
        int length = meta.length <= MAX_META ? meta.length : 0;
        byte[] bytes = new byte[RingFormat.HEADER];
        ByteBuffer out = wrap(bytes);
        out.put(0, MAGIC).putShort(8, (short) MAJOR).putInt(12, RingFormat.HEADER);
        out.put(16, bytes(header.ringId()));
        out.putLong(32, header.incarnation()).putLong(40, header.pid()).putLong(48, header.processStartMillis());
        out.put(56, bytes(header.bootId()));
        out.putInt(72, RingFormat.BLOCK).putInt(76, header.blocks()).putLong(80, header.createdMicros());
        out.putInt(RingFormat.STATE, header.state()).putInt(92, length);
        out.put(META, meta, 0, length);
        out.putInt(CRC, headerCrc(bytes));
        return bytes;
    }

    /** What a header says; null if it is not a whole header of a version that is known. */
    static @Nullable RingHeader read(byte[] bytes) {
        ByteBuffer in = wrap(bytes);
        if (bytes.length != RingFormat.HEADER
                || !startsWithMagic(bytes)
                || in.getShort(8) != MAJOR
                || in.getInt(12) != RingFormat.HEADER
                || in.getInt(CRC) != headerCrc(bytes)) {
            return null;
        }
        int blocks = in.getInt(76);
        int meta = in.getInt(92);
        if (in.getInt(72) != RingFormat.BLOCK
                || blocks < RingFormat.MIN_BLOCKS
                || blocks > RingFormat.MAX_BLOCKS
                || meta < 0
                || meta > MAX_META) {
            return null;
        }
        return new RingHeader(
                id(in, 16),
                in.getLong(32),
                in.getLong(40),
                in.getLong(48),
                id(in, 56),
                blocks,
                in.getLong(80),
                in.getInt(RingFormat.STATE),
                new String(bytes, META, meta, StandardCharsets.UTF_8));
    }

    /** An id as it is in the file. */
    static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    private static UUID id(ByteBuffer in, int at) {
        return new UUID(Long.reverseBytes(in.getLong(at)), Long.reverseBytes(in.getLong(at + 8)));
    }

    private static int headerCrc(byte[] header) {
        CRC32C crc = new CRC32C();
        crc.update(header, 0, RingFormat.STATE);
        crc.update(header, RingFormat.STATE + 4, CRC - RingFormat.STATE - 4);
        return (int) crc.getValue();
    }

    private static boolean startsWithMagic(byte[] bytes) {
        return Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    private static ByteBuffer wrap(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
