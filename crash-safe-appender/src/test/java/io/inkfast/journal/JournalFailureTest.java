package io.inkfast.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkfast.internal.Ticker;
import io.inkfast.testing.Torture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A disk that is full, or fails. */
@Tag(Torture.TAG)
class JournalFailureTest {

    private static final JournalSettings SETTINGS =
            JournalSettings.defaults().withSizes(16 << 10, 512 << 10, 8 << 10).withReserve(32 << 10);

    private final MemoryDirectory disk = new MemoryDirectory();
    private final JournalTest.Told told = new JournalTest.Told();
    private long now;
    private final Ticker ticker = () -> now;

    private Journal open() throws IOException {
        return Journal.open(disk, SETTINGS, told, ticker, () -> 1);
    }

    private static List<String> read(MemoryDirectory left) throws IOException {
        return JournalTest.rest(Journal.open(left, SETTINGS, new JournalListener() {}, Ticker.SYSTEM, () -> 1)
                .cursor());
    }

    @Nested
    class WhenASyncFailsOnce {

        /* The kernel says it once, forgets what it could not write, and confirms the next sync. */
        @Test
        void appendsAgainElsewhereWhatWasNotConfirmed() throws IOException {
            Journal journal = open();
            JournalTest.append(journal, "confirmed", Durability.DISK);
            journal.syncNow();
            journal.step();
            int[] failures = {0};
            Set<String> failed = new TreeSet<>();
            disk.fail((operation, name, bytes) -> {
                if (operation.equals("force") && failures[0]++ == 0) {
                    failed.add(name);
                    throw new IOException("EIO");
                }
                if (operation.equals("force") && failed.contains(name)) {
                    return -1;
                }
                return bytes;
            });
            List<String> all = new ArrayList<>(List.of("confirmed"));
            for (int i = 0; i < 20; i++) {
                all.add(i + " at risk " + "k".repeat(300));
                JournalTest.append(journal, all.get(i + 1), Durability.DISK);
            }
            journal.syncNow();
            journal.step();
            assertThat(journal.durableLsn()).isEqualTo(journal.lastLsn());
            assertThat(journal.isDegraded()).isFalse();
            for (int seed = 0; seed < 200; seed++) {
                assertThat(read(disk.afterCut(new Random(seed)))).isEqualTo(all);
            }
        }

        @Test
        void neverForcesThatFileAgain() throws IOException {
            Journal journal = open();
            List<String> forced = new ArrayList<>();
            List<String> failed = new ArrayList<>();
            disk.fail((operation, name, bytes) -> {
                if (operation.equals("force")) {
                    assertThat(failed).doesNotContain(name);
                    forced.add(name);
                    if (forced.size() == 20) {
                        failed.add(name);
                        throw new IOException("EIO");
                    }
                }
                return bytes;
            });
            for (int i = 0; i < 200; i++) {
                JournalTest.append(journal, JournalTest.text(i), Durability.NONE);
                journal.syncNow();
                journal.step();
            }
            assertThat(failed).hasSize(1);
            assertThat(forced).hasSizeGreaterThan(100);
            assertThat(read(disk.afterKill())).hasSize(200);
        }
    }

    @Nested
    class WhenAnyOperationFails {

