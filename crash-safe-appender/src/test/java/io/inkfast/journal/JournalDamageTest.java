package io.inkfast.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.inkfast.internal.SystemDirectory;
import io.inkfast.internal.Ticker;
import io.inkfast.testing.ChildJvm;
import io.inkfast.testing.Torture;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A segment that was cut, or in which bits have changed. */
@Tag(Torture.TAG)
class JournalDamageTest {

    private static final int SEGMENT = Torture.times(24 << 10, 64 << 10, 1 << 20);
    private static final int LARGEST = JournalSettings.LARGEST_RECORD;
    // Every bit is flipped in a long run; else so many bits of a header, and of a payload, are passed over at most.
    private static final int HEADER_STEP = Torture.times(21, 1, 1);
    private static final int PAYLOAD_STEP = Torture.times(160, 97, 1);
    private static final JournalSettings SETTINGS =
            JournalSettings.defaults().withSizes(SEGMENT, 4 << 20, 2 << 20).withReserve(0);

    private final MemoryDirectory directory = new MemoryDirectory();
    private final Map<Long, String> written = new LinkedHashMap<>();
    private final List<byte[]> payloads = new ArrayList<>();
    // Of the record with which each segment begins, and of all events.
    private final List<Integer> ends = new ArrayList<>();
    private long firstLsn;
    private String name = "";
    private byte[] bytes = new byte[0];

    @BeforeEach
    void writeASegment() throws IOException {
        Journal journal = Journal.open(directory, SETTINGS, new JournalListener() {}, Ticker.SYSTEM, () -> 1);
        int size = SegmentFormat.HEADER_BYTES + 64;
        for (int i = 0; size < SEGMENT - 400; i++) {
            String text = JournalTest.text(i);
            written.put(JournalTest.append(journal, text, Durability.NONE), text);
            payloads.add(text.getBytes(StandardCharsets.UTF_8));
            size += RecordFormat.frameBytes(text.length());
        }
        journal.step();
        name = directory.list().stream()
                .filter(SegmentFile::isSegment)
                .findFirst()
                .orElseThrow();
        bytes = directory.content(name);
        for (int at = SegmentFormat.HEADER_BYTES; ByteBuffer.wrap(bytes).getInt(at) != 0; ) {
            at += RecordFormat.frameBytes(
                    RecordFormat.little(ByteBuffer.wrap(bytes)).getInt(at + 4));
            ends.add(at);
        }
        assertThat(ends).hasSize(written.size() + 1);
        firstLsn = written.keySet().iterator().next();
    }

    /*
     * Which records are found in these bytes, from one to another, each as it was written; -1 is the record with which the
     * segment begins. Much leaner than read(): it is done for every byte and every bit.
     */
    private BitSet found(MemoryDirectory damaged, int from, int to) throws IOException {
        SegmentFormat.Header header = SegmentFile.header(damaged, name);
        return header == null ? new BitSet() : found(damaged, header, from, to);
    }

    private BitSet found(MemoryDirectory damaged, SegmentFormat.Header header, int from, int to) throws IOException {
        BitSet found = new BitSet();
        SegmentScan scan = new SegmentScan(
                damaged.open(name, io.inkfast.internal.Directory.Access.READ),
                header,
                to == payloads.size() ? SEGMENT : ends.get(to),
                LARGEST);
        scan.moveTo(start(from));
        while (scan.next()) {
            int record = (int) (scan.lsn() - firstLsn);
            if (record < 0 && scan.type() == RecordFormat.OPEN) {
                continue;
            }
            if (scan.type() != RecordFormat.EVENT || !Arrays.equals(scan.payload(), payloads.get(record))) {
                fail("record " + record + " is not as it was written");
            }
            found.set(record);
        }
        return found;
    }

    private int start(int record) {
        return record < 0 ? SegmentFormat.HEADER_BYTES : ends.get(record);
    }

    private MemoryDirectory with(byte[] content) {
        MemoryDirectory damaged = new MemoryDirectory();
        damaged.put(name, content);
        return damaged;
    }

    private static BitSet range(int from, int to) {
        BitSet range = new BitSet();
        range.set(from, to);
        return range;
    }

