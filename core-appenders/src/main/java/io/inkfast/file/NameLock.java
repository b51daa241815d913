package io.inkfast.file;

import io.inkfast.internal.FileStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/*
 * POSIX gives up all locks of a process on a file as soon as the process closes any descriptor of that file. So within
 * the JVM nobody may as much as open the sidecar of another: the names that are taken are noted where every class loader
 * sees them, in the system properties.
 */
/**
 * Keeps the name of a log file for one writer, in this JVM or another on the machine: a locked, hidden file beside it,
 * {@code .app.log.lock}. It belongs to the configured name, not to the file, which rolls. It is void when the process
 * ends.
 */
final class NameLock implements AutoCloseable {

    private static final int TRIES = 5;
    private static final int LARGEST_MARK = 16 * 1024;

    private final Path sidecar;
    private final String property;
    private final FileChannel channel;

    private NameLock(Path sidecar, String property, FileChannel channel) {
        this.sidecar = sidecar;
        this.property = property;
        this.channel = channel;
    }

    /**
     * Takes the name; null if somebody has it.
     *
     * @throws IOException if it can't be told: the directory cannot be written, or the file system knows no locks
     */
    static @Nullable NameLock take(Path file) throws IOException {
        FileStorage.createParents(file);
        String name = String.valueOf(file.getFileName()).replaceAll("[^\\w.\\-]", "_");
        Path directory = file.toAbsolutePath().getParent();
        Path sidecar =
                (directory == null ? file.toAbsolutePath() : directory.toRealPath()).resolve("." + name + ".lock");
        String property = "io.inkfast.file.writer:" + sidecar;
        String pid = Long.toString(ProcessHandle.current().pid());
        if (System.getProperties().putIfAbsent(property, pid) != null) {
            return null;
        }
        NameLock lock = null;
        try {
            for (int i = 0; i < TRIES && lock == null; i++) {
                FileChannel channel = FileChannel.open(
                        sidecar,
                        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                        FileStorage.mode("rw-------"));
                try {
                    if (channel.tryLock() == null) {
                        return null;
                    }
                    // Its last owner may have deleted it between our opening and our locking: then it locks nothing.
                    lock = isStillThere(sidecar, channel, pid) ? new NameLock(sidecar, property, channel) : null;
                } catch (OverlappingFileLockException e) {
                    return null;
                } finally {
                    if (lock == null) {
                        channel.close();
                    }
                }
            }
            return lock;
        } finally {
            if (lock == null) {
                System.getProperties().remove(property);
            }
        }
    }

    /* Gives the file a size that another one would have only by chance, and looks whether the name shows that size. */
    private static boolean isStillThere(Path sidecar, FileChannel channel, String pid) throws IOException {
        byte[] mark = new byte[pid.length() + 1 + ThreadLocalRandom.current().nextInt(LARGEST_MARK)];
        Arrays.fill(mark, (byte) '\n');
        System.arraycopy(pid.getBytes(StandardCharsets.US_ASCII), 0, mark, 0, pid.length());
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(mark), 0);
        try {
            return Files.size(sidecar) == mark.length;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try (channel) {
            Files.deleteIfExists(sidecar);
        } catch (IOException e) {
            // A file that cannot be deleted does no harm: closing it has given the name back.
            return;
        } finally {
            System.getProperties().remove(property);
        }
    }
}
