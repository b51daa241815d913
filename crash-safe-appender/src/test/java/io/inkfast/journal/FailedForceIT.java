package io.inkfast.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkfast.internal.SystemDirectory;
import io.inkfast.internal.Ticker;
import io.inkfast.testing.Torture;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk that cannot write what it has taken: fsync says so once, the kernel forgets it, and the next fsync succeeds. A file
 * that is written without care is beside the journal, to show that this is such a disk. See {@link Disk}.
 */
@Tag(Torture.TAG)
@Timeout(3600)
class FailedForceIT {

    private static final JournalSettings SETTINGS =
            JournalSettings.defaults().withSizes(128 << 10, 2 << 20, 128 << 10).withReserve(512 << 10);

    /*
     * Records of 512 bytes, and a first one with which what comes after it begins a page: a loop device calls a write that
     * it could do in part a success, so the first page of each must be one that it can't write.
     */
    private static final String FIRST = "f".repeat(432);
    private static final String RECORD = "r".repeat(480);
    private static final int RECORDS = 47;
    private static final long WRITTEN = SegmentFormat.HEADER_BYTES + 512L * (RECORDS + 1);

    private static final String CARELESS = "careless".repeat(32 << 10);

    @TempDir
    Path folder;

    private final JournalTest.Told told = new JournalTest.Told();

    @Test
    void nothingIsPromisedOnTheStrengthOfTheSecond() throws Exception {
        for (int round = 0; round < Torture.times(2, 20, 200); round++) {
            told.words.clear();
            Path place = Files.createDirectory(folder.resolve("disk-" + round));
            try (Disk disk = Disk.ext4(place, 16, "FailedForceIT")) {
                failOnce(disk, round % 3);
            }
        }
    }

    /* So many spares cannot be written either. */
    private void failOnce(Disk disk, int badSpares) throws Exception {
        Path careless = disk.path().resolve("careless");
        Files.write(careless, new byte[CARELESS.length()]);
        Path directory = disk.path().resolve("wal");
        Journal journal = Journal.open(new SystemDirectory(directory), SETTINGS, told, Ticker.SYSTEM, () -> 1);
        for (boolean made = true; made; ) {
            made = journal.keep();
        }
        Set<Long> promised = new HashSet<>();
        write(journal, FIRST, 1, promised);
        write(journal, RECORD, RECORDS, promised);
        assertThat(promised).hasSize(1 + RECORDS);
        try (FileChannel channel = FileChannel.open(careless, StandardOpenOption.WRITE)) {
            channel.force(true);
            disk.loseRoom(careless, 0);
            Path active = files(directory, "wal-").get(0);
            disk.loseRoom(active, WRITTEN);
            for (Path spare : files(directory, "spare-").subList(0, badSpares)) {
                disk.loseRoom(spare, 0);
            }
            disk.fill();
            write(journal, RECORD, 100, promised);
            channel.write(ByteBuffer.wrap(CARELESS.getBytes(StandardCharsets.US_ASCII)), 0);
            assertThatThrownBy(() -> channel.force(false)).isInstanceOf(IOException.class);
            channel.force(false);
        }
        assertThat(Files.readString(careless)).isEqualTo(CARELESS);
        // The failure was noticed, and made good elsewhere.
        assertThat(told.words).anyMatch(each -> each.startsWith("a segment cannot be written: "));
        assertThat(told.words)
                .filteredOn(each -> each.contains("cannot be used"))
                .hasSize(badSpares);
        assertThat(promised).hasSize(1 + RECORDS + 100);
        disk.cut();
        journal.close(1000);
        disk.free();
        disk.powerOff();
        disk.powerOn();
        assertThat(Files.readString(careless)).isNotEqualTo(CARELESS);
        Set<Long> there = new HashSet<>();
        JournalReader.of(directory).events(0, (lsn, payload) -> there.add(lsn));
        assertThat(there).containsAll(promised);
    }

    private static void write(Journal journal, String text, int records, Set<Long> promised) {
        for (int i = 0; i < records; i++) {
            long lsn = JournalTest.append(journal, text, Durability.DISK);
            journal.syncNow();
            journal.step();
            if (journal.durableLsn() >= lsn && !journal.isDegraded()) {
                promised.add(lsn);
            }
        }
    }

    private static List<Path> files(Path directory, String prefix) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .sorted()
                    .toList();
        }
    }
}