    /* What is read of a segment with these bytes: LSN and text. */
    private Map<Long, String> read(byte[] content) throws IOException {
        MemoryDirectory damaged = with(content);
        SegmentFormat.Header header = SegmentFile.header(damaged, name);
        Map<Long, String> found = new LinkedHashMap<>();
        if (header == null) {
            return found;
        }
        SegmentScan scan = new SegmentScan(
                damaged.open(name, io.inkfast.internal.Directory.Access.READ), header, Long.MAX_VALUE, LARGEST);
        while (scan.next()) {
            if (scan.type() == RecordFormat.EVENT) {
                found.put(scan.lsn(), new String(scan.payload(), StandardCharsets.UTF_8));
            }
        }
        return found;
    }

    @Nested
    class CutOff {

        @Test
        void givesTheWholeRecordsBeforeTheCutAtEveryByte() throws IOException {
            int whole = 0;
            for (int cut = SegmentFormat.HEADER_BYTES; cut <= ends.get(payloads.size()); cut++) {
                whole += whole < payloads.size() && ends.get(whole + 1) <= cut ? 1 : 0;
                // Far before the cut all is as ever: that is looked at now and then.
                int from = cut % 100 == 0 ? 0 : Math.max(0, whole - 3);
                BitSet found = found(with(Arrays.copyOf(bytes, cut)), from, payloads.size());
                if (!found.equals(range(from, whole))) {
                    fail("cut at " + cut + ": " + found);
                }
            }
        }

        @Test
        void givesNothingIfItsHeaderIsCut() throws IOException {
            for (int cut = 0; cut < SegmentFormat.HEADER_BYTES; cut++) {
                assertThat(read(Arrays.copyOf(bytes, cut))).isEmpty();
            }
        }

        @Test
        void givesTheSameIfZerosFollow() throws IOException {
            for (int cut = SegmentFormat.HEADER_BYTES; cut < SegmentFormat.HEADER_BYTES + 4000; cut++) {
                byte[] zeroed = bytes.clone();
                Arrays.fill(zeroed, cut, zeroed.length, (byte) 0);
                int limit = cut;
                int whole = (int) ends.stream().filter(end -> end <= limit).count() - 1;
                // The last bytes of a record may have been zero anyway.
                assertThat(read(zeroed).size()).as("cut at %d", cut).isBetween(Math.max(0, whole), whole + 1);
                assertThat(written.entrySet()).containsAll(read(zeroed).entrySet());
            }
        }
    }

    @Nested
    class Flipped {

        // Its bytes are those that are flipped.
        private MemoryDirectory damaged = new MemoryDirectory();

        @BeforeEach
        void takeTheBytes() {
            damaged = with(bytes);
        }

        @Test
        void aBitOfARecordCostsThatRecordOnly() throws IOException {
            Random random = new Random(5);
            for (int record = -1; record < payloads.size(); record++) {
                int start = start(record);
                int payload = start + RecordFormat.HEADER_BYTES;
                // The zeros behind it are not looked at.
                int end = payload + RecordFormat.little(ByteBuffer.wrap(bytes)).getInt(start + RecordFormat.LENGTH);
                for (int bit = 8 * start; bit < 8 * ends.get(record + 1); ) {
                    flip(record, bit, bit < 8 * end);
                    bit += 1 + random.nextInt(bit < 8 * payload ? HEADER_STEP : PAYLOAD_STEP);
                }
            }
        }

        @Test
        void aBitOfTheRestCostsNothing() throws IOException {
            for (int bit = 8 * start(payloads.size()); bit < 8 * SEGMENT; bit++) {
                flip(payloads.size(), bit, false);
            }
        }

        /* Behind the damage all is as ever: so the next records are looked at, and now and then all. */
        private void flip(int record, int bit, boolean isLost) throws IOException {
            bytes[bit / 8] ^= (byte) (1 << (bit % 8));
            int from = record - 1;
            int to = bit % 100 == 0 ? payloads.size() : Math.min(payloads.size(), record + 4);
            BitSet found = found(damaged, from, to);
            BitSet expected = range(Math.max(0, from), to);
            if (isLost && record >= 0) {
                expected.clear(record);
            }
            if (!found.equals(expected)) {
                fail("bit " + bit + ": " + found);
            }
            bytes[bit / 8] ^= (byte) (1 << (bit % 8));
        }

