package io.inkfast.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.internal.Ticker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class JournalTest {

    private static final JournalSettings SMALL =
            JournalSettings.defaults().withSizes(16 << 10, 256 << 10, 8 << 10).withReserve(32 << 10);

    private final MemoryDirectory directory = new MemoryDirectory();
    private final Told told = new Told();

    /** What the journal said. */
    static final class Told implements JournalListener {
        final List<String> words = new ArrayList<>();

        @Override
        public void reserveEntered(String reason) {
            words.add("reserve");
        }

        @Override
        public void reserveLeft() {
            words.add("left");
        }

        @Override
        public void degraded(String reason) {
            words.add("degraded");
        }

        @Override
        public void resumed(long notJournalled) {
            words.add("resumed " + notJournalled);
        }

        @Override
        public void trouble(String what) {
            words.add(what);
        }
    }

    private Journal open(MemoryDirectory where) throws IOException {
        return Journal.open(where, SMALL, told, Ticker.SYSTEM, () -> 1_000_000);
    }

    static long append(Journal journal, String text, Durability wanted) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return journal.append(bytes, 0, bytes.length, 1, 2, wanted);
    }

    /* A cut that leaves only what was forced. */
    private static final Random NOTHING_UNSYNCED = new Random() {

        @Override
        public int nextInt(int bound) {
            return 0;
        }
    };

    static List<String> rest(Cursor cursor) {
        List<String> texts = new ArrayList<>();
        while (cursor.next()) {
            texts.add(new String(cursor.payload(), 0, cursor.length(), StandardCharsets.UTF_8));
        }
        return texts;
    }

    private static List<String> texts(int from, int to) {
        return IntStream.range(from, to).mapToObj(JournalTest::text).toList();
    }

    static String text(int i) {
        return "event " + i + " " + "x".repeat(i % 97);
    }

    private static void fill(Journal journal, int from, int to) {
        for (int i = from; i < to; i++) {
            assertThat(append(journal, text(i), Durability.NONE)).isPositive();
            if (i % 50 == 0) {
                journal.step();
            }
        }
        journal.step();
    }

    @Nested
    class InOrder {

        @Test
        void givesTheReaderEachRecordOnce() throws IOException {
            Journal journal = open(directory);
            Cursor cursor = journal.cursor();
            fill(journal, 0, 1000);
            assertThat(rest(cursor)).isEqualTo(texts(0, 1000));
            fill(journal, 1000, 1100);
            assertThat(rest(cursor)).isEqualTo(texts(1000, 1100));
        }

        @Test
        void readsBackWhatIsNoLongerInMemory() throws IOException {
            Journal journal = open(directory);
            fill(journal, 0, 10_000);
            assertThat(rest(journal.cursor())).isEqualTo(texts(0, 10_000));
        }

        @Test
        void readsOnInTheSegmentsWhenMemoryHasMovedOn() throws IOException {
            Journal journal = open(directory);
            Cursor cursor = journal.cursor();
            fill(journal, 0, 10);
            assertThat(cursor.next()).isTrue();
            fill(journal, 10, 20_000);
            assertThat(rest(cursor)).isEqualTo(texts(1, 20_000));
        }

        /* The segment is larger than memory, and has grown since the reader opened it. */
        @Test
        void readsOnInASegmentThatHasGrownWhenMemoryHasMovedOn() throws IOException {
            JournalSettings settings = JournalSettings.defaults()
                    .withSizes(2 << 20, 256 << 10, 64 << 10)
                    .withReserve(0);
            Journal journal = Journal.open(directory, settings, told, Ticker.SYSTEM, () -> 1);
            fill(journal, 0, 6000);
            Cursor cursor = journal.cursor();
            for (int i = 0; i < 100; i++) {
                assertThat(cursor.next()).isTrue();
            }
            fill(journal, 6000, 12_000);
            assertThat(rest(cursor)).isEqualTo(texts(100, 12_000));
            assertThat(cursor.readLsn()).isEqualTo(journal.lastLsn());
            fill(journal, 12_000, 12_010);
            assertThat(rest(cursor)).isEqualTo(texts(12_000, 12_010));
        }

        @Test
        void givesItAgainAfterARestartUpToWhatWasDelivered() throws IOException {
            Journal journal = open(directory);
            Cursor cursor = journal.cursor();
            fill(journal, 0, 1000);
            for (int i = 0; i < 400; i++) {
                assertThat(cursor.next()).isTrue();
            }
            journal.delivered(cursor.lsn());
            assertThat(journal.close(1000)).isTrue();
            Journal again = open(directory);
            assertThat(again.wasClosedCleanly()).isTrue();
            assertThat(again.lost()).isEmpty();
            fill(again, 1000, 1010);
            assertThat(rest(again.cursor())).isEqualTo(texts(400, 1010));
        }

        @Test
        void letsDeliveredSegmentsGo() throws IOException {
            Journal journal = open(directory);
            Cursor cursor = journal.cursor();
            for (int round = 0; round < 20; round++) {
                fill(journal, 1000 * round, 1000 * (round + 1));
                rest(cursor);
                journal.delivered(cursor.lsn());
            }
            assertThat(directory.list().stream().filter(SegmentFile::isSegment).count())
                    .isLessThan(4);
        }

        @Test
        void takesARecordThatIsLargerThanAChunk() throws IOException {
            Journal journal = Journal.open(
                    directory,
                    JournalSettings.defaults()
                            .withSizes(2 << 20, 4 << 20, 1 << 20)
                            .withReserve(0),
                    told,
                    Ticker.SYSTEM,
                    () -> 1);
            String large = "y".repeat(900_000);
            append(journal, "before", Durability.NONE);
            append(journal, large, Durability.NONE);
            append(journal, "after", Durability.NONE);
            journal.step();
            assertThat(rest(journal.cursor())).containsExactly("before", large, "after");
            assertThat(rest(Journal.open(
                                    directory.afterKill(),
                                    JournalSettings.defaults().withReserve(0),
                                    told,
                                    Ticker.SYSTEM,
                                    () -> 1)
                            .cursor()))
                    .containsExactly("before", large, "after");
        }
    }

    @Nested
    class AfterAPowerCut {

        /* At every operation, several states that the cut may leave; everything that was confirmed is there. */
        @Test
        void hasWhatWasConfirmedAtEveryMoment() throws IOException {
            int states = 0;
            int wanted = Integer.getInteger("inkfast.crashStates", 10_000);
            for (int seed = 0; states < wanted; seed++) {
                states += run(seed);
            }
        }

        /* Letting a segment go need not be on the device yet, so a cut brings it back; but not cut after cut. */
        @Test
        void doesNotGrowWithEveryCut() throws IOException {
            MemoryDirectory disk = directory;
            for (int cut = 0; cut < 30; cut++) {
                Journal journal = open(disk);
                Cursor cursor = journal.cursor();
                assertThat(rest(cursor)).hasSize(cut == 0 ? 0 : 10);
                if (cut > 0) {
                    journal.delivered(cursor.lsn());
                }
                fill(journal, 0, 10);
                journal.syncNow();
                journal.step();
                disk = disk.afterCut(NOTHING_UNSYNCED);
                assertThat(disk.list()).hasSizeLessThan(8);
            }
        }

        private int run(int seed) throws IOException {
            Random random = new Random(seed);
            MemoryDirectory disk = new MemoryDirectory();
            long[] confirmed = {0, 0};
            List<String> all = new ArrayList<>();
            List<Object[]> cuts = new ArrayList<>();
            disk.fail((operation, name, bytes) -> {
                for (int i = 0; i < 4; i++) {
                    cuts.add(new Object[] {disk.afterCut(random), confirmed[0], confirmed[1], operation});
                }
                return bytes;
            });
            Journal journal = Journal.open(disk, SMALL, told, Ticker.SYSTEM, () -> 1);
            long base = journal.lastLsn();
            Cursor cursor = journal.cursor();
            for (int i = 0; i < 300; i++) {
                String text = text(random.nextInt(100)) + i;
                append(journal, text, Durability.NONE);
                all.add(text);
                if (random.nextInt(10) == 0) {
                    journal.syncNow();
                }
                if (random.nextInt(4) == 0) {
                    journal.step();
                    confirmed[0] = Math.max(0, journal.durableLsn() - base);
                }
                if (random.nextInt(40) == 0) {
                    while (random.nextInt(30) != 0 && cursor.next()) {
                        confirmed[1] = cursor.lsn() - base;
                    }
                    if (cursor.lsn() > 0) {
                        long delivered = cursor.lsn();
                        journal.delivered(delivered);
                    }
                }
                if (random.nextInt(60) == 0) {
                    journal.keep();
                }
            }
            for (Object[] cut : cuts) {
                check((MemoryDirectory) cut[0], (long) cut[1], (long) cut[2], all, (String) cut[3], base);
            }
            return cuts.size();
        }

        private void check(
                MemoryDirectory left, long confirmed, long read, List<String> all, String operation, long base)
                throws IOException {
            JournalScan scan = JournalScan.of(left, JournalSettings.LARGEST_RECORD);
            assertThat(scan.lost()).as("lost at %s", operation).isEmpty();
            Journal journal = Journal.open(left, SMALL, told, Ticker.SYSTEM, () -> 1);
            Cursor cursor = journal.cursor();
            long first = journal.deliveredLsn() - base;
            assertThat(first).isLessThanOrEqualTo(Math.max(read, 0));
            List<String> found = new ArrayList<>();
            List<Long> lsns = new ArrayList<>();
            while (cursor.next()) {
                found.add(new String(cursor.payload(), 0, cursor.length(), StandardCharsets.UTF_8));
                lsns.add(cursor.lsn() - base);
            }
            for (int i = 0; i < found.size(); i++) {
                assertThat(found.get(i)).isEqualTo(all.get((int) (lsns.get(i) - 1)));
            }
            for (long lsn = Math.max(first, 0) + 1; lsn <= confirmed; lsn++) {
                assertThat(lsns).as("confirmed, cut at %s", operation).contains(lsn);
            }
        }
    }
}
