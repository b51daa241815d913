package io.inkfast.journal;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A process that takes a directory and removes it, over and over, and notices if somebody else has it too. */
final class RemovingProcess {

    private RemovingProcess() {}

    /** Arguments: the directory, a file that means it is in use, milliseconds. Says how often it had it. */
    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        Path inUse = Path.of(arguments[1]);
        long end = System.nanoTime() + Long.parseLong(arguments[2]) * 1_000_000;
        int taken = 0;
        int removed = 0;
        while (System.nanoTime() < end) {
            DirectoryLock lock = DirectoryLock.take(directory);
            if (lock == null) {
                continue;
            }
            try {
                Files.createFile(inUse);
            } catch (FileAlreadyExistsException e) {
                System.out.println("two have it");
                System.exit(1);
            }
            taken++;
            Files.delete(inUse);
            removed += lock.closeAndRemove() ? 1 : 0;
        }
        System.out.println(taken > 0 && removed > 0 ? "fine" : "taken " + taken + ", removed " + removed);
    }
}
