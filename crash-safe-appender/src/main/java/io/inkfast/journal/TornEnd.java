package io.inkfast.journal;

import java.io.IOException;
import java.util.List;

/**
 * What an unclean end has torn: records that are not there although later ones are. It is noted before anything says that
 * all in front of it is confirmed, else it would count as lost.
 *
 * @param ranges  the LSNs that are missing
 * @param horizon LSN up to which everything had been confirmed then
 */
record TornEnd(List<LsnRanges.Range> ranges, long horizon) {

    static final TornEnd NONE = new TornEnd(List.of(), 0);

    boolean isEmpty() {
        return ranges.isEmpty();
    }

    long firstLsn() {
        return ranges.get(0).first();
    }

    /** Writes gaps to a segment, and has them confirmed. */
    void note(Active segment) throws IOException {
        Output gaps = new Output();
        for (LsnRanges.Range range : ranges) {
            byte[] gap = Gap.payload(range.first(), range.last(), "torn");
            if (!gaps.hasRoom(Output.gapBytes(gap))) {
                gaps.writeTo(segment);
                gaps.reserve(Output.gapBytes(gap));
            }
            gaps.addGap(gap, range.last(), segment.seed(), horizon);
        }
        gaps.writeTo(segment);
        segment.force();
    }
}
