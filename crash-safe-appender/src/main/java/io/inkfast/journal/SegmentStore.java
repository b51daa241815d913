package io.inkfast.journal;

import io.inkfast.internal.Directory;
import io.inkfast.internal.Directory.Access;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/*
 * The order of making a segment is what a power cut leaves of it: header, force, rename, force the directory, and only
 * then records. A name without its header, or records under a name that a cut takes back, would be a lost segment.
 */
/**
 * The segments of a journal in their directory. One thread makes them, another lets delivered ones go and reads others.
 */
final class SegmentStore {

    private final Directory directory;
    private final JournalSettings settings;
    private final LongSupplier micros;
    private final JournalListener listener;
    private final UUID journal;
    private final long incarnation;
    private final ReentrantLock lock = new ReentrantLock();
    private final Spares spares;
    private final List<Kept> kept = new ArrayList<>();
    private long nextNumber;

    /**
     * A segment whose records may be needed.
     *
     * @param elsewhere what was appended again in a later segment, because this one could not be confirmed: here some of
     *                  it may be missing, and some there
     * @param bytes     of the file
     * @param damaged   whether it may hold what is missing, and is kept for people to look at
     * @param active    while it is written
     */
    record Kept(
            String name,
            SegmentFormat.Header header,
            long lastLsn,
            LsnRanges elsewhere,
            long bytes,
            boolean damaged,
            @Nullable Active active) {}

    SegmentStore(
            Directory directory,
            JournalSettings settings,
            LongSupplier micros,
            JournalListener listener,
            JournalScan found)
            throws IOException {
        this.directory = directory;
        this.settings = settings;
        this.micros = micros;
        this.listener = listener;
        UUID known = found.journal();
        journal = known == null ? UUID.randomUUID() : known;
        incarnation = found.highestIncarnation() + 1;
        nextNumber = found.highestSegment() + 1;
        boolean loses = !found.lost().isEmpty();
        LsnRanges later = new LsnRanges();
        for (int i = found.segments().size() - 1; i >= 0; i--) {
            JournalScan.Segment segment = found.segments().get(i);
            kept.add(
                    0,
                    new Kept(
                            segment.name(),
                            segment.header(),
                            segment.lastLsn(),
                            later.copy(),
                            loses ? segment.size() : segment.bytes(),
                            loses && segment.damagedBytes() > 0,
                            null));
            later.addAll(segment.lsns());
        }
        spares = new Spares(directory, settings, listener);
        // A crash may bring back what had been let go. The newest stays: it says which incarnation was the last.
        while (kept.size() > 1 && isDelivered(kept.get(0), found.deliveredLsn())) {
            release(kept.remove(0));
        }
    }

    UUID journal() {
        return journal;
    }

    long incarnation() {
        return incarnation;
    }

    /** Whether no spare can be made at the moment, and what is written has come from the reserve. */
    boolean inReserve() {
        return spares.inReserve();
    }

    /** Whether the journal has its largest size: no segment can be added before one was delivered. */
    boolean isFull() {
        lock.lock();
        try {
            long bytes = settings.segmentBytes();
            for (Kept each : kept) {
                bytes += each.bytes;
            }
            return bytes > settings.room();
        } finally {
            lock.unlock();
        }
    }

    /** A new segment, ready for records. */
    Active next(long firstLsn, long durableLsn) throws IOException {
        for (String spare = spares.take(); spare != null; spare = spares.take()) {
            try {
                return open(spare, firstLsn, durableLsn);
            } catch (IOException e) {
                listener.trouble(
                        "[" + spare + "] cannot be used: " + e.getClass().getName());
                directory.delete(spare);
            }
        }
        return open(spares.make(), firstLsn, durableLsn);
    }

