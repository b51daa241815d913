package io.inkfast.journal;

import io.inkfast.internal.FileStorage;
import io.inkfast.internal.Owner;
import io.inkfast.internal.Pause;
import io.inkfast.internal.SystemDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/*
 * POSIX gives up all locks of a process on a file as soon as the process closes any descriptor of that file, and Java does
 * not notice. So within the JVM nobody may as much as open LOCK a second time: the directories that are taken are noted
 * where every class loader sees them, in the system properties. Whoever does it all the same, a backup in our own JVM say,
 * gives the lock away and not the directory: LOCK says who has it, and whoever gets the lock looks whether that process
 * still runs. Only who holds the lock deletes the file, and whoever gets a lock looks whether the file is still the one of
 * that name: else two could lock different files.
 */
/**
 * Keeps a directory for one journal, in this JVM or another on the machine, by a lock on its file {@code LOCK}. Void when
 * the process ends. Any thread.
 *
 * @since 0.1.0
 */
public final class DirectoryLock implements AutoCloseable {

    private static final String LOCK = "LOCK";
    private static final int LINE_BYTES = 96;
    private static final int TRIES = 100;

    private final String property;
    private final Path file;
    private FileChannel channel;
    private Object key;
    private boolean held = true;

    private DirectoryLock(String property, Path file, FileChannel channel, Object key) {
        this.property = property;
        this.file = file;
        this.channel = channel;
        this.key = key;
    }

    /**
     * Takes the directory, and makes it if it is missing; null if somebody has it.
     *
     * @throws IOException if it can't be told: it cannot be written, or the file system knows no locks
     */
    public static @Nullable DirectoryLock take(Path directory) throws IOException {
        for (int tries = 1; ; tries++) {
            try {
                return tryToTake(directory);
            } catch (NoSuchFileException | FileAlreadyExistsException e) {
                // Whoever had the directory has just removed it. Or it can't be made at all.
                if (tries == TRIES) {
                    throw e;
                }
                Pause.nanos(1_000_000);
            }
        }
    }

    private static @Nullable DirectoryLock tryToTake(Path directory) throws IOException {
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
        boolean interrupted = Thread.interrupted();
        Path file = directory.resolve(LOCK);
        DirectoryLock taken = null;
        try {
            FileChannel channel = lock(file);
            if (channel != null) {
                taken = new DirectoryLock(property, file, channel, key(file));
            }
            return taken;
        } finally {
            if (taken == null) {
                System.getProperties().remove(property);
            }
            restore(interrupted);
        }
    }

    private static @Nullable FileChannel lock(Path file) throws IOException {
        make(file);
        Object before = key(file);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        boolean taken = false;
        try {
            boolean locked = channel.tryLock() != null;
            if (locked && !before.equals(key(file))) {
                throw new NoSuchFileException(file.toString());
            }
            taken = locked && !isHeld(channel);
            if (!taken) {
                return null;
            }
            note(channel, Owner.current().toText());
            return channel;
        } catch (OverlappingFileLockException e) {
            return null;
        } finally {
            if (!taken) {
                channel.close();
            }
        }
    }

    private static void make(Path file) throws IOException {
        try {
            Files.createFile(file, FileStorage.mode("rw-------"));
        } catch (FileAlreadyExistsException e) {
            // As it should be: it stays from one process to the next.
            return;
        }
    }

    /* What tells it from another file of that name, where the file system knows that. */
    private static Object key(Path file) throws IOException {
        Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        return key == null ? file : key;
    }

    /** Whether the directory is still the one that was taken, and {@code LOCK} in it. */
    public synchronized boolean isInPlace() throws IOException {
        try {
            return channel.isOpen() && key.equals(key(file));
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /**
     * Takes the directory anew, after somebody has deleted or moved it, or {@code LOCK} in it; makes it if it is missing.
     *
     * @return false if another has it now; then this lock keeps nothing, and is closed
     */
    public synchronized boolean renew() throws IOException {
        if (!held) {
            return false;
        }
        channel.close();
        FileStorage.createParents(file);
        FileChannel next = lock(file);
        if (next == null) {
            letGo();
            return false;
        }
        channel = next;
        key = key(file);
        return true;
    }

    /**
     * Gives the directory back, and removes it if nothing is in it any more.
     *
     * @return whether it is gone
     */
    public boolean closeAndRemove() throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        try (this) {
            if (directory == null || !new SystemDirectory(directory).list().equals(List.of(LOCK))) {
                return false;
            }
            Files.delete(file);
            Files.deleteIfExists(directory);
            return true;
        } catch (DirectoryNotEmptyException e) {
            // Somebody has made a lock of his own in it at this moment.
            return false;
        }
    }

    /** Gives the directory back; does nothing the second time. */
    @Override
    public synchronized void close() {
        if (!held) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        try {
            note(channel, "");
            channel.close();
        } catch (IOException e) {
            // The lock ends with the process at the latest.
            return;
        } finally {
            letGo();
            restore(interrupted);
        }
    }

    private void letGo() {
        held = false;
        System.getProperties().remove(property);
    }

    /* An interrupt would close the channel. */
    private static void restore(boolean interrupted) {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isHeld(FileChannel channel) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(LINE_BYTES);
        channel.read(content, 0);
        Owner owner = Owner.parse(new String(content.array(), 0, content.position(), StandardCharsets.US_ASCII));
        return owner != null && owner.mayBeAlive();
    }

    private static void note(FileChannel channel, String owner) {
        try {
            // As long as ever, so that it can be written when the disk is full.
            String line = owner + " ".repeat(LINE_BYTES - 1 - owner.length()) + "\n";
            channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)), 0);
        } catch (IOException e) {
            // Then the lock has to do.
            return;
        }
    }
}
