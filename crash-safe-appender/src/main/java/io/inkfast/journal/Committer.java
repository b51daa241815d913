package io.inkfast.journal;

import io.inkfast.internal.Backoff;
import io.inkfast.internal.Ticker;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;

/*
 * A failed sync is never repeated on the same file: the kernel forgets what it could not write, says so once, and confirms
 * the next sync. So what was not confirmed is still in memory, and is appended again to another segment, with its LSNs.
 * If that fails too, nothing is journalled until a segment can be made and confirmed.
 */
/**
 * Writes what is in memory to segments, and has it confirmed for those who wait: the one thread that touches the
 * segments. Whoever calls {@link #step} is that thread, and is never interrupted.
 */
final class Committer {

    private final Tail tail;
    private final SegmentStore store;
    private final JournalSettings settings;
    private final JournalListener listener;
    private final Demand demand;
    private final Passed passed;
    private final Waits waits;
    private final Ticker ticker;
    private final Backoff backoff;

    private final Feed feed;
    private final SegmentWriter writer;
    private long againTo;
    private String reason = "";
    private boolean closing;
    private boolean isLast;

    private volatile boolean degraded;
    private volatile boolean full;
    private volatile long busySince;

    Committer(
            Tail tail,
            SegmentStore store,
            JournalSettings settings,
            JournalListener listener,
            Demand demand,
            Passed passed,
            Waits waits,
            Ticker ticker) {
        this.tail = tail;
        this.store = store;
        this.settings = settings;
        this.listener = listener;
        this.demand = demand;
        this.passed = passed;
        this.waits = waits;
        this.ticker = ticker;
        backoff = new Backoff(Duration.ofMillis(100), JournalSettings.LONGEST_RETRY);
        feed = new Feed(tail);
        writer = new SegmentWriter(tail, store, ticker);
    }

    /** Makes the first segment; if that is impossible, the journal begins degraded. */
    void open(TornEnd end) {
        writer.noteFirst(end);
        try {
            begin(tail.lastLsn() + 1);
        } catch (IOException | RuntimeException e) {
            degrade(e);
        }
    }

    /** Up to where the kernel has everything. */
    long writtenLsn() {
        return writer.writtenLsn();
    }

    /** Whether nothing is journalled at the moment. */
    boolean isDegraded() {
        return degraded;
    }

    /** Whether a step would do something for somebody who waits. Any thread. */
    boolean isWanted() {
        return demand.exceeds(writer.writtenLsn(), tail.durableLsn());
    }

    /** Whether the journal has its largest size, so that what is in memory cannot be written. */
    boolean isFull() {
        return full;
    }

    /** Writes all there is, and has it confirmed if somebody wants it; false if there was nothing to do. */
    boolean step() {
        busySince = ticker.nanos();
        try {
            return commit();
        } finally {
            busySince = 0;
        }
    }

    /** How long the step that runs has been running, nanoseconds; 0 if none is. Any thread. */
    long busyNanos() {
        long since = busySince;
        return since == 0 ? 0 : ticker.nanos() - since;
    }

    /** How long the device takes for a confirmation, of late, nanoseconds. Any thread. */
    long syncNanos() {
        return writer.syncNanos();
    }

    private boolean commit() {
        tail.beginGroup();
        isLast = isLast && store.isFull();
        full = full && isLast;
        if (degraded && !resume()) {
            waits.fail(tail.durableLsn());
            return false;
        }
        long before = writer.writtenLsn();
        try {
            leaveGone();
            append();
            boolean wanted = demand.exceeds(tail.durableLsn()) || closing;
            // What is passed over lets nothing go from memory before all in front of it is confirmed.
            boolean due = feed.passedFrom() != 0 || writer.unsynced() >= settings.maxUnsynced();
            if (writer.isOpen() && (wanted || due)) {
                demand.confirming();
                writer.confirm();
            }
            if (feed.passedFrom() != 0) {
                passed.add(feed.passedFrom(), feed.passedTo());
                tail.passed(feed.passedTo());
            }
            waits.settle(writer.writtenLsn(), tail.durableLsn());
        } catch (Throwable e) {
            again(e);
        }
        return writer.writtenLsn() != before;
    }

