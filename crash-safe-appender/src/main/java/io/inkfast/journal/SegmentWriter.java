package io.inkfast.journal;

import io.inkfast.internal.Ticker;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The segment that is written, the records put together for it, and how far they have got: put together, with the kernel, on
 * the device, in this order. After a failure of any call, {@link #giveUp}. The thread that commits; the figures are for any.
 */
final class SegmentWriter {

    private final Tail tail;
    private final SegmentStore store;
    private final Ticker ticker;
    private final Output out = new Output();
    private @Nullable Active active;
    private TornEnd torn = TornEnd.NONE;
    private long outLsn;

    private volatile long writtenLsn;
    private volatile long syncNanos;

    SegmentWriter(Tail tail, SegmentStore store, Ticker ticker) {
        this.tail = tail;
        this.store = store;
        this.ticker = ticker;
        writtenLsn = tail.lastLsn();
        outLsn = writtenLsn;
    }

    /** The first segment begins with what an unclean end has torn. */
    void noteFirst(TornEnd end) {
        torn = end;
    }

    /** Makes a segment for records from this one on. */
    void begin(long firstLsn) throws IOException {
        active = segment(firstLsn);
    }

    /** Goes on in another segment, when all of this one is confirmed; in this one, if no other can be made. */
    void next(long firstLsn) throws IOException {
        Active last = current();
        confirm();
        active = segment(firstLsn);
        store.retire(last, writtenLsn);
    }

    private Active segment(long firstLsn) throws IOException {
        if (torn.isEmpty()) {
            return store.next(firstLsn, tail.durableLsn());
        }
        Active segment = store.next(torn.firstLsn(), torn.horizon());
        try {
            torn.note(segment);
        } catch (IOException | RuntimeException | Error e) {
            store.retire(segment, firstLsn - 1);
            throw e;
        }
        torn = TornEnd.NONE;
        return segment;
    }

    private Active current() {
        return Objects.requireNonNull(active);
    }

    /** Whether there is a segment to write to. */
    boolean isOpen() {
        return active != null;
    }

    /** The name of its file. */
    String fileName() {
        return current().header().fileName();
    }

    /** How many bytes more it takes. */
    long room() {
        return current().room() - out.pending();
    }

    /** Bytes that the device has not confirmed. */
    long unsynced() {
        return active == null ? 0 : active.unsynced();
    }

    /** Nothing is put together. */
    void clear() {
        out.clear();
    }

    /** Makes room to put so many bytes together. */
    void reserve(int bytes) throws IOException {
        if (!out.hasRoom(bytes)) {
            flush();
            out.reserve(bytes);
        }
    }

    /** A record, after {@link #reserve}. */
    void add(Chunk chunk, int at, int flags) {
        out.add(chunk, at, current().seed(), flags, tail.durableLsn());
        outLsn = chunk.lsn(at);
    }

    /** A gap that ends with this LSN, after {@link #reserve}. */
    void addGap(byte[] gap, long lastLsn) {
        out.addGap(gap, lastLsn, current().seed(), tail.durableLsn());
    }

    /** Gives the kernel what is put together. */
    void flush() throws IOException {
        if (out.pending() > 0) {
            out.writeTo(current());
        }
        if (outLsn > writtenLsn) {
            writtenLsn = outLsn;
        }
    }

    /** Has the device confirm what the kernel has. */
    void confirm() throws IOException {
        Active segment = current();
        long written = writtenLsn;
        if (segment.unsynced() > 0) {
            long before = ticker.nanos();
            segment.force();
            long average = syncNanos;
            syncNanos = average + (ticker.nanos() - before - average) / 8;
        }
        tail.durable(written);
    }

    /** Has the device confirm a segment in which everything up to this LSN is in the gap, or in others. */
    void confirmEmpty(byte @Nullable [] gap, long lastLsn) throws IOException {
        Active segment = current();
        out.clear();
        if (gap != null) {
            out.reserve(Output.gapBytes(gap));
            addGap(gap, lastLsn);
            out.writeTo(segment);
        }
        segment.force();
        outLsn = lastLsn;
        writtenLsn = lastLsn;
        tail.durable(lastLsn);
    }

    /**
     * What was not confirmed counts as not written, and the file is not touched again. Should the process die before it is
     * written elsewhere, the kernel still has it.
     */
    void giveUp() {
        Active bad = active;
        active = null;
        out.clear();
        if (bad != null) {
            store.giveUp(bad, writtenLsn);
        }
        writtenLsn = tail.durableLsn();
        outLsn = writtenLsn;
    }

    /** Nothing more comes. */
    void end() {
        Active last = active;
        active = null;
        if (last != null) {
            store.retire(last, writtenLsn);
        }
    }

    /** Up to where the kernel has everything. Any thread. */
    long writtenLsn() {
        return writtenLsn;
    }

    /** How long the device takes for a confirmation, of late, nanoseconds. Any thread. */
    long syncNanos() {
        return syncNanos;
    }
}
