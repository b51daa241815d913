package io.inkfast.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.internal.Ticker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JournalRemovalTest {

    private static final int EVENTS = 40;

    private static final JournalSettings SMALL =
            JournalSettings.defaults().withReserve(16 << 10).withSizes(16 << 10, 256 << 10, 8 << 10);

    /* Several segments and a spare, nothing delivered. */
    private static MemoryDirectory journal() throws IOException {
        MemoryDirectory directory = new MemoryDirectory();
        Journal journal = Journal.open(directory, SMALL, new JournalListener() {}, Ticker.SYSTEM, () -> 1);
        journal.keep();
        for (int i = 0; i < EVENTS; i++) {
            byte[] event = ("event " + i + " " + "x".repeat(1000)).getBytes(StandardCharsets.UTF_8);
            journal.append(event, 0, event.length, 1, 2, Durability.DISK);
            journal.syncNow();
            journal.step();
        }
        journal.close(0);
        return directory.afterKill();
    }

    private static long undelivered(MemoryDirectory directory) throws IOException {
        JournalScan scan = JournalScan.of(directory, JournalSettings.LARGEST_RECORD);
        assertThat(scan.lost()).isEmpty();
        assertThat(scan.unreadable()).isEmpty();
        Journal journal = Journal.open(directory, SMALL, new JournalListener() {}, Ticker.SYSTEM, () -> 1);
        long count = 0;
        try (AutoCloseable ignored = () -> journal.close(0)) {
            Cursor cursor = journal.cursor();
            while (cursor.next()) {
                count++;
            }
        } catch (Exception e) {
            throw new IOException(e);
        }
        return count;
    }

    @Test
    void leavesNothingOfTheJournal() throws IOException {
        MemoryDirectory directory = journal();
        directory.put("LOCK", new byte[0]);
        directory.put("OWNER", new byte[1]);
        directory.put("wal-1.seg.damaged", new byte[1]);
        assertThat(undelivered(directory.afterKill())).isEqualTo(EVENTS);
        JournalRemoval.remove(directory, 1);
        assertThat(directory.list()).containsExactly("LOCK", "wal-1.seg.damaged");
    }

    @Test
    void isAllOrNothingWhereverThePowerIsCut() throws IOException {
        MemoryDirectory whole = journal();
        assertThat(whole.list().stream().filter(SegmentFile::isSegment).count()).isGreaterThan(2);
        MemoryDirectory counted = whole.afterKill();
        JournalRemoval.remove(counted, 1);
        int all = 0;
        for (int n = 1; n <= counted.operations(); n++) {
            for (int seed = 0; seed < 20; seed++) {
                MemoryDirectory directory = whole.afterKill();
                int[] left = {n};
                directory.fail((operation, name, bytes) -> {
                    if (--left[0] <= 0) {
                        throw new IOException("cut");
                    }
                    return bytes;
                });
                try {
                    JournalRemoval.remove(directory, 1);
                } catch (IOException e) {
                    assertThat(e).hasMessage("cut");
                }
                long undelivered = undelivered(directory.afterCut(new Random(seed)));
                assertThat(undelivered).as("operation %d, seed %d", n, seed).isIn(0L, (long) EVENTS);
                all += undelivered == 0 ? 0 : 1;
            }
        }
        assertThat(all).isBetween(20, counted.operations() * 20 - 20);
    }
}
