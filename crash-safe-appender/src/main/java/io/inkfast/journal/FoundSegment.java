package io.inkfast.journal;

/**
 * A segment that can be read, and was.
 *
 * @param lsns         of its records, without gaps
 * @param lastLsn      the highest in it, the one before its first if there is none
 * @param lastEvent    the LSN of its last event, 0 if it has none
 * @param end          where its last record ends
 * @param damagedBytes that are no record, and not zero either
 * @param size         of the file
 */
record FoundSegment(
        String name,
        SegmentFormat.Header header,
        long records,
        LsnRanges lsns,
        long lastLsn,
        long lastEvent,
        long end,
        long damagedBytes,
        long size) {

    /** What is worth keeping of the file: not what no record came to, which is zeros, or of an earlier use. */
    long bytes() {
        return damagedBytes > 0 ? size : Math.min(end, size);
    }
}
