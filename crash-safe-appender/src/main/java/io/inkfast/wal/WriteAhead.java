package io.inkfast.wal;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.inkfast.component.Health;
import io.inkfast.internal.BatchBuffer;
import io.inkfast.internal.InFlight;
import io.inkfast.internal.Pool;
import io.inkfast.internal.Worker;
import io.inkfast.journal.Durability;
import io.inkfast.journal.Journal;
import io.inkfast.journal.Outcome;
import io.inkfast.keys.RecordSeal;
import io.inkfast.wal.event.EventCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One run of a write-ahead appender: journals events on the threads that log, and has a thread of its own deliver them.
 */
final class WriteAhead {

    private static final long RETRY_NANOS = 1_000_000L;
    private static final long SETTLE_NANOS = 1_000_000_000L;
    private static final int KEPT_BYTES = 64 * 1024;

    private final Journal journal;
    private final Source source;
    private final Deliverer deliverer;
    private final EventCodec codec;
    private final WalBooks books;
    private final WalSettings.Values settings;
    private final InFlight calls = new InFlight();
    private final Pool<BatchBuffer> buffers = new Pool<>(32);
    private final @Nullable RecordSeal seal;
    private final JournalNews news;
    private final Worker worker;
    private volatile boolean delivered;
    private volatile boolean closed;

    WriteAhead(
            Source source,
            Deliverer deliverer,
            EventCodec codec,
            WalBooks books,
            WalSettings.Values settings,
            @Nullable RecordSeal seal,
            String name,
            JournalNews news) {
        this.journal = source.journal();
        this.source = source;
        this.deliverer = deliverer;
        this.codec = codec;
        this.books = books;
        this.settings = settings;
        this.seal = seal;
        this.news = news;
        worker = new Worker(
                "inkfast-wal-" + name,
                this::deliver,
                e -> news.trouble("delivery failed with " + e.getClass().getName()));
    }

    void start(String name) {
        news.started();
        journal.start("inkfast-wal-" + name);
        worker.start();
    }

    InFlight calls() {
        return calls;
    }

    Journal journal() {
        return journal;
    }

    /** Whether the current thread is the one that delivers: what it logs would be delivered for ever. */
    boolean isDelivering() {
        return Thread.currentThread() == worker.thread();
    }

    Health health() {
        boolean degraded = journal.isDegraded();
        String trouble = degraded ? "the journal cannot be written" : deliverer.trouble();
        long age = Math.max(0, System.currentTimeMillis() - deliverer.oldestMillis());
        Instant since = news.since().isAfter(deliverer.since()) ? news.since() : deliverer.since();
        return new Health(trouble == null, trouble, since, Duration.ofMillis(age));
    }

    /**
     * Journals the event and waits as its level demands.
     *
     * @return whether it was taken; not after {@link #stop}
     * @throws NotJournalledException if that is wanted
     */
    boolean append(ILoggingEvent event) {
        if (closed) {
            return false;
        }
        Level level = event.getLevel();
        Durability wanted = level.isGreaterOrEqual(settings.diskLevel())
                ? Durability.DISK
                : level.isGreaterOrEqual(settings.osLevel()) ? Durability.OS : Durability.NONE;
        long end = System.nanoTime() + settings.syncNanos();
        BatchBuffer buffer = takeBuffer();
        try {
            codec.encode(event, buffer);
            int from = 0;
            if (seal != null) {
                from = buffer.size();
                seal.seal(buffer, 0);
            }
            int length = buffer.size() - from;
            long lsn = journal(buffer, from, event, wanted, end);
            if (lsn == Journal.CLOSED) {
                return false;
            }
            books.received.increment();
            if (lsn == Journal.FULL || lsn == Journal.BUSY) {
                books.dropped.increment();
                news.dropped(lsn == Journal.FULL ? "<maxSize> is reached" : "the disk does not keep up");
                fail(wanted, "the journal is full");
            } else if (!journal.fits(length)) {
                books.notJournalled.increment();
                fail(wanted, "the event is too large for the journal");
            } else if (wanted != Durability.NONE) {
                await(lsn, wanted, end);
            }
            return true;
        } finally {
            giveBack(buffer);
        }
    }

