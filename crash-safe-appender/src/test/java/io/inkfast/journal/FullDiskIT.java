package io.inkfast.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.internal.SystemDirectory;
import io.inkfast.internal.Ticker;
import io.inkfast.testing.SmallDisk;
import io.inkfast.testing.Torture;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real disks that are full: the reserve is for what matters, and a gap says exactly what is not in the journal. */
@Tag(Torture.TAG)
@Timeout(3600)
class FullDiskIT {

    private static final int SEGMENT = 256 << 10;
    private static final int RESERVE = 2 << 20;
    private static final long LIMIT_NANOS = Duration.ofSeconds(30).toNanos();
    private static final JournalSettings SETTINGS =
            JournalSettings.defaults().withSizes(SEGMENT, 4 << 20, 256 << 10).withReserve(RESERVE);

    @TempDir
    Path folder;

    private final Queue<String> told = new ConcurrentLinkedQueue<>();

    private final JournalListener listener = new JournalListener() {

        @Override
        public void reserveEntered(String reason) {
            told.add("reserve");
        }

        @Override
        public void degraded(String reason) {
            told.add("degraded");
        }

        @Override
        public void resumed(long notJournalled) {
            told.add("resumed " + notJournalled);
        }
    };

    @Test
    void ext4() throws Exception {
        for (int round = 0; round < Torture.times(1, 10, 200); round++) {
            Path place = Files.createDirectory(folder.resolve("disk-" + round));
            try (Disk disk = Disk.ext4(place, 16, "FullDiskIT")) {
                fillAndFree(disk.path());
            }
        }
    }

    @Test
    void tmpfs() throws Exception {
        for (int round = 0; round < Torture.times(1, 10, 200); round++) {
            try (SmallDisk disk = SmallDisk.mount(folder.resolve("tmpfs-" + round), 8, "FullDiskIT")) {
                fillAndFree(disk.path());
            }
        }
    }

    private void fillAndFree(Path disk) throws IOException {
        told.clear();
        Path directory = disk.resolve("wal");
        Journal journal = Journal.open(new SystemDirectory(directory), SETTINGS, listener, Ticker.SYSTEM, () -> 1);
        Cursor cursor = journal.cursor();
        for (boolean made = true; made; ) {
            made = journal.keep();
        }
        Path ballast = fill(disk);
        journal.start("full");
        long bytes = fillReserve(journal, cursor);
        assertThat(told).contains("reserve", "degraded");
        // What was left of the segment that was in use is none of the reserve.
        assertThat(bytes - SEGMENT).isGreaterThanOrEqualTo(RESERVE * 95L / 100);
        long durable = journal.durableLsn();
        for (int i = 0; i < 500; i++) {
            long lsn = JournalTest.append(journal, "beyond the reserve " + i, Durability.DISK);
            assertThat(journal.await(lsn, Durability.DISK, LIMIT_NANOS)).isEqualTo(Outcome.NOT_JOURNALLED);
            assertThat(JournalTest.rest(cursor)).endsWith("beyond the reserve " + i);
        }
        Files.delete(ballast);
        long last = resume(journal, cursor);
        assertThat(journal.close(10_000)).isTrue();
        cursor.close();
        check(directory, durable, last);
    }

    private static long fillReserve(Journal journal, Cursor cursor) {
        long bytes = 0;
        String text = "r".repeat(1000);
        while (true) {
            long lsn = JournalTest.append(journal, text, Durability.DISK);
            if (journal.await(lsn, Durability.DISK, LIMIT_NANOS) != Outcome.DONE) {
                return bytes;
            }
            bytes += RecordFormat.frameBytes(text.length());
            JournalTest.rest(cursor);
            assertThat(bytes).isLessThan(2L * RESERVE);
        }
    }

    private static long resume(Journal journal, Cursor cursor) {
        long freed = System.nanoTime();
        while (true) {
            long lsn = JournalTest.append(journal, "after it was full", Durability.DISK);
            Outcome outcome = journal.await(lsn, Durability.DISK, LIMIT_NANOS);
            JournalTest.rest(cursor);
            if (outcome == Outcome.DONE) {
                return lsn;
            }
            assertThat(Duration.ofNanos(System.nanoTime() - freed)).isLessThan(Duration.ofSeconds(2));
        }
    }

    private void check(Path directory, long durable, long last) throws IOException {
        JournalScan scan = JournalScan.of(new SystemDirectory(directory), JournalSettings.LARGEST_RECORD);
        assertThat(scan.lost()).isEmpty();
        assertThat(scan.gaps()).hasSize(1);
        Gap gap = scan.gaps().get(0);
        assertThat(gap.from()).isEqualTo(durable + 1);
        // What was still in memory when space came is journalled after all.
        assertThat(gap.count()).isEqualTo(gap.to() - gap.from() + 1);
        assertThat(told).contains("resumed " + gap.count());
        Set<Long> there = new HashSet<>();
        JournalReader.of(directory).events(0, (lsn, payload) -> there.add(lsn));
        // Each number is either in the journal or in the gap.
        for (long lsn = gap.from(); lsn <= last; lsn++) {
            assertThat(there.contains(lsn)).as("%d", lsn).isEqualTo(lsn > gap.to());
        }
    }

    /* To the last block. */
    private static Path fill(Path disk) throws IOException {
        Path ballast = disk.resolve("ballast");
        try (FileChannel channel = FileChannel.open(ballast, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            int size = 1 << 20;
            while (size >= 512) {
                try {
                    channel.write(ByteBuffer.allocate(size), channel.size());
                } catch (IOException e) {
                    size /= 2;
                }
            }
        }
        return ballast;
    }
}
