package io.inkfast.journal;

import io.inkfast.internal.Backoff;
import io.inkfast.internal.Directory;
import io.inkfast.internal.Ticker;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/*
 * What a failed sync left in one segment was appended again in the next, and either may have been torn since, so where a
 * number is missing the others are asked. A segment that cannot be opened is waited for: the process may be out of
 * descriptors. One that cannot be read is read past the damage after some tries, and then kept for people to look at.
 */
/** Reads records by their numbers, each from the segment that has it. One thread. */
final class SegmentRecords {

    /** What {@link #find} came to. */
    enum Found {
        /** A record, to be had by {@link #record}. */
        RECORD,
        /** Nothing, and it will not be here: either memory has it, or nobody. What may be here begins at {@link #nextLsn}. */
        NOT_HERE,
        /** Nothing yet: it would be in the segment that is being written. */
        NOT_YET,
        /** A segment cannot be read at the moment. */
        LATER
    }

    private static final int TRIES = 5;
    private static final long NOTHING = -1;

    private final SegmentStore store;
    private final JournalListener listener;
    private final Ticker ticker;
    private final Backoff backoff = new Backoff(Duration.ofMillis(10), Duration.ofSeconds(1));

    /* By the number of a segment: what was found in it instead of the record that is looked for; NOTHING if there is no more. */
    private final Map<Long, Long> seen = new HashMap<>();
    private KeptSegments.@Nullable Kept segment;
    private Directory.@Nullable Binary file;
    private @Nullable SegmentScan scan;
    private long nextLsn;
    private long resumeIn = -1;
    private long resumeAt;
    private long failedIn = -1;
    private int failures;

    SegmentRecords(SegmentStore store, JournalListener listener, Ticker ticker) {
        this.store = store;
        this.listener = listener;
        this.ticker = ticker;
    }

    /** Whether a segment is open, so that the next record is at hand. */
    boolean isOpen() {
        return scan != null;
    }

    /** After {@link Found#NOT_HERE}: no record up to this one is here. */
    long nextLsn() {
        return nextLsn;
    }

    /** The record that was found. */
    SegmentScan record() {
        return Objects.requireNonNull(scan);
    }

    /** Its segment holds something that cannot be used, and is kept when it is delivered. */
    void keep() {
        if (segment != null) {
            store.keepDamaged(segment);
        }
    }

    /** Smaller numbers are asked for from now on. */
    void restart() {
        close();
        seen.clear();
        resumeIn = -1;
    }

    /** Finds the record with this number or, if nobody has it, the next one. */
    Found find(long lsn) {
        while (true) {
            try {
                Found none = scan == null ? open(lsn) : null;
                if (none != null) {
                    return none;
                }
                if (advance(lsn)) {
                    return Found.RECORD;
                }
            } catch (NoSuchFileException e) {
                trouble(e);
                exhaust();
            } catch (IOException e) {
                trouble(e);
                failed();
                return Found.LATER;
            }
        }
    }

    /* Null if one is open. */
    private @Nullable Found open(long lsn) throws IOException {
        if (!backoff.due(ticker.nanos())) {
            return Found.LATER;
        }
        KeptSegments.Held held = store.holder(lsn, seen);
        nextLsn = held == null ? Long.MAX_VALUE : held.lsn();
        if (held == null) {
            return Found.NOT_HERE;
        }
        KeptSegments.Kept wanted = held.segment();
        long number = wanted.header().number();
        Active active = wanted.active();
        long limit = active == null ? Long.MAX_VALUE : active.end();
        if (number == resumeIn && limit <= resumeAt) {
            return held.lsn() == lsn ? Found.NOT_YET : Found.NOT_HERE;
        }
        segment = wanted;
        file = store.openToRead(wanted);
        SegmentScan opened = new SegmentScan(file, wanted.header(), limit, JournalSettings.LARGEST_RECORD);
        if (number == failedIn && failures >= TRIES) {
            opened.passUnreadable();
            store.keepDamaged(wanted);
        }
        if (number == resumeIn) {
            opened.moveTo(resumeAt);
        }
        scan = opened;
        return null;
    }

    /* False if another segment is to be asked. */
    private boolean advance(long lsn) throws IOException {
        SegmentScan open = record();
        while (open.next()) {
            if (open.lsn() == lsn || (open.lsn() > lsn && isNext(lsn, open.lsn()))) {
                seen.values().removeIf(known -> known != NOTHING);
                backoff.succeeded();
                failures = 0;
                return true;
            }
            if (open.lsn() > lsn) {
                close();
                return false;
            }
        }
        KeptSegments.Kept current = Objects.requireNonNull(segment);
        if (current.active() == null) {
            exhaust();
        } else {
            // It may get more, or have got more meanwhile.
            resumeIn = current.header().number();
            resumeAt = open.position();
            close();
        }
        return false;
    }

    /* Whether no other segment has the record that is looked for, or one in front of this one. */
    private boolean isNext(long lsn, long found) {
        long number = Objects.requireNonNull(segment).header().number();
        seen.put(number, found);
        KeptSegments.Held held = store.holder(lsn, seen);
        return held == null || held.segment().header().number() == number;
    }

    private void exhaust() {
        if (segment != null) {
            seen.put(segment.header().number(), NOTHING);
        }
        close();
    }

    private void failed() {
        long number = segment == null ? -1 : segment.header().number();
        // One that cannot be opened is not read past.
        failures = number != failedIn ? 0 : failures + (scan == null ? 0 : 1);
        failedIn = number;
        resumeIn = -1;
        backoff.failed(ticker.nanos());
        close();
    }

    private void trouble(IOException e) {
        listener.trouble("[" + (segment == null ? "" : segment.name()) + "] cannot be read: "
                + e.getClass().getName());
    }

    /** Closes what is open; goes on where it was. */
    void close() {
        scan = null;
        segment = null;
        Directory.Binary open = file;
        file = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                listener.trouble(
                        "a segment could not be closed: " + e.getClass().getName());
            }
        }
    }
}
