package io.inkfast.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A process that wants a directory: says whether it got it, and keeps it until standard input ends. */
final class LockingProcess {

    static final String MINE = "mine";
    static final String TAKEN = "taken";

    /** Argument: to take it, use it and give it back a hundred times. */
    static final String RACE = "race";

    /** What is there while somebody uses the directory. */
    static final String USED = "used";

    private LockingProcess() {}

    /** Arguments: directory, perhaps {@link #RACE}. */
    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        if (arguments.length == 1) {
            try (DirectoryLock lock = DirectoryLock.take(directory)) {
                System.out.println(lock == null ? TAKEN : MINE);
                while (System.in.read() >= 0) {
                    Thread.onSpinWait();
                }
            }
            return;
        }
        for (int i = 0; i < 100; i++) {
            try (DirectoryLock lock = DirectoryLock.take(directory)) {
                System.out.println(lock == null ? TAKEN : MINE);
                if (lock != null) {
                    useAlone(directory);
                }
            }
        }
    }

    /** Fails if another does the same at the same time, whatever the lock says. */
    static void useAlone(Path directory) throws IOException {
        Files.createFile(directory.resolve(USED));
        Thread.yield();
        Files.delete(directory.resolve(USED));
    }
}
