package io.inkfast.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OneFlippedBitTest {

    private static final int BITS = 8 * SegmentFormat.HEADER_BYTES;

    private final SegmentFormat.Header header = new SegmentFormat.Header(
            UUID.randomUUID(), 3, 7, 1000, 900, 1_234_567, 16 << 20, SegmentFormat.USED_BEFORE, "{\"owner\":\"x\"}");

    private ByteBuffer flipped(int... bits) {
        ByteBuffer bytes = SegmentFormat.write(header);
        for (int bit : bits) {
            bytes.put(bit / 8, (byte) (bytes.get(bit / 8) ^ (1 << (bit % 8))));
        }
        return bytes;
    }

    @Test
    void isFoundWhereverItIs() {
        for (int bit = 0; bit < BITS; bit++) {
            assertThat(OneFlippedBit.mended(flipped(bit))).as("bit %d", bit).isEqualTo(header);
        }
    }

    @Test
    void isNotSeenInTwo() {
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            int first = random.nextInt(BITS);
            int second = (first + 1 + random.nextInt(BITS - 1)) % BITS;
            assertThat(OneFlippedBit.mended(flipped(first, second))).isNull();
        }
    }

    @Test
    void isNothingInAWholeHeader() {
        assertThat(OneFlippedBit.mended(flipped())).isNull();
    }
}
