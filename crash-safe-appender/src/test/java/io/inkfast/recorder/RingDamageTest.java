package io.inkfast.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.inkfast.internal.Owner;
import io.inkfast.testing.Torture;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever happens to the bytes of a ring: what a reader gives back was recorded, and damage costs what it hits. */
@Tag(Torture.TAG)
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class RingDamageTest {

    private static final int GOLDEN_BLOCKS = 3;
    private static final int GOLDEN_EVENTS = 40;
    // In CI more than 64 KB of records, which is a block and the beginning of the next; in a long run 1 MB.
    private static final int BLOCKS = Torture.times(GOLDEN_BLOCKS, GOLDEN_BLOCKS, 20);
    private static final int EVENTS = Torture.times(GOLDEN_EVENTS, 250, 950);

    // All that a record can say: of its four bytes one is a mark. The largest record has 8192 bytes, a block 65,536.
    private static final int[] LENGTHS = {0, 1, 0xFFFFFF, 0x7FFFFF, 8191, 8192, 8193, 65_535, 65_536, 65_537};

    private static final RingHeader ONE = Rings.header(1);

    private final RingHeader header = Rings.header(BLOCKS);
    private final ByteBuffer memory = Rings.memory(header);
    private List<String> recorded = List.of();

    @BeforeEach
    void record() {
        record(Rings.ring(memory, header), EVENTS);
        recorded = Rings.read(memory, header);
        assertThat(recorded).hasSize(EVENTS);
    }

    private static void record(Ring ring, int events) {
        RecordBuffer buffer = new RecordBuffer();
        for (int i = 1; i <= events; i++) {
            Rings.append(ring, buffer, "{\"n\":" + i + ",\"s\":\"" + "ü".repeat(i) + "\"}\n", i * 1000L, i % 3, 2);
        }
    }

    private static byte[] bytes(ByteBuffer memory) {
        byte[] bytes = new byte[memory.capacity()];
        memory.get(0, bytes);
        return bytes;
    }

    private static RingScan scan(byte[] file, int length, RingHeader header) {
        return new RingScan(
                (into, position) -> {
                    int there = Math.max(0, Math.min(into.length, length - position));
                    Arrays.fill(into, (byte) 0);
                    System.arraycopy(file, Math.min(position, length), into, 0, there);
                },
                header);
    }

    /* Where each record begins. */
    private List<RingScan.Found> places() throws IOException {
        return new RingScan(RingSource.of(memory), header).last(Integer.MAX_VALUE, any -> true);
    }

    /* Whether these are found, each where it is. What they say is looked at beside the damage, and now and then of all. */
    private boolean reads(RingScan scan, List<RingScan.Found> expected, int damaged, boolean all) throws IOException {
        boolean same = scan.last(Integer.MAX_VALUE, any -> true).equals(expected);
        int from = all ? 0 : Math.max(0, damaged - 2);
        int to = all ? expected.size() : Math.min(expected.size(), damaged + 2);
        for (int i = from; same && i < to; i++) {
            byte[] record = scan.read(expected.get(i));
            FlightEvent event = record == null ? null : new FlightEvent(record);
            same = event != null && recorded.get((int) event.number() - 1).equals(event.number() + " " + event.text());
        }
        return same;
    }

    /**
     * One block, as of a ring that has no other: which one it is says its header, not its place. So a scan costs little, and
     * can be made for every byte and every bit.
     */
    private final class OneBlock {

        private final int start;
        private final byte[] bytes;
        private final List<RingScan.Found> places;

        OneBlock(int number, byte[] file, List<RingScan.Found> all) {
            start = number * RingFormat.BLOCK;
            bytes = Arrays.copyOfRange(file, start, start + ONE.bytes());
            // Its first record may be of an event for which the block before had no room: in a ring of one it counts,
            // too.
            RingFormat.beginBlock(
                    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN),
                    RingFormat.HEADER,
                    HeaderFormat.bytes(ONE.ringId()),
                    number,
                    1,
                    0,
                    new byte[RingFormat.PREFIX],
                    new CRC32C());
            places = all.stream()
                    .filter(place -> place.block() == number)
                    .map(place -> new RingScan.Found(
                            place.event(), number, RingFormat.HEADER, place.offset(), place.content(), place.key()))
                    .toList();
        }

        boolean reads(int length, List<RingScan.Found> expected, int damaged) throws IOException {
            return RingDamageTest.this.reads(scan(bytes, length, ONE), expected, damaged, false);
        }
    }

    @Test
    void theBytesAreThoseOfVersion1() throws IOException {
        StringBuilder dump = new StringBuilder();
        RingHeader goldenHeader = Rings.header(GOLDEN_BLOCKS);
        ByteBuffer golden = Rings.memory(goldenHeader);
        record(Rings.ring(golden, goldenHeader), GOLDEN_EVENTS);
        byte[] file = bytes(golden);
        byte[] zeros = new byte[16];
        for (int row = 0; row < file.length; row += 16) {
            byte[] bytes = Arrays.copyOfRange(file, row, row + 16);
            if (!Arrays.equals(bytes, zeros)) {
                dump.append(String.format("%06x %s%n", row, HexFormat.of().formatHex(bytes)));
            }
        }
        try (InputStream kept = RingDamageTest.class.getResourceAsStream("ring-1.hex")) {
            assertThat(kept).as(dump.toString()).isNotNull();
            assertThat(dump.toString()).isEqualTo(new String(kept.readAllBytes(), StandardCharsets.US_ASCII));
        }
    }

    @Test
    void theChecksumIsCastagnolis() {
        CRC32C crc = new CRC32C();
        crc.update("123456789".getBytes(StandardCharsets.US_ASCII));
        assertThat(crc.getValue()).isEqualTo(0xe3069283L);
    }

    @Test
    void theHeaderIsReadAsItWasWritten() {
        assertThat(HeaderFormat.read(HeaderFormat.write(header))).isEqualTo(header);
    }

    @Test
    void aVersionThatIsNotKnownIsRefused() {
        ByteBuffer file = ByteBuffer.wrap(HeaderFormat.write(header)).order(ByteOrder.LITTLE_ENDIAN);
        file.putShort(8, (short) 2);
        assertThat(HeaderFormat.read(file.array())).isNull();
    }

    @Test
    void everyPrefixGivesTheRecordsThatAreWholeInIt() throws IOException {
        byte[] file = bytes(memory);
        List<RingScan.Found> places = places();
        int before = 0;
        for (int number = 0; number < BLOCKS; number++) {
            OneBlock block = new OneBlock(number, file, places);
            int whole = 0;
            int first = number == 0 ? 0 : RingFormat.HEADER;
            // Behind the last record there are only zeros.
            int last = block.places.isEmpty() ? first : end(block.places.get(block.places.size() - 1)) + 10;
            for (int length = first; length < Math.min(last, block.bytes.length); length++) {
                while (whole < block.places.size() && end(block.places.get(whole)) <= length) {
                    whole++;
                }
                boolean isRight = block.reads(length, block.places.subList(0, whole), whole);
                if (isRight && length % 100 == 0) {
                    RingScan all = scan(file, block.start + length, header);
                    isRight = reads(all, places.subList(0, before + whole), before + whole, true);
                }
                if (!isRight) {
                    fail(block.start + length + " bytes: " + Rings.read(scan(file, block.start + length, header)));
                }
            }
            before += block.places.size();
        }
        assertThat(before).isEqualTo(EVENTS);
    }

    private static int end(RingScan.Found place) {
        return place.position() + place.offset() + RingFormat.RECORD_HEADER + place.content();
    }

    @Test
    void noBitOfTheFilesHeaderCanChangeWhatItSays() {
        byte[] bytes = HeaderFormat.write(header);
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            RingHeader read = HeaderFormat.read(bytes);
            if (bit / 8 >= RingFormat.STATE && bit / 8 < RingFormat.STATE + 4) {
                assertThat(read).as("bit %d", bit).isNotNull();
                assertThat(read.state()).isNotEqualTo(header.state());
            } else {
                assertThat(read).as("bit %d", bit).isNull();
            }
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
        }
    }

    @Test
    void noBitOfABlocksHeaderCostsARecord() {
        byte[] file = bytes(memory);
        for (int bit = 0; bit < RingFormat.BLOCK_HEADER * 8; bit++) {
            flip(file, RingFormat.HEADER * 8 + bit);
            assertThat(Rings.read(scan(file, file.length, header)))
                    .as("bit %d", bit)
                    .isEqualTo(recorded);
            flip(file, RingFormat.HEADER * 8 + bit);
        }
    }

    @Test
    void aBitOfARecordCostsThatRecord() throws IOException {
        byte[] file = bytes(memory);
        List<RingScan.Found> places = places();
        Random random = new Random(42);
        int step = Torture.times(16, 48, 1);
        int before = 0;
        for (int number = 0; number < BLOCKS; number++) {
            OneBlock block = new OneBlock(number, file, places);
            for (int i = 0; i < block.places.size(); i++) {
                int end = 8 * end(block.places.get(i));
                int start = 8 * (RingFormat.HEADER + block.places.get(i).offset());
                List<RingScan.Found> others = new ArrayList<>(block.places);
                others.remove(i);
                for (int bit = start; bit < end; bit += bit < start + 32 * 8 ? 1 : 1 + random.nextInt(step)) {
                    flip(block.bytes, bit);
                    boolean isRight = block.reads(block.bytes.length, others, i);
                    if (!isRight || (bit % 100 == 0 && !costsOne(file, 8 * block.start + bit, places, before + i))) {
                        fail("record " + (before + i) + ", bit " + (bit - start));
                    }
                    flip(block.bytes, bit);
                }
            }
            before += block.places.size();
        }
    }

    private boolean costsOne(byte[] file, int bit, List<RingScan.Found> places, int record) throws IOException {
        List<RingScan.Found> others = new ArrayList<>(places);
        others.remove(record);
        flip(file, bit);
        RingScan scan = scan(file, file.length, header);
        boolean isRight = reads(scan, others, record, true) && scan.missing() == (record == EVENTS - 1 ? 0 : 1);
        flip(file, bit);
        return isRight;
    }

    @Test
    void noLengthLeadsAstray() throws IOException {
        ByteBuffer file = ByteBuffer.wrap(bytes(memory)).order(ByteOrder.LITTLE_ENDIAN);
        List<RingScan.Found> places = places();
        for (int i = 0; i < places.size(); i += Torture.times(5, 5, 1)) {
            int at = places.get(i).position() + places.get(i).offset();
            int right = file.getInt(at);
            List<RingScan.Found> others = new ArrayList<>(places);
            others.remove(i);
            for (int length : LENGTHS) {
                file.putInt(at, right & 0xFF000000 | length);
                if (!reads(scan(file.array(), file.capacity(), header), others, i, i % 100 == 0)) {
                    fail("record " + i + ", length " + length);
                }
            }
            file.putInt(at, right);
        }
    }

    @Test
    void recordsOfAnotherRingAreNotRead() {
        RingHeader other =
                new RingHeader(UUID.randomUUID(), 1, 1, 0, Owner.UNKNOWN_BOOT, BLOCKS, 0, RingHeader.ACTIVE, "{}");
        assertThat(Rings.read(memory, other)).isEmpty();
    }

    @Test
    void aRecordInsideAMessageIsNotReadForOneOfItsOwn() throws IOException {
        // Of another ring: whoever can write one for this ring has read its file.
        byte[] file = bytes(memory);
        byte[] quoted = Arrays.copyOfRange(file, RingFormat.HEADER, RingFormat.HEADER + 4096);
        RingHeader own =
                new RingHeader(new UUID(1, 2), 1, 1, 0, Owner.UNKNOWN_BOOT, BLOCKS, 0, RingHeader.ACTIVE, "{}");
        ByteBuffer ownMemory = Rings.memory(own);
        Ring ring = Rings.ring(ownMemory, own);
        RecordBuffer buffer = new RecordBuffer();
        buffer.begin(ring.ringId());
        buffer.bytes.write(quoted);
        ring.append(buffer, 1, 0, 4, 0);
        List<RingScan.Found> found = new RingScan(RingSource.of(ownMemory), own).last(Integer.MAX_VALUE, any -> true);
        assertThat(found).hasSize(1);
        // Also if the record around it is damaged.
        flip(ownMemory, found.get(0).position() + found.get(0).offset() + 5);
        assertThat(Rings.read(ownMemory, own)).isEmpty();
    }

    private static void flip(ByteBuffer memory, int position) {
        memory.put(position, (byte) (memory.get(position) ^ 1));
    }

    private static void flip(byte[] file, int bit) {
        file[bit / 8] ^= (byte) (1 << bit % 8);
    }
}
