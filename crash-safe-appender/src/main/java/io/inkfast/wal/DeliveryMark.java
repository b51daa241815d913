package io.inkfast.wal;

import io.inkfast.component.Notices;
import io.inkfast.internal.Ticker;
import io.inkfast.journal.Journal;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/*
 * It is moved when every destination says that what it got is safe. Where one can't tell, it is moved a minute later, so
 * that what may have been lost with that appender is delivered again after an unclean end.
 */
/** Notes in a journal how far its events are safe with the destinations. One thread. */
final class DeliveryMark {

    private static final long INTERVAL_NANOS = 1_000_000_000L;
    private static final long UNSURE_NANOS = 60_000_000_000L;
    private static final Duration SYNC_LIMIT = Duration.ofSeconds(5);

    private final Journal journal;
    private final List<Destination> destinations;
    private final Notices notices;
    private final Ticker ticker;
    private final Deque<HandedOver> unsure = new ArrayDeque<>();
    private long lsn;
    private long triedAt;

    private record HandedOver(long lsn, long at) {}

    DeliveryMark(Journal journal, List<Destination> destinations, Notices notices, Ticker ticker) {
        this.journal = journal;
        this.destinations = destinations;
        this.notices = notices;
        this.ticker = ticker;
        lsn = journal.deliveredLsn();
        triedAt = ticker.nanos();
    }

    /** Whether it was not moved for a while. */
    boolean isDue() {
        return ticker.nanos() - triedAt >= INTERVAL_NANOS;
    }

    /** Whether something behind the mark was handed over. */
    boolean isBehind(long handedLsn) {
        return handedLsn > lsn;
    }

    /**
     * Moves the mark as far as the destinations say.
     *
     * @param last nothing follows: what was handed over counts as safe where nobody can say more
     */
    void move(long handedLsn, boolean last) {
        triedAt = ticker.nanos();
        boolean safe = true;
        for (Destination destination : destinations) {
            Destination.Safety safety = destination.sync(SYNC_LIMIT);
            if (safety == Destination.Safety.NOT_YET) {
                return;
            }
            safe &= safety == Destination.Safety.DURABLE;
        }
        // A minute's care for what was handed over must not cost what comes now.
        if (safe || last || journal.isFull()) {
            unsure.clear();
            note(handedLsn);
        } else if (unsure.isEmpty() || unsure.getLast().lsn < handedLsn) {
            unsure.add(new HandedOver(handedLsn, ticker.nanos()));
        }
    }

    /** What was handed over a minute ago is taken for safe: nobody will ever say so. */
    void settleOld() {
        long settled = lsn;
        while (!unsure.isEmpty() && ticker.nanos() - unsure.getFirst().at >= UNSURE_NANOS) {
            settled = unsure.removeFirst().lsn;
        }
        note(settled);
    }

    private void note(long settled) {
        if (settled <= lsn) {
            return;
        }
        try {
            journal.delivered(settled);
            lsn = settled;
        } catch (IOException e) {
            notices.warn(
                    "checkpoint",
                    "how far events are delivered cannot be noted ("
                            + e.getClass().getName() + "); after a crash they are delivered again");
        }
    }
}
