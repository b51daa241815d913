package io.inkfast.journal;

import io.inkfast.internal.Directory;
import io.inkfast.internal.Directory.Access;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What lies in a journal's directory. Reading it changes nothing, takes no lock, and may be done while the journal is
 * written. One thread.
 *
 * <p>A record that is missing below the durable horizon was confirmed once: it is <em>lost</em>. One that is missing
 * above it was never confirmed: the journal is <em>torn</em> there, which is what a crash leaves.
 */
final class JournalScan {

    private final List<FoundSegment> segments = new ArrayList<>();
    private final List<String> unreadable = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();
    private final LsnRanges known = new LsnRanges();
    private final LsnRanges events = new LsnRanges();
    private final int largest;
    private CheckpointFormat.@Nullable Checkpoint checkpoint;
    private long horizon;
    private long lastLsn;
    private long lastClose = -1;
    private long firstLsn = Long.MAX_VALUE;
    private long highestSegment;
    private long highestIncarnation;
    private boolean newerVersion;

    private JournalScan(int largest) {
        this.largest = largest;
    }

    static JournalScan of(Directory directory, int largest) throws IOException {
        return of(directory, largest, done -> {});
    }

    /** @param progress told how many segments have been read */
    static JournalScan of(Directory directory, int largest, IntConsumer progress) throws IOException {
        JournalScan scan = new JournalScan(largest);
        scan.readCheckpoint(directory);
        List<FoundSegment> headers = scan.readHeaders(directory);
        for (FoundSegment segment : headers) {
            scan.read(directory, segment);
            progress.accept(scan.segments.size());
        }
        scan.forgetWhatHasGone(directory);
        return scan;
    }

    /*
     * Of a journal that is written meanwhile: a segment is let go when the checkpoint is above it. So the checkpoint is read
     * again, after the names, and what was read of a file that is used for something else by now does not count.
     */
    private void forgetWhatHasGone(Directory directory) throws IOException {
        List<String> names = directory.list();
        segments.removeIf(segment -> !names.contains(segment.name()));
        unreadable.retainAll(names);
        checkpoint = Checkpoints.newest(directory);
    }

    /** Segments, oldest first. */
    List<FoundSegment> segments() {
        return segments;
    }

    /** Names of files that should be segments, and cannot be read. */
    List<String> unreadable() {
        return unreadable;
    }

    List<Gap> gaps() {
        return gaps;
    }

    /** The events that are there. */
    LsnRanges events() {
        return events;
    }

    /** Whether there is a segment of a version that is not known here. */
    boolean hasNewerVersion() {
        return newerVersion;
    }

    /** The identity of the journal; null if there is nothing to tell it. */
    @Nullable
    UUID journal() {
        if (checkpoint != null) {
            return checkpoint.journal();
        }
        return segments.isEmpty()
                ? null
                : segments.get(segments.size() - 1).header().journal();
    }

    CheckpointFormat.@Nullable Checkpoint checkpoint() {
        return checkpoint;
    }

    /** LSN up to which everything was delivered. */
    long deliveredLsn() {
        if (checkpoint != null) {
            return checkpoint.deliveredLsn();
        }
        return firstLsn == Long.MAX_VALUE ? 0 : firstLsn - 1;
    }

    /** What owners say about themselves in the segments that have events behind this LSN. */
    List<String> metas(long lsn) {
        return segments.stream()
                .filter(segment -> segment.lastEvent() > lsn)
                .map(segment -> segment.header().meta())
                .toList();
    }

    /** LSN up to which everything had been confirmed. */
    long horizon() {
        return horizon;
    }

    /** The highest LSN that was ever used, as far as one can know. */
    long lastLsn() {
        return Math.max(Math.max(lastLsn, horizon), deliveredLsn());
    }

    long highestSegment() {
        return highestSegment;
    }

    long highestIncarnation() {
        return highestIncarnation;
    }

    /** Whether the last record is the one of an orderly end. */
    boolean closedCleanly() {
        return lastClose >= 0 && lastClose == lastLsn;
    }

    /** Confirmed, not delivered, and not there. */
    List<LsnRanges.Range> lost() {
        return known.missing(deliveredLsn() + 1, horizon);
    }

    /** Never confirmed, and not there although later ones are. */
    List<LsnRanges.Range> torn() {
        return known.missing(Math.max(deliveredLsn(), horizon) + 1, lastLsn);
    }

