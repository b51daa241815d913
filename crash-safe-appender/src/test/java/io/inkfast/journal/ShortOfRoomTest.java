package io.inkfast.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.internal.Ticker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Nobody reads, and disk or journal are full. */
class ShortOfRoomTest {

    private static final JournalSettings SETTINGS =
            JournalSettings.defaults().withSizes(256 << 10, 512 << 10, 8 << 10).withReserve(512 << 10);

    private final MemoryDirectory disk = new MemoryDirectory();
    private final JournalTest.Told told = new JournalTest.Told();
    private long now;

    private Journal open(MemoryDirectory directory, JournalSettings settings) throws IOException {
        return Journal.open(directory, settings, told, () -> now, () -> 1);
    }

    private static List<String> read(MemoryDirectory left) throws IOException {
        return JournalTest.rest(Journal.open(left, SETTINGS, new JournalListener() {}, Ticker.SYSTEM, () -> 1)
                .cursor());
    }

    private Journal openInReserve() throws IOException {
        Journal journal = open(disk, SETTINGS);
        while (journal.keep()) {
            // Until all spares are there.
        }
        disk.fail((operation, name, bytes) -> {
            if (operation.equals("create")) {
                throw new IOException("No space left on device");
            }
            return bytes;
        });
        while (!told.words.contains("reserve")) {
            JournalTest.append(journal, "f".repeat(1000), Durability.DISK);
            journal.syncNow();
            journal.step();
            journal.keep();
        }
        JournalTest.rest(journal.cursor());
        return journal;
    }

    @Nested
    class WhenOnlyTheReserveIsLeft {

        @Test
        void whatIsPassedOverLeavesMemoryToWhatIsJournalled() throws IOException {
            Journal journal = openInReserve();
            Cursor cursor = journal.cursor();
            JournalTest.rest(cursor);
            List<String> taken = new ArrayList<>();
            List<Long> refused = new ArrayList<>();
            for (int i = 0; i < 2000; i++) {
                String text = "passed " + i + " " + "p".repeat(400);
                long lsn = JournalTest.append(journal, text, Durability.OS);
                if (lsn > 0) {
                    taken.add(text);
                } else {
                    refused.add(lsn);
                }
                journal.step();
            }
            assertThat(taken).hasSizeBetween(300, 700);
            assertThat(refused).containsOnly(Journal.STUCK);
            for (int i = 0; i < 100; i++) {
                taken.add("critical " + i + " " + "c".repeat(1000));
                assertThat(JournalTest.append(journal, taken.get(taken.size() - 1), Durability.DISK))
                        .isPositive();
                journal.syncNow();
                journal.step();
                assertThat(journal.durableLsn()).isEqualTo(journal.lastLsn());
            }
            assertThat(JournalTest.rest(cursor)).isEqualTo(taken);
        }
    }

    @Nested
    class WhenTheReserveIsBusy {

        /* The one thread that writes is in a sync: what is passed over waits for it, since the reader is not what lags. */
        @Test
        void whoeverIsPassedOverIsToWait() throws IOException {
            Journal journal = openInReserve();
            Cursor cursor = journal.cursor();
            JournalTest.rest(cursor);
            long lsn = 1;
            for (int i = 0; lsn > 0; i++) {
                lsn = JournalTest.append(journal, "passed " + i + " " + "p".repeat(400), Durability.OS);
                JournalTest.rest(cursor);
            }
            assertThat(lsn).isEqualTo(Journal.BUSY);
            journal.step();
            JournalTest.append(journal, "next", Durability.OS);
            JournalTest.rest(cursor);
            assertThat(JournalTest.append(journal, "later", Durability.OS)).isPositive();
        }
    }

    @Nested
    class WhenTheJournalHasItsLargestSize {

        private final List<String> taken = new ArrayList<>();

        /* Many between two rounds, and of different lengths. */
        private Journal openAndFill(int seed) throws IOException {
            Random random = new Random(seed);
            JournalSettings settings = SETTINGS.withSizes(512 << 10, 192 << 10, 8 << 10)
                    .withReserve(0)
                    .withMax(2 << 20);
            Journal journal = open(disk, settings);
            while (true) {
                String text = taken.size() + " " + "t".repeat(random.nextInt(3000));
                long lsn = JournalTest.append(journal, text, Durability.OS);
                if (lsn == Journal.FULL) {
                    return journal;
                }
                if (lsn > 0) {
                    taken.add(text);
                }
                if (lsn < 0 || random.nextInt(20) == 0) {
                    journal.step();
                }
            }
        }

        @Test
        void whatWasTakenIsWritten() throws IOException {
            for (int seed = 0; seed < 20; seed++) {
                taken.clear();
                disk.list().forEach(this::delete);
                Journal journal = openAndFill(seed);
                journal.step();
                assertThat(read(disk.afterKill())).isEqualTo(taken);
            }
        }

        @Test
        void whatWasTakenIsWrittenAtTheEnd() throws IOException {
            Journal journal = openAndFill(0);
            assertThat(journal.close(1000)).isTrue();
            JournalScan scan = JournalScan.of(disk.afterKill(), JournalSettings.LARGEST_RECORD);
            assertThat(scan.closedCleanly()).isTrue();
            assertThat(read(disk.afterKill())).isEqualTo(taken);
        }

        private void delete(String name) {
            try {
                disk.delete(name);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Nested
    class WhenADeviceFailsAndNoOtherSegmentCanBeMade {

        @Test
        void whatTheKernelHasOutlivesTheProcessThoughSomeOfItIsDelivered() throws IOException {
            Journal journal = open(disk, SETTINGS.withReserve(0));
            List<String> taken = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                taken.add(i + " " + "w".repeat(100));
                JournalTest.append(journal, taken.get(i), Durability.OS);
            }
            journal.step();
            disk.fail((operation, name, bytes) -> {
                if ((operation.equals("force") && !name.equals(Checkpoints.FILE))
                        || (operation.equals("create") && name.startsWith("spare-"))) {
                    throw new IOException("EIO");
                }
                return bytes;
            });
            journal.syncNow();
            journal.step();
            assertThat(journal.isDegraded()).isTrue();
            Cursor cursor = journal.cursor();
            for (int i = 0; i < 20; i++) {
                assertThat(cursor.next()).isTrue();
            }
            journal.delivered(cursor.lsn());
            assertThat(read(disk.afterKill())).isEqualTo(taken.subList(20, 50));
        }
    }
}
