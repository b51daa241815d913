package io.inkfast.journal;

import java.time.Duration;

/**
 * The measures of a journal.
 *
 * @param segmentBytes    of a segment, header included
 * @param reserveBytes    filled with zeros ahead, so that they can be written when the disk is full; whole segments
 * @param maxBytes        of all segments that hold undelivered records
 * @param memoryBytes     of records kept in memory, where they are delivered from
 * @param maxUnsynced     bytes after which the device is asked to confirm, though nobody waits; less than half of memory
 * @param meta            JSON: what the owner says about itself in each segment
 * @since 0.1.0
 */
public record JournalSettings(
        int segmentBytes, long reserveBytes, long maxBytes, int memoryBytes, int maxUnsynced, String meta) {

    /** Bytes of the largest payload. */
    public static final int LARGEST_RECORD = 4 << 20;

    /** So many waiting bytes are written at once. */
    static final int GROUP_BYTES = 64 << 10;

    /** No record waits longer to be written. */
    static final Duration GROUP_AGE = Duration.ofMillis(100);

    /** The longest pause between tries while the disk refuses. */
    static final Duration LONGEST_RETRY = Duration.ofSeconds(1);

    /** 16 MB segments, 32 MB reserve, 1 GB at most, 8 MB in memory. */
    public static JournalSettings defaults() {
        return new JournalSettings(16 << 20, 32L << 20, 1L << 30, 8 << 20, 2 << 20, "{}");
    }

    public JournalSettings withReserve(long bytes) {
        return new JournalSettings(segmentBytes, bytes, maxBytes, memoryBytes, maxUnsynced, meta);
    }

    public JournalSettings withMax(long bytes) {
        return new JournalSettings(segmentBytes, reserveBytes, bytes, memoryBytes, maxUnsynced, meta);
    }

    public JournalSettings withMeta(String json) {
        return new JournalSettings(segmentBytes, reserveBytes, maxBytes, memoryBytes, maxUnsynced, json);
    }

    /** For a journal of another order of magnitude. */
    public JournalSettings withSizes(int segment, int memory, int unsynced) {
        return new JournalSettings(segment, reserveBytes, maxBytes, memory, unsynced, meta);
    }

    int spares() {
        return (int) ((reserveBytes + segmentBytes - 1) / segmentBytes);
    }

    /** How many delivered segments may be kept besides, so that none need be filled while events come and go. */
    int moreSpares() {
        return (int) Math.min(4, maxBytes / segmentBytes / 8);
    }

    /** How much of the last segment is left to what is in memory when it is full. */
    long keptForMemory() {
        return Math.min(memoryBytes, segmentBytes / 2);
    }

    /** What all segments together may take: at least two of them, and no part of one. */
    long room() {
        return Math.max(2, maxBytes / segmentBytes) * segmentBytes;
    }
}
