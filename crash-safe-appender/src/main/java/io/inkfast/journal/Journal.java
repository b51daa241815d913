package io.inkfast.journal;

import io.inkfast.internal.Directory;
import io.inkfast.internal.Ticker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/*
 * Callers copy their record into memory, under one short lock. One thread writes what is there and has it confirmed, for
 * all who wait at once.
 */
/**
 * An append-only log of records that survive: checksummed, numbered, written in groups. Any thread appends; one thread at
 * a time reads, and says how far the records are delivered.
 *
 * <p>A record that was confirmed with {@link Durability#DISK} is found again after a power cut, one with
 * {@link Durability#OS} after the death of the process. When the disk is full or fails, records are still handed to the
 * reader, and what was not journalled is counted and noted in the journal itself.
 *
 * @since 0.1.0
 */
public final class Journal {

    /** The result of {@link #append} when the journal has its largest size, until something was delivered. */
    public static final long FULL = -1;

    /** The result of {@link #append} when memory has no room until the disk has caught up. */
    public static final long BUSY = -3;

    /** The result of {@link #append} when nothing can be journalled, and memory is full of what was not delivered. */
    public static final long STUCK = -4;

    /** The result of {@link #append} after {@link #close}. */
    public static final long CLOSED = -2;

    /* A disk that takes longer for one round hangs: until then, room is waited for. */
    private static final long HANGS_NANOS = 1_000_000_000;

    /* A reader that found something looks so often whether there is more. */
    private static final long LOOK_AGAIN_NANOS = 500_000;

    private final JournalListener listener;
    private final Ticker ticker;
    private final SegmentStore store;
    private final Tail tail;
    private final Demand demand = new Demand();
    private final Passed passed = new Passed();
    private final Waits waits = new Waits(passed);
    private final Committer committer;
    private final Pace pace;
    private final Checkpoints checkpoints;
    private final JournalThreads threads;
    private final JournalScan found;
    private final long firstLsn;

    private volatile @Nullable Thread reader;
    private long awaitedLsn = -1;
    private long deliveredLsn;

    private Journal(
            Directory directory,
            JournalSettings settings,
            JournalListener listener,
            Ticker ticker,
            LongSupplier micros,
            JournalScan found)
            throws IOException {
        this.listener = listener;
        this.ticker = ticker;
        this.found = found;
        store = new SegmentStore(directory, settings, micros, listener, found);
        firstLsn = found.lastLsn() + 1;
        tail = new Tail(settings.memoryBytes(), JournalSettings.GROUP_BYTES, firstLsn);
        committer = new Committer(tail, store, settings, listener, demand, passed, waits, ticker);
        pace = new Pace(tail, committer);
        CheckpointFormat.Checkpoint last = found.checkpoint();
        checkpoints = new Checkpoints(directory, store.journal(), micros, last == null ? 0 : last.number());
        MissingFiles missing = new MissingFiles(directory, store, this::leaveSegment, checkpoints, listener);
        threads = new JournalThreads(committer, pace, store, missing, listener);
        deliveredLsn = found.deliveredLsn();
    }

    /**
     * Opens the journal of a directory, which nobody else has open, and makes it if there is none.
     *
     * @param micros the time of day, microseconds since 1970
     * @throws IOException if what is there cannot be read, or is of a later version
     */
    public static Journal open(
            Directory directory, JournalSettings settings, JournalListener listener, Ticker ticker, LongSupplier micros)
            throws IOException {
        JournalScan found = JournalScan.of(directory, JournalSettings.LARGEST_RECORD);
        if (found.hasNewerVersion()) {
            throw new IOException("written by a later version of Inkfast");
        }
        for (String name : found.unreadable()) {
            listener.trouble("[" + name + "] cannot be read; it is kept as [" + name + ".damaged]");
            directory.rename(name, name + ".damaged");
        }
        LeftSegments.settle(directory, listener, found);
        Journal journal = new Journal(directory, settings, listener, ticker, micros, found);
        journal.committer.open(new TornEnd(found.torn(), found.horizon()));
        byte[] opened = ("incarnation " + journal.store.incarnation()).getBytes(StandardCharsets.UTF_8);
        journal.tail.append(opened, 0, opened.length, micros.getAsLong(), RecordFormat.OPEN, (byte) 0, (short) 0);
        if (found.checkpoint() == null && found.segments().isEmpty() && !journal.isDegraded()) {
            journal.noteNothing();
        }
        return journal;
    }