    /** Nothing more is written to it; {@code lastLsn} is the last record that counts. */
    void retire(Active active, long lastLsn) {
        lock.lock();
        try {
            for (int i = 0; i < kept.size(); i++) {
                Kept each = kept.get(i);
                if (each.active == active) {
                    LsnRanges elsewhere = new LsnRanges();
                    elsewhere.add(lastLsn + 1, Long.MAX_VALUE - 1);
                    kept.set(i, new Kept(each.name, each.header, lastLsn, elsewhere, each.bytes, false, null));
                }
            }
        } finally {
            lock.unlock();
        }
        try {
            active.close();
        } catch (IOException e) {
            // What counts was confirmed before.
            listener.trouble("a segment could not be closed: " + e.getClass().getName());
        }
    }

    /** The first segment that has the record, or a later one; null if there is none. */
    @Nullable
    Kept find(long lsn) {
        lock.lock();
        try {
            for (Kept each : kept) {
                if (each.active != null || each.lastLsn >= lsn) {
                    return each;
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** The segment that comes after another. */
    @Nullable
    Kept after(Kept segment) {
        lock.lock();
        try {
            for (Kept each : kept) {
                if (each.header.number() > segment.header.number()) {
                    return each;
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    Directory.Binary openToRead(Kept segment) throws IOException {
        return directory.open(segment.name, Access.READ);
    }

    /** The segment that is written; null if there is none. */
    @Nullable
    Kept active() {
        lock.lock();
        try {
            Kept newest = kept.isEmpty() ? null : kept.get(kept.size() - 1);
            return newest == null || newest.active == null ? null : newest;
        } finally {
            lock.unlock();
        }
    }

    /** The number of the oldest segment that has something after {@code deliveredLsn}. */
    long oldestNeeded(long deliveredLsn) {
        Kept oldest = find(deliveredLsn + 1);
        return oldest == null ? nextNumber : oldest.header.number();
    }

    /** Lets go of segments whose records are all delivered: they become spares, as far as spares are missing. */
    void reclaim(long deliveredLsn) {
        lock.lock();
        try {
            while (!kept.isEmpty() && isDelivered(kept.get(0), deliveredLsn)) {
                release(kept.remove(0));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whom to tell when a spare was taken. */
    void whenTaken(Runnable then) {
        spares.whenTaken(then);
    }

    /** Makes one spare if one is missing; false if there are enough. */
    boolean makeSpare() throws IOException {
        return spares.refill();
    }

    private Active open(String spare, long firstLsn, long durableLsn) throws IOException {
        Directory.Binary file = directory.open(spare, Access.WRITE);
        try {
            boolean used = SegmentFormat.majorVersion(SegmentFile.start(file, SegmentFormat.HEADER_BYTES)) >= 0;
            SegmentFormat.Header header = new SegmentFormat.Header(
                    journal,
                    incarnation,
                    nextNumber,
                    firstLsn,
                    durableLsn,
                    micros.getAsLong(),
                    settings.segmentBytes(),
                    used ? SegmentFormat.USED_BEFORE : SegmentFormat.ZERO_FILLED,
                    settings.meta());
            SegmentFile.write(file, SegmentFormat.write(header), 0);
            file.force();
            directory.rename(spare, header.fileName());
            directory.sync();
            nextNumber++;
            Active active = new Active(file, header);
            lock.lock();
            try {
                kept.add(new Kept(
                        header.fileName(), header, firstLsn - 1, new LsnRanges(), header.capacity(), false, active));
            } finally {
                lock.unlock();
            }
            return active;
        } catch (IOException | RuntimeException | Error e) {
            file.close();
            throw e;
        }
    }

    private static boolean isDelivered(Kept segment, long deliveredLsn) {
        return segment.active == null && segment.lastLsn <= deliveredLsn;
    }

    private void release(Kept segment) {
        try {
            if (segment.damaged) {
                directory.rename(segment.name, segment.name + ".damaged");
            } else if (!spares.giveBack(segment.name, segment.bytes)) {
                directory.delete(segment.name);
            }
        } catch (IOException e) {
            // It is below the checkpoint, and ignored from now on.
            listener.trouble("[" + segment.name + "] could not be removed: "
                    + e.getClass().getName());
        }
    }
}
