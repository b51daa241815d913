package io.inkfast.journal;

import io.inkfast.internal.Directory;
import io.inkfast.internal.Directory.Access;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    /* Of all that are kept; changed under the lock. */
    private volatile long bytes;

    /**
     * A segment whose records may be needed.
     *
     * @param lsns    the records that are in it; of the one that is written, all that are still to come
     * @param bytes   of the file
     * @param then    what becomes of it when all is delivered
     * @param active  while it is written
     */
    record Kept(
            String name,
            SegmentFormat.Header header,
            long lastLsn,
            LsnRanges lsns,
            long bytes,
            Then then,
            @Nullable Active active) {}

    private enum Then {
        REUSE,
        DELETE,
        /* It may hold what is missing: for people to look at. */
        KEEP
    }

    /** A segment that has a record. */
    record Held(Kept segment, long lsn) {}

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
        for (FoundSegment segment : found.segments()) {
            keep(new Kept(
                    segment.name(),
                    segment.header(),
                    segment.lastLsn(),
                    segment.lsns(),
                    loses ? segment.size() : segment.bytes(),
                    loses && segment.damagedBytes() > 0 ? Then.KEEP : Then.REUSE,
                    null));
        }
        spares = new Spares(directory, settings, listener);
        // A crash may bring back what had been let go. The newest stays: it says which incarnation was the last.
        while (kept.size() > 1 && isDelivered(kept.get(0), found.deliveredLsn())) {
            releaseOldest();
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
        return bytes + settings.segmentBytes() > settings.room();
    }

    /** Whether more than half of that is used. */
    boolean isHalfFull() {
        return bytes > settings.room() / 2;
    }

    /** A new segment, ready for records. */
    Active next(long firstLsn, long durableLsn) throws IOException {
        for (String spare = spares.take(); spare != null; spare = spares.take()) {
            Directory.Binary file;
            try {
                file = directory.open(spare, Access.WRITE);
            } catch (NoSuchFileException e) {
                cannotUse(spare, e);
                continue;
            } catch (IOException e) {
                // Nothing is wrong with it: there are no descriptors left, most likely.
                cannotUse(spare, e);
                spares.putBack(spare);
                throw e;
            }
            try {
                return use(file, spare, firstLsn, durableLsn);
            } catch (IOException e) {
                cannotUse(spare, e);
                directory.delete(spare);
            }
        }
        String made = spares.make();
        return use(directory.open(made, Access.WRITE), made, firstLsn, durableLsn);
    }

    private void cannotUse(String spare, IOException e) {
        listener.trouble("[" + spare + "] cannot be used: " + e.getClass().getName());
    }

    /** Nothing more is written to it; {@code lastLsn} is the last record in it. */
    void retire(Active active, long lastLsn) {
        retire(active, lastLsn, Then.REUSE);
    }

    /** The same of one that could not be written or confirmed: no sync of this file proves anything any more. */
    void giveUp(Active active, long lastLsn) {
        retire(active, lastLsn, Then.DELETE);
    }

    private void retire(Active active, long lastLsn, Then then) {
        lock.lock();
        try {
            for (int i = 0; i < kept.size(); i++) {
                Kept each = kept.get(i);
                if (each.active == active) {
                    LsnRanges lsns = LsnRanges.of(each.header.firstLsn(), lastLsn);
                    Then later = each.then == Then.KEEP ? Then.KEEP : then;
                    kept.set(i, new Kept(each.name, each.header, lastLsn, lsns, each.bytes, later, null));
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

    /**
     * The segment that has the record or, if nobody has it, the next one; null if there is none.
     *
     * @param seen what is known better than by us: by the number of a segment, the next record that is really in it; -1 if none
     */
    @Nullable
    Held holder(long lsn, Map<Long, Long> seen) {
        lock.lock();
        try {
            Held nearest = null;
            for (Kept each : kept) {
                Long known = seen.get(each.header.number());
                long has = known == null ? each.lsns.ceiling(lsn) : known;
                if (has >= 0 && (nearest == null || has < nearest.lsn)) {
                    nearest = new Held(each, has);
                }
            }
            return nearest;
        } finally {
            lock.unlock();
        }
    }

    /** Something in it cannot be read: when all the rest is delivered, it is kept for people to look at. */
    void keepDamaged(Kept segment) {
        lock.lock();
        try {
            kept.replaceAll(each -> each.header.number() == segment.header.number()
                    ? new Kept(each.name, each.header, each.lastLsn, each.lsns, each.bytes, Then.KEEP, each.active)
                    : each);
        } finally {
            lock.unlock();
        }
    }

    Directory.Binary openToRead(Kept segment) throws IOException {
        return directory.open(segment.name, Access.READ);
    }

    /** The names of all files that ought to be there. */
    List<String> names() {
        List<String> names = spares.names();
        lock.lock();
        try {
            kept.forEach(each -> names.add(each.name));
        } finally {
            lock.unlock();
        }
        return names;
    }

    /** Files are not there any more. Spares are made anew; what is asked for of a segment will be missing. */
    void gone(List<String> names) {
        spares.forget(names);
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
        lock.lock();
        try {
            for (Kept each : kept) {
                if (!isDelivered(each, deliveredLsn)) {
                    return each.header.number();
                }
            }
            return nextNumber;
        } finally {
            lock.unlock();
        }
    }

    /** Lets go of segments whose records are all delivered: they become spares, as far as spares are missing. */
    void reclaim(long deliveredLsn) {
        lock.lock();
        try {
            while (!kept.isEmpty() && isDelivered(kept.get(0), deliveredLsn)) {
                releaseOldest();
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

    private Active use(Directory.Binary file, String spare, long firstLsn, long durableLsn) throws IOException {
        try {
            boolean used = !SegmentFile.isZero(SegmentFile.start(file, SegmentFormat.HEADER_BYTES));
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
                LsnRanges lsns = LsnRanges.of(firstLsn, Long.MAX_VALUE - 1);
                keep(new Kept(header.fileName(), header, firstLsn - 1, lsns, header.capacity(), Then.REUSE, active));
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

    @SuppressWarnings("NonAtomicVolatileUpdate") // under the lock
    private void keep(Kept segment) {
        kept.add(segment);
        bytes += segment.bytes;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // under the lock
    private void releaseOldest() {
        Kept segment = kept.remove(0);
        bytes -= segment.bytes;
        try {
            if (segment.then == Then.KEEP) {
                directory.rename(segment.name, segment.name + ".damaged");
            } else if (segment.then == Then.DELETE || !spares.giveBack(segment.name, segment.bytes)) {
                directory.delete(segment.name);
            }
        } catch (IOException e) {
            // It is below the checkpoint, and ignored from now on.
            listener.trouble("[" + segment.name + "] could not be removed: "
                    + e.getClass().getName());
        }
    }
}
