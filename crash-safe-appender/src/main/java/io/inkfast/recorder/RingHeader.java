package io.inkfast.recorder;

import io.inkfast.internal.Owner;
import java.util.UUID;

/**
 * What a ring file says of itself; {@link RingFormat} has the bytes.
 *
 * @param incarnation        one more than any earlier ring's of the directory
 * @param processStartMillis 0 if not known
 * @param bootId             of zeros if not known
 * @param state              {@link #ACTIVE}, {@link #CLEAN} or {@link #DUMPED}
 * @param description        JSON
 */
record RingHeader(
        UUID ringId,
        long incarnation,
        long pid,
        long processStartMillis,
        UUID bootId,
        int blocks,
        long createdMicros,
        int state,
        String description) {

    /** Its process writes to it, or ended without a word. */
    static final int ACTIVE = 1;

    /** The appender was stopped, or the JVM shut down in order. */
    static final int CLEAN = 2;

    /** A later process has written its events to a file. */
    static final int DUMPED = 3;

    /** Whose the ring is. */
    Owner owner() {
        return new Owner(pid, processStartMillis, bootId);
    }

    /** The size of the file. */
    int bytes() {
        return RingFormat.HEADER + blocks * RingFormat.BLOCK;
    }
}
