package io.inkfast.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A directory of the machine's file system. Where it knows modes, files are created 0600, or as was said, and directories
 * 0750 (less what the umask takes). A thread that is interrupted closes the channel it uses, for all: callers see to it that none is.
 *
 * @since 0.1.0
 */
public final class SystemDirectory implements Directory {

    /* Windows has no way to force a directory; NTFS journals names by itself. */
    private static final boolean FORCES_NAMES = java.io.File.separatorChar == '/';

    private final Path path;
    private final String mode;

    public SystemDirectory(Path path) {
        this(path, "rw-------");
    }

    /** @param mode of files that are created, such as {@code rw-r-----} */
    public SystemDirectory(Path path, String mode) {
        this.path = path;
        this.mode = mode;
    }

    public Path path() {
        return path;
    }

    @Override
    public List<String> list() throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
            for (Path entry : entries) {
                names.add(String.valueOf(entry.getFileName()));
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return names;
    }

    @Override
    public Binary create(String name) throws IOException {
        Path file = path.resolve(name);
        FileStorage.createParents(file);
        return new ChannelFile(FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
                FileStorage.mode(mode)));
    }

    @Override
    public Binary open(String name, Access access) throws IOException {
        return new ChannelFile(
                access == Access.READ
                        ? FileChannel.open(path.resolve(name), StandardOpenOption.READ)
                        : FileChannel.open(path.resolve(name), StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    @Override
    public void rename(String from, String to) throws IOException {
        Files.move(
                path.resolve(from),
                path.resolve(to),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void delete(String name) throws IOException {
        Files.deleteIfExists(path.resolve(name));
    }

    @Override
    public void sync() throws IOException {
        if (FORCES_NAMES) {
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    @Override
    public SystemDirectory child(String name) {
        return new SystemDirectory(path.resolve(name), mode);
    }

    @Override
    public String toString() {
        return path.toString();
    }

    private record ChannelFile(FileChannel channel) implements Binary {

        @Override
        public int write(ByteBuffer bytes, long position) throws IOException {
            return channel.write(bytes, position);
        }

        @Override
        public int read(ByteBuffer bytes, long position) throws IOException {
            return channel.read(bytes, position);
        }

        @Override
        public void force() throws IOException {
            channel.force(false);
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public void truncate(long size) throws IOException {
            channel.truncate(size);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
