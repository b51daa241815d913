package io.inkfast.journal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/*
 * A CRC is linear: a flipped bit changes it by a value that depends on the bit's place only. Of so few bytes CRC32C has a
 * Hamming distance of 4 (Koopman, "32-Bit Cyclic Redundancy Codes for Internet Applications", DSN 2002): two flipped bits
 * never look like one.
 */
/** Finds the bit of a segment's header that has flipped, if it is only one. */
final class OneFlippedBit {

    private static final int CRC_AT = SegmentFormat.HEADER_BYTES - 4;

    private OneFlippedBit() {}

    /** By how much each bit changes the checksum; made when it is needed first, in about 20 milliseconds. */
    private static final class Changes {

        static final int[] BY_BIT = byBit();

        private static int[] byBit() {
            int[] changes = new int[8 * CRC_AT];
            ByteBuffer bytes = ByteBuffer.allocate(SegmentFormat.HEADER_BYTES);
            int none = SegmentFormat.checksum(bytes);
            for (int bit = 0; bit < changes.length; bit++) {
                bytes.put(bit / 8, (byte) (1 << (bit % 8)));
                changes[bit] = SegmentFormat.checksum(bytes) ^ none;
                bytes.put(bit / 8, (byte) 0);
            }
            return changes;
        }
    }

    /** The header as it was before the bit flipped; null if that is not all that is wrong with it. */
    static SegmentFormat.@Nullable Header mended(ByteBuffer damaged) {
        ByteBuffer bytes = ByteBuffer.allocate(SegmentFormat.HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(damaged.duplicate().rewind().limit(SegmentFormat.HEADER_BYTES))
                .clear();
        int bit = bit(bytes.getInt(CRC_AT) ^ SegmentFormat.checksum(bytes));
        if (bit < 0) {
            return null;
        }
        bytes.put(bit / 8, (byte) (bytes.get(bit / 8) ^ (1 << (bit % 8))));
        return SegmentFormat.read(bytes);
    }

    private static int bit(int change) {
        if (Integer.bitCount(change) == 1) {
            return 8 * CRC_AT + Integer.numberOfTrailingZeros(change);
        }
        int[] changes = Changes.BY_BIT;
        for (int bit = 0; bit < changes.length; bit++) {
            if (changes[bit] == change) {
                return bit;
            }
        }
        return -1;
    }
}
