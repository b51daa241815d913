package io.inkfast.journal;

import java.time.Duration;

/**
 * The measures of a journal.
 *
 * @param segmentBytes    of a segment, header included
 * @param reserveBytes    filled with zeros ahead, so that they can be written when the disk is full; whole segments
 * @param maxBytes        of all segments that hold undelivered records
 * @param largestRecord   bytes of payload
 * @param memoryBytes     of records kept in memory, where they are delivered from
 * @param maxUnsynced     bytes after which the device is asked to confirm, though nobody waits; less than half of memory
 * @param groupBytes      so many waiting bytes are written at once
 * @param groupAge        no record waits longer to be written
 * @param retryLongest    the longest pause between tries while the disk refuses
 * @param meta            JSON: what the owner says about itself in each segment
 * @since 0.1.0
 */
public record JournalSettings(
        int segmentBytes,
        long reserveBytes,
        long maxBytes,
        int largestRecord,
        int memoryBytes,
        int maxUnsynced,
        int groupBytes,
        Duration groupAge,
        Duration retryLongest,
        String meta) {

    /** 16 MB segments, 32 MB reserve, 1 GB at most, records of up to 4 MB, 8 MB in memory. */
    public static JournalSettings defaults() {
        return new JournalSettings(
                16 << 20,
                32L << 20,
                1L << 30,
                4 << 20,
                8 << 20,
                2 << 20,
                64 << 10,
                Duration.ofMillis(100),
                Duration.ofSeconds(1),
                "{}");
    }

    public JournalSettings withReserve(long bytes) {
        return new JournalSettings(
                segmentBytes,
                bytes,
                maxBytes,
                largestRecord,
                memoryBytes,
                maxUnsynced,
                groupBytes,
                groupAge,
                retryLongest,
                meta);
    }

    public JournalSettings withMax(long bytes) {
        return new JournalSettings(
                segmentBytes,
                reserveBytes,
                bytes,
                largestRecord,
                memoryBytes,
                maxUnsynced,
                groupBytes,
                groupAge,
                retryLongest,
                meta);
    }

    public JournalSettings withMeta(String json) {
        return new JournalSettings(
                segmentBytes,
                reserveBytes,
                maxBytes,
                largestRecord,
                memoryBytes,
                maxUnsynced,
                groupBytes,
                groupAge,
                retryLongest,
                json);
    }

    /** All sizes but the largest record, for a journal of another order of magnitude. */
    public JournalSettings withSizes(int segment, int memory, int unsynced) {
        return new JournalSettings(
                segment,
                reserveBytes,
                maxBytes,
                largestRecord,
                memory,
                unsynced,
                groupBytes,
                groupAge,
                retryLongest,
                meta);
    }

    public JournalSettings withLargestRecord(int bytes) {
        return new JournalSettings(
                segmentBytes,
                reserveBytes,
                maxBytes,
                bytes,
                memoryBytes,
                maxUnsynced,
                groupBytes,
                groupAge,
                retryLongest,
                meta);
    }

    int spares() {
        return (int) ((reserveBytes + segmentBytes - 1) / segmentBytes);
    }

    int maxSegments() {
        return (int) Math.max(2, maxBytes / segmentBytes);
    }
}
