package io.inkfast.journal;

import io.inkfast.internal.Directory;
import io.inkfast.internal.Directory.Access;
import io.inkfast.journal.KeptSegments.Kept;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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
    private final KeptSegments kept;
    private final Spares spares;
    private volatile long nextNumber;

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
        kept = new KeptSegments(found);
        spares = new Spares(directory, settings, listener);
        // A crash may bring back what had been let go. The newest stays: it says which incarnation was the last.
        kept.letGo(found.deliveredLsn(), 1, this::release);
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
        return kept.bytes() + settings.segmentBytes() > settings.room();
    }

    /** Whether more than half of that is used. */
    boolean isHalfFull() {
        return kept.bytes() > settings.room() / 2;
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
        retire(active, lastLsn, KeptSegments.Then.REUSE);
    }

    /** The same of one that could not be written or confirmed: no sync of this file proves anything any more. */
    void giveUp(Active active, long lastLsn) {
        retire(active, lastLsn, KeptSegments.Then.DELETE);
    }

    private void retire(Active active, long lastLsn, KeptSegments.Then then) {
        kept.retire(active, lastLsn, then);
        try {
            active.close();
        } catch (IOException e) {
            // What counts was confirmed before.
            listener.trouble("a segment could not be closed: " + e.getClass().getName());
        }
    }

    /** See {@link KeptSegments#holder}. */
    KeptSegments.@Nullable Held holder(long lsn, Map<Long, Long> seen) {
        return kept.holder(lsn, seen);
    }

    /** Something in it cannot be read: when all the rest is delivered, it is kept for people to look at. */
    void keepDamaged(Kept segment) {
        kept.keepDamaged(segment);
    }

    Directory.Binary openToRead(Kept segment) throws IOException {
        return directory.open(segment.name(), Access.READ);
    }

    /** The names of all files that ought to be there. */
    List<String> names() {
        List<String> names = spares.names();
        names.addAll(kept.names());
        return names;
    }

    /** Files are not there any more. Spares are made anew; what is asked for of a segment will be missing. */
    void gone(List<String> names) {
        spares.forget(names);
    }

    /** The segment that is written; null if there is none. */
    @Nullable
    Kept active() {
        return kept.active();
    }

    /** The number of the oldest segment that has something after {@code deliveredLsn}. */
    long oldestNeeded(long deliveredLsn) {
        return kept.oldestNeeded(deliveredLsn, nextNumber);
    }

    /** See {@link KeptSegments#oldestEnd}. */
    long oldestEnd() {
        return kept.oldestEnd();
    }

    /** Lets go of segments whose records are all delivered: they become spares, as far as spares are missing. */
    void reclaim(long deliveredLsn) {
        kept.letGo(deliveredLsn, 0, this::release);
    }

    /** Whom to tell when a spare was taken. */
    void whenTaken(Runnable then) {
        spares.whenTaken(then);
    }

    /** No more spares are made, and the one that is being made is given up. */
    void endSpares() {
        spares.end();
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
            Active active = new Active(file, header);
            kept.add(active, header);
            nextNumber = header.number() + 1;
            return active;
        } catch (IOException | RuntimeException | Error e) {
            file.close();
            throw e;
        }
    }

    private void release(Kept segment) {
        try {
            if (segment.then() == KeptSegments.Then.KEEP) {
                directory.rename(segment.name(), segment.name() + ".damaged");
            } else if (segment.then() == KeptSegments.Then.DELETE
                    || !spares.giveBack(segment.name(), segment.bytes())) {
                directory.delete(segment.name());
            }
        } catch (IOException e) {
            // It is below the checkpoint, and ignored from now on.
            listener.trouble("[" + segment.name() + "] could not be removed: "
                    + e.getClass().getName());
        }
    }
}
