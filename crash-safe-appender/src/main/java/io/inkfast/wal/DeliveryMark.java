package io.inkfast.wal;

import io.inkfast.component.Notices;
import io.inkfast.internal.Backoff;
import io.inkfast.internal.Ticker;
import io.inkfast.journal.Journal;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/*
 * It is moved when every destination says that what it got is safe. Where one can't tell, it is moved a minute later, so
 * that what may have been lost with that appender is delivered again after an unclean end. That care must not cost what
 * comes now, so it ends before the journal is full.
 */
/** Notes in a journal how far its events are safe with the destinations. One thread. */
final class DeliveryMark {

    // Soon at first: a process that is killed over and over, soon after each start, gets on.
    private static final long FIRST_NANOS = 20_000_000L;
    private static final long INTERVAL_NANOS = 1_000_000_000L;
    private static final long HALF_FULL_NANOS = 100_000_000L;
    private static final long UNSURE_NANOS = 60_000_000_000L;
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(1);
    private static final Duration SYNC_LIMIT = Duration.ofSeconds(5);

    private final Journal journal;
    private final boolean isOwn;
    private final List<Destination> destinations;
    private final Notices notices;
    private final Ticker ticker;
    private final Deque<Noted> unsure = new ArrayDeque<>();
    private final Backoff backoff = new Backoff(Duration.ofNanos(INTERVAL_NANOS), LONGEST_RETRY);
    private long lsn;
    private long triedAt;
    private long interval = FIRST_NANOS;

    private record Noted(long lsn, long at) {}

    DeliveryMark(Source source, List<Destination> destinations, Notices notices, Ticker ticker) {
        journal = source.journal();
        isOwn = source.own();
        this.destinations = destinations;
        this.notices = notices;
        this.ticker = ticker;
        lsn = journal.deliveredLsn();
        triedAt = ticker.nanos();
    }

    /** Everything up to there is safe. */
    long lsn() {
        return lsn;
    }

    /** Whether it was not moved for a while. */
    boolean isDue() {
        long now = ticker.nanos();
        long since = now - triedAt;
        return (since >= interval || (since >= HALF_FULL_NANOS && isOwn && journal.isHalfFull())) && backoff.due(now);
    }

    /** Whether something behind the mark was handed over, and no device has refused it of late. */
    boolean isBehind(long handedLsn) {
        return handedLsn > lsn && backoff.due(ticker.nanos());
    }

    /**
     * Moves the mark as far as the destinations say.
     *
     * @param handedLsn up to where all is settled with every destination
     * @param handed    what each destination calls that, see {@link Destination#handed}
     * @param last nothing follows: what was handed over counts as safe where nobody can say more
     * @return false if a device refused: everything behind the mark is to be delivered again
     */
    boolean move(long handedLsn, long[] handed, boolean last) {
        triedAt = ticker.nanos();
        interval = Math.min(INTERVAL_NANOS, 2 * interval);
        boolean safe = true;
        for (int i = 0; i < handed.length; i++) {
            Destination destination = destinations.get(i);
            Destination.Safety safety = destination.sync(handed[i], SYNC_LIMIT);
            if (safety == Destination.Safety.REFUSED) {
                return refused(destination);
            }
            if (safety == Destination.Safety.NOT_YET) {
                return true;
            }
            safe &= safety == Destination.Safety.DURABLE;
        }
        if (safe || last || journal.isFull()) {
            unsure.clear();
            note(handedLsn);
        } else if (unsure.isEmpty() || unsure.getLast().lsn < handedLsn) {
            unsure.add(new Noted(handedLsn, ticker.nanos()));
        }
        backoff.succeeded();
        return true;
    }

    private boolean refused(Destination destination) {
        notices.error(
                "refused:" + destination.name(),
                "[" + destination.name() + "] cannot make its events durable (" + destination.trouble()
                        + "); those that it may have lost are delivered again");
        backoff.failed(ticker.nanos());
        unsure.clear();
        return false;
    }

    /** What was handed over a minute ago, or takes the room of what comes, is taken for safe: nobody will ever say so. */
    void settleOld() {
        long settled = lsn;
        long roomTo = roomTo();
        while (!unsure.isEmpty() && (settled < roomTo || ticker.nanos() - unsure.getFirst().at >= UNSURE_NANOS)) {
            settled = unsure.removeFirst().lsn;
        }
        note(settled);
    }

    /* Up to where it has to be settled to make room; 0 if there is enough, or that would make none. */
    private long roomTo() {
        if (unsure.isEmpty() || !isOwn || !journal.isHalfFull()) {
            return 0;
        }
        long end = journal.oldestSegmentEnd();
        return unsure.getLast().lsn >= end ? end : 0;
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
