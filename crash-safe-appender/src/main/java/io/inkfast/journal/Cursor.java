package io.inkfast.journal;

import io.inkfast.internal.Directory;
import java.io.IOException;
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
    private final SegmentStore store;
    private final JournalListener listener;

    private long next;
    private @Nullable Chunk chunk;
    private int at;
    private SegmentStore.@Nullable Kept segment;
    private Directory.@Nullable Binary file;
    private @Nullable SegmentScan scan;
    private int stretch;
    private long resumeIn = -1;
    private long resumeAt;

    private long lsn;
    private byte[] payload = new byte[0];
    private int payloadBytes;

    Cursor(Tail tail, SegmentStore store, JournalListener listener, long next) {
        this.tail = tail;
        this.store = store;
        this.listener = listener;
        this.next = next;
    }

    /** Moves on to the next event; false if there is none yet. */
    public boolean next() {
        while (true) {
            if (chunk == null && !findInMemory()) {
                if (fromFile()) {
                    return true;
                }
                if (chunk == null) {
                    return false;
                }
            }
            Boolean found = fromMemory();
            if (found != null) {
                return found;
            }
        }
    }

    /** Reads again what comes after this LSN, which was not said to be delivered. */
    public void backTo(long readLsn) {
        close();
        next = readLsn + 1;
        stretch = 0;
        resumeIn = -1;
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
        closeFile();
    }

    private boolean findInMemory() {
        if (scan != null && ++stretch < STRETCH) {
            return false;
        }
        stretch = 0;
        Chunk found = tail.find(next);
        if (found == null) {
            return false;
        }
        closeFile();
        chunk = found;
        at = found.find(next);
        return true;
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
        int frame = current.frameBytes(at);
        int position = at;
        at += frame;
        next = current.lsn(position) + 1;
        if (current.bytes.get(position + RecordFormat.TYPE) != RecordFormat.EVENT) {
            return null;
        }
        lsn = next - 1;
        payloadBytes = current.bytes.getInt(position + RecordFormat.LENGTH);
        if (payload.length < payloadBytes) {
            payload = new byte[Math.max(payloadBytes, 2 * payload.length)];
        }
        current.bytes.get(position + RecordFormat.HEADER_BYTES, payload, 0, payloadBytes);
        return true;
    }

    /* False if the segments have no more, or memory has it meanwhile. */
    private boolean fromFile() {
        while (true) {
            try {
                if (scan == null && !openNext()) {
                    return false;
                }
                while (Objects.requireNonNull(scan).next()) {
                    if (take(scan)) {
                        return true;
                    }
                }
                if (isGrowing()) {
                    if (chunk != null) {
                        return false;
                    }
                    continue;
                }
                skipSegment();
                if (chunk != null) {
                    return false;
                }
            } catch (IOException e) {
                listener.trouble("[" + (segment == null ? "" : segment.name()) + "] cannot be read: "
                        + e.getClass().getName());
                skipSegment();
                if (chunk != null) {
                    return false;
                }
            }
        }
    }

    private boolean take(SegmentScan found) {
        if (found.lsn() < next || Objects.requireNonNull(segment).elsewhere().contains(found.lsn())) {
            return false;
        }
        next = found.lsn() + 1;
        if (found.type() != RecordFormat.EVENT) {
            return false;
        }
        lsn = found.lsn();
        payload = found.payload();
        payloadBytes = payload.length;
        return true;
    }

    private boolean openNext() throws IOException {
        SegmentStore.Kept wanted = segment == null ? store.find(next) : segment;
        if (wanted == null) {
            Chunk first = tail.first();
            if (first.firstLsn > next) {
                // Not in a segment and not in memory: it was never journalled, and delivered before.
                next = first.firstLsn;
            }
            chunk = first;
            at = first.find(next);
            return false;
        }
        Active active = wanted.active();
        long limit = active == null ? Long.MAX_VALUE : active.end();
        if (wanted.header().number() == resumeIn && limit <= resumeAt) {
            return false;
        }
        file = store.openToRead(wanted);
        segment = wanted;
        SegmentScan opened = new SegmentScan(file, wanted.header(), limit, JournalSettings.LARGEST_RECORD);
        if (wanted.header().number() == resumeIn) {
            opened.moveTo(resumeAt);
        }
        scan = opened;
        return true;
    }

    /* Whether the segment got more meanwhile, or may get more. Memory is asked first for what comes; it may have moved on. */
    private boolean isGrowing() {
        SegmentStore.Kept current = Objects.requireNonNull(segment);
        if (current.active() == null) {
            return false;
        }
        resumeIn = current.header().number();
        resumeAt = Objects.requireNonNull(scan).position();
        closeFile();
        Chunk found = tail.find(next);
        if (found != null) {
            chunk = found;
            at = found.find(next);
        }
        return true;
    }

    private void skipSegment() {
        SegmentStore.Kept done = segment;
        closeFile();
        segment = done == null ? null : store.after(done);
        if (segment == null) {
            Chunk found = tail.find(next);
            chunk = found == null ? tail.first() : found;
            next = Math.max(next, chunk.firstLsn);
            at = chunk.find(next);
        }
    }

    private void closeFile() {
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
