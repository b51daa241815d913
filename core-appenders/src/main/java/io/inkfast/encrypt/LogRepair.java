package io.inkfast.encrypt;

import io.inkfast.internal.FileStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** Makes a file that cannot be appended to as it is one that can, and loses nothing of it. One thread, not interrupted. */
final class LogRepair {

    private static final int BLOCK = 1 << 16;

    private LogRepair() {}

    /** Moves what is behind the last frame into a file of its own, {@code <file>.torn-<n>}; returns that. */
    static Path cut(Path file, long end) throws IOException {
        try (FileChannel from = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            int n = 0;
            while (true) {
                Path torn = beside(file, "torn-" + n);
                try (FileChannel to = FileChannel.open(
                        torn,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        FileStorage.mode("rw-r-----"))) {
                    copy(from, end, to);
                    to.force(true);
                } catch (FileAlreadyExistsException e) {
                    n++;
                    continue;
                }
                from.truncate(end);
                from.force(true);
                return torn;
            }
        }
    }

    private static void copy(FileChannel from, long start, FileChannel to) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        long at = start;
        for (int read = from.read(block, at); read >= 0; read = from.read(block, at)) {
            at += read;
            block.flip();
            while (block.hasRemaining()) {
                to.write(block);
            }
            block.clear();
        }
    }

    /** Gives the file another name, {@code <file>.<what>-<n>}; returns that. */
    static Path setAside(Path file, String what) throws IOException {
        int n = 0;
        while (Files.exists(beside(file, what + "-" + n))) {
            n++;
        }
        return Files.move(file, beside(file, what + "-" + n));
    }

    private static Path beside(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + "." + suffix);
    }
}
