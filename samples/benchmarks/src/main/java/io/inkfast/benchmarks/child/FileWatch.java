package io.inkfast.benchmarks.child;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** When the writing of a file has come to rest. */
final class FileWatch {

    private static final Duration QUIET = Duration.ofMillis(40);
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private FileWatch() {}

    /** Waits until the file has not grown for a while: what was logged is written, but for the rest in a buffer. */
    static void awaitQuiet(Path file) throws IOException, InterruptedException {
        long limit = System.nanoTime() + LIMIT.toNanos();
        long size = -1;
        long since = System.nanoTime();
        while (System.nanoTime() - since < QUIET.toNanos() && System.nanoTime() < limit) {
            long now = Files.exists(file) ? Files.size(file) : 0;
            if (now != size) {
                size = now;
                since = System.nanoTime();
            }
            Thread.sleep(4);
        }
    }

    /** Nanoseconds from this moment to the last write. */
    static long lastWriteNanos(Path file, Instant from) throws IOException {
        return Duration.between(from, Files.getLastModifiedTime(file).toInstant())
                .toNanos();
    }
}
