package io.inkfast.journal;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A range that was not journalled, as the journal says itself: the payload of a record of type GAP, which has its last LSN. */
record Gap(long from, long to, long count, String reason) {

    /** The payload that says so. */
    static byte[] payload(long from, long to, String reason) {
        return (from + " " + to + " " + (to - from + 1) + " " + reason).getBytes(StandardCharsets.UTF_8);
    }

    /** What a record says; null if that is no gap that ends with it. */
    static @Nullable Gap of(SegmentScan record) {
        String[] parts = new String(record.payload(), StandardCharsets.UTF_8).split(" ", 4);
        try {
            Gap gap = new Gap(
                    Long.parseLong(parts[0]),
                    Long.parseLong(parts[1]),
                    Long.parseLong(parts[2]),
                    parts.length > 3 ? parts[3] : "");
            return gap.from <= gap.to && gap.to == record.lsn() ? gap : null;
        } catch (RuntimeException e) {
            return null;
        }
    }
}
