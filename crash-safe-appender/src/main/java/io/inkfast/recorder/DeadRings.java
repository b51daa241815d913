package io.inkfast.recorder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Looks through a directory for rings of processes that have ended, writes the events of those that ended without a word to
 * files, and clears away what is old. Never touches a ring that is somebody's. On a thread that nobody interrupts.
 */
final class DeadRings {

    /* Making a ring or a dump takes moments. */
    private static final Duration BROKEN_OFF = Duration.ofMinutes(10);

    private final Path directory;
    private final int keep;
    private final DumpWriter writer;
    private final BiConsumer<Path, IOException> problems;

    /**
     * @param keep     how many dumps and rings of the dead stay; rings whose events could not be saved stay besides
     * @param problems told of a ring whose events could not be saved; it is tried again at the next start
     */
    DeadRings(Path directory, int keep, DumpWriter writer, BiConsumer<Path, IOException> problems) {
        this.directory = directory;
        this.keep = keep;
        this.writer = writer;
        this.problems = problems;
    }

    /** Does all of it. */
    List<Death> clear() throws IOException {
        List<Death> deaths = new ArrayList<>();
        List<Path> dead = new ArrayList<>();
        for (Path ring : FlightRing.list(directory)) {
            if (OwnRings.add(ring)) {
                try {
                    visit(ring, dead, deaths);
                } catch (IOException e) {
                    problems.accept(ring, e);
                } finally {
                    OwnRings.remove(ring);
                }
            }
        }
        for (Path old : dead.subList(0, Math.max(0, dead.size() - keep))) {
            Files.deleteIfExists(old);
        }
        writer.keep(keep);
        clearBrokenOff();
        return deaths;
    }

    private void visit(Path ring, List<Path> dead, List<Death> deaths) throws IOException {
        try (FileChannel channel = FileChannel.open(ring, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            RingHeader header = isFree(channel) ? FlightRing.header(channel) : null;
            if (header == null) {
                return;
            }
            if (header.state() == RingHeader.ACTIVE) {
                if (header.owner().mayBeAlive()) {
                    return;
                }
                deaths.add(save(channel, header));
                setState(channel, RingHeader.DUMPED);
                // Only now may it go: until its events are saved it is all there is of them.
                dead.add(ring);
            } else if (!header.owner().mayBeAlive()) {
                dead.add(ring);
            }
        } catch (NoSuchFileException e) {
            // Another process clears away as well.
            return;
        }
    }

    private Death save(FileChannel channel, RingHeader header) throws IOException {
        RingScan scan = new RingScan(RingSource.of(channel), header);
        Dump dump = writer.write(header, scan, scan.last(Integer.MAX_VALUE, any -> true));
        Instant created = Instant.EPOCH.plus(header.createdMicros(), ChronoUnit.MICROS);
        return new Death(
                header.pid(),
                (dump == null ? created : dump.last()).truncatedTo(ChronoUnit.MILLIS),
                dump == null ? 0 : dump.events(),
                dump == null ? null : directory.resolve(dump.file()));
    }

    static void setState(FileChannel channel, int state) throws IOException {
        ByteBuffer word = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(0, state);
        RingFile.write(channel, word, RingFormat.STATE);
        channel.force(false);
    }

    /* Where a file system knows no locks, process id and start have to do. */
    static boolean isFree(FileChannel channel) {
        try {
            return RingFile.tryLock(channel) != null;
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private void clearBrokenOff() throws IOException {
        Instant old = Instant.now().minus(BROKEN_OFF);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, FlightNames::isPending)) {
            for (Path file : files) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(old)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (NoSuchFileException e) {
            return;
        }
    }
}
