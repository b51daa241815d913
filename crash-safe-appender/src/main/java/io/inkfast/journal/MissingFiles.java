package io.inkfast.journal;

import io.inkfast.internal.Directory;
import java.io.IOException;
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
            SegmentStore.Kept active = store.active();
            List<String> names = directory.list();
            // Unless it was only let go meanwhile.
            if (active != null && !names.contains(active.name()) && active.equals(store.active())) {
                listener.filesGone();
                leaveSegment.run();
            }
            if (!names.contains(JournalScan.CHECKPOINT)) {
                checkpoints.gone();
            }
        } catch (IOException e) {
            listener.trouble("the directory cannot be read: " + e.getClass().getName());
        }
    }
}
