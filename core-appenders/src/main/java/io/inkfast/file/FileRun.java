package io.inkfast.file;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.spi.FilterReply;
import io.inkfast.component.Health;
import io.inkfast.component.Notices;
import io.inkfast.component.Rejections;
import io.inkfast.internal.Ticker;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/*
 * Events are encoded outside any lock: a toString() may log or take locks of its own. The lock is held for writing,
 * rolling and retrying. While the disk refuses, callers find the backlog active and don't come near the lock, which the
 * ticking thread may hold in a slow system call.
 */
/** The appender from one start to the next stop: brings encoded events to the engine, from many threads or from a front. */
final class FileRun implements FileReport {

    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /** What a run needs of its appender. */
    record Parts(
            String name,
            Encoding encoding,
            Function<ILoggingEvent, FilterReply> filters,
            Roller<ILoggingEvent> roller,
            Books books,
            Rejections rejections,
            Notices notices,
            java.util.function.Consumer<String> info,
            Ticker ticker) {}

    private final Parts parts;
    private final Books books;
    private final FileEngine<ILoggingEvent> engine;
    private final Backlog<ILoggingEvent> backlog;
    private final ChunkPool<ILoggingEvent> pool = new ChunkPool<>();
    private final boolean keepsEvents;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean closed;

    /* Of the front: what it gave, the chunk that may be unwritten, and what was settled before that chunk. */
    private Chunk<ILoggingEvent> batch = newBatch();
    private long taken;
    private long before;
    private long durable;

    private volatile boolean failing;
    private volatile @Nullable String lastError;
    private volatile Instant since = Instant.now();
    private volatile long failingSince;
    private long droppedBefore;

    FileRun(Parts parts, Function<FileReport, FileEngine<ILoggingEvent>> engine, long maxQueuedBytes) {
        this.parts = parts;
        books = parts.books();
        keepsEvents = parts.roller().wantsEvent();
        backlog = new Backlog<>(maxQueuedBytes);
        this.engine = engine.apply(this);
    }

    /** Opens the file. */
    void open() {
        boolean interrupted = enter();
        try {
            engine.retry();
        } finally {
            leave(interrupted);
        }
    }

    /** One event, on its caller's thread; it is counted as received already. */
    void append(ILoggingEvent event) {
        if (denied(event)) {
            return;
        }
        Chunk<ILoggingEvent> chunk = pool.take();
        if (!encode(event, 0, chunk)) {
            books.failed.increment();
            pool.give(chunk);
            return;
        }
        books.accepted.increment();
        Backlog.Answer answer = offer(chunk);
        if (answer == Backlog.Answer.INACTIVE || (answer == Backlog.Answer.FULL && !failing)) {
            boolean interrupted = enter();
            try {
                chunk = write(chunk, event);
            } finally {
                leave(interrupted);
            }
        } else if (answer == Backlog.Answer.FULL) {
            drop(chunk);
        }
        if (chunk != null) {
            pool.give(chunk);
        }
    }

    /* Under the lock; gives the chunk back, or null if it is not the caller's any more. */
    private @Nullable Chunk<ILoggingEvent> write(Chunk<ILoggingEvent> chunk, ILoggingEvent event) {
        if (closed) {
            books.accepted.decrement();
            parts.rejections().reject(parts.name(), event);
            return chunk;
        }
        // A policy or a status listener may log while we hold the lock: such an event waits until the line is out.
        if (lock.getHoldCount() > 1 || !drain()) {
            backlog.activate();
            if (offer(chunk) != Backlog.Answer.QUEUED) {
                drop(chunk);
            }
            return chunk;
        }
        boolean done = engine.write(chunk);
        if (done) {
            drain();
            return chunk;
        }
        backlog.activate();
        return null;
    }

    private Backlog.Answer offer(Chunk<ILoggingEvent> chunk) {
        try {
            return backlog.offer(chunk);
        } catch (OutOfMemoryError e) {
            return Backlog.Answer.FULL;
        }
    }

    private void drop(Chunk<ILoggingEvent> chunk) {
        books.accepted.add(-chunk.count());
        books.dropped.add(chunk.count());
        parts.notices().warn("dropped", "<maxQueuedBytes> of events wait for the file; dropping what comes");
    }

