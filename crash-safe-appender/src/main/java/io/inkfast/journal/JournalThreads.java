package io.inkfast.journal;

import io.inkfast.internal.Worker;
import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The threads of a journal: one writes, and has what was written confirmed; the other fills spare segments and looks whether
 * files are gone. Neither is ever interrupted: an interrupt would close the file.
 */
final class JournalThreads {

    private final Committer committer;
    private final Pace pace;
    private final SegmentStore store;
    private final MissingFiles missing;
    private final JournalListener listener;

    private @Nullable Worker writer;
    private @Nullable Worker keeper;
    private volatile boolean closed;

    JournalThreads(Committer committer, Pace pace, SegmentStore store, MissingFiles missing, JournalListener listener) {
        this.committer = committer;
        this.pace = pace;
        this.store = store;
        this.missing = missing;
        this.listener = listener;
    }

    void start(String name) {
        Worker writes = new Worker(name + "-writer", this::work, this::failed);
        Worker fills = new Worker(name + "-spares", this::keepOrWait, this::failed);
        pace.writer(writes);
        store.whenTaken(() -> LockSupport.unpark(fills.thread()));
        // One that cannot be started is none that close() would wait for.
        writes.start();
        writer = writes;
        fills.start();
        keeper = fills;
    }

    /** Ends them when what is left is written; false if one of them may still write. Without threads, the caller writes. */
    boolean close(long timeoutMillis) {
        pace.close();
        Worker writes = writer;
        Worker fills = keeper;
        store.endSpares();
        if (fills != null) {
            fills.stop();
        }
        if (writes == null) {
            work();
        } else {
            writes.join(timeoutMillis);
            writes.stop();
        }
        boolean filled = fills == null || fills.join(timeoutMillis);
        return closed && filled;
    }

    /* One round; waits when there is nothing to do. */
    private void work() {
        if (pace.isClosing()) {
            committer.close();
            closed = true;
            Worker writes = writer;
            if (writes != null) {
                writes.stop();
            }
            return;
        }
        pace.round();
    }

    private void keepOrWait() {
        if (!keep()) {
            missing.look();
            LockSupport.parkNanos(this, JournalSettings.LONGEST_RETRY.toNanos());
        }
    }

    /** Makes one spare segment if one is missing and it can be made. */
    boolean keep() {
        try {
            return store.makeSpare();
        } catch (IOException e) {
            listener.trouble("no spare segment can be made: " + e.getClass().getSimpleName());
            return false;
        }
    }

    private void failed(Throwable e) {
        listener.trouble(e.getClass().getName());
    }
}
