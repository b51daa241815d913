package io.inkfast.async;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import io.inkfast.component.EncodedEvent;
import io.inkfast.component.HandOff;
import io.inkfast.internal.ClosableRing;
import io.inkfast.internal.Worker;
import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/*
 * Encoding is most of the work of a pipe, and one thread's limit. When the queue is longer than the worker takes in one
 * go, this step, on a thread of its own, encodes the events behind the worker's next batch, in their places. The worker
 * finds them ready, or encodes them itself: it never waits. Encoders are used by many threads at once wherever Logback
 * uses them without a front, so they are safe for that; those that say they have a state are left alone.
 */
/** Encodes queued events ahead of the worker while the queue is long. {@link #run} is one step. */
final class EncodeAhead implements Worker.Step {

    private static final int STEP_EVENTS = 64;
    private static final long PARK_NANOS = 1_000_000_000L;

    private final ClosableRing<ILoggingEvent> ring;
    private final Encoder<ILoggingEvent> encoder;
    private final int lead;
    private final UnaryOperator<ILoggingEvent> encode = this::encode;
    private long next;
    private volatile boolean parked;
    private volatile @Nullable Thread thread;

    /**
     * @param lead how many events the worker takes in one go
     */
    EncodeAhead(ClosableRing<ILoggingEvent> ring, Encoder<ILoggingEvent> encoder, int lead) {
        this.ring = ring;
        this.encoder = encoder;
        this.lead = lead;
    }

    /** Whether there is an encoder, and two threads may use it at once. */
    static boolean isPossible(@Nullable Encoder<ILoggingEvent> encoder) {
        if (encoder == null) {
            return false;
        }
        try {
            // Since Logback 1.6.4.
            return !Boolean.TRUE.equals(
                    encoder.getClass().getMethod("isStateful").invoke(encoder));
        } catch (NoSuchMethodException e) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException e) {
            return false;
        }
    }

    /** Worker only: there may be enough to do. */
    void wakeIfLong() {
        if (parked && ring.size() > 2L * lead) {
            LockSupport.unpark(thread);
        }
    }

    @Override
    public void run() {
        if (thread == null) {
            thread = Thread.currentThread();
        }
        long from = Math.max(next, ring.consumed() + lead);
        long to = Math.min(from + STEP_EVENTS, ring.claimed());
        if (from >= to) {
            rest();
            return;
        }
        for (long position = from; position < to; position++) {
            ring.replace(position, HandOff.OWN, encode);
        }
        next = to;
    }

    private void rest() {
        parked = true;
        if (ring.size() <= 2L * lead) {
            LockSupport.parkNanos(this, PARK_NANOS);
        } else {
            // All but the worker's share is done; it takes a while until there is more.
            LockSupport.parkNanos(this, 50_000L);
        }
        parked = false;
    }

    private ILoggingEvent encode(ILoggingEvent event) {
        if (event instanceof EncodedEvent) {
            return event;
        }
        try {
            byte[] bytes = encoder.encode(event);
            return bytes == null ? event : new EncodedEvent(event, encoder, bytes);
        } catch (Throwable e) {
            // The worker will see the same, and knows what to do about it.
            return event;
        }
    }
}
