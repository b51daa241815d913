package io.inkfast.journal;

import io.inkfast.internal.Directory;
import io.inkfast.internal.SystemDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/*
 * First it is noted that everything is delivered, then segments go, then the note: whenever a power cut comes, what is left
 * says of itself that nothing in it is needed. In the worst case a cut brings a segment back, and its events come again.
 */
/**
 * Removes a journal whose events are all safe elsewhere. Files that are not the journal's stay, and so does {@code LOCK}.
 * One thread, which is not interrupted.
 *
 * @since 0.1.0
 */
public final class JournalRemoval {

    /** The file that says whose the journal is. */
    public static final String OWNER = "OWNER";

    private JournalRemoval() {}

    /**
     * Removes it.
     *
     * @param lock of the directory, held since before anybody read the events
     */
    @SuppressWarnings("unused") // the lock is asked for as a proof
    public static void remove(Path directory, DirectoryLock lock) throws IOException {
        remove(new SystemDirectory(directory), ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()));
    }

    static void remove(Directory directory, long micros) throws IOException {
        JournalScan found = JournalScan.of(directory, JournalSettings.LARGEST_RECORD);
        List<String> names = directory.list();
        UUID journal = found.journal();
        if (journal != null && found.deliveredLsn() < found.lastLsn()) {
            CheckpointFormat.Checkpoint last = found.checkpoint();
            Checkpoints note = new Checkpoints(directory, journal, () -> micros, last == null ? 0 : last.number());
            try {
                note.write(found.lastLsn(), found.lastLsn(), found.highestSegment() + 1);
            } finally {
                note.close();
            }
        }
        for (String name : names) {
            if (SegmentFile.isSegment(name)) {
                directory.delete(name);
            }
        }
        directory.sync();
        for (String name : names) {
            if (SegmentFile.isSpare(name) || SegmentFile.isUnfinishedSpare(name)) {
                directory.delete(name);
            }
        }
        directory.delete(Checkpoints.FILE);
        directory.delete(OWNER);
        directory.sync();
    }
}