        /* Every single operation once, in turn; then all from there on. */
        @Test
        void losesNothingThatIsConfirmedAndGoesOn() throws IOException {
            for (boolean always : new boolean[] {false, true}) {
                for (int n = 0; n < 400; n++) {
                    MemoryDirectory bad = new MemoryDirectory();
                    Journal journal = Journal.open(bad, SETTINGS, told, ticker, () -> 1);
                    int from = bad.operations() + n;
                    bad.fail((operation, name, bytes) -> {
                        int number = bad.operations() - 1;
                        if (number == from || (always && number > from)) {
                            throw new IOException("EIO");
                        }
                        return bytes;
                    });
                    Cursor cursor = journal.cursor();
                    List<String> delivered = new ArrayList<>();
                    Set<Integer> confirmed = new TreeSet<>();
                    long first = journal.lastLsn() + 1;
                    for (int i = 0; i < 100; i++) {
                        JournalTest.append(journal, i + " " + "z".repeat(300), Durability.NONE);
                        journal.syncNow();
                        journal.step();
                        journal.keep();
                        now += 50_000_000;
                        if (i % 3 == 0) {
                            delivered.addAll(JournalTest.rest(cursor));
                        }
                        if (journal.durableLsn() == journal.lastLsn() && !journal.isDegraded()) {
                            confirmed.add(i);
                        }
                    }
                    delivered.addAll(JournalTest.rest(cursor));
                    assertThat(delivered).as("operation %d", n).hasSize(100);
                    List<String> left = read(bad.afterCut(new Random(n)));
                    for (int i : confirmed) {
                        assertThat(left)
                                .as("operation %d, always %s", n, always)
                                .anyMatch(text -> text.startsWith(i + " "));
                    }
                    if (!always) {
                        assertThat(journal.isDegraded()).as("operation %d", n).isFalse();
                        assertThat(confirmed).hasSizeGreaterThan(80);
                    }
                    assertThat(first).isPositive();
                }
            }
        }

        @Test
        void writesOnAfterAShortWrite() throws IOException {
            Random random = new Random(1);
            Journal journal = open();
            disk.fail((operation, name, bytes) ->
                    operation.equals("write") && bytes > 1 ? 1 + random.nextInt(bytes) : bytes);
            for (int i = 0; i < 300; i++) {
                JournalTest.append(journal, JournalTest.text(i), Durability.NONE);
                journal.step();
            }
            assertThat(read(disk.afterKill())).hasSize(300);
        }
    }

    @Nested
    class WhenTheDiskIsFull {

        private boolean full;

        private Journal openFull() throws IOException {
            Journal journal = open();
            for (boolean made = true; made; ) {
                made = journal.keep();
            }
            // As ext4 does: what is there can be overwritten, nothing can be added.
            disk.fail((operation, name, bytes) -> {
                if (full && (operation.equals("create") || (operation.equals("write") && name.endsWith(".new")))) {
                    throw new IOException("No space left on device");
                }
                return bytes;
            });
            full = true;
            assertThat(journal.keep()).isFalse();
            return journal;
        }

        private long fillReserve(Journal journal) {
            long bytes = 0;
            for (int i = 0; !journal.isDegraded() && i < 10_000; i++) {
                String text = i + " " + "r".repeat(200);
                JournalTest.append(journal, text, Durability.DISK);
                journal.keep();
                journal.syncNow();
                journal.step();
                if (!journal.isDegraded()) {
                    bytes += RecordFormat.frameBytes(text.length());
                }
            }
            return bytes;
        }

        @Test
        void holdsConfirmedRecordsInNearlyAllOfTheReserve() throws IOException {
            Journal journal = openFull();
            long bytes = fillReserve(journal);
            assertThat(journal.isDegraded()).isTrue();
            // One segment was in use already.
            long records = 3 * (SETTINGS.segmentBytes() - (long) SegmentFormat.HEADER_BYTES);
            assertThat(bytes).isGreaterThan(records * 95 / 100);
            assertThat(told.words).contains("reserve", "degraded");
        }

        @Test
        void deliversAllTheSame() throws IOException {
            Journal journal = openFull();
            Cursor cursor = journal.cursor();
            fillReserve(journal);
            for (int i = 0; i < 100; i++) {
                JournalTest.append(journal, "late " + i, Durability.DISK);
                journal.step();
            }
            List<String> all = JournalTest.rest(cursor);
            assertThat(all.subList(all.size() - 100, all.size()).get(99)).isEqualTo("late 99");
        }

