package io.inkfast.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The file system of the machine. Where it knows modes, files are created 0640 and directories 0750 (less what the
 * umask takes); what exists keeps its mode. Any thread.
 *
 * @since 0.1.0
 */
public final class FileStorage implements Storage {

    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    /** Creates the missing directories above a file. */
    public static void createParents(Path file) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null && !Files.isDirectory(parent)) {
            Files.createDirectories(parent, mode("rwxr-x---"));
        }
    }

    /** The mode for a new file, such as {@code rw-------}; nothing where the file system knows no modes. */
    public static FileAttribute<?>[] mode(String permissions) {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    @Override
    public Output open(Path file, boolean truncate) throws IOException {
        Set<OpenOption> options = EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND).stream()
                .collect(java.util.stream.Collectors.toSet());
        try {
            return open(file, truncate, options);
        } catch (NoSuchFileException e) {
            createParents(file);
            return open(file, truncate, options);
        }
    }

    private static Output open(Path file, boolean truncate, Set<OpenOption> options) throws IOException {
        FileChannel channel = FileChannel.open(file, options, mode("rw-r-----"));
        if (truncate) {
            try {
                channel.truncate(0);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        }
        return new ChannelOutput(channel);
    }

    @Override
    public @Nullable Stat stat(Path file) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stat(attributes.fileKey(), attributes.size());
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    @Override
    public int lastByte(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            long size = channel.size();
            return size == 0 || channel.read(one, size - 1) < 1 ? -1 : one.get(0) & 0xff;
        }
    }

    private record ChannelOutput(FileChannel channel) implements Output {

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            return channel.write(bytes);
        }

        @Override
        public void force() throws IOException {
            channel.force(false);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
