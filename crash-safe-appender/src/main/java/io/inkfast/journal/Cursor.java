package io.inkfast.journal;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads records in the order of their LSNs, each once: from memory where they are still there, else from the segments.
 * One thread.
 *
 * @since 0.1.0
 */
public final class Cursor {

    /* How many records of a segment are read before memory is asked again. */
    private static final int STRETCH = 256;

    private final Tail tail;
    private final SegmentRecords segments;
    private final LsnRanges expected;

    private long next;
    private @Nullable Chunk chunk;
    private int at;
    private int stretch;
    private boolean waiting;
    private boolean inFile;
    private long missing;
    private long missingTo;

    private long lsn;
    private byte[] payload = new byte[0];
    private int payloadBytes;

    /** @param expected the events that were there when the journal was opened */
    Cursor(Tail tail, SegmentRecords segments, LsnRanges expected, long next) {
        this.tail = tail;
        this.segments = segments;
        this.expected = expected;
        this.next = next;
        missingTo = next;
    }

    /** Moves on to the next event; false if there is none yet, or it cannot be read now. */
    public boolean next() {
        waiting = false;
        while (true) {
            if (chunk == null && !findInMemory()) {
                Boolean found = fromFile();
                if (found != null) {
                    return found;
                }
                continue;
            }
            Boolean found = fromMemory();
            if (found != null) {
                return found;
            }
        }
    }

    /** Whether {@link #next} said false because a segment cannot be read now: it is to be asked again. */
    public boolean isWaiting() {
        return waiting;
    }

    /**
     * How many events were passed over, since this was last asked, that were there when the journal was opened: somebody has
     * deleted or damaged a segment since.
     */
    public long takeMissing() {
        long count = missing;
        missing = 0;
        return count;
    }

    /** The event cannot be used: if it came from a segment, that is kept for people to look at when it is delivered. */
    public void keepSegment() {
        if (inFile) {
            segments.keep();
        }
    }

    /** Reads again what comes after this LSN, which was not said to be delivered. */
    public void backTo(long readLsn) {
        chunk = null;
        segments.restart();
        next = readLsn + 1;
        stretch = 0;
        tail.unread(readLsn);
    }

    /** Up to where everything was given, and the journal's own notes passed over. */
    public long readLsn() {
        return next - 1;
    }

    /** The number of the event. */
    public long lsn() {
        return lsn;
    }

    /** The event's bytes, from 0 to {@link #length}; used again by the next one. */
    public byte[] payload() {
        return payload;
    }

    public int length() {
        return payloadBytes;
    }

    /** Closes the segment that is being read. */
    public void close() {
        chunk = null;
        segments.close();
    }

    private boolean findInMemory() {
        if (segments.isOpen() && ++stretch < STRETCH) {
            return false;
        }
        stretch = 0;
        Chunk found = tail.find(next);
        if (found == null) {
            return false;
        }
        goOnIn(found);
        return true;
    }

    private void goOnIn(Chunk found) {
        segments.close();
        chunk = found;
        at = found.find(next);
    }

    /* Null: look again, elsewhere. */
    private @Nullable Boolean fromMemory() {
        Chunk current = Objects.requireNonNull(chunk);
        if (at >= current.end()) {
            Chunk following = current.next();
            if (following == null) {
                // If it was dropped, what comes after it is elsewhere.
                chunk = current.isCut() ? null : current;
                return chunk == null ? null : Boolean.FALSE;
            }
            if (at < current.end()) {
                return null;
            }
            chunk = following;
            at = 0;
            tail.read(next - 1);
            return null;
        }
        int position = at;
        long number = current.lsn(position);
        boolean event = current.bytes.get(position + RecordFormat.TYPE) == RecordFormat.EVENT;
        if (event) {
            int length = current.bytes.getInt(position + RecordFormat.LENGTH);
            if (payload.length < length) {
                payload = new byte[Math.max(length, 2 * payload.length)];
            }
            current.bytes.get(position + RecordFormat.HEADER_BYTES, payload, 0, length);
            payloadBytes = length;
            lsn = number;
            inFile = false;
        }
        at += current.frameBytes(position);
        moveTo(number + 1, number);
        return event ? Boolean.TRUE : null;
    }

    /* Null: look again, elsewhere. */
    private @Nullable Boolean fromFile() {
        // Before the segments are asked: what is not in memory now does not come into one later.
        Chunk first = tail.first();
        return switch (segments.find(next)) {
            case RECORD -> take(segments.record());
            case NOT_HERE -> {
                // It was never journalled, and delivered before. Or it is lost.
                long known = Math.min(first.firstLsn, segments.nextLsn());
                if (known > next) {
                    moveTo(known, known);
                }
                if (next >= first.firstLsn) {
                    goOnIn(first);
                }
                yield null;
            }
            case NOT_YET -> {
                // Memory is asked first for what comes; it may have moved on.
                Chunk found = tail.find(next);
                if (found == null) {
                    yield false;
                }
                goOnIn(found);
                yield null;
            }
            case LATER -> {
                waiting = true;
                yield false;
            }
        };
    }

    private @Nullable Boolean take(SegmentScan found) {
        long number = found.lsn();
        boolean event = found.type() == RecordFormat.EVENT;
        if (event) {
            payload = found.payload();
            payloadBytes = payload.length;
            lsn = number;
            inFile = true;
        }
        moveTo(number + 1, number);
        return event ? Boolean.TRUE : null;
    }

    /* What was passed over in front of this one, and had been there, is missing. Said once, though it may be passed again. */
    private void moveTo(long following, long found) {
        if (found > next && found > missingTo) {
            missing += expected.count(Math.max(next, missingTo), found - 1);
        }
        missingTo = Math.max(missingTo, following);
        next = following;
    }
}
