package io.inkfast.wal;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.spi.FilterReply;
import io.inkfast.component.Health;
import io.inkfast.component.LastResort;
import io.inkfast.component.Overflow;
import io.inkfast.internal.BatchBuffer;
import io.inkfast.internal.InFlight;
import io.inkfast.internal.Pause;
import io.inkfast.internal.Pool;
import io.inkfast.internal.Ticker;
import io.inkfast.internal.Worker;
import io.inkfast.journal.Durability;
import io.inkfast.journal.Journal;
import io.inkfast.journal.Outcome;
import io.inkfast.keys.RecordSeal;
import io.inkfast.wal.event.EventCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One run of a write-ahead appender: journals events on the threads that log, and has a thread of its own deliver them.
 */
final class WriteAhead {

    private static final long RETRY_NANOS = 1_000_000L;
    private static final long SETTLE_NANOS = 1_000_000_000L;
    private static final int KEPT_BYTES = 64 * 1024;

    /* Where the journal gives a number or a reason: none of them, yet. */
    private static final long UNDECIDED = Long.MIN_VALUE;

    private final Journal journal;
    private final Source source;
    private final Deliverer deliverer;
    private final Function<ILoggingEvent, FilterReply> filters;
    private final EventCodec codec;
    private final WalBooks books;
    private final WalSettings.Values settings;
    private final InFlight calls = new InFlight();
    private final Pool<BatchBuffer> buffers = new Pool<>(32);
    private final @Nullable RecordSeal seal;
    private final JournalNews news;
    private final LastResort shown = new LastResort(Ticker.SYSTEM);
    private final String name;
    private final Worker worker;
    private volatile boolean delivered;
    private volatile boolean closed;

    WriteAhead(
            Source source,
            Deliverer deliverer,
            Function<ILoggingEvent, FilterReply> filters,
            EventCodec codec,
            WalBooks books,
            WalSettings.Values settings,
            @Nullable RecordSeal seal,
            String name,
            JournalNews news) {
        this.journal = source.journal();
        this.source = source;
        this.deliverer = deliverer;
        this.filters = filters;
        this.codec = codec;
        this.books = books;
        this.settings = settings;
        this.seal = seal;
        this.news = news;
        this.name = name;
        worker = new Worker(
                "inkfast-wal-" + name,
                this::deliver,
                e -> news.trouble("delivery failed with " + e.getClass().getName()));
    }

