package io.inkfast.recorder;

import java.nio.file.Path;
import java.util.UUID;

/*
 * POSIX gives up all locks of a process on a file as soon as the process closes any descriptor of that file. So nobody in
 * this JVM may as much as open the ring of another appender. They are noted where every class loader sees them.
 */
/** The rings that this JVM writes to, or is about to dump. Any thread. */
final class OwnRings {

    private static final String PREFIX = "io.inkfast.recorder.ring:";

    private static final String VISITED = "";

    private OwnRings() {}

    /** Whether it was nobody's in this JVM, and is the caller's now, until {@link #remove(Path)}. */
    static boolean add(Path ring) {
        return System.getProperties().putIfAbsent(PREFIX + ring, VISITED) == null;
    }

    static void remove(Path ring) {
        System.getProperties().remove(PREFIX + ring, VISITED);
    }

    /** A ring that is made here. One of the same name that was deleted is not heeded any more. */
    static void add(Path ring, UUID id) {
        System.getProperties().put(PREFIX + ring, id.toString());
    }

    /** Does nothing if the name is another ring's by now. */
    static void remove(Path ring, UUID id) {
        System.getProperties().remove(PREFIX + ring, id.toString());
    }

    static boolean contains(Path ring) {
        return System.getProperties().containsKey(PREFIX + ring);
    }
}