    /* Everything waits for a disk that is busy; when the journal is full, what matters waits for room. No longer than a call may. */
    private long journal(BatchBuffer buffer, int from, ILoggingEvent event, Durability wanted, long end) {
        int length = buffer.size() - from;
        Level level = event.getLevel();
        long micros = event.getTimeStamp() * 1000;
        int number = Math.max(0, Math.min(4, level.toInt() / Level.DEBUG_INT));
        boolean interrupted = false;
        long lsn = journal.append(buffer.array(), from, length, micros, number, wanted);
        while (mayWait(lsn, level) && System.nanoTime() < end) {
            LockSupport.parkNanos(this, RETRY_NANOS);
            interrupted |= Thread.interrupted();
            lsn = journal.append(buffer.array(), from, length, micros, number, wanted);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return lsn;
    }

    private static boolean mayWait(long lsn, Level level) {
        return lsn == Journal.BUSY || (lsn == Journal.FULL && level.isGreaterOrEqual(Level.WARN));
    }

    private void await(long lsn, Durability wanted, long end) {
        Outcome outcome = journal.await(lsn, wanted, Math.max(0, end - System.nanoTime()));
        if (outcome == Outcome.NOT_JOURNALLED) {
            books.notJournalled.increment();
            fail(wanted, "the journal cannot be written");
        } else if (outcome == Outcome.UNKNOWN) {
            books.unconfirmed.increment();
            news.unconfirmed();
            fail(wanted, "the journal did not answer in time");
        }
    }

    private BatchBuffer takeBuffer() {
        BatchBuffer buffer = buffers.take();
        return buffer == null ? new BatchBuffer(4096) : buffer;
    }

    private void giveBack(BatchBuffer buffer) {
        buffer.truncate(0);
        if (buffer.array().length <= KEPT_BYTES) {
            buffers.give(buffer);
        }
    }

    private void fail(Durability wanted, String why) {
        if (settings.onFailure() == OnFailure.THROW && wanted == Durability.DISK) {
            throw new NotJournalledException(why);
        }
    }

    /** Waits until everything so far was handed over; false if that takes longer. */
    boolean flush(Duration timeout) {
        long lsn = journal.lastLsn();
        long end = System.nanoTime() + timeout.toNanos();
        journal.sync(timeout.toNanos());
        while (deliverer.deliveredLsn() < lsn && !delivered) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            LockSupport.parkNanos(this, RETRY_NANOS);
        }
        return true;
    }

    /**
     * For the end of the JVM: delivers what can be delivered in time, and goes on: other hooks log, too. What comes too late
     * to be delivered is in the journal.
     */
    void flushAtExit() {
        if (flush(settings.stopTimeout())) {
            long end = System.nanoTime() + SETTLE_NANOS;
            deliverer.settle();
            while (!deliverer.isSettled() && System.nanoTime() < end) {
                LockSupport.parkNanos(this, RETRY_NANOS);
            }
        }
    }

    /** Delivers what can be delivered in time; the rest stays in the journal. False if something did not answer. */
    boolean stop() {
        calls.turn();
        closed = true;
        long limit = System.nanoTime() + settings.stopTimeout().toNanos();
        while (calls.hasEarlier() && System.nanoTime() < limit) {
            LockSupport.parkNanos(this, RETRY_NANOS);
        }
        deliverer.finishBy(limit);
        LockSupport.unpark(worker.thread());
        boolean ended = worker.join(settings.stopTimeout().toMillis() + 1000);
        worker.stop();
        ended &= worker.join(1000);
        if (ended) {
            deliverer.close();
        }
        boolean closedInTime = journal.close(2000);
        if (closedInTime && ended) {
            source.cursor().close();
            source.place().release();
        }
        codec.close();
        // Else a thread may still read or write there: the directory stays ours until the process ends.
        return closedInTime && ended;
    }

    private void deliver() {
        if (delivered) {
            return;
        }
        if (!deliverer.step()) {
            delivered = true;
            worker.stop();
        }
    }
}