    /* Without a checkpoint nobody would miss the first segment if it was deleted. */
    private void noteNothing() {
        try {
            checkpoints.write(deliveredLsn, tail.durableLsn(), store.oldestNeeded(deliveredLsn));
        } catch (IOException e) {
            listener.trouble("how far events are delivered cannot be noted: "
                    + e.getClass().getSimpleName());
        }
    }

    /** Starts the threads that write. */
    public void start(String name) {
        threads.start(name);
    }

    /** Ranges of records that had been confirmed and were not found when the journal was opened. */
    public List<String> lost() {
        List<String> ranges = new ArrayList<>();
        for (LsnRanges.Range range : found.lost()) {
            ranges.add(range.first() + " to " + range.last());
        }
        return ranges;
    }

    /** What owners said about themselves in the segments whose events were not all delivered when it was opened. */
    public List<String> metas() {
        return found.metas(found.deliveredLsn());
    }

    /** Whether the journal was closed in good order before it was opened. */
    public boolean wasClosedCleanly() {
        return found.closedCleanly() || found.segments().isEmpty();
    }

    /** The first LSN of this opening: what the reader gets below it was journalled before. */
    public long firstLsn() {
        return firstLsn;
    }

    /** Up to where everything was delivered. */
    public long deliveredLsn() {
        return deliveredLsn;
    }

    /** How many events were there when it was opened that had not been delivered. */
    public long undelivered() {
        return found.events().count(found.deliveredLsn() + 1, firstLsn - 1);
    }

    /** The newest record. */
    public long lastLsn() {
        return tail.lastLsn();
    }

    /** How many events were added since it was opened. */
    public long events() {
        return tail.events();
    }

    /** Up to where the device has everything. */
    public long durableLsn() {
        return tail.durableLsn();
    }

    public boolean isDegraded() {
        return committer.isDegraded();
    }

    /** Whether the journal has its largest size, and takes nothing more until something is delivered. */
    public boolean isFull() {
        return committer.isFull();
    }

    /** Whether more than half of its largest size is used. */
    public boolean isHalfFull() {
        return store.isHalfFull();
    }

    /** The newest record of the oldest segment, which lacks nothing but to be delivered to make room; else the largest number. */
    public long oldestSegmentEnd() {
        return store.oldestEnd();
    }

    /** A reader that begins after what was delivered. One at a time. */
    public Cursor cursor() {
        SegmentRecords segments = new SegmentRecords(store, listener, ticker);
        return new Cursor(tail, segments, found.events(), deliveredLsn + 1);
    }

    /**
     * Adds a record, in memory; {@link #await} waits for more.
     *
     * @param length one that is longer than {@link JournalSettings#LARGEST_RECORD} is only handed to the reader
     * @param level  0 TRACE to 4 ERROR; only kept
     * @param wanted what the caller is going to wait for; while there is only the reserve, less than
     *               {@link Durability#DISK} is not journalled
     * @return its LSN, {@link #BUSY}, {@link #FULL}, {@link #STUCK} or {@link #CLOSED}; if it throws, the record was not added
     */
    public long append(byte[] payload, int offset, int length, long micros, int level, Durability wanted) {
        if (pace.isClosing()) {
            return CLOSED;
        }
        if (committer.isFull()) {
            pace.signal();
            return FULL;
        }
        boolean passesOver =
                length > JournalSettings.LARGEST_RECORD || (wanted != Durability.DISK && store.inReserve());
        short flags = passesOver ? Chunk.PASSED : wanted == Durability.DISK ? RecordFormat.SYNC_ASKED : 0;
        long lsn = tail.append(payload, offset, length, micros, RecordFormat.EVENT, (byte) level, flags);
        if (lsn == Tail.NO_ROOM) {
            boolean hangs = committer.busyNanos() > HANGS_NANOS;
            if (hangs) {
                tail.releaseRead();
                lsn = tail.append(payload, offset, length, micros, RecordFormat.EVENT, (byte) level, flags);
            }
            if (lsn == Tail.NO_ROOM) {
                pace.signal();
                boolean stuck = hangs || committer.isDegraded() || (passesOver && tail.waitsForReader());
                return stuck ? STUCK : BUSY;
            }
        }
        try {
            if (passesOver) {
                passed.add(lsn, lsn);
            }
            tell();
        } catch (StackOverflowError e) {
            // The record is there, and both look by themselves a little later.
            return lsn;
        }
        return lsn;
    }

