package io.inkfast.recorder;

import io.inkfast.keys.EncryptionKeyset;
import io.inkfast.keys.KeysetException;
import io.inkfast.keys.RecordOpener;
import io.inkfast.keys.RecordSeal;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A flight recorder's ring, read. Nothing is written and no lock taken; the process that owns the ring may go on writing to
 * it. What is given back has passed its checksum; what has not is left out, also of a file that was cut off. One thread.
 *
 * @since 0.1.0
 */
public final class FlightRing implements Closeable {

    /** How a ring came to rest, or did not. */
    public enum State {
        /** Its process is writing to it. */
        LIVE,
        /** Its process ended without a word: it was killed, or crashed. */
        UNCLEAN,
        /** Its appender was stopped, or its process shut down in order. */
        CLEAN,
        /** It was unclean, and a later process has written its events to a file. */
        DUMPED
    }

    /** What to do with an event. */
    @FunctionalInterface
    public interface Sink {

        /** Takes the next event. */
        void accept(FlightEvent event) throws IOException;
    }

    private final Path file;
    private final FileChannel channel;
    private final RingHeader header;
    private final RingScan scan;
    private RecordOpener opener = RecordOpener.NONE;
    private long locked;

    private FlightRing(Path file, FileChannel channel, RingHeader header) {
        this.file = file;
        this.channel = channel;
        this.header = header;
        scan = new RingScan(RingSource.of(channel), header);
    }

    /** The rings in a directory, oldest first; none if there is no such directory. */
    public static List<Path> list(Path directory) throws IOException {
        List<Path> rings = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, FlightNames::isRing)) {
            files.forEach(rings::add);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        rings.sort(java.util.Comparator.comparingLong(FlightNames::incarnation).thenComparing(path -> path));
        return rings;
    }

    /**
     * Opens a ring to read it.
     *
     * @throws IOException if it cannot be read, or is no ring of a version that is known
     */
    public static FlightRing open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        RingHeader header = null;
        try {
            header = header(channel);
            if (header == null) {
                throw new IOException("[" + file + "] is not the ring of a flight recorder");
            }
            return new FlightRing(file, channel, header);
        } finally {
            if (header == null) {
                channel.close();
            }
        }
    }

    /**
     * Deletes the ring of a process that has ended.
     *
     * @return false if the ring is somebody's, or is none
     */
    public static boolean delete(Path file) throws IOException {
        Path real = file.toRealPath();
        if (!OwnRings.add(real)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(real, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            RingHeader header = DeadRings.isFree(channel) ? header(channel) : null;
            if (header == null || header.owner().mayBeAlive()) {
                return false;
            }
            Files.delete(real);
            return true;
        } finally {
            OwnRings.remove(real);
        }
    }

    static @Nullable RingHeader header(FileChannel channel) throws IOException {
        byte[] bytes = new byte[RingFormat.HEADER];
        RingSource.of(channel).read(bytes, 0);
        return HeaderFormat.read(bytes);
    }

    /**
     * Opens the events that are encrypted, from now on.
     *
     * @throws KeysetException if a KMS cannot be asked
     */
    public void unlock(EncryptionKeyset keyset) throws KeysetException {
        opener = RecordOpener.of(keyset, List.of(header.description()), RecordSeal.Purpose.RING);
    }

    /** How many events the last reading has left out because they are encrypted, and the keyset does not open them. */
    public long locked() {
        return locked;
    }

    /** The file. */
    public Path file() {
        return file;
    }

    /** The id of the process that owns it, or did. */
    public long pid() {
        return header.pid();
    }

    /** When it was made. */
    public Instant created() {
        return Instant.EPOCH.plus(header.createdMicros(), ChronoUnit.MICROS);
    }

    /** Appender, context and version, as JSON. */
    public String description() {
        return header.description();
    }

    /** What it says of itself; whether its process lives is found out as far as this machine can tell. */
    public State state() {
        return switch (header.state()) {
            case RingHeader.CLEAN -> State.CLEAN;
            case RingHeader.DUMPED -> State.DUMPED;
            default -> isOurs() || header.owner().mayBeAlive() ? State.LIVE : State.UNCLEAN;
        };
    }

    private boolean isOurs() {
        try {
            return OwnRings.contains(file.toRealPath());
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Hands over the last events, at most so many, in their order.
     *
     * @return how many there were
     */
    public int last(int most, Sink sink) throws IOException {
        int count = 0;
        locked = 0;
        for (RingScan.Found found : scan.last(most, any -> true)) {
            byte[] record = scan.read(found);
            FlightEvent event = record == null ? null : new FlightEvent(record).opened(opener);
            if (event != null) {
                sink.accept(event);
                count++;
            } else if (record != null) {
                locked++;
            }
        }
        return count;
    }

    /**
     * How many events the last reading did not find that ought to be there: those whose logging calls had not returned when
     * the process died, those being written now, and damaged ones. What newer events have overwritten does not count.
     */
    public long missing() {
        return scan.missing();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
