package io.inkfast.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.internal.Ticker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class JournalTest {

    static final JournalSettings SMALL =
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

    static void fill(Journal journal, int from, int to) {
        for (int i = from; i < to; i++) {
            assertThat(append(journal, text(i), Durability.NONE)).isPositive();
            if (i % 50 == 0) {
                journal.step();
            }
        }
        journal.step();
    }

    @Nested
    class OfProcessesThatAreKilledOverAndOver {

        @Test
        void isAsLargeAsItsRecordsAndTakesMore() throws IOException {
            JournalSettings settings = SMALL.withMax(8 * 16 << 10);
            MemoryDirectory left = directory;
            for (int run = 0; run < 30; run++) {
                Journal journal = Journal.open(left, settings, told, Ticker.SYSTEM, () -> 1);
                assertThat(append(journal, text(run), Durability.DISK))
                        .as("run %d", run)
                        .isPositive();
                journal.syncNow();
                journal.step();
                left = left.afterKill();
            }
            Journal last = Journal.open(left, settings, told, Ticker.SYSTEM, () -> 1);
            assertThat(rest(last.cursor())).isEqualTo(texts(0, 30));
            assertThat(last.isFull()).isFalse();
            assertThat(told.words).isEmpty();
        }

        @Test
        void losesNothingWhenThePowerIsCutWhileZerosAreCutOff() throws IOException {
            for (int seed = 0; seed < 50; seed++) {
                MemoryDirectory first = new MemoryDirectory();
                Journal journal = open(first);
                append(journal, "confirmed", Durability.DISK);
                journal.syncNow();
                journal.step();
                append(journal, "written", Durability.OS);
                journal.step();
                MemoryDirectory killed = first.afterKill();
                open(killed);
                assertThat(rest(open(killed.afterCut(new Random(seed))).cursor()))
                        .containsExactly("confirmed", "written");
            }
        }

        /* Only what is whole is made a spare: a spare has room on the device. */
        @Test
        void aSegmentThatWasCutIsNoSpare() throws IOException {
            Journal journal = open(directory);
            append(journal, "one", Durability.OS);
            journal.step();
            MemoryDirectory left = directory.afterKill();
            Journal next = open(left);
            next.delivered(next.lastLsn());
            assertThat(left.list())
                    .filteredOn(SegmentFile::isSpare)
                    .allSatisfy(name -> assertThat(left.content(name)).hasSize(16 << 10));
        }
    }

    @Nested
    class OfEventsThatComeAndGo {

        @Test
        void fillsNoSegmentAnewWhileDeliveredOnesComeBack() throws IOException {
            Journal journal = open(directory);
            Cursor cursor = journal.cursor();
            int[] filled = {0};
            int[] spares = {0};
            directory.fail((operation, name, bytes) -> {
                filled[0] += operation.equals("create") && name.startsWith(SegmentFile.SPARE_PREFIX) ? 1 : 0;
                return bytes;
            });
            for (int i = 0; i < 100; i++) {
                // About two segments each time.
                fill(journal, 0, 300);
                while (journal.keep()) {
                    spares[0]++;
                }
                assertThat(rest(cursor)).hasSize(300);
                journal.delivered(cursor.lsn());
            }
            assertThat(spares[0]).isPositive();
            assertThat(filled[0]).isLessThan(10);
            assertThat(directory.list()).filteredOn(SegmentFile::isSpare).hasSizeLessThan(7);
        }
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
        void keepsTheOrderAndLetsSegmentsGoWhateverTheClockSays() throws IOException {
            long now = 1_700_000_000_000_000L;
            long[] times = {now, now - 3_600_000_000L, now + 86_400_000_000L, 0, -1, Long.MAX_VALUE, Long.MIN_VALUE};
            int[] looks = {0};
            LongSupplier clock = () -> times[looks[0]++ % times.length];
            for (int run = 0; run < 5; run++) {
                Journal journal = Journal.open(directory, SMALL, told, Ticker.SYSTEM, clock);
                Cursor cursor = journal.cursor();
                for (int i = 0; i < 1000; i++) {
                    byte[] bytes = text(i).getBytes(StandardCharsets.UTF_8);
                    journal.append(bytes, 0, bytes.length, times[i % times.length], 2, Durability.NONE);
                    if (i % 100 == 99) {
                        journal.syncNow();
                        journal.step();
                    }
                }
                assertThat(rest(cursor)).isEqualTo(texts(0, 1000));
                journal.delivered(cursor.lsn());
                assertThat(journal.close(1000)).isTrue();
                assertThat(directory.list().stream().filter(SegmentFile::isSegment))
                        .hasSizeLessThan(4);
            }
            assertThat(told.words).isEmpty();
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
}
