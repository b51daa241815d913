package io.inkfast.wal;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.inkfast.component.Notices;
import io.inkfast.internal.Ticker;
import io.inkfast.wal.event.DamagedEventException;
import io.inkfast.wal.event.EventCodec;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/*
 * What processes left behind comes first, then the own journal from where it had been delivered. How far is noted after a
 * thousand recovered events, and for new ones once a second and when no more come.
 */
/** Reads journals and hands their events to the destinations, in order. One thread. */
final class Deliverer {

    private static final int MOST_EVENTS = 256;
    private static final int MOST_BYTES = 1 << 20;
    private static final int RECOVERED_EVENTS = 1000;
    private static final long IDLE_NANOS = 100_000_000L;
    private static final long UNSETTLED_NANOS = 2_000_000L;
    private static final long QUIET_NANOS = 50_000_000L;
    private static final long NONE = Unsettled.NONE;

    private final Deque<Source> sources = new ArrayDeque<>();
    private final List<Destination> destinations;
    private final EventCodec codec;
    private final WalBooks books;
    private final Notices notices;
    private final Supplier<@Nullable ILoggingEvent> news;
    private final Ticker ticker;
    private final LongPredicate waiting = this::waits;

    private final List<ILoggingEvent> batch = new ArrayList<>();
    private long batchLsn;
    private DeliveryMark mark;
    private final Unsettled unsettled;
    private long handedLsn;
    private long expectedLsn;
    private long repeatedLsn;
    private long quietLsn;
    private long quietSince;
    private int recovered;
    private boolean isNew;

    private volatile long deadline = Long.MAX_VALUE;
    private volatile boolean closing;
    private volatile boolean settling;
    private volatile long deliveredLsn;
    private volatile @Nullable String trouble;
    private volatile Instant since = Instant.now();
    private volatile long oldest = NONE;

    /**
     * @param sources the last one is the appender's own
     * @param news    what the log itself should say now; null if nothing
     */
    Deliverer(
            List<Source> sources,
            List<Destination> destinations,
            EventCodec codec,
            WalBooks books,
            Notices notices,
            Supplier<@Nullable ILoggingEvent> news,
            Ticker ticker) {
        this.sources.addAll(sources);
        this.destinations = destinations;
        this.codec = codec;
        this.books = books;
        this.notices = notices;
        this.news = news;
        this.ticker = ticker;
        unsettled = new Unsettled(destinations, books);
        mark = begin();
    }

    /** Why events wait; null if they do not. */
    @Nullable
    String trouble() {
        return trouble;
    }

    /** When they began to wait, or went on. */
    Instant since() {
        return since;
    }

    private void trouble(@Nullable String now) {
        if ((now == null) != (trouble == null)) {
            since = Instant.now();
        }
        trouble = now;
    }

    /** The time of the event that waits longest to be settled, in milliseconds; far in the future if none waits. */
    long oldestMillis() {
        return Math.min(oldest, unsettled.oldestMillis());
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
        if (batch.isEmpty()) {
            fill(source, isNew ? MOST_EVENTS : Math.min(MOST_EVENTS, RECOVERED_EVENTS - recovered));
        }
        if (batch.isEmpty()) {
            return idle(source, last);
        }
        if (!deliver()) {
            return false;
        }
        if (wentBack(source)) {
            return true;
        }
        lookAtSettled();
        if (isNew ? mark.isDue() : recovered >= RECOVERED_EVENTS) {
            moveMark(source, false);
        } else {
            mark.settleOld();
        }
        return true;
    }

    private void moveMark(Source source, boolean last) {
        recovered = 0;
        if (!mark.move(unsettled.settledLsn(), unsettled.settled(), last)) {
            goBack(source);
        }
    }

    /* What is behind the mark is read and handed over again. */
    private void goBack(Source source) {
        repeatedLsn = Math.max(repeatedLsn, handedLsn);
        handedLsn = mark.lsn();
        unsettled.backTo(handedLsn);
        source.cursor().backTo(handedLsn);
    }

