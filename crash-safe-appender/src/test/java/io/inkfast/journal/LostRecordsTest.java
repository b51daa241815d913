package io.inkfast.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.internal.Ticker;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records that are damaged or missing: a loss if they had been confirmed, else a torn end. */
class LostRecordsTest {

    private static final JournalSettings SETTINGS =
            JournalSettings.defaults().withSizes(24 << 10, 512 << 10, 64 << 10).withReserve(0);

    private final MemoryDirectory disk = new MemoryDirectory();

    private Journal open() throws IOException {
        return Journal.open(disk, SETTINGS, new JournalListener() {}, Ticker.SYSTEM, () -> 1);
    }

    private Journal filled() throws IOException {
        Journal journal = open();
        for (int i = 0; i < 20; i++) {
            JournalTest.append(journal, JournalTest.text(i), Durability.NONE);
        }
        return journal;
    }

    /* One bit, in the segment of that number. */
    private void flip(int segment, int at) {
        String name = disk.list().stream()
                .filter(SegmentFile::isSegment)
                .sorted()
                .toList()
                .get(segment);
        byte[] content = disk.content(name);
        content[at] ^= 4;
        disk.put(name, content);
    }

    private void damageAnEvent() {
        flip(0, SegmentFormat.HEADER_BYTES + 600);
    }

    private JournalScan scan() throws IOException {
        return JournalScan.of(disk, 1 << 20);
    }

    @Test
    void saysWhatIsLostIfItHadBeenConfirmed() throws IOException {
        Journal journal = filled();
        journal.syncNow();
        journal.step();
        // Each record says up to where everything in front of it had been confirmed.
        JournalTest.append(journal, "last", Durability.NONE);
        journal.step();
        assertThat(scan().lost()).isEmpty();
        damageAnEvent();
        assertThat(scan().lost()).hasSize(1);
        assertThat(scan().lost().get(0).count()).isEqualTo(1);
    }

    @Test
    void isNotAlarmedByATailThatNobodyWaitedFor() throws IOException {
        filled().step();
        damageAnEvent();
        assertThat(scan().lost()).isEmpty();
        assertThat(scan().torn()).hasSize(1);
        assertThat(scan().isTorn()).isTrue();
    }

    /* One event is damaged; then all are delivered, in another run. */
    private List<String> deliverAfterDamage(boolean confirmed) throws IOException {
        Journal first = filled();
        if (confirmed) {
            first.syncNow();
        }
        first.step();
        JournalTest.append(first, "last", Durability.NONE);
        first.step();
        damageAnEvent();
        Journal second = open();
        Cursor cursor = second.cursor();
        assertThat(JournalTest.rest(cursor)).hasSize(20);
        second.delivered(cursor.lsn());
        return disk.list();
    }

    @Test
    void keepsASegmentInWhichSomethingWasLost() throws IOException {
        assertThat(deliverAfterDamage(true)).anyMatch(name -> name.endsWith(".damaged"));
    }

    @Test
    void doesNotKeepWhatACrashLeft() throws IOException {
        assertThat(deliverAfterDamage(false)).noneMatch(name -> name.endsWith(".damaged"));
    }

    private void fillTwoSegments() throws IOException {
        Journal first = open();
        for (int i = 0; i < 60; i++) {
            JournalTest.append(first, i + " " + "x".repeat(500), Durability.NONE);
            first.syncNow();
            first.step();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 12, 16, 31, 32, 40, 48, 49, 55, 56, 60, 64, 72, 75, 76, 78, 80, 90, 4000, 4092, 4095})
    void losesNothingWithTheHeaderOfASegment(int at) throws IOException {
        fillTwoSegments();
        flip(1, at);
        assertThat(scan().unreadable()).isEmpty();
        assertThat(scan().lost()).isEmpty();
        assertThat(scan().isTorn()).isTrue();
        assertThat(JournalTest.rest(open().cursor())).hasSize(60);
    }

    @Test
    void leavesASegmentOfALaterVersionAlone() throws IOException {
        fillTwoSegments();
        flip(1, 8);
        assertThat(scan().hasNewerVersion()).isTrue();
        assertThat(scan().unreadable()).hasSize(1);
    }
}
