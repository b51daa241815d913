package io.inkfast.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RingTest {

    private static final int BLOCKS = 4;

    private final RingHeader header = Rings.header(BLOCKS);
    private final ByteBuffer memory = Rings.memory(header);
    private final Ring ring = Rings.ring(memory, header);
    private final RecordBuffer buffer = new RecordBuffer();
    private final RingScan scan = new RingScan(RingSource.of(memory), header);

    /* 64 bytes each with their header: 1023 fill a block. */
    private static String text(int i) {
        return String.format("event %026d", i);
    }

    private static List<String> numbered(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(i -> i + " " + text(i)).toList();
    }

    private void fill(int from, int to) {
        for (int i = from; i <= to; i++) {
            assertThat(Rings.append(ring, buffer, text(i))).isEqualTo(i);
        }
    }

    @Test
    void hasNothingAtFirst() {
        assertThat(Rings.read(scan)).isEmpty();
        assertThat(scan.missing()).isZero();
    }

    @Test
    void keepsEventsInTheirOrder() {
        fill(1, 500);
        assertThat(Rings.read(scan)).isEqualTo(numbered(1, 500));
        assertThat(scan.missing()).isZero();
    }

    @Test
    void keepsEventsInTheirOrderWhateverTheClockSays() {
        long now = 1_700_000_000_000_000L;
        long[] times = {now, now - 3_600_000_000L, now + 86_400_000_000L, 0, -1, Long.MAX_VALUE, now};
        for (int i = 1; i <= 500; i++) {
            assertThat(Rings.append(ring, buffer, text(i), times[i % times.length], 0, 4))
                    .isEqualTo(i);
        }
        assertThat(Rings.read(scan)).isEqualTo(numbered(1, 500));
    }

    @Test
    void keepsEventsOfEveryLengthAcrossBlocks() {
        List<String> expected = new ArrayList<>();
        for (int length = 1; length <= RingFormat.MAX_CONTENT; length += 397) {
            String content = "x".repeat(length - 1) + "|";
            expected.add(Rings.append(ring, buffer, content) + " " + content);
        }
        assertThat(Rings.read(scan)).isEqualTo(expected);
    }

    @Test
    void keepsTimeKeyAndLevel() throws Exception {
        Rings.append(ring, buffer, "a", 1_234_567, 99, 8);
        RingScan.Found found = scan.last(1, any -> true).get(0);
        FlightEvent event = new FlightEvent(scan.read(found));
        assertThat(found.key()).isEqualTo(99);
        assertThat(event.time()).hasToString("1970-01-01T00:00:01.234567Z");
        assertThat(event.level()).isEqualTo("ERROR");
        assertThat(event.shortened()).isFalse();
    }

    @Nested
    class WhenItHasComeRound {

        /* 1023 records of 64 bytes in a block, one place lost to the claim that opens the next. */
        private static final int IN_BLOCK = 1022;

        @Test
        void losesAtMostABlock() {
            for (int last : new int[] {4 * IN_BLOCK + 5, 5 * IN_BLOCK, 20 * IN_BLOCK + 77}) {
                fill((int) ring.lastEvent() + 1, last);
                List<String> read = Rings.read(scan);
                assertThat(read)
                        .as("after %d", last)
                        .endsWith(numbered(last, last).get(0));
                assertThat(read.size()).isGreaterThanOrEqualTo((BLOCKS - 1) * IN_BLOCK);
                assertThat(read).isEqualTo(numbered(last - read.size() + 1, last));
                assertThat(scan.missing()).isZero();
            }
        }

        @Test
        void showsNoLeftoversOfAnEarlierLap() {
            // Long records leave room at the end of a block, where short ones were before.
            fill(1, 5 * IN_BLOCK);
            for (int i = 0; i < 60; i++) {
                Rings.append(ring, buffer, "x".repeat(8000));
            }
            List<String> read = Rings.read(scan);
            long first = Long.parseLong(read.get(0).split(" ")[0]);
            assertThat(read).hasSize((int) (ring.lastEvent() - first + 1));
        }

        @Test
        void losesNothingButTheOverwrittenWhereTheHeaderOfANewBlockIsMissing() {
            fill(1, 8 * (IN_BLOCK + 1) + 5);
            byte[] old = new byte[RingFormat.BLOCK_HEADER];
            int first = RingFormat.position(0, BLOCKS, 0);
            List<String> before = Rings.read(scan);
            assertThat(before).hasSizeLessThan(4 * IN_BLOCK);
            memory.put(first, old);
            assertThat(Rings.read(scan)).isEqualTo(before);
        }

        @Test
        void missesNothingWhereTheProcessDiedBeforeItHadWrittenTheHeadersOfTwoNewBlocks() {
            fill(1, 7 * (IN_BLOCK + 1) + 5);
            byte[][] old = new byte[2][RingFormat.BLOCK_HEADER];
            for (int index = 0; index < old.length; index++) {
                memory.get(RingFormat.position(index, BLOCKS, 0), old[index]);
            }
            fill((int) ring.lastEvent() + 1, 9 * (IN_BLOCK + 1) + IN_BLOCK / 2);
            List<String> before = Rings.read(scan);
            assertThat(scan.missing()).isZero();
            for (int index = 0; index < old.length; index++) {
                memory.put(RingFormat.position(index, BLOCKS, 0), old[index]);
            }
            assertThat(Rings.read(scan)).isEqualTo(before);
            assertThat(scan.missing()).isZero();
        }

        @Test
        void givesTheLastOnesThatAreWanted() throws Exception {
            fill(1, 6 * IN_BLOCK);
            List<Long> last = scan.last(3, found -> found.event() % 10 == 0 && found.event() <= 6000).stream()
                    .map(RingScan.Found::event)
                    .toList();
            assertThat(last).containsExactly(5980L, 5990L, 6000L);
        }
    }
}
