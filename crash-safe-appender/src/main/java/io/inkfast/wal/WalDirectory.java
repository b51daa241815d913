package io.inkfast.wal;

import io.inkfast.internal.FileStorage;
import io.inkfast.internal.SystemDirectory;
import io.inkfast.journal.DirectoryLock;
import io.inkfast.journal.JournalReader;
import io.inkfast.journal.JournalRemoval;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds a directory that is free: the configured one, or {@code instance-0} to {@code instance-15} in it when other
 * processes use that; and those which processes left behind. Whom a directory belongs to is written in its file {@code
 * OWNER}.
 */
final class WalDirectory {

    private static final String INSTANCE = "instance-";
    private static final int INSTANCES = 16;

    private final Path base;
    private final String owner;

    /** @param owner application and appender, in one line each */
    WalDirectory(Path base, String owner) {
        this.base = base;
        this.owner = owner;
    }

    /** A directory, with the lock that keeps it. */
    record Taken(Path path, DirectoryLock lock) {}

    /** The directory to write to; null if all are taken. */
    @Nullable
    Taken own(OnLocked onLocked) throws IOException {
        DirectoryLock lock = DirectoryLock.take(base);
        if (lock != null) {
            return new Taken(base, lock);
        }
        for (int i = 0; onLocked == OnLocked.SUBDIR && i < INSTANCES; i++) {
            Path instance = base.resolve(INSTANCE + i);
            lock = DirectoryLock.take(instance);
            if (lock != null) {
                return new Taken(instance, lock);
            }
        }
        return null;
    }

    /**
     * A directory that is free and has no journal, for who could not have one at start. It is marked as ours.
     *
     * @throws IOException if there is none, or it cannot be written
     */
    Taken unused(OnLocked onLocked) throws IOException {
        for (int i = -1; i < INSTANCES; i++) {
            Path path = i < 0 ? base : base.resolve(INSTANCE + i);
            DirectoryLock lock = DirectoryLock.take(path);
            if (lock == null) {
                if (onLocked == OnLocked.FAIL) {
                    break;
                }
                continue;
            }
            boolean ours = false;
            try {
                if (!JournalReader.isIn(path)) {
                    mark(path);
                    ours = true;
                    return new Taken(path, lock);
                }
            } finally {
                if (!ours) {
                    lock.close();
                }
            }
        }
        throw new IOException("[" + base + "] is in use");
    }

    /**
     * The other directories in it that belong to this application and appender, of processes that run or do not; or of which
     * that is not known.
     */
    List<Path> others(Path own) throws IOException {
        List<Path> others = new ArrayList<>();
        for (int i = 0; i < INSTANCES; i++) {
            Path instance = base.resolve(INSTANCE + i);
            if (!instance.equals(own) && Files.isDirectory(instance) && mayBeOurs(instance)) {
                others.add(instance);
            }
        }
        return others;
    }

    private boolean mayBeOurs(Path instance) throws IOException {
        String found = read(instance);
        return found == null ? JournalReader.isIn(instance) : found.equals(owner);
    }

    /** Whose the directory is, if it is another's; null if it is ours, or nobody's. */
    static @Nullable String other(Path directory, String owner) throws IOException {
        String found = read(directory);
        return found == null || found.equals(owner)
                ? null
                : found.replace('\n', ' ').trim();
    }

    /** Whether somebody has written down whose the directory is. */
    static boolean isMarked(Path directory) throws IOException {
        return read(directory) != null;
    }

    /** Writes down whose the directory is, on the device before anything else is. */
    void mark(Path directory) throws IOException {
        // A full disk keeps nobody from using what is his already.
        if (owner.equals(read(directory))) {
            return;
        }
        Path unfinished = directory.resolve(JournalRemoval.OWNER + ".new");
        Files.deleteIfExists(unfinished);
        Files.createFile(unfinished, FileStorage.mode("rw-------"));
        try (FileChannel file = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
            ByteBuffer text = StandardCharsets.UTF_8.encode(owner);
            while (text.hasRemaining()) {
                file.write(text);
            }
            file.force(true);
        }
        Files.move(
                unfinished,
                directory.resolve(JournalRemoval.OWNER),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        new SystemDirectory(directory).sync();
    }

    /* An empty one is what a power cut may leave. */
    private static @Nullable String read(Path directory) throws IOException {
        try {
            String text =
                    new String(Files.readAllBytes(directory.resolve(JournalRemoval.OWNER)), StandardCharsets.UTF_8);
            return text.replace('\0', ' ').isBlank() ? null : text;
        } catch (NoSuchFileException e) {
            return null;
        }
    }
}
