package io.inkfast.wal;

import io.inkfast.component.Accounting;
import java.util.concurrent.atomic.LongAdder;

/** The books of a write-ahead appender, over all its starts. Any thread. */
final class WalBooks {

    final LongAdder received = new LongAdder();
    final LongAdder replayed = new LongAdder();
    final LongAdder written = new LongAdder();
    final LongAdder filtered = new LongAdder();
    final LongAdder dropped = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder discarded = new LongAdder();

    /** Events that are not in the journal although their level demands it. */
    final LongAdder notJournalled = new LongAdder();

    /** Events of which it was not known in time whether the journal has them. */
    final LongAdder unconfirmed = new LongAdder();

    Accounting snapshot(long rejected) {
        long done = written.sum() + filtered.sum() + dropped.sum() + failed.sum() + discarded.sum();
        long came = received.sum();
        long again = replayed.sum();
        return new Accounting(
                came + rejected,
                again,
                written.sum(),
                filtered.sum(),
                dropped.sum(),
                rejected,
                failed.sum(),
                0,
                discarded.sum(),
                Math.max(0, came + again - done));
    }
}
