package io.inkfast.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.internal.SystemDirectory;
import io.inkfast.internal.Ticker;
import io.inkfast.testing.Torture;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real power cuts: see {@link Disk}. Every second one lets pages reach the device out of order. */
@Tag(Torture.TAG)
@Timeout(value = 6, unit = TimeUnit.HOURS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PowerCutIT {

    private static final JournalSettings SETTINGS =
            JournalSettings.defaults().withSizes(256 << 10, 2 << 20, 256 << 10).withReserve(512 << 10);

    private static final int WRITERS = 4;

    @TempDir
    Path directory;

    private final Random random = new Random(11);

    /* Of one kind, and in a long run of all. */
    static List<Disk.FileSystem> fileSystems() {
        List<Disk.FileSystem> all = List.of(Disk.FileSystem.values());
        return all.subList(0, Torture.times(1, 1, all.size()));
    }

    @ParameterizedTest
    @MethodSource("fileSystems")
    void confirmedRecordsAreThereAfterEachCut(Disk.FileSystem fileSystem) throws Exception {
        // Others than ext4 have larger logs, and take as long for one cut as it does for twenty.
        int cuts = Torture.times(100, 3_000, fileSystem == Disk.FileSystem.EXT4 ? 10_000 : 500);
        Set<String> confirmed = new HashSet<>();
        long confirmedInAll = 0;
        try (Disk disk = Disk.of(fileSystem, directory, 32, "PowerCutIT")) {
            for (int cut = 0; cut < cuts; cut++) {
                Journal journal = open(disk);
                check(journal, confirmed, cut);
                assertThat(segments(disk)).as("files before cut %d", cut).hasSizeLessThan(20);
                journal.start("cut-" + cut);
                if (cut % 2 == 1) {
                    disk.forgetPages(segments(disk));
                }
                confirmed = write(journal, disk, cut);
                confirmedInAll += confirmed.size();
                journal.close(10_000);
                disk.powerOff();
                disk.powerOn();
                // What inkfast wal verify says: whole, or with a torn end; nothing is lost.
                assertThat(JournalReader.of(disk.path().resolve("wal")).condition())
                        .as("cut %d", cut)
                        .isIn(JournalReader.Condition.CLEAN, JournalReader.Condition.TORN);
            }
        }
        assertThat(confirmedInAll).isGreaterThan(5L * cuts);
    }

    private static Journal open(Disk disk) throws Exception {
        return Journal.open(
                new SystemDirectory(disk.path().resolve("wal")),
                SETTINGS,
                new JournalListener() {},
                Ticker.SYSTEM,
                () -> System.currentTimeMillis() * 1000);
    }

    /* Everything that was confirmed before is read, and then delivered, so that the next cycle has only its own. */
    private void check(Journal journal, Set<String> confirmed, int cut) throws Exception {
        Set<String> missing = new HashSet<>(confirmed);
        Cursor cursor = journal.cursor();
        while (cursor.next()) {
            String text = new String(cursor.payload(), 0, cursor.length(), StandardCharsets.UTF_8);
            assertThat(text).as("garbled after cut %d", cut).matches("cut \\d+ writer \\d event \\d+ #*");
            missing.remove(text);
        }
        cursor.close();
        assertThat(missing).as("confirmed before cut %d, not found", cut).isEmpty();
        if (random.nextInt(3) > 0 && cursor.lsn() > 0) {
            journal.delivered(cursor.lsn());
        }
    }

    private Set<String> write(Journal journal, Disk disk, int cut) throws Exception {
        ConcurrentLinkedQueue<String> confirmed = new ConcurrentLinkedQueue<>();
        CountDownLatch enough = new CountDownLatch(5 + random.nextInt(40));
        List<Thread> writers = new ArrayList<>();
        boolean[] stop = {false};
        for (int w = 0; w < WRITERS; w++) {
            int writer = w;
            Thread thread = new Thread(() -> {
                for (int i = 0; !stop[0] && !journal.isDegraded(); i++) {
                    // Short ones while the cut is prepared, since that takes a busy machine a while.
                    int more = enough.getCount() > 0 ? i * 37 % 900 : 0;
                    String text = "cut " + cut + " writer " + writer + " event " + i + " " + "#".repeat(more);
                    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                    Durability wanted = i % 3 == 0 ? Durability.DISK : i % 3 == 1 ? Durability.OS : Durability.NONE;
                    long lsn = journal.append(bytes, 0, bytes.length, 1, 4, wanted);
                    if (lsn > 0
                            && journal.await(lsn, wanted, 1_000_000_000L) == Outcome.DONE
                            && wanted == Durability.DISK) {
                        confirmed.add(text);
                        enough.countDown();
                    }
                }
            });
            thread.start();
            writers.add(thread);
        }
        // In the middle of it: so many records were confirmed, and all writers go on.
        assertThat(enough.await(60, TimeUnit.SECONDS))
                .as("%d confirmed before cut %d, degraded %s", confirmed.size(), cut, journal.isDegraded())
                .isTrue();
        if (cut % 2 == 1) {
            disk.writeSomePages(cut, segments(disk));
        }
        disk.cut();
        stop[0] = true;
        for (Thread writer : writers) {
            writer.join();
        }
        return new HashSet<>(confirmed);
    }

    private static List<Path> segments(Disk disk) throws Exception {
        try (Stream<Path> files = Files.list(disk.path().resolve("wal"))) {
            return files.filter(file -> file.toString().endsWith(".seg")).toList();
        }
    }
}