    /** A batch of the front; how many were taken. */
    int append(List<ILoggingEvent> events, long first) {
        int size = events.size();
        boolean interrupted = enter();
        try {
            if (closed) {
                return reject(events, first);
            }
            if (!drain()) {
                return 0;
            }
            settledNow();
        } finally {
            leave(interrupted);
        }
        for (int i = 0; i < size; i++) {
            ILoggingEvent event = events.get(i);
            books.received.increment();
            if (!denied(event) && !encode(event, first + i, batch)) {
                books.failed.increment();
            }
            if ((batch.buffer.size() >= Chunk.BYTES || i == size - 1) && !hand(first + i)) {
                return i + 1;
            }
        }
        return size;
    }

    private int reject(List<ILoggingEvent> events, long first) {
        if (batch.count() == 0) {
            taken = first + events.size() - 1;
        }
        books.received.add(events.size());
        for (ILoggingEvent event : events) {
            parts.rejections().reject(parts.name(), event);
        }
        return events.size();
    }

    /* Whether the chunk is written, and the next one may come. */
    private boolean hand(long last) {
        Chunk<ILoggingEvent> chunk = batch;
        books.accepted.add(chunk.count());
        boolean interrupted = enter();
        try {
            before = taken;
            taken = last;
            if (closed) {
                books.accepted.add(-chunk.count());
                books.discarded.add(chunk.count());
                taken = before;
                batch = newBatch();
                return false;
            }
            if (!drain()) {
                backlog.keep(chunk);
                return false;
            }
            if (chunk.count() > 0 && !engine.write(chunk)) {
                backlog.activate();
                return false;
            }
            chunk.clear();
            return true;
        } finally {
            leave(interrupted);
        }
    }

    /** Everything up to this number of the front is done with. */
    long settled() {
        boolean interrupted = enter();
        try {
            if (!closed) {
                drain();
            }
            return settledNow();
        } finally {
            leave(interrupted);
        }
    }

    private long settledNow() {
        if (batch.count() > 0 && batch.isWritten()) {
            batch.clear();
        }
        return batch.count() == 0 ? taken : batch.writtenSequence(before);
    }

    /** As {@link #settled}, and on the device; waits at most so long. */
    long sync(long sequence, Duration limit) {
        long deadline = parts.ticker().nanos() + limit.toNanos();
        while (true) {
            long wait;
            boolean interrupted = enter();
            try {
                if (!closed) {
                    drain();
                }
                long settled = settledNow();
                long left = deadline - parts.ticker().nanos();
                if (settled >= sequence || left <= 0 || closed) {
                    if (!closed && engine.force()) {
                        durable = settled;
                    }
                    return durable;
                }
                wait = Math.min(left, Math.max(1_000_000, engine.untilRetry()));
            } finally {
                leave(interrupted);
            }
            pause(wait);
        }
    }

    /** Waits until all that was accepted before is written. */
    boolean flush(Duration limit) {
        long deadline = parts.ticker().nanos() + limit.toNanos();
        long target = books.accepted.sum();
        while (true) {
            boolean interrupted = enter();
            try {
                if (!closed) {
                    drain();
                }
                // What was dropped or discarded since is not accepted any more.
                if (books.written.sum() >= Math.min(target, books.accepted.sum())) {
                    return true;
                }
            } finally {
                leave(interrupted);
            }
            long left = deadline - parts.ticker().nanos();
            if (left <= 0) {
                return false;
            }
            pause(Math.min(left, TimeUnit.MILLISECONDS.toNanos(5)));
        }
    }

    /** Writes what waits and lets the clock roll the file; how many nanoseconds until there may be something to do. */
    long tick() {
        boolean interrupted = enter();
        try {
            if (closed) {
                return TICK_NANOS;
            }
            engine.tick();
            return drain() ? TICK_NANOS : Math.min(TICK_NANOS, Math.max(1, engine.untilRetry()));
        } finally {
            leave(interrupted);
        }
    }

    /** Rolls the file now. */
    void roll() {
        boolean interrupted = enter();
        try {
            if (!closed && drain()) {
                engine.rollNow();
            }
        } finally {
            leave(interrupted);
        }
    }

