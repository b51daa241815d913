package io.inkfast.recorder;

import io.inkfast.internal.Pause;
import io.inkfast.internal.Ticker;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/*
 * Everything that opens files happens here, on one thread that nobody interrupts: an interrupt would close the channel.
 */
/**
 * What the recorder's own thread does: makes the ring, saves the events of processes that died, and writes dumps when they
 * are asked for. {@link #step} is for that thread; the rest for any.
 */
final class DumpDesk {

    private static final long POLL_NANOS = 1_000_000;
    private static final long LOOK_NANOS = 1_000_000_000;

    /* Where no interval holds them back. */
    private static final int MOST_WAITING = 8;

    /** Makes the ring, and looks for those of the dead. */
    interface Files {
        RingFile create() throws IOException;

        List<Death> deaths() throws IOException;

        /** Writes the last events up to this one, of this key if it is not 0; null if there are none any more. */
        @Nullable
        Dump dump(RingFile ring, long lastEvent, int key) throws IOException;
    }

    /** Told by the recorder's thread what it has done. */
    interface Report {
        void died(Death death);

        /** @param heldBack how many events asked for a dump since the last one, and got none */
        void dumped(Dump dump, long heldBack);

        /** Somebody has deleted or moved the ring; there is another one. */
        void replaced(RingFile ring);

        void failed(String what, Throwable cause);
    }

    private record Request(long lastEvent, int key, long heldBack, CompletableFuture<@Nullable Dump> answer) {}

    private final Files files;
    private final Report report;
    private final Ticker ticker;
    private final long intervalNanos;
    private final CompletableFuture<RingFile> ring = new CompletableFuture<>();
    private @Nullable RingFile current;
    private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
    private final List<Death> untold = new ArrayList<>();
    private final AtomicLong nextDump;
    private final AtomicLong heldBack = new AtomicLong();
    private final AtomicLong asked = new AtomicLong();
    private final AtomicLong done = new AtomicLong();
    private volatile boolean configured;
    private volatile boolean looked;
    private volatile boolean allTold = true;
    private volatile @Nullable Thread thread;

    DumpDesk(Files files, Report report, Ticker ticker, Duration interval) {
        this.files = files;
        this.report = report;
        this.ticker = ticker;
        intervalNanos = interval.toNanos();
        nextDump = new AtomicLong(ticker.nanos());
    }

    /** The first ring, once it is made; or why it could not be. */
    CompletableFuture<RingFile> ring() {
        return ring;
    }

    /** An event was recorded that ought to have a dump. Nothing happens if the last one is not long enough ago. */
    void failing(long event, int key) {
        if (Thread.currentThread() == thread) {
            return;
        }
        long now = ticker.nanos();
        long next = nextDump.get();
        boolean busy = asked.get() - done.get() >= MOST_WAITING;
        if (busy || now - next < 0 || !nextDump.compareAndSet(next, now + intervalNanos)) {
            heldBack.getAndIncrement();
            return;
        }
        add(new Request(event, key, heldBack.getAndSet(0), new CompletableFuture<>()));
    }

    /** Asks for a dump of what there is. */
    CompletableFuture<@Nullable Dump> ask(long lastEvent) {
        Request request = new Request(lastEvent, 0, 0, new CompletableFuture<>());
        add(request);
        return request.answer();
    }

    private void add(Request request) {
        asked.getAndIncrement();
        requests.add(request);
        LockSupport.unpark(thread);
    }

    /** The context is configured: there is somebody to tell of the dead. */
    void configured() {
        if (!configured) {
            configured = true;
            LockSupport.unpark(thread);
        }
    }

    /** Waits until all that was asked for before is done. */
    boolean await(Duration limit) {
        long target = asked.get();
        long deadline = ticker.nanos() + limit.toNanos();
        return Pause.until(() -> isDone(target), POLL_NANOS, ticker, deadline);
    }

    private boolean isDone(long target) {
        return looked && done.get() >= target && (allTold || !configured);
    }

    /** One piece of work; waits if there is none. */
    void step() {
        thread = Thread.currentThread();
        if (!ring.isDone()) {
            create();
        } else if (!looked) {
            look();
        } else if (configured && !allTold) {
            List<Death> deaths = List.copyOf(untold);
            untold.clear();
            try {
                deaths.forEach(report::died);
            } finally {
                allTold = true;
            }
        } else {
            Request request = requests.poll();
            if (request != null) {
                answer(request);
            } else {
                replace();
                LockSupport.parkNanos(this, LOOK_NANOS);
            }
        }
    }

    private void replace() {
        RingFile own = current;
        try {
            if (own != null && !own.isInPlace()) {
                RingFile made = files.create();
                current = made;
                report.replaced(made);
            }
        } catch (IOException | RuntimeException e) {
            report.failed("make another ring in the place of the one that is gone", e);
        }
    }

    private void create() {
        try {
            RingFile made = files.create();
            current = made;
            if (!ring.complete(made)) {
                current = null;
                // The start has given up waiting.
                made.discard();
            }
        } catch (Throwable e) {
            ring.completeExceptionally(e);
        }
    }

    private void look() {
        try {
            if (!ring.isCompletedExceptionally()) {
                untold.addAll(files.deaths());
                allTold = untold.isEmpty();
            }
        } catch (IOException | RuntimeException e) {
            report.failed("look for the rings of processes that ended", e);
        } finally {
            looked = true;
        }
    }

    private void answer(Request request) {
        Dump dump = null;
        try {
            RingFile own = current;
            dump = own == null ? null : files.dump(own, request.lastEvent(), request.key());
            if (dump != null) {
                report.dumped(dump, request.heldBack());
            }
        } catch (IOException | RuntimeException e) {
            report.failed("write a dump", e);
        } finally {
            request.answer().complete(dump);
            done.getAndIncrement();
        }
    }
}
