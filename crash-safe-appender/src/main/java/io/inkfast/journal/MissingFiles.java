package io.inkfast.journal;

import io.inkfast.internal.Directory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks whether the files that are written still have their names: what is written to one that somebody has deleted or
 * moved is found by nobody after a crash. One thread.
 */
final class MissingFiles {

    private final Directory directory;
    private final SegmentStore store;
    private final Runnable leaveSegment;
    private final Checkpoints checkpoints;
    private final JournalListener listener;
    private final List<String> told = new ArrayList<>();

    MissingFiles(
            Directory directory,
            SegmentStore store,
            Runnable leaveSegment,
            Checkpoints checkpoints,
            JournalListener listener) {
        this.directory = directory;
        this.store = store;
        this.leaveSegment = leaveSegment;
        this.checkpoints = checkpoints;
        this.listener = listener;
    }

    /** Has other files begun in the place of those that are missing. */
    void look() {
        try {
            // In this order: what is made or renamed meanwhile is not missed.
            KeptSegments.Kept active = store.active();
            List<String> missing = store.names();
            List<String> there = directory.list();
            missing.removeAll(there);
            // Unless it was only let go meanwhile.
            missing.retainAll(store.names());
            if (!told.containsAll(missing)) {
                listener.filesGone();
            }
            told.clear();
            told.addAll(missing);
            store.gone(missing);
            if (active != null && missing.contains(active.name())) {
                leaveSegment.run();
            }
            if (!there.contains(Checkpoints.FILE)) {
                checkpoints.gone();
            }
        } catch (IOException e) {
            listener.trouble("the directory cannot be read: " + e.getClass().getName());
        }
    }
}
