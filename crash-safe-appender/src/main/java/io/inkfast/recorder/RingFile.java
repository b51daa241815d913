package io.inkfast.recorder;

import io.inkfast.internal.FileStorage;
import io.inkfast.internal.Owner;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/*
 * The file is filled with zeros before it is mapped: a disk that is full says so here, and not by a fault in the middle of
 * somebody's logging call. It gets its name when it is whole and locked, so that whoever looks for the rings of the dead
 * never meets one that is being made.
 */
/** The file of a ring of this process. Made on a thread that nobody interrupts; else one thread at a time. */
final class RingFile {

    private static final int CHUNK = 1 << 16;
    private static final long LOCK = 1L << 40;

    private final Path path;
    private final FileChannel channel;
    private final MappedByteBuffer map;
    private final RingHeader header;
    private final @Nullable Object key;

    private RingFile(Path path, FileChannel channel, MappedByteBuffer map, RingHeader header) throws IOException {
        this.path = path;
        this.channel = channel;
        this.map = map;
        this.header = header;
        key = key(path);
    }

    /** Makes one in the directory, which is made if it is missing. */
    static RingFile create(Path directory, int blocks, String description) throws IOException {
        FileStorage.createParents(directory.resolve("ring"));
        Path real = directory.toRealPath();
        Owner owner = Owner.current();
        for (long incarnation = lastIncarnation(real) + 1; ; incarnation++) {
            Path path = real.resolve(FlightNames.ring(incarnation, owner.pid()));
            RingFile made = create(
                    path,
                    new RingHeader(
                            UUID.randomUUID(),
                            incarnation,
                            owner.pid(),
                            owner.startMillis(),
                            owner.bootId(),
                            blocks,
                            System.currentTimeMillis() * 1000,
                            RingHeader.ACTIVE,
                            description));
            if (made != null) {
                return made;
            }
        }
    }

    private static long lastIncarnation(Path directory) throws IOException {
        long last = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "flight-*.ring*")) {
            for (Path file : files) {
                last = Math.max(last, FlightNames.incarnation(file));
            }
        }
        return last;
    }

    /* Null if somebody has the name. */
    private static @Nullable RingFile create(Path path, RingHeader header) throws IOException {
        Path pending = path.resolveSibling(path.getFileName() + FlightNames.PENDING);
        FileChannel channel;
        try {
            channel = FileChannel.open(
                    pending,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
                    FileStorage.mode("rw-------"));
        } catch (FileAlreadyExistsException e) {
            return null;
        }
        RingFile made = null;
        try {
            // Whoever had this name may have renamed his file just now.
            if (!Files.exists(path)) {
                lock(channel);
                fill(channel, header);
                MappedByteBuffer map = channel.map(FileChannel.MapMode.READ_WRITE, 0, header.bytes());
                map.order(ByteOrder.LITTLE_ENDIAN);
                OwnRings.add(path, header.ringId());
                Files.move(pending, path, StandardCopyOption.ATOMIC_MOVE);
                made = new RingFile(path, channel, map, header);
            }
            return made;
        } finally {
            if (made == null) {
                channel.close();
                OwnRings.remove(path, header.ringId());
                Files.deleteIfExists(pending);
            }
        }
    }

    /* Some network file systems know no locks: then process id and start have to do. */
    private static @Nullable FileLock lock(FileChannel channel) {
        try {
            return tryLock(channel);
        } catch (IOException e) {
            return null;
        }
    }

    /** The lock of a ring's owner; null if somebody has it. Far behind the content, which others may read meanwhile. */
    static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        return channel.tryLock(LOCK, 1, false);
    }

    private static void fill(FileChannel channel, RingHeader header) throws IOException {
        write(channel, ByteBuffer.wrap(HeaderFormat.write(header)), 0);
        ByteBuffer zeros = ByteBuffer.allocateDirect(CHUNK);
        for (long at = RingFormat.HEADER; at < header.bytes(); at += CHUNK) {
            write(channel, zeros.clear(), at);
        }
    }

    static void write(FileChannel channel, ByteBuffer bytes, long position) throws IOException {
        for (long at = position; bytes.hasRemaining(); ) {
            at += channel.write(bytes, at);
        }
    }

    Path path() {
        return path;
    }

    /** Whether nobody has deleted the file, moved it, or put another one in its place. */
    boolean isInPlace() throws IOException {
        try {
            return Objects.equals(key, key(path));
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static @Nullable Object key(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }

    RingHeader header() {
        return header;
    }

    /** The whole file, little-endian. */
    ByteBuffer map() {
        return map;
    }

    /** Says that the process ends in order; false if the memory has failed. The ring can still be written to. */
    boolean markClean() {
        try {
            map.putInt(RingFormat.STATE, RingHeader.CLEAN);
            return map.getInt(RingFormat.STATE) == RingHeader.CLEAN;
        } catch (InternalError e) {
            return false;
        }
    }

    /** Closes and deletes it: nothing was recorded. */
    void discard() throws IOException {
        close();
        Files.deleteIfExists(path);
    }

    /** Gives the file back; the mapping lasts until nobody refers to it. */
    void close() throws IOException {
        try {
            channel.close();
        } finally {
            OwnRings.remove(path, header.ringId());
        }
    }
}
