package io.inkfast.async;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.inkfast.component.HandOff;
import io.inkfast.component.Health;
import io.inkfast.internal.RingBatch;
import io.inkfast.internal.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** Hands events to every sink and notes how that went. One thread at a time; {@link #health} is for any thread. */
final class Delivery implements Sink.Failures, Sink.OwnEvents {

    /** Told of each event that failed in a sink, by the thread that delivers. */
    interface Listener {
        void failed(ILoggingEvent event, Sink sink, String reason);
    }

    private static final long HANGS_AFTER_NANOS = 5_000_000_000L;

    private final List<Sink> sinks;
    private final Listener listener;
    private final Ticker ticker;
    private final Set<ILoggingEvent> failed = Collections.newSetFromMap(new IdentityHashMap<>());
    private @Nullable RingBatch<ILoggingEvent> tagged;
    private boolean own;
    private boolean notices;

    private volatile boolean busy;
    private volatile long busySince;
    private volatile Outlook outlook = new Outlook(true, null, Instant.now());

    private record Outlook(boolean healthy, @Nullable String lastError, Instant since) {}

    Delivery(List<Sink> sinks, Listener listener, Ticker ticker) {
        this.sinks = sinks;
        this.listener = listener;
        this.ticker = ticker;
    }

    void open() {
        sinks.forEach(Sink::open);
    }

    void close() {
        for (Sink sink : sinks) {
            try {
                sink.close();
            } catch (Throwable e) {
                outlook = new Outlook(false, e.getClass().getName(), Instant.now());
            }
        }
    }

    /** Nothing is to be delivered. */
    void idle() {
        sinks.forEach(Sink::idle);
    }

    /**
     * Hands over a batch from the queue.
     *
     * @param waiting see {@link Sink#deliver}
     * @return how many failed in at least one sink, or -1 if {@code waiting} ended it
     */
    int deliver(RingBatch<ILoggingEvent> batch, LongPredicate waiting) {
        tagged = batch;
        try {
            return deliverAll(batch, waiting);
        } finally {
            tagged = null;
            own = false;
        }
    }

    /** Hands over an event of the front's own. What a sink logs about it is dropped: it would never end. */
    void deliverNotice(ILoggingEvent notice, LongPredicate waiting) {
        notices = true;
        try {
            deliverAll(List.of(notice), waiting);
        } finally {
            notices = false;
        }
    }

    /** The same for events that did not come through the queue. */
    int deliverAll(List<ILoggingEvent> events, LongPredicate waiting) {
        failed.clear();
        busySince = ticker.nanos();
        busy = true;
        try {
            for (Sink sink : sinks) {
                if (!sink.deliver(events, this, waiting)) {
                    return -1;
                }
            }
            return failed.size();
        } finally {
            busy = false;
            if (failed.isEmpty() && !outlook.healthy) {
                outlook = new Outlook(true, outlook.lastError, Instant.now());
            }
            failed.clear();
        }
    }

    /** Whether the event in hand was logged from inside a sink: what is logged now would go on for ever. */
    boolean isDeliveringOwn() {
        return own || notices;
    }

    /** How the sinks are doing; {@code queued} is whether events wait for them. */
    Health health(boolean queued) {
        Outlook now = outlook;
        long age = busy ? ticker.nanos() - busySince : 0;
        boolean hangs = age > HANGS_AFTER_NANOS;
        return new Health(
                now.healthy && !hangs,
                now.lastError,
                hangs && now.healthy ? Instant.now().minusNanos(age) : now.since,
                busy || queued ? Duration.ofNanos(age) : Duration.ZERO);
    }

    @Override
    public void failed(ILoggingEvent event, Sink sink, String reason) {
        failed.add(event);
        if (outlook.healthy || !reason.equals(outlook.lastError)) {
            outlook = new Outlook(false, reason, Instant.now());
        }
        try {
            listener.failed(event, sink, reason);
        } catch (Throwable e) {
            // The fallback fails as well, or the heap is exhausted. The others in the batch must not suffer for it.
            outlook = new Outlook(false, e.getClass().getName(), Instant.now());
        }
    }

    @Override
    public void delivering(int index) {
        RingBatch<ILoggingEvent> batch = tagged;
        own = batch != null && (batch.tag(index) & HandOff.OWN) != 0;
    }

    @Override
    public void deliveringAll() {
        RingBatch<ILoggingEvent> batch = tagged;
        own = false;
        for (int i = 0; batch != null && !own && i < batch.size(); i++) {
            own = (batch.tag(i) & HandOff.OWN) != 0;
        }
    }
}