    /** Tries once more, closes the file, and counts what is left as discarded; false if the file hangs. */
    boolean close(Duration limit) {
        boolean interrupted = Thread.interrupted();
        try {
            long deadline = System.nanoTime() + limit.toNanos();
            boolean got = false;
            while (!got && deadline - System.nanoTime() > 0) {
                try {
                    got = lock.tryLock(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (!got) {
                return false;
            }
            try {
                closeNow();
                return true;
            } finally {
                lock.unlock();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void closeNow() {
        if (closed) {
            return;
        }
        if (engine.retryNow()) {
            drain();
        }
        closed = true;
        engine.close();
        long left = backlog.close();
        Chunk<ILoggingEvent> pending = engine.pending();
        if (pending != null) {
            left += pending.count() - pending.written;
        }
        books.accepted.add(-left);
        books.discarded.add(left);
    }

    /* Under the lock: whether nothing waits any more. */
    private boolean drain() {
        if (!engine.retry()) {
            return false;
        }
        for (Chunk<ILoggingEvent> next = backlog.next(); next != null; next = backlog.next()) {
            if (!engine.write(next)) {
                return false;
            }
        }
        return true;
    }

    private boolean denied(ILoggingEvent event) {
        try {
            if (parts.filters().apply(event) != FilterReply.DENY) {
                return false;
            }
            books.filtered.increment();
        } catch (Throwable e) {
            books.failed.increment();
            complain("filter", "a filter", e);
        }
        return true;
    }

    /* An encoder that fails costs its event, and leaves nothing of it. */
    private boolean encode(ILoggingEvent event, long sequence, Chunk<ILoggingEvent> chunk) {
        int mark = chunk.buffer.size();
        try {
            parts.encoding().encode(event, chunk.buffer);
            chunk.add(keepsEvents ? event : null, sequence);
            return true;
        } catch (Throwable e) {
            chunk.buffer.truncate(mark);
            complain("encoder", "the encoder", e);
            return false;
        }
    }

    private void complain(String kind, String culprit, Throwable cause) {
        try {
            parts.notices()
                    .error(kind, culprit + " failed with " + cause.getClass().getName() + "; the event is lost");
        } catch (Throwable e) {
            // No memory or no stack left to say it; the event is counted.
            return;
        }
    }

    Health health() {
        long waiting = failing ? Math.max(0, parts.ticker().nanos() - failingSince) : 0;
        return new Health(!failing, lastError, since, Duration.ofNanos(waiting));
    }

    /** The length of the file that is written to; under the lock, for the policy. */
    long length() {
        return engine.length();
    }

    @Override
    public void written(int events) {
        books.written.add(events);
    }

    @Override
    public void failed(Path file, Throwable cause) {
        lastError = cause.getClass().getName();
        if (!failing) {
            failingSince = parts.ticker().nanos();
            since = Instant.now();
            droppedBefore = books.dropped.sum();
            failing = true;
        }
        // The text of an I/O error is the operating system's, and quotes no event.
        String reason = cause instanceof java.io.IOException && cause.getMessage() != null
                ? " (" + cause.getMessage() + ")"
                : "";
        parts.notices()
                .error(
                        "file",
                        "cannot write to [" + file + "]: " + cause.getClass().getName() + reason
                                + "; events are kept and the file is tried again");
    }

    @Override
    public void recovered(Path file) {
        failing = false;
        since = Instant.now();
        parts.notices().forget("file");
        parts.notices().forget("dropped");
        long dropped = books.dropped.sum() - droppedBefore;
        parts.info()
                .accept("writing to [" + file + "] again"
                        + (dropped == 0 ? "; nothing was lost" : "; " + dropped + " events were dropped meanwhile"));
    }

    @Override
    public void replaced(Path file) {
        parts.info().accept("[" + file + "] was moved or deleted by another program; made it anew");
    }

    private static Chunk<ILoggingEvent> newBatch() {
        return new Chunk<>(Chunk.BYTES * 2, 512);
    }

    /* An interrupt would close the channel: it waits until we are done. */
    private boolean enter() {
        boolean interrupted = Thread.interrupted();
        lock.lock();
        return interrupted;
    }

    private void leave(boolean interrupted) {
        lock.unlock();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pause(long nanos) {
        boolean interrupted = Thread.interrupted();
        LockSupport.parkNanos(nanos);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
