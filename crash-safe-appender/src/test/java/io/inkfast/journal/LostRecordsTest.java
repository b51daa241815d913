package io.inkfast.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.internal.Ticker;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Records that are damaged or missing: a loss if they had been confirmed, else a torn end. */
class LostRecordsTest {

    private static final JournalSettings SETTINGS =
            JournalSettings.defaults().withSizes(24 << 10, 512 << 10, 64 << 10).withReserve(0);

    @Test
    void saysWhatIsLostIfItHadBeenConfirmed() throws IOException {
        MemoryDirectory disk = new MemoryDirectory();
        Journal first = Journal.open(disk, SETTINGS, new JournalListener() {}, Ticker.SYSTEM, () -> 1);
        for (int i = 0; i < 20; i++) {
            JournalTest.append(first, JournalTest.text(i), Durability.NONE);
            first.syncNow();
            first.step();
        }
        assertThat(JournalScan.of(disk, 1 << 20).lost()).isEmpty();
        String segment =
                disk.list().stream().filter(SegmentFile::isSegment).findFirst().orElseThrow();
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
        String segment =
                disk.list().stream().filter(SegmentFile::isSegment).findFirst().orElseThrow();
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
        String segment =
                disk.list().stream().filter(SegmentFile::isSegment).findFirst().orElseThrow();
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

    /* A journal of two segments whose second has a damaged header. */
    private MemoryDirectory withDamagedHeader(int at) throws IOException {
        MemoryDirectory disk = new MemoryDirectory();
        Journal first = Journal.open(disk, SETTINGS, new JournalListener() {}, Ticker.SYSTEM, () -> 1);
        for (int i = 0; i < 60; i++) {
            JournalTest.append(first, i + " " + "x".repeat(500), Durability.NONE);
            first.syncNow();
            first.step();
        }
        String second = disk.list().stream()
                .filter(SegmentFile::isSegment)
                .sorted()
                .toList()
                .get(1);
        byte[] content = disk.content(second);
        content[at] ^= 4;
        disk.put(second, content);
        return disk;
    }

    @Test
    void losesNothingWithTheHeaderOfASegment() throws IOException {
        int[] fields = {0, 3, 12, 16, 31, 32, 40, 48, 49, 55, 56, 60, 64, 72, 75, 76, 78, 80, 90, 4000, 4092, 4095};
        for (int at : fields) {
            MemoryDirectory disk = withDamagedHeader(at);
            JournalScan scan = JournalScan.of(disk, 1 << 20);
            assertThat(scan.unreadable()).as("byte %d", at).isEmpty();
            assertThat(scan.lost()).as("byte %d", at).isEmpty();
            assertThat(scan.isTorn()).as("byte %d", at).isTrue();
            Journal second = Journal.open(disk, SETTINGS, new JournalListener() {}, Ticker.SYSTEM, () -> 1);
            assertThat(JournalTest.rest(second.cursor())).as("byte %d", at).hasSize(60);
        }
    }

    @Test
    void leavesASegmentOfALaterVersionAlone() throws IOException {
        JournalScan scan = JournalScan.of(withDamagedHeader(8), 1 << 20);
        assertThat(scan.hasNewerVersion()).isTrue();
        assertThat(scan.unreadable()).hasSize(1);
    }
}
