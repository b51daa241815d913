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
}
