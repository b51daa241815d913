package io.inkfast.file;

import io.inkfast.component.Accounting;
import java.util.concurrent.atomic.LongAdder;

/** The appender's books; they outlive its restarts. Any thread. */
final class Books {

    final LongAdder received = new LongAdder();
    final LongAdder written = new LongAdder();
    final LongAdder filtered = new LongAdder();
    final LongAdder dropped = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder discarded = new LongAdder();

    /** What was given up after all is taken back. */
    final LongAdder accepted = new LongAdder();

    /* Like `failed` and `accepted`, for a thread whose stack has ended: under this object's monitor, which takes none. */
    long failedAtEnd;
    long takenBackAtEnd;

    /* Of what was received: rejected after all, when the file was found closed. */
    long rejectedLate;

    synchronized Accounting snapshot(long rejected) {
        long done = written.sum();
        return new Accounting(
                received.sum() - rejectedLate + rejected,
                0,
                done,
                filtered.sum(),
                dropped.sum(),
                rejected,
                failed.sum() + failedAtEnd,
                0,
                discarded.sum(),
                Math.max(0, accepted() - done));
    }

    /** Encoded, and written or still to be written. */
    synchronized long accepted() {
        return accepted.sum() - takenBackAtEnd;
    }

    long queued() {
        return accepted() - written.sum();
    }
}
