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
    // In CI 64 KB of records, in a long run 1 MB.
    private static final int BLOCKS = Torture.times(GOLDEN_BLOCKS, GOLDEN_BLOCKS, 20);
    private static final int EVENTS = Torture.times(GOLDEN_EVENTS, 230, 950);

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

    /*
     * Whether these are found, each where it is. What they say is looked at beside the damage, and now and then of all: it is
     * done for every byte and every bit.
     */
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
        List<Integer> ends = new ArrayList<>();
        for (RingScan.Found found : places()) {
            ends.add(found.position() + found.offset() + RingFormat.RECORD_HEADER + found.content());
        }
        int end = ends.get(EVENTS - 1) + 10;
        List<RingScan.Found> places = places();
        int whole = 0;
        for (int length = 0; length <= end; length++) {
            whole += whole < EVENTS && ends.get(whole) <= length ? 1 : 0;
            RingScan scan = scan(file, length, header);
            if (!reads(scan, places.subList(0, whole), whole, length % 100 == 0)) {
                fail(length + " bytes: " + Rings.read(scan));
            }
        }
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
        for (int i = 0; i < places.size(); i += Torture.times(1, 3, 1)) {
            int start = (places.get(i).position() + places.get(i).offset()) * 8;
            int bits = (RingFormat.RECORD_HEADER + places.get(i).content()) * 8;
            List<RingScan.Found> others = new ArrayList<>(places);
            others.remove(i);
            for (int bit = 0; bit < bits; bit += bit < 32 * 8 ? 1 : 1 + random.nextInt(16)) {
                flip(file, start + bit);
                RingScan scan = scan(file, file.length, header);
                if (!reads(scan, others, i, bit % 100 == 0) || scan.missing() != (i == EVENTS - 1 ? 0 : 1)) {
                    fail("record " + i + ", bit " + bit + ", " + scan.missing() + " missing: " + Rings.read(scan));
                }
                flip(file, start + bit);
            }
        }
    }

    @Test
    void noLengthLeadsAstray() throws IOException {
        ByteBuffer file = ByteBuffer.wrap(bytes(memory)).order(ByteOrder.LITTLE_ENDIAN);
        RingScan.Found place = places().get(5);
        int at = place.position() + place.offset();
        int tag = file.getInt(at) & 0xFF000000;
        List<String> others = new ArrayList<>(recorded);
        others.remove(5);
        for (int length : new int[] {0, 1, 0xFFFFFF, 0x7FFFFF, 8191, 8192, 8193, 65_535, 65_536, 65_537}) {
            file.putInt(at, tag | length);
            assertThat(Rings.read(scan(file.array(), file.capacity(), header)))
                    .as("length %d", length)
                    .isEqualTo(others);
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
