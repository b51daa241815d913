package io.inkfast.recorder;

import org.jspecify.annotations.Nullable;

/**
 * The management view of a flight recorder, beside that of every appender:
 * {@code io.inkfast:type=FlightRecorder,context=...,name=...}.
 *
 * @since 0.1.0
 */
public interface FlightRecorderMXBean {

    /** The file of the ring; null if there is none. */
    @Nullable
    String getRing();

    /** How many dumps this recorder has written. */
    long getDumps();

    /** Writes the last events to a file now; its name, or null if that failed or there are none. */
    @Nullable
    String dump();
}