        @Test
        void saysExactlyWhatItDoesNotHave() throws IOException {
            Journal journal = openFull();
            Cursor cursor = journal.cursor();
            fillReserve(journal);
            long before = journal.durableLsn();
            for (int i = 0; i < 1000; i++) {
                JournalTest.append(journal, "not journalled " + i + "n".repeat(500), Durability.DISK);
                JournalTest.rest(cursor);
                journal.step();
            }
            full = false;
            now += 2_000_000_000L;
            journal.keep();
            JournalTest.append(journal, "back", Durability.DISK);
            journal.syncNow();
            journal.step();
            assertThat(journal.isDegraded()).isFalse();
            JournalScan scan = JournalScan.of(disk.afterCut(new Random(3)), 1 << 20);
            assertThat(scan.lost()).isEmpty();
            assertThat(scan.gaps()).hasSize(1);
            Gap gap = scan.gaps().get(0);
            List<String> left = read(disk.afterKill());
            long journalled = left.stream()
                    .filter(text -> text.startsWith("not journalled"))
                    .count();
            assertThat(gap.from()).isEqualTo(before + 1);
            assertThat(gap.count()).isEqualTo(gap.to() - gap.from() + 1);
            // The record that found the disk full is the first of the gap.
            assertThat(gap.count() + journalled).isEqualTo(1001);
            assertThat(left).contains("back");
            assertThat(told.words).contains("resumed " + gap.count());
        }

        @Test
        void leavesAllOfTheReserveToWhatMustBeOnTheDevice() throws IOException {
            Journal journal = openFull();
            Cursor cursor = journal.cursor();
            for (int i = 0; i < 1000; i++) {
                JournalTest.append(journal, i + " " + "o".repeat(200), Durability.OS);
                journal.step();
                journal.keep();
                JournalTest.rest(cursor);
            }
            long reserve = 2 * (SETTINGS.segmentBytes() - (long) SegmentFormat.HEADER_BYTES);
            assertThat(fillReserve(journal)).isGreaterThan(reserve * 90 / 100);
        }

        @Test
        void keepsTheReserveForWhatMustBeOnTheDevice() throws IOException {
            Journal journal = openFull();
            Cursor cursor = journal.cursor();
            int i = 0;
            while (!told.words.contains("reserve")) {
                JournalTest.append(journal, JournalTest.text(i++), Durability.DISK);
                journal.keep();
                journal.step();
            }
            JournalTest.rest(cursor);
            for (int k = 0; k < 2000; k++) {
                assertThat(JournalTest.append(journal, "passed " + k + "p".repeat(400), Durability.OS))
                        .isPositive();
                journal.step();
                assertThat(JournalTest.rest(cursor)).hasSize(1);
            }
            JournalTest.append(journal, "critical", Durability.DISK);
            journal.syncNow();
            journal.step();
            JournalScan scan = JournalScan.of(disk.afterKill(), 1 << 20);
            assertThat(scan.lost()).isEmpty();
            assertThat(scan.gaps()).extracting(Gap::count).containsExactly(2000L);
            assertThat(read(disk.afterKill())).contains("critical").noneMatch(text -> text.startsWith("passed"));
        }
    }

    @Nested
    class WhenTheDiskHangs {

        private final CountDownLatch released = new CountDownLatch(1);

        /* In the sync for its first event, until released. */
        private Journal openAndHang() throws Exception {
            CountDownLatch hanging = new CountDownLatch(1);
            // A clock that goes on by a millisecond whenever it is looked at.
            AtomicLong clock = new AtomicLong();
            Journal journal =
                    Journal.open(disk, SETTINGS.withReserve(0), told, () -> clock.addAndGet(1_000_000), () -> 1);
            disk.fail((operation, name, bytes) -> {
                if (operation.equals("force") && released.getCount() > 0) {
                    hanging.countDown();
                    awaitQuietly(released);
                }
                return bytes;
            });
            journal.start("hang");
            JournalTest.append(journal, "first", Durability.DISK);
            assertThat(journal.sync(1)).isFalse();
            hanging.await();
            return journal;
        }

