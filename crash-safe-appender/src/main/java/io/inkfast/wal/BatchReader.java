package io.inkfast.wal;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.inkfast.component.Notices;
import io.inkfast.journal.Cursor;
import io.inkfast.wal.event.DamagedEventException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a journal's events into one batch after another, and counts those that cannot be read. One thread, but for
 * {@link #oldestMillis}.
 */
final class BatchReader {

    /** Makes events of their records. */
    @FunctionalInterface
    interface Decoder {
        ILoggingEvent decode(byte[] bytes, int offset, int length, boolean recovered) throws DamagedEventException;
    }

    /** {@link #oldestMillis} of an empty batch. */
    static final long NONE = Unsettled.NONE;

    private static final int MOST_EVENTS = 256;
    private static final int MOST_BYTES = 1 << 20;
    private static final int RECOVERED_EVENTS = 1000;

    private final Source source;
    private final Decoder decoder;
    private final WalBooks books;
    private final Notices notices;

    private final List<ILoggingEvent> batch = new ArrayList<>();
    private long lastLsn;
    private long doneLsn;
    private long expectedLsn;
    private long repeatedLsn;
    private int recovered;
    private boolean isNew;
    private volatile long oldest = NONE;

    BatchReader(Source source, Decoder decoder, WalBooks books, Notices notices) {
        this.source = source;
        this.decoder = decoder;
        this.books = books;
        this.notices = notices;
        // The first record of a run is the journal's own; each one after it is an event.
        expectedLsn = source.journal().firstLsn() + 1;
        doneLsn = source.journal().deliveredLsn();
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

    /** Reads a batch, as far as there is something; empty only if there is nothing, or it cannot be read now. */
    void fill() {
        read(isNew ? MOST_EVENTS : Math.min(MOST_EVENTS, Math.max(1, RECOVERED_EVENTS - recovered)));
    }

    /** Reads one event behind a full batch, if there is one. */
    void extend() {
        read(MOST_EVENTS + 1);
    }

    /** Whether {@link #fill} has found nothing because a segment cannot be read now. */
    boolean isWaiting() {
        return source.cursor().isWaiting();
    }

    void clear() {
        batch.clear();
        oldest = NONE;
    }

    /** Reads again what is behind a number; what has been handed over is counted as replayed. */
    void backTo(long lsn, long handedLsn) {
        repeatedLsn = Math.max(repeatedLsn, handedLsn);
        doneLsn = lsn;
        recovered = 0;
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
        Cursor cursor = source.cursor();
        int bytes = 0;
        while (batch.size() < events && (bytes < MOST_BYTES || batch.isEmpty())) {
            try {
                if (!cursor.next()) {
                    break;
                }
                bytes += cursor.length();
                take(cursor);
            } catch (Throwable e) {
                // No memory, most likely: it is read again, not passed over.
                cursor.backTo(doneLsn);
                throw e;
            }
        }
        missing(cursor.takeMissing());
    }

    private void take(Cursor cursor) {
        long lsn = cursor.lsn();
        boolean old = source.isRecovered(lsn);
        ILoggingEvent event = event(cursor, old);
        if (event != null) {
            batch.add(event);
            oldest = Math.min(oldest, event.getTimeStamp());
        }
        // From here on nothing fails, but for what only counts.
        doneLsn = lsn;
        lastLsn = lsn;
        isNew = !old;
        recovered += old ? 1 : 0;
        if (!old) {
            account(lsn - 1);
            expectedLsn = Math.max(expectedLsn, lsn + 1);
        }
        if (old || lsn <= repeatedLsn) {
            books.replayed.increment();
        }
        if (event == null) {
            books.failed.increment();
        }
    }

    private @Nullable ILoggingEvent event(Cursor cursor, boolean old) {
        byte[] payload = source.opener().open(Arrays.copyOf(cursor.payload(), cursor.length()));
        try {
            if (payload == null) {
                throw new DamagedEventException("it is sealed, and not genuine");
            }
            return decoder.decode(payload, 0, payload.length, old);
        } catch (DamagedEventException | RuntimeException e) {
            cursor.keepSegment();
            notices.error(
                    "record",
                    "a journalled event cannot be read: "
                            + (e instanceof DamagedEventException
                                    ? e.getMessage()
                                    : e.getClass().getName()));
            return null;
        }
    }

    /* What was there at the start and is not any more. What this run journalled is accounted for by its numbers. */
    private void missing(long count) {
        if (count > 0) {
            books.replayed.add(count);
            books.failed.add(count);
            unread(count);
        }
    }

    /* Everything up to there that should have been read by now, and was not: somebody has damaged or deleted a segment. */
    private void account(long lsn) {
        long missing = lsn + 1 - expectedLsn;
        if (missing > 0) {
            expectedLsn = lsn + 1;
            books.failed.add(missing);
            unread(missing);
        }
    }

    private void unread(long count) {
        notices.error("unread", count + " events cannot be read back from the journal, and are lost");
    }
}