    private void tell() {
        if (tail.hasGroup()) {
            pace.signal();
        }
        Thread waiting = reader;
        if (waiting != null) {
            reader = null;
            LockSupport.unpark(waiting);
        }
    }

    /** Waits until the record is where it is wanted; an interrupt does not end the wait. */
    public Outcome await(long lsn, Durability wanted, long timeoutNanos) {
        if (wanted == Durability.NONE) {
            return Outcome.DONE;
        }
        boolean device = wanted == Durability.DISK;
        if (committer.isDegraded() || (!device && store.inReserve()) || passed.contains(lsn)) {
            return Outcome.NOT_JOURNALLED;
        }
        demand.record(lsn, device);
        pace.signal();
        if (waits.isEmpty() && pace.spin(lsn, device)) {
            return outcome(lsn);
        }
        Waits.Waiter waiter = waits.enlist(lsn, device);
        if (lsn <= (device ? tail.durableLsn() : committer.writtenLsn())) {
            return waiter.leave(outcome(lsn));
        }
        if (committer.isDegraded()) {
            return waiter.leave(Outcome.NOT_JOURNALLED);
        }
        pace.signal();
        return waiter.await(ticker, ticker.nanos() + timeoutNanos);
    }

    /* Of a record that everything has got past. */
    private Outcome outcome(long lsn) {
        return passed.contains(lsn) ? Outcome.NOT_JOURNALLED : Outcome.DONE;
    }

    /** Waits until there may be another record behind {@code readLsn}, or for so long. The reader's thread. */
    public void awaitRecord(long readLsn, long nanos) {
        if (readLsn != awaitedLsn || tail.lastLsn() > readLsn) {
            // While records come, whoever appends does not pay for waking the reader.
            awaitedLsn = readLsn;
            LockSupport.parkNanos(this, Math.min(nanos, LOOK_AGAIN_NANOS));
            return;
        }
        reader = Thread.currentThread();
        if (tail.lastLsn() <= readLsn) {
            LockSupport.parkNanos(this, nanos);
        }
        reader = null;
    }

    /** Has everything so far confirmed by the device; false if that was not done in time. */
    public boolean sync(long timeoutNanos) {
        return await(passed.floor(tail.lastLsn()), Durability.DISK, timeoutNanos) == Outcome.DONE;
    }

    /** Has everything confirmed with the next round, though nobody waits for it. */
    void syncNow() {
        demand.sync();
    }

    /**
     * Everything up to this LSN is settled and will not be read again. The reader's thread.
     *
     * @throws IOException if that could not be noted; then it may be delivered again after a crash
     */
    public void delivered(long lsn) throws IOException {
        // A sink may have left the flag set, and an interrupt closes the file.
        Thread.interrupted();
        deliveredLsn = lsn;
        checkpoints.write(lsn, Math.min(tail.durableLsn(), tail.lastLsn()), store.oldestNeeded(lsn));
        store.reclaim(lsn);
    }

    /** Writes what is left and ends the threads; false if the disk did not answer in time: a thread may still write there. */
    public boolean close(long timeoutMillis) {
        byte[] text = "closed".getBytes(StandardCharsets.UTF_8);
        tail.append(text, 0, text.length, 0, RecordFormat.CLEAN_CLOSE, (byte) 0, (short) 0);
        boolean closed = threads.close(timeoutMillis);
        checkpoints.close();
        return closed;
    }

    /** What the thread that writes does over and over, without the waiting. */
    boolean step() {
        return committer.step();
    }

    /** Makes one spare segment if one is missing and it can be made. */
    boolean keep() {
        return threads.keep();
    }

    private void leaveSegment() {
        demand.anotherSegment();
        pace.signal();
    }
}