        @Test
        @Timeout(60)
        void goesOnHandingEventsToTheReaderAndNotesWhatIsMissing() throws Exception {
            Journal journal = openAndHang();
            Cursor cursor = journal.cursor();
            int taken = 0;
            int read = 0;
            for (int i = 0; taken < 5_000; i++) {
                long lsn = JournalTest.append(journal, i + " " + "h".repeat(1000), Durability.NONE);
                read += JournalTest.rest(cursor).size();
                taken += lsn > 0 ? 1 : 0;
            }
            assertThat(read).isEqualTo(taken + 1);
            assertThat(JournalTest.append(journal, "waits", Durability.DISK)).isPositive();
            assertThat(journal.await(journal.lastLsn(), Durability.DISK, 10_000_000))
                    .isEqualTo(Outcome.UNKNOWN);
            released.countDown();
            assertThat(journal.sync(10_000_000_000L)).isTrue();
            assertThat(journal.close(10_000)).isTrue();
            JournalScan scan = JournalScan.of(disk.afterKill(), 1 << 20);
            assertThat(scan.lost()).isEmpty();
            long journalled =
                    scan.segments().stream().mapToLong(FoundSegment::records).sum();
            long missing = scan.gaps().stream().mapToLong(Gap::count).sum();
            assertThat(missing).isPositive();
            // Opened, first, waits, closed; and a record for each gap.
            assertThat(journalled - scan.gaps().size() + missing).isEqualTo(taken + 4L);
        }

        @Test
        @Timeout(60)
        void tellsWhoWaitsForARecordThatIsInTheGap() throws Exception {
            Journal journal = openAndHang();
            Cursor cursor = journal.cursor();
            // In a chunk of its own, so that it is let go of as a whole.
            for (int i = 0; i < 100; i++) {
                JournalTest.append(journal, i + " " + "h".repeat(1000), Durability.NONE);
            }
            long lsn = JournalTest.append(journal, "critical", Durability.DISK);
            CompletableFuture<Outcome> waits =
                    CompletableFuture.supplyAsync(() -> journal.await(lsn, Durability.DISK, Long.MAX_VALUE >> 1));
            for (int taken = 0; taken < 5_000; ) {
                taken += JournalTest.append(journal, "h".repeat(1000), Durability.NONE) > 0 ? 1 : 0;
                JournalTest.rest(cursor);
            }
            released.countDown();
            assertThat(waits.get()).isEqualTo(Outcome.NOT_JOURNALLED);
            assertThat(journal.await(lsn, Durability.DISK, 1)).isEqualTo(Outcome.NOT_JOURNALLED);
            assertThat(journal.close(10_000)).isTrue();
            assertThat(read(disk.afterKill())).doesNotContain("critical");
        }

