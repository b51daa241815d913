package io.inkfast.wal;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.inkfast.component.Notices;
import io.inkfast.internal.Ticker;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/*
 * What processes left behind comes first, then the own journal from where it had been delivered. How far is noted after a
 * thousand recovered events, and for new ones once a second, soon after a start more often, and when no more come.
 */
/** Reads journals and hands their events to the destinations, in order. One thread. */
final class Deliverer {

    private static final long IDLE_NANOS = 100_000_000L;
    private static final long UNSETTLED_NANOS = 2_000_000L;
    private static final long QUIET_NANOS = 50_000_000L;

    private final Deque<Source> sources = new ArrayDeque<>();
    private final Destinations destinations;
    private final BatchReader.Decoder decoder;
    private final WalBooks books;
    private final Notices notices;
    private final Supplier<@Nullable ILoggingEvent> news;
    private final Ticker ticker;
    private final LongPredicate waiting = this::waits;

    private final Unsettled unsettled;
    private volatile BatchReader reader;
    private DeliveryMark mark;
    private long handedLsn;
    private long quietLsn;
    private long quietSince;

    private volatile long deadline = Long.MAX_VALUE;
    private volatile boolean closing;
    private volatile boolean settling;
    private volatile long deliveredLsn;

    /**
     * @param sources the last one is the appender's own
     * @param news    what the log itself should say now; null if nothing
     */
    Deliverer(
            List<Source> sources,
            Destinations destinations,
            BatchReader.Decoder decoder,
            WalBooks books,
            Notices notices,
            Supplier<@Nullable ILoggingEvent> news,
            Ticker ticker) {
        this.sources.addAll(sources);
        this.destinations = destinations;
        this.decoder = decoder;
        this.books = books;
        this.notices = notices;
        this.news = news;
        this.ticker = ticker;
        unsettled = new Unsettled(destinations.each(), books);
        Source first = sources.get(0);
        reader = read(first);
        mark = begin(first);
    }

    /** Why events wait; null if they do not. Any thread. */
    @Nullable
    String trouble() {
        return destinations.trouble();
    }

    /** When they began to wait, or went on. Any thread. */
    Instant since() {
        return destinations.since();
    }

    /** The time of the event that waits longest to be settled, in milliseconds; far in the future if none waits. */
    long oldestMillis() {
        return Math.min(reader.oldestMillis(), unsettled.oldestMillis());
    }

    /** Up to where everything of the own journal is settled. */
    long deliveredLsn() {
        return deliveredLsn;
    }

    /** Whatever is there is delivered until then; what comes later stays in the journal. */
    void finishBy(long nanos) {
        deadline = nanos;
        closing = true;
    }

    /** Has everything that was delivered noted as such, also where a destination can't tell: the process is about to end. */
    void settle() {
        settling = true;
    }

    /** Whether {@link #settle} has been done. */
    boolean isSettled() {
        return !settling;
    }

    /** Delivers what there is, waits a little if there is nothing; false if nothing is left and it is to end. */
    boolean step() {
        Source source = Objects.requireNonNull(sources.peek());
        // Before looking: what was added before it was closed is seen.
        boolean last = closing;
        if (reader.batch().isEmpty()) {
            reader.fill();
        }
        if (reader.batch().isEmpty()) {
            return idle(source, last);
        }
        if (!deliver()) {
            return false;
        }
        if (wentBack()) {
            return true;
        }
        lookAtSettled();
        if (reader.isNew() ? mark.isDue() : reader.isMarkDue()) {
            moveMark(false);
        } else {
            mark.settleOld();
        }
        return true;
    }

    private void moveMark(boolean last) {
        reader.marked();
        if (!mark.move(unsettled.settledLsn(), unsettled.settled(), last)) {
            goBack();
        }
    }

    /* What is behind the mark is read and handed over again. */
    private void goBack() {
        reader.backTo(mark.lsn(), handedLsn);
        handedLsn = mark.lsn();
        unsettled.backTo(handedLsn);
    }

    private boolean wentBack() {
        boolean back = destinations.haveGivenUp();
        if (back) {
            goBack();
        }
        return back;
    }

