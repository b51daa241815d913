package io.inkfast.journal;

import io.inkfast.internal.Directory;
import io.inkfast.internal.SystemDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Reads the directory of a journal and says in what state it is. Changes nothing, takes no lock; also of a process that
 * runs, of which it sees what was written when it was made. One thread.
 *
 * @since 0.1.0
 */
public final class JournalReader {

    /** What a journal is like, from good to bad. */
    public enum Condition {
        /** Everything is there. */
        CLEAN,
        /** What nobody had been promised is missing at the end: a crash leaves that. */
        TORN,
        /** What had been confirmed is missing. */
        LOST,
        /** A segment cannot be read at all. */
        UNREADABLE
    }

    /** A segment, in words for people. */
    public record Segment(String name, Instant created, long firstLsn, long lastLsn, long records, long damagedBytes) {}

    /** Gets an event's record. */
    @FunctionalInterface
    public interface RecordConsumer {
        void accept(long lsn, byte[] payload) throws IOException;
    }

    private static final int LOOKS = 10;

    private final Directory directory;
    private final JournalScan scan;

    private JournalReader(Directory directory, JournalScan scan) {
        this.directory = directory;
        this.scan = scan;
    }

    /** Reads a journal, also one that is written meanwhile. */
    public static JournalReader of(Path directory) throws IOException {
        return of(directory, segments -> {});
    }

    /**
     * Reads a journal, also one that is written meanwhile.
     *
     * @param progress told how many segments have been read so far
     */
    public static JournalReader of(Path directory, IntConsumer progress) throws IOException {
        return of(new SystemDirectory(directory), progress);
    }

    static JournalReader of(Directory files, IntConsumer progress) throws IOException {
        JournalScan scan = JournalScan.of(files, JournalSettings.LARGEST_RECORD, progress);
        for (int look = 1;
                look < LOOKS && !(scan.lost().isEmpty() && scan.unreadable().isEmpty());
                look++) {
            // What was being written when it was looked at is there now; what is lost, is lost still.
            JournalScan next = JournalScan.of(files, JournalSettings.LARGEST_RECORD, progress);
            boolean same = next.lost().equals(scan.lost()) && next.unreadable().equals(scan.unreadable());
            scan = next;
            if (same) {
                break;
            }
        }
        return new JournalReader(files, scan);
    }

    /** Whether a directory has a journal, if only a note how far one was delivered. */
    public static boolean isIn(Path directory) throws IOException {
        return new SystemDirectory(directory)
                .list().stream().anyMatch(name -> SegmentFile.isSegment(name) || name.equals(Checkpoints.FILE));
    }

    public Condition condition() {
        if (!scan.unreadable().isEmpty()) {
            return Condition.UNREADABLE;
        }
        if (!scan.lost().isEmpty()) {
            return Condition.LOST;
        }
        return scan.isTorn() ? Condition.TORN : Condition.CLEAN;
    }

    /** Whether a later version has written some of it, of which this one understands nothing. */
    public boolean isNewer() {
        return scan.hasNewerVersion();
    }

    /** Up to where the sinks have everything. */
    public long deliveredLsn() {
        return scan.deliveredLsn();
    }

    /** Up to where everything had been confirmed by the device. */
    public long durableLsn() {
        return scan.horizon();
    }

    public long lastLsn() {
        return scan.lastLsn();
    }

    /** Whether the journal was closed in good order, and nothing came after. */
    public boolean isClosed() {
        return scan.closedCleanly();
    }

    public List<Segment> segments() {
        return scan.segments().stream()
                .map(each -> new Segment(
                        each.name(),
                        Instant.EPOCH.plus(each.header().created(), ChronoUnit.MICROS),
                        each.header().firstLsn(),
                        each.lastLsn(),
                        each.records(),
                        each.damagedBytes()))
                .toList();
    }

    /** What owners say about themselves in the segments that have events. */
    public List<String> metas() {
        return scan.metas(0);
    }

    /** Names of files that should be segments. */
    public List<String> unreadable() {
        return scan.unreadable();
    }

    /** Ranges of LSNs that had been confirmed and are missing: {@code 17 to 19}. */
    public List<String> lost() {
        return words(scan.lost());
    }

    /** How many LSNs that are. Almost all of them are events; nobody can tell any more which were notes of the journal itself. */
    public long lostRecords() {
        return scan.lost().stream().mapToLong(LsnRanges.Range::count).sum();
    }

    /** Ranges of LSNs that are missing, and had never been confirmed. */
    public List<String> torn() {
        return words(scan.torn());
    }

    /** What the journal notes itself that it does not have: {@code 17 to 19, 3 events: IOException}. */
    public List<String> gaps() {
        return scan.gaps().stream()
                .map(gap -> gap.from() + " to " + gap.to() + ", " + gap.count() + " events: " + gap.reason())
                .toList();
    }

    /**
     * Gives every event that can be read, from an LSN on, each once; in order, as far as that is known. Of what the device
     * cannot read, the blocks are left out.
     */
    public long events(long fromLsn, RecordConsumer consumer) throws IOException {
        LsnRanges given = new LsnRanges();
        long count = 0;
        for (FoundSegment segment : scan.segments()) {
            Directory.Binary file = JournalScan.openIfThere(directory, segment.name());
            if (file == null) {
                continue;
            }
            try {
                SegmentScan records =
                        new SegmentScan(file, segment.header(), segment.end(), JournalSettings.LARGEST_RECORD);
                records.passUnreadable();
                while (records.next()) {
                    long lsn = records.lsn();
                    if (lsn >= fromLsn && records.type() == RecordFormat.EVENT && !given.contains(lsn)) {
                        given.add(lsn, lsn);
                        consumer.accept(lsn, records.payload());
                        count++;
                    }
                }
            } finally {
                file.close();
            }
        }
        return count;
    }

    private static List<String> words(List<LsnRanges.Range> ranges) {
        return ranges.stream()
                .map(range -> range.first() + " to " + range.last())
                .toList();
    }
}
