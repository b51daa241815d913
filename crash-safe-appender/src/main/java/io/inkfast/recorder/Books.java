package io.inkfast.recorder;

import io.inkfast.component.Accounting;
import java.util.concurrent.atomic.LongAdder;

/** The appender's books; they outlive its restarts. Any thread. */
final class Books {

    final LongAdder received = new LongAdder();
    final LongAdder written = new LongAdder();
    final LongAdder filtered = new LongAdder();
    final LongAdder failed = new LongAdder();

    Accounting snapshot(long rejected) {
        long done = written.sum();
        long denied = filtered.sum();
        long gaveUp = failed.sum();
        long all = received.sum();
        // What is being encoded at this moment.
        long under = Math.max(0, all - done - denied - gaveUp);
        return new Accounting(all + rejected, 0, done, denied, 0, rejected, gaveUp, 0, 0, under);
    }
}