    private void lookAtSettled() {
        unsettled.look();
        if (Objects.requireNonNull(sources.peek()).own()) {
            deliveredLsn = Math.max(deliveredLsn, unsettled.settledLsn());
        }
    }

    /** After the last step: what is safe is noted, as far as that can be told. */
    void close() {
        unsettled.look();
        mark.move(unsettled.settledLsn(), unsettled.settled(), true);
        destinations.close();
        for (Source source : sources) {
            // The appender's own is closed by whom it belongs to.
            if (!source.own()) {
                source.close();
            }
        }
    }

    /* With the next journal. */
    private DeliveryMark begin(Source source) {
        handedLsn = source.journal().deliveredLsn();
        unsettled.begin(handedLsn);
        if (source.own()) {
            deliveredLsn = handedLsn;
        }
        return new DeliveryMark(source, destinations.each(), notices, ticker);
    }

    private BatchReader read(Source source) {
        return new BatchReader(source, decoder, books, notices);
    }

    private boolean deliver() {
        int failed = destinations.deliver(reader.batch(), waiting);
        if (failed < 0) {
            return false;
        }
        books.failed.add(failed);
        unsettled.add(reader.lastLsn(), reader.batch().size() - failed, reader.oldestMillis());
        handedLsn = reader.lastLsn();
        reader.clear();
        return true;
    }

    /* Nothing to deliver at the moment. */
    private boolean idle(Source source, boolean last) {
        tellNews();
        // What the journal notes for itself has numbers too.
        handedLsn = Math.max(handedLsn, reader.readLsn());
        unsettled.passed(handedLsn);
        if (wentBack()) {
            return true;
        }
        lookAtSettled();
        if (reader.isWaiting() && !source.own()) {
            // What is in it is still to be delivered.
            LockSupport.parkNanos(this, UNSETTLED_NANOS);
            return !closing || deadline - ticker.nanos() > 0;
        }
        if (!unsettled.isEmpty() && (last || !source.own())) {
            if (!closing || deadline - ticker.nanos() > 0) {
                LockSupport.parkNanos(this, UNSETTLED_NANOS);
                return true;
            }
            if (!source.own()) {
                // What settles from now on has numbers of this journal, not of the next: it stays, for the next start.
                return false;
            }
        }
        if (!source.own()) {
            mark.move(unsettled.settledLsn(), unsettled.settled(), true);
            sources.poll();
            source.closeDrained();
            Source next = sources.getFirst();
            reader = read(next);
            mark = begin(next);
            return true;
        }
        if (settling) {
            moveMark(true);
            settling = false;
        } else if (mark.isBehind(unsettled.settledLsn())
                && (last || mark.isDue() || quietSince(unsettled.settledLsn()))) {
            moveMark(false);
            mark.settleOld();
        }
        if (last) {
            return false;
        }
        source.journal().awaitRecord(source.cursor().readLsn(), unsettled.isEmpty() ? IDLE_NANOS : UNSETTLED_NANOS);
        return true;
    }

    /* Whether nothing came for a moment: events that trickle in would else cost two syncs each. */
    private boolean quietSince(long lsn) {
        if (lsn != quietLsn) {
            quietLsn = lsn;
            quietSince = ticker.nanos();
        }
        return ticker.nanos() - quietSince >= QUIET_NANOS;
    }

    /* Not journalled, and not in the books: no caller sent it. */
    private void tellNews() {
        ILoggingEvent event = news.get();
        if (event != null) {
            destinations.tell(event, waiting);
        }
    }

    /* A destination that waits; not longer than there is time. */
    private boolean waits(long nanos) {
        destinations.sayTrouble();
        long left = closing ? deadline - ticker.nanos() : Long.MAX_VALUE;
        if (left <= 0) {
            return false;
        }
        LockSupport.parkNanos(this, Math.min(nanos, left));
        // A flag that a destination left set would end every wait at once.
        Thread.interrupted();
        if (!reader.batch().isEmpty()) {
            reader.extend();
        }
        return !closing || deadline - ticker.nanos() > 0;
    }
}
