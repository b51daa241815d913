package io.inkfast.journal;

import io.inkfast.internal.Directory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/*
 * The checksum of each record covers journal, incarnation and number of the segment: one whole record proves all three,
 * wherever they were taken from. The first LSN is that of the first whole record. What else a header says is only believed if
 * a single bit was all that was wrong: what the owner said about itself is nowhere else, and in it the key of sealed records.
 */
/** The header of a segment whose header is damaged, if its records prove it. */
final class MendedHeader {

    private static final long MOST_BYTES = 256L << 20;

    private MendedHeader() {}

    /**
     * @param start   the damaged header
     * @param journal which it ought to belong to; null if that is not known
     * @return null if no record proves what was tried, or if it is of a later version
     */
    static SegmentFormat.@Nullable Header of(
            Directory.Binary file, String name, ByteBuffer start, @Nullable UUID journal, int largest)
            throws IOException {
        if (start.limit() < SegmentFormat.HEADER_BYTES || SegmentFormat.majorVersion(start) > SegmentFormat.MAJOR) {
            return null;
        }
        SegmentFormat.Header said = SegmentFormat.unchecked(start, "");
        SegmentFormat.Header proven = proven(file, said, largest);
        if (proven == null) {
            SegmentFormat.Header named = with(
                    said,
                    journal == null ? said.journal() : journal,
                    SegmentFile.incarnation(name),
                    SegmentFile.number(name),
                    said.firstLsn(),
                    said.capacity());
            proven = proven(file, named, largest);
        }
        if (proven == null) {
            return null;
        }
        SegmentFormat.Header whole = OneFlippedBit.mended(start);
        return whole != null && whole.seed() == proven.seed() ? whole : proven;
    }

    private static SegmentFormat.@Nullable Header proven(
            Directory.Binary file, SegmentFormat.Header header, int largest) throws IOException {
        int capacity = (int) Math.min(file.size(), MOST_BYTES);
        SegmentFormat.Header tried = with(header, header.journal(), header.incarnation(), header.number(), 0, capacity);
        SegmentScan scan = new SegmentScan(file, tried, capacity, largest);
        scan.passUnreadable();
        return scan.next()
                ? with(tried, tried.journal(), tried.incarnation(), tried.number(), scan.lsn(), capacity)
                : null;
    }

    private static SegmentFormat.Header with(
            SegmentFormat.Header header, UUID journal, long incarnation, long number, long firstLsn, int capacity) {
        return new SegmentFormat.Header(
                journal,
                incarnation,
                number,
                firstLsn,
                0,
                header.created(),
                capacity,
                SegmentFormat.USED_BEFORE,
                header.meta());
    }
}
