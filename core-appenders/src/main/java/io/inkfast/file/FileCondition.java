package io.inkfast.file;

import io.inkfast.component.Health;
import io.inkfast.component.Notices;
import io.inkfast.internal.Ticker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Whether the file can be written; told by the engine, and passed on to books and statuses. Read by any thread. */
final class FileCondition implements FileReport {

    private final Books books;
    private final Notices notices;
    private final Consumer<String> info;
    private final Ticker ticker;

    private volatile boolean failing;
    private volatile @Nullable String lastError;
    private volatile Instant since = Instant.now();
    private volatile long failingSince;
    private long droppedBefore;

    FileCondition(Books books, Notices notices, Consumer<String> info, Ticker ticker) {
        this.books = books;
        this.notices = notices;
        this.info = info;
        this.ticker = ticker;
    }

    boolean failing() {
        return failing;
    }

    /** While it fails, the oldest event is the one it first failed at, or one a little younger. */
    Health health() {
        long waiting = failing && books.queued() > 0 ? Math.max(0, ticker.nanos() - failingSince) : 0;
        return new Health(!failing, lastError, since, Duration.ofNanos(waiting));
    }

    @Override
    public void written(int events) {
        books.written.add(events);
    }

    @Override
    public void failed(Path file, Throwable cause) {
        lastError = cause.getClass().getName();
        if (!failing) {
            failingSince = ticker.nanos();
            since = Instant.now();
            droppedBefore = books.dropped.sum();
            failing = true;
        }
        // The text of an I/O error is the operating system's, and quotes no event.
        String reason =
                cause instanceof IOException && cause.getMessage() != null ? " (" + cause.getMessage() + ")" : "";
        notices.error(
                "file",
                "cannot write to [" + file + "]: " + cause.getClass().getName() + reason
                        + "; events are kept and the file is tried again");
    }

    @Override
    public void recovered(Path file) {
        failing = false;
        since = Instant.now();
        notices.forget("file");
        notices.forget("dropped");
        long dropped = books.dropped.sum() - droppedBefore;
        info.accept("writing to [" + file + "] again; "
                + (dropped == 0 ? "nothing was lost" : dropped + " events were dropped meanwhile"));
    }

    @Override
    public void replaced(Path file) {
        info.accept("[" + file + "] was moved, deleted or changed by another program; going on in ["
                + file.getFileName() + "] as it is now");
    }
}
