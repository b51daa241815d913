package io.inkfast.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.inkfast.internal.Ticker;
import io.inkfast.testing.Torture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What a power cut may leave, at every operation: several states each, in which any sectors that were not forced are there
 * or not or garbage, and names are as they were at some moment since. Now and then the process is killed before, which
 * leaves what is not forced with the kernel; and the power is cut again while the journal is opened.
 */
@Tag(Torture.TAG)
class CrashStatesTest {

    private static final int STATES_EACH = 4;
    private static final int AGAIN_ONE_IN = 50;

    /* So small that delivered segments are written again within a run. */
    private static final JournalSettings TINY = JournalTest.SMALL.withSizes(6 << 10, 256 << 10, 8 << 10);

    /* A cut that leaves only what was forced. */
    private static final Random NOTHING_UNSYNCED = new Random() {

        @Override
        public int nextInt(int bound) {
            return 0;
        }
    };

    /**
     * A state, and what is known of it.
     *
     * @param confirmed LSN up to which the journal had said that all is there: on the device, or with the kernel
     * @param read      up to which records may have been noted as delivered
     * @param killed    whether it is the process that has ended, and not the machine
     */
    private record Cut(MemoryDirectory left, long confirmed, long read, String operation, boolean killed) {}

    private final NavigableMap<Long, String> written = new TreeMap<>();
    private Random random = new Random(0);
    private JournalSettings settings = JournalTest.SMALL;
    private boolean syncsFail;
    private long failedSyncs;

    private Journal open(MemoryDirectory disk) throws IOException {
        return Journal.open(disk, settings, new JournalListener() {}, Ticker.SYSTEM, () -> 1);
    }

    @Test
    void haveWhatWasConfirmed() throws IOException {
        int states = 0;
        int usedBefore = 0;
        int wanted = Torture.times(10_000, 100_000, 10_000_000);
        for (int seed = 0; states < wanted; seed++) {
            random = new Random(seed);
            settings = seed % 8 == 7 ? TINY : JournalTest.SMALL;
            syncsFail = seed % 5 == 4;
            written.clear();
            for (Cut cut : run()) {
                usedBefore += hasASegmentThatWasUsedBefore(cut.left) ? 1 : 0;
                states += 1 + check(cut, random.nextInt(AGAIN_ONE_IN) == 0);
            }
        }
        assertThat(usedBefore).isGreaterThan(states / 40);
        assertThat(failedSyncs).isGreaterThan(states / 4000);
    }

    /* Letting a segment go need not be on the device yet, so a cut brings it back; but not cut after cut. */
    @Test
    void doNotGrowWithEveryCut() throws IOException {
        MemoryDirectory disk = new MemoryDirectory();
        for (int cut = 0; cut < 30; cut++) {
            Journal journal = open(disk);
            Cursor cursor = journal.cursor();
            assertThat(JournalTest.rest(cursor)).hasSize(cut == 0 ? 0 : 10);
            if (cut > 0) {
                journal.delivered(cursor.lsn());
            }
            JournalTest.fill(journal, 0, 10);
            journal.syncNow();
            journal.step();
            disk = disk.afterCut(NOTHING_UNSYNCED);
            assertThat(disk.list()).hasSizeLessThan(8);
        }
    }

    private static boolean hasASegmentThatWasUsedBefore(MemoryDirectory disk) throws IOException {
        for (String name : disk.list()) {
            SegmentFormat.Header header = SegmentFile.isSegment(name) ? SegmentFile.header(disk, name) : null;
            if (header != null && (header.flags() & SegmentFormat.USED_BEFORE) != 0) {
                return true;
            }
        }
        return false;
    }

    private List<Cut> run() throws IOException {
        MemoryDirectory disk = new MemoryDirectory();
        long[] confirmed = {0};
        long[] kernel = {0};
        long[] read = {0};
        List<Cut> cuts = new ArrayList<>();
        Syncs syncs = new Syncs();
        disk.fail((operation, name, bytes) -> {
            for (int i = 0; i < STATES_EACH; i++) {
                cuts.add(new Cut(disk.afterCut(random), confirmed[0], read[0], operation, false));
            }
            if (random.nextInt(4) == 0) {
                cuts.add(new Cut(disk.afterKill(), kernel[0], read[0], operation, true));
            }
            return operation.equals("force") ? syncs.answer(name) : bytes;
        });
        Journal journal = open(disk);
        Cursor cursor = journal.cursor();
        for (int i = 0; i < 300; i++) {
            String text = JournalTest.text(random.nextInt(100)) + i;
            written.put(JournalTest.append(journal, text, Durability.NONE), text);
            if (random.nextInt(10) == 0) {
                journal.syncNow();
            }
            if (random.nextInt(4) == 0) {
                syncs.fail = syncsFail;
                journal.step();
                syncs.fail = false;
                assertThat(journal.isDegraded()).isFalse();
                confirmed[0] = journal.durableLsn();
                kernel[0] = journal.lastLsn();
            }
            if (random.nextInt(40) == 0) {
                while (random.nextInt(30) != 0 && cursor.next()) {
                    read[0] = Math.max(read[0], cursor.lsn());
                }
                if (cursor.lsn() > 0) {
                    journal.delivered(cursor.lsn());
                }
            }
            if (random.nextInt(60) == 0) {
                journal.keep();
            }
            if (random.nextInt(200) == 0) {
                journal = open(disk);
                cursor = journal.cursor();
                // The numbers of those that were only in memory are given again.
                written.tailMap(journal.firstLsn(), true).clear();
            }
        }
        failedSyncs += syncs.failures;
        return cuts;
    }

    /* The kernel says once that it could not write a file; what it forgets then, see MemoryDirectory. */
    private final class Syncs {

        private boolean fail;
        private int failures;

        int answer(String name) throws IOException {
            if (fail && !name.equals(Checkpoints.FILE) && random.nextInt(6) == 0) {
                // Not twice in one step, after which nothing is journalled for a while.
                fail = false;
                failures++;
                throw new IOException("EIO");
            }
            return 0;
        }
    }

    /* How many states it led to: those that a second cut may leave while the first is recovered from. */
    private int check(Cut cut, boolean again) throws IOException {
        List<Cut> second = new ArrayList<>();
        if (again) {
            cut.left.fail((operation, name, bytes) -> {
                second.add(new Cut(
                        cut.killed ? cut.left.afterKill() : cut.left.afterCut(random),
                        cut.confirmed,
                        cut.read,
                        cut.operation + ", then " + operation,
                        cut.killed));
                return bytes;
            });
        }
        Journal journal = open(cut.left);
        if (!journal.lost().isEmpty()) {
            fail("lost at " + cut.operation + ": " + journal.lost());
        }
        Cursor cursor = journal.cursor();
        long delivered = journal.deliveredLsn();
        assertThat(delivered).isLessThanOrEqualTo(Math.max(cut.read, 0));
        Map<Long, String> found = new HashMap<>();
        while (cursor.next()) {
            String text = new String(cursor.payload(), 0, cursor.length(), StandardCharsets.UTF_8);
            if (!text.equals(written.get(cursor.lsn())) || found.put(cursor.lsn(), text) != null) {
                fail("record " + cursor.lsn() + " at " + cut.operation + ": " + text);
            }
        }
        for (long lsn : written.subMap(delivered, false, Math.max(delivered, cut.confirmed), true)
                .keySet()) {
            if (!found.containsKey(lsn)) {
                fail("record " + lsn + " was confirmed, cut at " + cut.operation);
            }
        }
        for (Cut each : second) {
            check(each, false);
        }
        return second.size();
    }
}