    void start() {
        news.started();
        books.open(journal);
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
     * Journals the event and waits as its level demands. The event is in one bin of the books then, wherever a stack ends.
     *
     * @return whether it was taken; not after {@link #stop}
     * @throws NotJournalledException if that is wanted
     */
    boolean append(ILoggingEvent event) {
        if (closed) {
            return false;
        }
        // Until its level is known.
        Durability wanted = Durability.DISK;
        long end = System.nanoTime() + settings.syncNanos();
        long lsn = UNDECIDED;
        boolean dropped = false;
        try {
            wanted = wanted(event.getLevel());
            if (filters.apply(event) == FilterReply.DENY) {
                books.filtered.increment();
                return true;
            }
            lsn = journal(event, wanted, end);
            if (lsn == Journal.CLOSED) {
                return false;
            }
            if (lsn < 0) {
                books.dropped(event.getLevel());
                dropped = true;
                tellDropped(event, lsn, wanted);
            } else if (wanted != Durability.NONE) {
                await(lsn, wanted, end);
            }
        } catch (NotJournalledException e) {
            throw e;
        } catch (Throwable e) {
            // A filter that fails, a toString() that exhausts memory, a stack that ends: no room for a call to count
            // it.
            synchronized (books) {
                if (lsn >= 0) {
                    books.unconfirmedAtEnd++;
                } else {
                    books.failedOnCaller += dropped ? 0 : 1;
                    books.notJournalledAtEnd += wanted == Durability.NONE ? 0 : 1;
                }
            }
            fail(wanted, "the event could not be journalled: " + e.getClass().getName());
            news.failed(e);
        }
        return true;
    }

    private Durability wanted(Level level) {
        if (level.isGreaterOrEqual(settings.diskLevel())) {
            return Durability.DISK;
        }
        return level.isGreaterOrEqual(settings.osLevel()) ? Durability.OS : Durability.NONE;
    }

    private long journal(ILoggingEvent event, Durability wanted, long end) {
        BatchBuffer kept = buffers.take();
        BatchBuffer buffer = kept == null ? new BatchBuffer(4096) : kept;
        codec.encode(event, buffer);
        int from = 0;
        if (seal != null) {
            from = buffer.size();
            seal.seal(buffer, 0);
        }
        long lsn = journal(buffer, from, event, wanted, end);
        giveBack(buffer);
        return lsn;
    }

    /* Everything waits for a disk that is busy; when there is no room, what matters waits for it. No longer than a call may. */
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

    private boolean mayWait(long lsn, Level level) {
        boolean waitsForRoom = settings.overflow() == Overflow.BLOCK_TIMEOUT || level.isGreaterOrEqual(Level.WARN);
        return lsn == Journal.BUSY || ((lsn == Journal.FULL || lsn == Journal.STUCK) && waitsForRoom);
    }

    private void tellDropped(ILoggingEvent event, long lsn, Durability wanted) {
        String why = lsn == Journal.FULL
                ? "<maxSize> is reached"
                : lsn == Journal.STUCK
                        ? "nothing can be journalled, and the appenders behind take nothing"
                        : "the disk does not keep up";
        news.dropped(why);
        if (wanted != Durability.NONE) {
            shown.show(name, event, "dropped", "has no room for it");
            notJournalled(wanted, why);
        }
    }

    private void await(long lsn, Durability wanted, long end) {
        Outcome outcome = journal.await(lsn, wanted, Math.max(0, end - System.nanoTime()));
        if (outcome == Outcome.NOT_JOURNALLED) {
            notJournalled(wanted, "the journal cannot be written");
        } else if (outcome == Outcome.UNKNOWN) {
            books.unconfirmed.increment();
            news.unconfirmed();
            fail(wanted, "the journal did not answer in time");
        }
    }

    private void notJournalled(Durability wanted, String why) {
        books.notJournalled();
        fail(wanted, why);
    }

    private void fail(Durability wanted, String why) {
        if (settings.onFailure() == OnFailure.THROW && wanted == Durability.DISK) {
            throw new NotJournalledException(why);
        }
    }

    private void giveBack(BatchBuffer buffer) {
        buffer.truncate(0);
        if (buffer.array().length <= KEPT_BYTES) {
            buffers.give(buffer);
        }
    }

    /** Waits until everything so far was handed over; false if that takes longer. */
    boolean flush(Duration timeout) {
        long lsn = journal.lastLsn();
        long end = System.nanoTime() + timeout.toNanos();
        journal.sync(timeout.toNanos());
        return Pause.until(() -> deliverer.deliveredLsn() >= lsn || delivered, RETRY_NANOS, Ticker.SYSTEM, end);
    }

    /**
     * For the end of the JVM: delivers what can be delivered in time, and goes on: other hooks log, too. What comes too late
     * to be delivered is in the journal.
     */
    void flushAtExit() {
        if (flush(settings.stopTimeout())) {
            long end = System.nanoTime() + SETTLE_NANOS;
            deliverer.settle();
            Pause.until(deliverer::isSettled, RETRY_NANOS, Ticker.SYSTEM, end);
        }
    }

    /** Delivers what can be delivered in time; the rest stays in the journal. False if something did not answer. */
    boolean stop() {
        // In this order: a call that sees it open is one of the earlier ones.
        closed = true;
        calls.turn();
        long limit = System.nanoTime() + settings.stopTimeout().toNanos();
        Pause.until(() -> !calls.hasEarlier(), RETRY_NANOS, Ticker.SYSTEM, limit);
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
        books.close();
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
