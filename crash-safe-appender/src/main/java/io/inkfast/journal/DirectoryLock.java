package io.inkfast.journal;

import io.inkfast.internal.FileStorage;
import io.inkfast.internal.Owner;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/*
 * POSIX gives up all locks of a process on a file as soon as the process closes any descriptor of that file, and Java does
 * not notice. So within the JVM nobody may as much as open LOCK a second time: the directories that are taken are noted
 * where every class loader sees them, in the system properties. Whoever does it all the same, a backup in our own JVM say,
 * gives the lock away and not the directory: LOCK says who has it, and whoever gets the lock looks whether that process
 * still runs. The file is never deleted: whoever deleted it would let two lock different files of one name.
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
        boolean interrupted = Thread.interrupted();
        FileChannel channel = null;
        boolean taken = false;
        try {
            channel = FileChannel.open(
                    directory.resolve(LOCK),
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                    FileStorage.mode("rw-------"));
            taken = channel.tryLock() != null && !isHeld(channel);
            if (!taken) {
                return null;
            }
            note(channel, Owner.current().toText());
            return new DirectoryLock(property, channel);
        } catch (OverlappingFileLockException e) {
            return null;
        } finally {
            if (!taken) {
                // In this order: closed later, it would give up the lock that the next one has got meanwhile.
                if (channel != null) {
                    channel.close();
                }
                System.getProperties().remove(property);
            }
            restore(interrupted);
        }
    }

    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        try {
            note(channel, "");
            channel.close();
        } catch (IOException e) {
            // The lock ends with the process at the latest.
            return;
        } finally {
            System.getProperties().remove(property);
            restore(interrupted);
        }
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
