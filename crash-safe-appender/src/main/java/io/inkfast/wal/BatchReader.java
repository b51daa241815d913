package io.inkfast.wal;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.inkfast.component.Notices;
import io.inkfast.wal.event.DamagedEventException;
import io.inkfast.wal.event.EventCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a journal's events into one batch after another, and counts those that cannot be read. One thread, but for
 * {@link #oldestMillis}.
 */
final class BatchReader {

    /** {@link #oldestMillis} of an empty batch. */
    static final long NONE = Unsettled.NONE;

    private static final int MOST_EVENTS = 256;
    private static final int MOST_BYTES = 1 << 20;
    private static final int RECOVERED_EVENTS = 1000;

    private final Source source;
    private final EventCodec codec;
    private final WalBooks books;
    private final Notices notices;

    private final List<ILoggingEvent> batch = new ArrayList<>();
    private long lastLsn;
    private long expectedLsn;
    private long repeatedLsn;
    private int recovered;
    private boolean isNew;
    private volatile long oldest = NONE;

    BatchReader(Source source, EventCodec codec, WalBooks books, Notices notices) {
        this.source = source;
        this.codec = codec;
        this.books = books;
        this.notices = notices;
        // The first record of a run is the journal's own; each one after it is an event.
        expectedLsn = source.journal().firstLsn() + 1;
    }

    /** What was read and not yet {@linkplain #clear taken}; grows. */
    List<ILoggingEvent> batch() {
        return batch;
    }

    /** Its last event, or what of it could not be read. */
    long lastLsn() {
        return lastLsn;
    }

    /** Whether that was journalled by this run. */
    boolean isNew() {
        return isNew;
    }

    /** Whether so many events of earlier runs were read that it should be noted how far. */
    boolean isMarkDue() {
        return recovered >= RECOVERED_EVENTS;
    }

    /** It was noted how far. */
    void marked() {
        recovered = 0;
    }

    /** The time of the batch's oldest event, in milliseconds; far in the future if there is none. Any thread. */
    long oldestMillis() {
        return oldest;
    }

    /** Reads a batch, as far as there is something. */
    void fill() {
        read(isNew ? MOST_EVENTS : Math.min(MOST_EVENTS, RECOVERED_EVENTS - recovered));
    }

    /** Reads one event behind a full batch, if there is one. */
    void extend() {
        read(MOST_EVENTS + 1);
    }

    void clear() {
        batch.clear();
        oldest = NONE;
    }

    /** Reads again what is behind a number; what has been handed over is counted as replayed. */
    void backTo(long lsn, long handedLsn) {
        repeatedLsn = Math.max(repeatedLsn, handedLsn);
        source.cursor().backTo(lsn);
    }

    /** Up to where everything was read; what of it could not be is counted. */
    long readLsn() {
        long lsn = source.cursor().readLsn();
        if (source.own()) {
            account(lsn);
        }
        return lsn;
    }

    private void read(int events) {
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
            lastLsn = lsn;
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
}