    private void leaveGone() throws IOException {
        if (demand.takeAnotherSegment()) {
            throw new NoSuchFileException(writer.fileName());
        }
    }

    /** The last step: all is written and confirmed, or the journal is degraded. */
    void close() {
        closing = true;
        step();
        writer.end();
        waits.fail(tail.durableLsn());
    }

    private void append() throws IOException {
        writer.clear();
        boolean taken = true;
        while (taken && feed.hasNext()) {
            taken = take(feed.chunk(), feed.at());
        }
        writer.flush();
    }

    /* One record into the buffer; false if there is no segment for it yet. */
    private boolean take(Chunk chunk, int at) throws IOException {
        long lsn = chunk.lsn(at);
        long passedFrom = feed.passedFrom();
        byte[] gap = passedFrom == 0 ? null : Gap.payload(passedFrom, lsn - 1, reason());
        int needed = chunk.frameBytes(at) + (gap == null ? 0 : Output.gapBytes(gap));
        if (!hasSegment(needed, gap == null ? lsn : passedFrom)) {
            return false;
        }
        writer.reserve(needed);
        if (gap != null) {
            // Before anything says that all in front of the next record is confirmed.
            passed.add(passedFrom, lsn - 1);
            writer.addGap(gap, lsn - 1);
            feed.passedNoted();
        }
        writer.add(chunk, at, lsn <= againTo ? RecordFormat.AGAIN : 0);
        feed.taken();
        return true;
    }

    /* Whether the current segment, or the next one, can take so many bytes more. What was taken fits in at the end. */
    private boolean hasSegment(int bytes, long firstLsn) throws IOException {
        long room = writer.room();
        if (isLast && !full && room - bytes < settings.keptForMemory()) {
            isLast = store.isFull();
            full = isLast;
        }
        if (room >= bytes) {
            return true;
        }
        writer.flush();
        isLast = store.isFull();
        full = isLast;
        if (full && !closing) {
            return false;
        }
        writer.next(firstLsn);
        isLast = store.isFull();
        return true;
    }

    private void begin(long firstLsn) throws IOException {
        writer.begin(firstLsn);
        isLast = store.isFull();
    }

    /* Once more, in another segment; what is not confirmed is in memory. */
    private void again(Throwable failure) {
        try {
            listener.trouble(
                    "a segment cannot be written: " + failure.getClass().getName());
            long tried = writer.writtenLsn();
            writer.giveUp();
            feed.moveTo(tail.durableLsn() + 1);
            begin(tail.durableLsn() + 1);
            againTo = Math.max(againTo, tried);
            append();
            writer.confirm();
            waits.settle(writer.writtenLsn(), tail.durableLsn());
        } catch (Throwable e) {
            degrade(e);
        }
    }

    private void degrade(Throwable failure) {
        writer.giveUp();
        backoff.failed(ticker.nanos());
        tail.keepOnlyUnread(true);
        if (!degraded) {
            reason = failure.getClass().getSimpleName();
            degraded = true;
            listener.degraded(reason);
        }
        waits.fail(tail.durableLsn());
    }

    /* Tries a new segment; what was not journalled and is not in memory any more is said in a gap. */
    private boolean resume() {
        if (!closing && !backoff.due(ticker.nanos())) {
            return false;
        }
        long missing = tail.durableLsn() + 1;
        try {
            begin(missing);
            tail.keepOnlyUnread(false);
            feed.moveTo(missing);
            feed.passedNoted(); // by the gap below
            long first = feed.nextLsn();
            byte[] gap = null;
            if (first > missing) {
                passed.add(missing, first - 1);
                gap = Gap.payload(missing, first - 1, reason());
            }
            writer.confirmEmpty(gap, first - 1);
            againTo = 0;
            degraded = false;
            backoff.succeeded();
            listener.resumed(first - missing);
            return true;
        } catch (Throwable e) {
            degrade(e);
            return false;
        }
    }

    private String reason() {
        return degraded ? reason : "reserve";
    }
}
