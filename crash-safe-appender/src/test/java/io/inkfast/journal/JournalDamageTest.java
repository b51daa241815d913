package io.inkfast.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.internal.Ticker;
import io.inkfast.testing.Torture;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A segment that was cut, or in which bits have changed. */
@Tag(Torture.TAG)
class JournalDamageTest {

    private static final int SEGMENT = Torture.times(24 << 10, 64 << 10, 1 << 20);
    private static final JournalSettings SETTINGS =
            JournalSettings.defaults().withSizes(SEGMENT, 4 << 20, 2 << 20).withReserve(0);

    private final MemoryDirectory directory = new MemoryDirectory();
    private final Map<Long, String> written = new LinkedHashMap<>();
    private final List<Integer> ends = new ArrayList<>();
    private String name = "";
    private byte[] bytes = new byte[0];

    @BeforeEach
    void writeASegment() throws IOException {
        Journal journal = Journal.open(directory, SETTINGS, new JournalListener() {}, Ticker.SYSTEM, () -> 1);
        int size = SegmentFormat.HEADER_BYTES + 64;
        for (int i = 0; size < SEGMENT - 400; i++) {
            String text = JournalTest.text(i);
            written.put(JournalTest.append(journal, text, Durability.NONE), text);
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
    }

    /* What is read of a segment with these bytes: LSN and text. */
    private Map<Long, String> read(byte[] content) throws IOException {
        MemoryDirectory damaged = new MemoryDirectory();
        damaged.put(name, content);
        SegmentFormat.Header header = SegmentFile.header(damaged, name);
        Map<Long, String> found = new LinkedHashMap<>();
        if (header == null) {
            return found;
        }
        SegmentScan scan = new SegmentScan(
                damaged.open(name, io.inkfast.internal.Directory.Access.READ), header, Long.MAX_VALUE, 1 << 20);
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
            List<Long> lsns = new ArrayList<>(written.keySet());
            int last = ends.get(ends.size() - 1);
            for (int cut = 0; cut <= last; cut++) {
                int limit = cut;
                int whole = (int) ends.stream().filter(end -> end <= limit).count() - 1;
                Map<Long, String> found = read(Arrays.copyOf(bytes, cut));
                assertThat(found.size()).as("cut at %d", cut).isEqualTo(Math.max(0, whole));
                assertThat(new ArrayList<>(found.keySet())).isEqualTo(lsns.subList(0, Math.max(0, whole)));
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

        @Test
        void aBitOfAHeaderCostsThatRecordOnly() throws IOException {
            for (int record = 1; record < ends.size(); record += Torture.times(11, 1, 1)) {
                for (int bit = 0; bit < 8 * RecordFormat.HEADER_BYTES; bit++) {
                    flip(ends.get(record - 1) * 8 + bit, 1);
                }
            }
        }

        @Test
        void aBitOfAPayloadCostsThatRecordOnly() throws IOException {
            Random random = new Random(5);
            int first = SegmentFormat.HEADER_BYTES * 8;
            for (int i = 0; i < Torture.times(2_000, 20_000, 8_400_000); i++) {
                flip(first + random.nextInt(ends.get(ends.size() - 1) * 8 - first), 1);
            }
        }

        @Test
        void aBitOfTheSegmentsHeaderNeverGivesAWrongRecord() throws IOException {
            for (int bit = 0; bit < 8 * 200; bit++) {
                flip(bit, Integer.MAX_VALUE);
            }
        }

        private void flip(int bit, int mostLost) throws IOException {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            Map<Long, String> found = read(flipped);
            assertThat(written.entrySet()).as("bit %d", bit).containsAll(found.entrySet());
            assertThat(written.size() - found.size()).as("bit %d", bit).isLessThanOrEqualTo(mostLost);
        }
    }

    @Nested
    class WithAWrongLength {

        @Test
        void givesTheOthers() throws IOException {
            for (int length : new int[] {0, 1, -1, 7, Integer.MAX_VALUE, Integer.MIN_VALUE, 1 << 20, (1 << 20) + 1}) {
                for (int record = 1; record < ends.size(); record += 50) {
                    byte[] wrong = bytes.clone();
                    RecordFormat.little(ByteBuffer.wrap(wrong)).putInt(ends.get(record - 1) + 4, length);
                    Map<Long, String> found = read(wrong);
                    assertThat(written.entrySet()).containsAll(found.entrySet());
                    assertThat(found.size()).isGreaterThanOrEqualTo(written.size() - 1);
                }
            }
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

    @Nested
    class InTheMiddle {

        @Test
        void saysWhatIsLostIfItHadBeenConfirmed() throws IOException {
            Journal journal =
                    Journal.open(directory.afterKill(), SETTINGS, new JournalListener() {}, Ticker.SYSTEM, () -> 1);
            assertThat(journal.lost()).isEmpty();
            MemoryDirectory disk = new MemoryDirectory();
            Journal first = Journal.open(disk, SETTINGS, new JournalListener() {}, Ticker.SYSTEM, () -> 1);
            for (int i = 0; i < 20; i++) {
                JournalTest.append(first, JournalTest.text(i), Durability.NONE);
                first.syncNow();
                first.step();
            }
            String segment = disk.list().stream()
                    .filter(SegmentFile::isSegment)
                    .findFirst()
                    .orElseThrow();
            byte[] content = disk.content(segment);
            content[SegmentFormat.HEADER_BYTES + 600] ^= 4;
            disk.put(segment, content);
            JournalScan scan = JournalScan.of(disk, 1 << 20);
            assertThat(scan.lost()).hasSize(1);
            assertThat(scan.lost().get(0).count()).isEqualTo(1);
        }

        @Test
        void isNotAlarmedByATailThatNobodyWaitedFor() throws IOException {
            MemoryDirectory disk = new MemoryDirectory();
            Journal first = Journal.open(disk, SETTINGS, new JournalListener() {}, Ticker.SYSTEM, () -> 1);
            for (int i = 0; i < 20; i++) {
                JournalTest.append(first, JournalTest.text(i), Durability.NONE);
            }
            first.step();
            String segment = disk.list().stream()
                    .filter(SegmentFile::isSegment)
                    .findFirst()
                    .orElseThrow();
            byte[] content = disk.content(segment);
            content[SegmentFormat.HEADER_BYTES + 600] ^= 4;
            disk.put(segment, content);
            JournalScan scan = JournalScan.of(disk, 1 << 20);
            assertThat(scan.lost()).isEmpty();
            assertThat(scan.torn()).hasSize(1);
            assertThat(scan.isTorn()).isTrue();
        }

        /* One event is damaged; then all are delivered, in another run. */
        private MemoryDirectory deliverAfterDamage(boolean confirmed) throws IOException {
            MemoryDirectory disk = new MemoryDirectory();
            Journal first = Journal.open(disk, SETTINGS, new JournalListener() {}, Ticker.SYSTEM, () -> 1);
            for (int i = 0; i < 20; i++) {
                JournalTest.append(first, JournalTest.text(i), Durability.NONE);
            }
            if (confirmed) {
                first.syncNow();
            }
            first.step();
            JournalTest.append(first, "last", Durability.NONE);
            first.step();
            String segment = disk.list().stream()
                    .filter(SegmentFile::isSegment)
                    .findFirst()
                    .orElseThrow();
            byte[] content = disk.content(segment);
            content[SegmentFormat.HEADER_BYTES + 600] ^= 4;
            disk.put(segment, content);
            Journal second = Journal.open(disk, SETTINGS, new JournalListener() {}, Ticker.SYSTEM, () -> 1);
            Cursor cursor = second.cursor();
            assertThat(JournalTest.rest(cursor)).hasSize(20);
            second.delivered(cursor.lsn());
            return disk;
        }

        @Test
        void keepsASegmentInWhichSomethingWasLost() throws IOException {
            assertThat(deliverAfterDamage(true).list()).anyMatch(name -> name.endsWith(".damaged"));
        }

        @Test
        void doesNotKeepWhatACrashLeft() throws IOException {
            assertThat(deliverAfterDamage(false).list()).noneMatch(name -> name.endsWith(".damaged"));
        }
    }
}
