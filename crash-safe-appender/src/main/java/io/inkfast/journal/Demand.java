package io.inkfast.journal;

import java.util.concurrent.atomic.AtomicLong;

/** What others want of the thread that commits. Any thread. */
final class Demand {

    private final AtomicLong written = new AtomicLong();
    private final AtomicLong durable = new AtomicLong();
    private volatile boolean sync;
    private volatile boolean anotherSegment;

    /** Somebody waits for this record. */
    void record(long lsn, boolean device) {
        AtomicLong wanted = device ? durable : written;
        if (wanted.get() < lsn) {
            wanted.accumulateAndGet(lsn, Math::max);
        }
    }

    /** Everything is to be confirmed with the next step, though nobody waits for it. */
    void sync() {
        sync = true;
    }

    /** The next step is to begin another segment: nobody will find this one. */
    void anotherSegment() {
        anotherSegment = true;
    }

    /** Whether somebody wants more than has got so far. */
    boolean exceeds(long writtenLsn, long durableLsn) {
        return written.get() > writtenLsn || exceeds(durableLsn);
    }

    /** Whether somebody wants more to be confirmed. */
    boolean exceeds(long durableLsn) {
        return durable.get() > durableLsn || sync;
    }

    /** All that was written by now is going to be confirmed. */
    void confirming() {
        sync = false;
    }

    /** Whether another segment was asked for; asks once. */
    boolean takeAnotherSegment() {
        if (!anotherSegment) {
            return false;
        }
        anotherSegment = false;
        return true;
    }
}
