package io.inkfast.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Which segments may still be needed, and which records are in each. Any thread; one short lock. Touches no file. */
final class KeptSegments {

    /** What becomes of a segment when all of it is delivered. */
    enum Then {
        REUSE,
        DELETE,
        /** It may hold what is missing: it is kept for people to look at. */
        KEEP
    }

    /**
     * A segment whose records may be needed.
     *
     * @param lsns   the records that are in it; of the one that is written, all that are still to come
     * @param bytes  of the file
     * @param active while it is written
     */
    record Kept(
            String name,
            SegmentFormat.Header header,
            long lastLsn,
            LsnRanges lsns,
            long bytes,
            Then then,
            @Nullable Active active) {

        private boolean isDelivered(long deliveredLsn) {
            return active == null && lastLsn <= deliveredLsn;
        }
    }

    /** A segment that has a record. */
    record Held(Kept segment, long lsn) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final List<Kept> kept = new ArrayList<>();
    /* Of all of them; changed under the lock. */
    private volatile long bytes;

    /** Those that earlier processes have left, after {@link LeftSegments}. */
    KeptSegments(JournalScan found) {
        boolean loses = !found.lost().isEmpty();
        for (FoundSegment segment : found.segments()) {
            add(new Kept(
                    segment.name(),
                    segment.header(),
                    segment.lastLsn(),
                    segment.lsns(),
                    loses ? segment.size() : segment.bytes(),
                    loses && segment.damagedBytes() > 0 ? Then.KEEP : Then.REUSE,
                    null));
        }
    }

    /** One that is written from now on. */
    void add(Active active, SegmentFormat.Header header) {
        LsnRanges lsns = LsnRanges.of(header.firstLsn(), Long.MAX_VALUE - 1);
        add(new Kept(header.fileName(), header, header.firstLsn() - 1, lsns, header.capacity(), Then.REUSE, active));
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // under the lock
    private void add(Kept segment) {
        lock.lock();
        try {
            kept.add(segment);
            bytes += segment.bytes;
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more is written to it; {@code lastLsn} is the last record in it. */
    void retire(Active active, long lastLsn, Then then) {
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

    /** Something in it cannot be read. */
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

    List<String> names() {
        lock.lock();
        try {
            return kept.stream().map(Kept::name).toList();
        } finally {
            lock.unlock();
        }
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

    /** The number of the oldest segment that has something after {@code deliveredLsn}; {@code next} if none has. */
    long oldestNeeded(long deliveredLsn, long next) {
        lock.lock();
        try {
            for (Kept each : kept) {
                if (!each.isDelivered(deliveredLsn)) {
                    return each.header.number();
                }
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    /** The last record of the oldest; the largest number while that is written. */
    long oldestEnd() {
        lock.lock();
        try {
            Kept oldest = kept.isEmpty() ? null : kept.get(0);
            return oldest == null || oldest.active != null ? Long.MAX_VALUE : oldest.lastLsn;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Lets go of the oldest while all of their records are delivered.
     *
     * @param least   how many stay in any case
     * @param release takes each of them, under the lock: nobody finds a segment whose file is gone
     */
    @SuppressWarnings("NonAtomicVolatileUpdate") // under the lock
    void letGo(long deliveredLsn, int least, Consumer<Kept> release) {
        lock.lock();
        try {
            while (kept.size() > least && kept.get(0).isDelivered(deliveredLsn)) {
                Kept oldest = kept.remove(0);
                bytes -= oldest.bytes;
                release.accept(oldest);
            }
        } finally {
            lock.unlock();
        }
    }

    /** What all of their files take. */
    long bytes() {
        return bytes;
    }
}
