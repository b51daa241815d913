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

    /** Encoded, and written or still to be written. What was given up after all is taken back. */
    final LongAdder accepted = new LongAdder();

    Accounting snapshot(long rejected) {
        long done = written.sum();
        return new Accounting(
                received.sum(),
                0,
                done,
                filtered.sum(),
                dropped.sum(),
                rejected,
                failed.sum(),
                0,
                discarded.sum(),
                Math.max(0, accepted.sum() - done));
    }

    long queued() {
        return accepted.sum() - written.sum();
    }
}
