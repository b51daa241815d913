package io.inkfast.wal;

import ch.qos.logback.classic.Level;
import io.inkfast.component.Accounting;
import io.inkfast.component.Losses;
import io.inkfast.journal.Journal;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The books of a write-ahead appender, over all its starts. The journal itself counts what it took; every other event is
 * counted once, in its bin. Any thread.
 */
final class WalBooks {

    final LongAdder replayed = new LongAdder();
    final LongAdder written = new LongAdder();
    final LongAdder filtered = new LongAdder();

    /** Of what was journalled or replayed. */
    final LongAdder failed = new LongAdder();

    /** Neither journalled nor delivered, for want of room. */
    final Losses dropped = new Losses();

    /** Events of which it was not known in time whether the journal has them. */
    final LongAdder unconfirmed = new LongAdder();

    private final LongAdder notJournalled = new LongAdder();

    /* Under this object's monitor, which takes no stack: a thread that has none left counts all the same. */

    /** Before it was journalled, on the thread that logs. */
    long failedOnCaller;

    long notJournalledAtEnd;
    long unconfirmedAtEnd;

    private @Nullable Journal journal;
    private long takenEarlier;
    private long discarded;

    /** From now on, this journal takes the events. What an earlier one has left comes again, as replayed. */
    synchronized void open(Journal next) {
        close();
        discarded += queued();
        journal = next;
    }

    /** It takes no more. */
    synchronized void close() {
        takenEarlier = taken();
        journal = null;
    }

    private long queued() {
        return Math.max(0, taken() + replayed.sum() - written.sum() - failed.sum() - discarded);
    }

    private long taken() {
        return takenEarlier + (journal == null ? 0 : journal.events());
    }

    void dropped(Level level) {
        dropped.count(level, System.currentTimeMillis());
    }

    /** An event is not in the journal although its level demands it. */
    void notJournalled() {
        notJournalled.increment();
    }

    synchronized long notJournalledSoFar() {
        return notJournalled.sum() + notJournalledAtEnd;
    }

    synchronized long unconfirmedSoFar() {
        return unconfirmed.sum() + unconfirmedAtEnd;
    }

    synchronized Accounting snapshot(long rejected) {
        // In this order: what is delivered while this reads is not missing from what came.
        long done = written.sum();
        long failedLater = failed.sum();
        long again = replayed.sum();
        long taken = taken();
        long denied = filtered.sum();
        long lost = dropped.total();
        return new Accounting(
                taken + denied + lost + failedOnCaller + rejected,
                again,
                done,
                denied,
                lost,
                rejected,
                failedLater + failedOnCaller,
                0,
                discarded,
                Math.max(0, taken + again - done - failedLater - discarded));
    }
}