    /* Whether an appender was started anew, and what it had not made safe is handed over again. */
    private boolean wentBack(Source source) {
        boolean back = false;
        for (Destination destination : destinations) {
            if (destination.hasGivenUp()) {
                back = true;
                notices.warn(
                        "anew:" + destination.name(),
                        "[" + destination.name()
                                + "] was started again; what may have been under way then is delivered again");
            }
        }
        if (back) {
            goBack(source);
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
        destinations.forEach(Destination::close);
        for (Source source : sources) {
            // The appender's own is closed by whom it belongs to.
            if (!source.own()) {
                source.close();
            }
        }
    }

    private DeliveryMark begin() {
        Source source = Objects.requireNonNull(sources.peek());
        handedLsn = source.journal().deliveredLsn();
        unsettled.begin(handedLsn);
        recovered = 0;
        repeatedLsn = 0;
        isNew = false;
        if (source.own()) {
            deliveredLsn = handedLsn;
            // The first record of a run is the journal's own; each one after it is an event.
            expectedLsn = source.journal().firstLsn() + 1;
        }
        return new DeliveryMark(source.journal(), destinations, notices, ticker);
    }

    private void fill(Source source, int events) {
        int bytes = 0;
        while (batch.size() < events && bytes < MOST_BYTES && source.cursor().next()) {
            long lsn = source.cursor().lsn();
            boolean old = source.isRecovered(lsn);
            if (!old) {
                account(lsn - 1);
                expectedLsn = Math.max(expectedLsn, lsn + 1);
            }
            byte[] payload =
                    Arrays.copyOf(source.cursor().payload(), source.cursor().length());
            bytes += payload.length;
            batchLsn = lsn;
            isNew = !old;
            recovered += old ? 1 : 0;
            if (old || lsn <= repeatedLsn) {
                books.replayed.increment();
            }
            add(source.opener().open(payload), old);
        }
    }

    /** @param payload null if it was sealed, and could not be opened */
    private void add(byte @Nullable [] payload, boolean old) {
        try {
            if (payload == null) {
                throw new DamagedEventException("it is sealed, and not genuine");
            }
            ILoggingEvent event = codec.decode(payload, 0, payload.length, old);
            batch.add(event);
            oldest = Math.min(oldest, event.getTimeStamp());
        } catch (DamagedEventException e) {
            books.failed.increment();
            notices.error("record", "a journalled event cannot be read: " + e.getMessage());
        }
    }

    /* Everything up to there that should have been read by now, and was not: somebody has damaged or deleted a segment. */
    private void account(long lsn) {
        long missing = lsn + 1 - expectedLsn;
        if (missing > 0) {
            expectedLsn = lsn + 1;
            books.failed.add(missing);
            notices.error("unread", missing + " events cannot be read back from the journal, and are lost");
        }
    }

    /*
     * A destination that waits has the batch extended: whether an event is at fault, or the appender is down, shows when the
     * event behind is offered. The others then get what has been added.
     */
    private boolean deliver() {
        int[] done = new int[destinations.size()];
        int[] failed = new int[destinations.size()];
        boolean all = false;
        while (!all) {
            for (int i = 0; i < done.length; i++) {
                if (!destinations.get(i).deliver(batch, done[i], waiting)) {
                    trouble(destinations.get(i).trouble());
                    return false;
                }
                done[i] = batch.size();
                failed[i] += destinations.get(i).failed();
            }
            all = true;
            for (int count : done) {
                all &= count == batch.size();
            }
        }
        settle(Arrays.stream(failed).max().orElse(0));
        return true;
    }

    private void settle(int failed) {
        if (failed > 0) {
            notices.error("poison", failed + " events were not taken by an appender that took those behind them");
        }
        trouble(null);
        books.failed.add(failed);
        unsettled.add(batchLsn, batch.size() - failed, oldest);
        handedLsn = batchLsn;
        batch.clear();
        oldest = NONE;
    }

    /* Nothing to deliver at the moment. */
    private boolean idle(Source source, boolean last) {
        tellNews();
        if (source.own()) {
            account(source.cursor().readLsn());
        }
        // What the journal notes for itself has numbers too.
        handedLsn = Math.max(handedLsn, source.cursor().readLsn());
        unsettled.passed(handedLsn);
        if (wentBack(source)) {
            return true;
        }
        lookAtSettled();
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
            mark = begin();
            return true;
        }
        if (settling) {
            moveMark(source, true);
            settling = false;
        } else if (mark.isBehind(unsettled.settledLsn())
                && (last || mark.isDue() || quietSince(unsettled.settledLsn()))) {
            moveMark(source, false);
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
            for (Destination destination : destinations) {
                destination.deliver(List.of(event), 0, waiting);
            }
        }
    }

    /* A destination that waits; not longer than there is time. */
    private boolean waits(long nanos) {
        for (Destination destination : destinations) {
            if (destination.trouble() != null) {
                trouble(destination.trouble());
                notices.warn(
                        "sink:" + destination.name(),
                        "[" + destination.name() + "] takes no events (" + destination.trouble()
                                + "); they wait in the journal");
            }
        }
        long left = closing ? deadline - ticker.nanos() : Long.MAX_VALUE;
        if (left <= 0) {
            return false;
        }
        LockSupport.parkNanos(this, Math.min(nanos, left));
        // A flag that a destination left set would end every wait at once.
        Thread.interrupted();
        Source source = sources.peek();
        if (source != null && !batch.isEmpty()) {
            fill(source, MOST_EVENTS + 1);
        }
        return !closing || deadline - ticker.nanos() > 0;
    }
}
