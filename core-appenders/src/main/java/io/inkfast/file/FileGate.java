package io.inkfast.file;

import io.inkfast.internal.Pause;
import io.inkfast.internal.Ticker;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/*
 * The lock is held for writing, rolling and retrying, and never while an event is encoded: a toString() may log or take
 * locks of its own. While the disk refuses, callers find the backlog active and don't come near the lock, which the
 * ticking thread may hold in a slow system call.
 */
/**
 * The way to the engine: one thread at a time, in order, past the events that wait.
 *
 * @param <E> the event
 */
final class FileGate<E> {

    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    final FileEngine<E> engine;
    final Backlog<E> backlog;
    final Books books;
    final Ticker ticker;
    private final long gatherNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean closed;
    private long writtenAt;

    /** @param gathering how long events wait for others at most; zero if they do not */
    FileGate(FileEngine<E> engine, Backlog<E> backlog, Books books, Ticker ticker, Duration gathering) {
        this.engine = engine;
        this.backlog = backlog;
        this.books = books;
        this.ticker = ticker;
        gatherNanos = gathering.toNanos();
        writtenAt = ticker.nanos();
    }

    /** Takes the lock. An interrupt would close the channel: it waits until {@link #leave}, which is given the answer. */
    boolean enter() {
        boolean interrupted = Thread.interrupted();
        lock.lock();
        return interrupted;
    }

    void leave(boolean interrupted) {
        boolean meanwhile = engine.takeInterrupt();
        lock.unlock();
        if (interrupted || meanwhile) {
            Thread.currentThread().interrupt();
        }
    }

    /** How often this thread is inside. */
    int holds() {
        return lock.getHoldCount();
    }

    /** Lets a thread out that ran out of stack inside, but for so many times. */
    void release(int holds) {
        backlog.release();
        while (lock.getHoldCount() > holds) {
            lock.unlock();
        }
    }

    /** Inside: whether nothing may be written any more. */
    boolean isClosed() {
        return closed;
    }

    /** Inside: whether this thread was inside already, because a policy or a status listener logs. */
    boolean isNested() {
        return lock.getHoldCount() > 1;
    }

    /** Inside: writes what waits, if it is time to; whether nothing waits any more. */
    boolean drain() {
        if (closed || !engine.retry()) {
            return false;
        }
        for (Chunk<E> next = backlog.next(); next != null; next = backlog.next()) {
            if (!engine.write(next)) {
                return false;
            }
        }
        return true;
    }

    /** Writes what waits and lets the clock roll the file; how many nanoseconds until there may be something to do. */
    long tick() {
        boolean interrupted = enter();
        try {
            if (closed) {
                return TICK_NANOS;
            }
            engine.tick();
            long early = writtenAt + gatherNanos - ticker.nanos();
            if (early > 0) {
                return Math.min(TICK_NANOS, early);
            }
            writtenAt = ticker.nanos();
            long next = gatherNanos == 0 ? TICK_NANOS : Math.min(TICK_NANOS, gatherNanos);
            return drain() ? next : Math.min(next, Math.max(1, engine.untilRetry()));
        } finally {
            leave(interrupted);
        }
    }

    /** Writes what waits, if it is time to. */
    void write() {
        boolean interrupted = enter();
        try {
            drain();
        } finally {
            leave(interrupted);
        }
    }

    /** Rolls the file now. */
    void roll() {
        boolean interrupted = enter();
        try {
            if (drain()) {
                engine.rollNow();
            }
        } finally {
            leave(interrupted);
        }
    }

    /** Waits until all that was accepted before is written. */
    boolean flush(Duration limit) {
        long deadline = ticker.nanos() + limit.toNanos();
        long target = books.accepted();
        while (true) {
            boolean interrupted = enter();
            try {
                drain();
                // What was dropped or discarded since is not accepted any more.
                if (books.written.sum() >= Math.min(target, books.accepted())) {
                    return true;
                }
            } finally {
                leave(interrupted);
            }
            long left = deadline - ticker.nanos();
            if (left <= 0) {
                return false;
            }
            Pause.nanos(Math.min(left, TimeUnit.MILLISECONDS.toNanos(5)));
        }
    }

    /** Tries once more, closes the file, and counts what is left as discarded; false if the file hangs. */
    boolean close(Duration limit) {
        boolean interrupted = Thread.interrupted();
        try {
            if (!lockWithin(limit.toNanos())) {
                return false;
            }
            try {
                closeNow();
                return true;
            } finally {
                interrupted |= engine.takeInterrupt();
                lock.unlock();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean lockWithin(long nanos) {
        long deadline = System.nanoTime() + nanos;
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return lock.tryLock(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
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
        Chunk<E> pending = engine.pending();
        if (pending != null) {
            left += pending.count() - pending.written;
        }
        books.accepted.add(-left);
        books.discarded.add(left);
    }
}
