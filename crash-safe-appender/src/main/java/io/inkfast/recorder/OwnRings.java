package io.inkfast.recorder;

import java.nio.file.Path;

/*
 * POSIX gives up all locks of a process on a file as soon as the process closes any descriptor of that file. So nobody in
 * this JVM may as much as open the ring of another appender. They are noted where every class loader sees them.
 */
/** The rings that this JVM writes to, or is about to dump. Any thread. */
final class OwnRings {

    private static final String PREFIX = "io.inkfast.recorder.ring:";

    private OwnRings() {}

    /** Whether it was nobody's in this JVM, and is the caller's now. */
    static boolean add(Path ring) {
        return System.getProperties().putIfAbsent(PREFIX + ring, "") == null;
    }

    static void remove(Path ring) {
        System.getProperties().remove(PREFIX + ring);
    }

    static boolean contains(Path ring) {
        return System.getProperties().containsKey(PREFIX + ring);
    }
}