    /** Whether the end is torn: something lies there that is no record, or records before others are missing. */
    boolean isTorn() {
        return !torn().isEmpty() || segments.stream().anyMatch(segment -> segment.damagedBytes() > 0);
    }

    private void readCheckpoint(Directory directory) throws IOException {
        checkpoint = Checkpoints.newest(directory);
        if (checkpoint != null) {
            horizon = Math.max(checkpoint.durableLsn(), checkpoint.deliveredLsn());
            highestSegment = checkpoint.oldestSegment();
        }
    }

    private List<FoundSegment> readHeaders(Directory directory) throws IOException {
        List<FoundSegment> found = new ArrayList<>();
        for (String name : directory.list()) {
            if (!SegmentFile.isSegment(name)) {
                continue;
            }
            Directory.Binary file = openIfThere(directory, name);
            if (file == null) {
                continue;
            }
            try {
                ByteBuffer start = start(file);
                SegmentFormat.Header header = SegmentFormat.read(start);
                boolean damaged = header == null;
                if (damaged) {
                    UUID known = checkpoint == null ? null : checkpoint.journal();
                    header = MendedHeader.of(file, name, start, known, largest);
                }
                if (header == null || (checkpoint != null && !header.journal().equals(checkpoint.journal()))) {
                    newerVersion |= SegmentFormat.majorVersion(start) > SegmentFormat.MAJOR;
                    unreadable.add(name);
                } else {
                    found.add(new FoundSegment(
                            name,
                            header,
                            0,
                            new LsnRanges(),
                            header.firstLsn() - 1,
                            0,
                            SegmentFormat.HEADER_BYTES,
                            damaged ? SegmentFormat.HEADER_BYTES : 0,
                            file.size()));
                }
            } finally {
                file.close();
            }
        }
        found.sort(Comparator.comparingLong(segment -> segment.header().number()));
        return found;
    }

    /* One that the device cannot read is as good as one of zeros. */
    private static ByteBuffer start(Directory.Binary file) {
        try {
            return SegmentFile.start(file, SegmentFormat.HEADER_BYTES);
        } catch (IOException e) {
            return ByteBuffer.allocate(SegmentFormat.HEADER_BYTES);
        }
    }

    private void read(Directory directory, FoundSegment segment) throws IOException {
        SegmentFormat.Header header = segment.header();
        highestSegment = Math.max(highestSegment, header.number());
        highestIncarnation = Math.max(highestIncarnation, header.incarnation());
        horizon = Math.max(horizon, header.durableLsn());
        firstLsn = Math.min(firstLsn, header.firstLsn());
        Directory.Binary file = openIfThere(directory, segment.name());
        if (file == null) {
            return;
        }
        try {
            SegmentScan scan = new SegmentScan(file, header, Long.MAX_VALUE, largest);
            scan.passUnreadable();
            long records = 0;
            long last = segment.lastLsn();
            long lastEvent = 0;
            long end = segment.end();
            while (scan.next()) {
                records++;
                last = Math.max(last, scan.lsn());
                lastEvent = scan.type() == RecordFormat.EVENT ? Math.max(lastEvent, scan.lsn()) : lastEvent;
                end = scan.position();
                take(scan, segment.lsns());
            }
            long damaged = segment.damagedBytes() + scan.damagedBytes();
            segments.add(new FoundSegment(
                    segment.name(), header, records, segment.lsns(), last, lastEvent, end, damaged, file.size()));
        } finally {
            file.close();
        }
    }

    /** A file to read; null if a process that writes the journal has let it go. */
    static Directory.@Nullable Binary openIfThere(Directory directory, String name) throws IOException {
        try {
            return directory.open(name, Access.READ);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private void take(SegmentScan record, LsnRanges own) {
        long lsn = record.lsn();
        lastLsn = Math.max(lastLsn, lsn);
        horizon = Math.max(horizon, record.horizon());
        if (record.type() == RecordFormat.CLEAN_CLOSE) {
            lastClose = lsn;
        }
        Gap gap = record.type() == RecordFormat.GAP ? Gap.of(record) : null;
        if (gap != null) {
            gaps.add(gap);
            known.add(gap.from(), gap.to());
        } else {
            known.add(lsn, lsn);
            own.add(lsn, lsn);
            if (record.type() == RecordFormat.EVENT) {
                events.add(lsn, lsn);
            }
        }
    }
}
