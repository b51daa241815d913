package io.inkfast.journal;

import io.inkfast.internal.FileStorage;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/*
 * POSIX gives up all locks of a process on a file as soon as the process closes any descriptor of that file, and Java does
 * not notice. So within the JVM nobody may as much as open LOCK a second time: the directories that are taken are noted
 * where every class loader sees them, in the system properties. The file is never deleted: whoever deleted it would let
 * two lock different files of one name.
 */
/**
 * Keeps a directory for one journal, in this JVM or another on the machine, by a lock on its file {@code LOCK}. Void when
 * the process ends. Any thread.
 *
 * @since 0.1.0
 */
public final class DirectoryLock implements AutoCloseable {

    private static final String LOCK = "LOCK";

    private final String property;
    private final FileChannel channel;

    private DirectoryLock(String property, FileChannel channel) {
        this.property = property;
        this.channel = channel;
    }

    /**
     * Takes the directory, and makes it if it is missing; null if somebody has it.
     *
     * @throws IOException if it can't be told: it cannot be written, or the file system knows no locks
     */
    public static @Nullable DirectoryLock take(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory, FileStorage.mode("rwxr-x---"));
        }
        String property = "io.inkfast.journal.lock:" + directory.toRealPath();
        if (System.getProperties()
                        .putIfAbsent(
                                property, Long.toString(ProcessHandle.current().pid()))
                != null) {
            return null;
        }
        FileChannel channel = null;
        boolean taken = false;
        try {
            channel = FileChannel.open(
                    directory.resolve(LOCK),
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                    FileStorage.mode("rw-------"));
            taken = channel.tryLock() != null;
            return taken ? new DirectoryLock(property, channel) : null;
        } catch (OverlappingFileLockException e) {
            return null;
        } finally {
            if (!taken) {
                System.getProperties().remove(property);
                if (channel != null) {
                    channel.close();
                }
            }
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // The lock ends with the process at the latest.
            return;
        } finally {
            System.getProperties().remove(property);
        }
    }
}