        @Test
        void noBitOfTheSegmentsHeaderIsBelieved() throws IOException {
            Random random = new Random(7);
            int mended = 0;
            for (int bit = 0; bit < 8 * SegmentFormat.HEADER_BYTES; bit++) {
                bytes[bit / 8] ^= (byte) (1 << (bit % 8));
                assertThat(SegmentFile.header(damaged, name)).as("bit %d", bit).isNull();
                // The records may prove what it said. That reads all of them, so it is done for fewer.
                if (random.nextInt(Torture.times(40, 10, 1)) == 0) {
                    for (FoundSegment segment : JournalScan.of(damaged, LARGEST).segments()) {
                        assertThat(found(damaged, segment.header(), -1, payloads.size()))
                                .as("bit %d", bit)
                                .isEqualTo(range(0, payloads.size()));
                        mended++;
                    }
                }
                bytes[bit / 8] ^= (byte) (1 << (bit % 8));
            }
            assertThat(mended).isPositive();
        }

        @Test
        void aWrongLengthCostsThatRecordOnly() throws IOException {
            int[] lengths = {
                0, 1, -1, 7, Integer.MAX_VALUE, Integer.MIN_VALUE, SEGMENT, LARGEST - 1, LARGEST, LARGEST + 1
            };
            ByteBuffer file = RecordFormat.little(ByteBuffer.wrap(bytes));
            for (int record = 0; record < payloads.size(); record++) {
                int at = ends.get(record) + RecordFormat.LENGTH;
                int right = file.getInt(at);
                BitSet others = range(0, payloads.size());
                others.clear(record);
                for (int length : lengths) {
                    if (length != right) {
                        file.putInt(at, length);
                        assertThat(found(damaged, -1, payloads.size()))
                                .as("length %d of record %d", length, record)
                                .isEqualTo(others);
                    }
                }
                file.putInt(at, right);
            }
        }
    }

    @Nested
    class InAProcessWithLittleMemory {

        @TempDir
        Path folder;

        /* A segment that has room for what the lengths say. */
        @Test
        void noLengthTakesMoreMemoryThanTheLargestRecord() throws Exception {
            Path wal = folder.resolve("wal");
            Journal journal = Journal.open(
                    new SystemDirectory(wal),
                    JournalSettings.defaults().withReserve(0),
                    new JournalListener() {},
                    Ticker.SYSTEM,
                    () -> 1);
            for (int i = 0; i < ForgedLengths.RECORDS; i++) {
                JournalTest.append(journal, JournalTest.text(i), Durability.NONE);
            }
            JournalTest.append(journal, "x".repeat(LARGEST), Durability.NONE);
            journal.syncNow();
            journal.step();
            assertThat(journal.close(1000)).isTrue();
            // A small heap is what it has by default: 64 MB.
            Process process = ChildJvm.start(ForgedLengths.class, wal.toString());
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(process.waitFor()).isZero();
            assertThat(said).isEqualTo("read all others each time\n");
        }
    }

    @Nested
    class Elsewhere {

        @Test
        void aRecordOfAnotherSegmentIsNone() throws IOException {
            MemoryDirectory other = new MemoryDirectory();
            Journal journal = Journal.open(other, SETTINGS, new JournalListener() {}, Ticker.SYSTEM, () -> 1);
            journal.step();
            String otherName = other.list().stream()
                    .filter(SegmentFile::isSegment)
                    .findFirst()
                    .orElseThrow();
            byte[] mixed = other.content(otherName);
            System.arraycopy(
                    bytes,
                    SegmentFormat.HEADER_BYTES,
                    mixed,
                    SegmentFormat.HEADER_BYTES + 64,
                    SEGMENT - SegmentFormat.HEADER_BYTES - 64);
            name = otherName;
            assertThat(read(mixed)).isEmpty();
        }

        @Test
        void aRecordInAMessageIsNone() throws IOException {
            // A message that quotes the segment itself, in which a bit of its own record is flipped.
            MemoryDirectory other = new MemoryDirectory();
            Journal journal = Journal.open(other, SETTINGS, new JournalListener() {}, Ticker.SYSTEM, () -> 1);
            byte[] quoted = Arrays.copyOfRange(bytes, SegmentFormat.HEADER_BYTES, SegmentFormat.HEADER_BYTES + 15_000);
            journal.append(quoted, 0, quoted.length, 1, 2, Durability.NONE);
            journal.step();
            name = other.list().stream()
                    .filter(SegmentFile::isSegment)
                    .findFirst()
                    .orElseThrow();
            byte[] flipped = other.content(name);
            flipped[SegmentFormat.HEADER_BYTES + RecordFormat.frameBytes("incarnation 1".length())] ^= 1;
            assertThat(read(flipped)).isEmpty();
        }
    }
}