        private static void awaitQuietly(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Nested
    class WhenItHasNoDescriptors {

        @Test
        void keepsItsSpares() throws IOException {
            Journal journal = open();
            while (journal.keep()) {
                // Until all are there.
            }
            List<String> spares = spares();
            assertThat(spares).hasSizeGreaterThan(1);
            int[] failures = {3};
            disk.failReading((operation, name, bytes) -> {
                if (operation.equals("open") && name.startsWith("spare-") && failures[0]-- > 0) {
                    throw new FileSystemException(name, null, "Too many open files");
                }
                return bytes;
            });
            for (int i = 0; i < 300; i++) {
                JournalTest.append(journal, JournalTest.text(i), Durability.NONE);
                journal.step();
                if (failures[0] > 0) {
                    assertThat(spares()).isEqualTo(spares);
                }
                now += 2_000_000_000L;
            }
            assertThat(failures[0]).isNegative();
            journal.syncNow();
            journal.step();
            assertThat(journal.isDegraded()).isFalse();
            assertThat(read(disk.afterKill())).hasSize(300);
        }

        private List<String> spares() {
            return disk.list().stream().filter(SegmentFile::isSpare).sorted().toList();
        }
    }

    @Nested
    class WhenTheReaderIsAhead {

        /* The reader goes on to the next chunk before the first record in it is written, and lets go of the one before. */
        @Test
        void notesNoGapWhereNothingIsMissing() throws IOException {
            Journal journal = open();
            Cursor cursor = journal.cursor();
            for (int i = 0; i < 2000; i++) {
                JournalTest.append(journal, JournalTest.text(i), Durability.NONE);
                JournalTest.rest(cursor);
                journal.syncNow();
                journal.step();
            }
            JournalScan scan = JournalScan.of(disk.afterKill(), 1 << 20);
            assertThat(scan.gaps()).isEmpty();
            assertThat(scan.isTorn()).isFalse();
            assertThat(read(disk.afterKill())).hasSize(2000);
        }
    }

    @Nested
    class WhenTheJournalHasItsLargestSize {

        @Test
        void handsEventsOverWhenItThenCannotBeWritten() throws IOException {
            Journal journal = Journal.open(disk, SETTINGS.withMax(64 << 10).withReserve(0), told, ticker, () -> 1);
            while (JournalTest.append(journal, "m".repeat(200), Durability.NONE) != Journal.FULL) {
                journal.step();
            }
            disk.fail((operation, name, bytes) -> {
                throw new IOException("EIO");
            });
            journal.syncNow();
            journal.step();
            assertThat(journal.isDegraded()).isTrue();
            Cursor cursor = journal.cursor();
            JournalTest.rest(cursor);
            assertThatThrownBy(() -> journal.delivered(cursor.readLsn())).hasMessage("EIO");
            disk.fail((operation, name, bytes) -> {
                if (!operation.equals("delete") && !name.equals(Checkpoints.FILE)) {
                    throw new IOException("EIO");
                }
                return bytes;
            });
            journal.delivered(cursor.readLsn());
            journal.step();
            assertThat(JournalTest.append(journal, "handed over", Durability.NONE))
                    .isPositive();
            assertThat(JournalTest.rest(cursor)).containsExactly("handed over");
        }

        @Test
        void takesNothingMoreUntilSomethingWasDelivered() throws IOException {
            Journal journal = Journal.open(disk, SETTINGS.withMax(64 << 10).withReserve(0), told, ticker, () -> 1);
            int taken = 0;
            while (JournalTest.append(journal, "m".repeat(200), Durability.NONE) != Journal.FULL) {
                journal.step();
                taken++;
                assertThat(taken).isLessThan(10_000);
            }
            assertThat(disk.list().stream().filter(SegmentFile::isSegment)).hasSizeLessThanOrEqualTo(4);
            Cursor cursor = journal.cursor();
            assertThat(JournalTest.rest(cursor)).hasSize(taken);
            journal.delivered(cursor.lsn());
            journal.step();
            assertThat(JournalTest.append(journal, "more", Durability.NONE)).isPositive();
            journal.step();
            assertThat(JournalTest.rest(cursor)).containsExactly("more");
        }
    }

    @Nested
    class WhenItCannotBeMade {

        @Test
        void beginsDegradedAndIsMadeLater() throws IOException {
            boolean[] broken = {true};
            disk.fail((operation, name, bytes) -> {
                if (broken[0]) {
                    throw new IOException("Read-only file system");
                }
                return bytes;
            });
            Journal journal = open();
            assertThat(journal.isDegraded()).isTrue();
            JournalTest.append(journal, "kept in memory", Durability.DISK);
            journal.step();
            broken[0] = false;
            now += 2_000_000_000L;
            journal.syncNow();
            journal.step();
            assertThat(journal.isDegraded()).isFalse();
            assertThat(new String(disk.content(disk.list().get(0)), StandardCharsets.ISO_8859_1))
                    .contains("kept in memory");
        }
    }
}
