package io.inkfast.wal;

import io.inkfast.component.Notices;
import io.inkfast.journal.DirectoryLock;
import io.inkfast.journal.JournalRemoval;
import java.io.IOException;
import java.nio.file.Path;

/** A directory that a process left behind; it goes when everything in it was delivered. One thread. */
final class AdoptedPlace implements Source.Place {

    private final Path path;
    private final DirectoryLock lock;
    private final Notices notices;

    AdoptedPlace(Path path, DirectoryLock lock, Notices notices) {
        this.path = path;
        this.lock = lock;
        this.notices = notices;
    }

    @Override
    public void release() {
        lock.close();
    }

    @Override
    public void discard() {
        try (lock) {
            JournalRemoval.remove(path, lock);
            lock.closeAndRemove();
        } catch (IOException | RuntimeException e) {
            notices.warn(
                    "adopted",
                    "journal [" + path + "] is delivered, and cannot be removed: "
                            + e.getClass().getName());
        }
    }
}
