package io.inkfast.async;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.encoder.Encoder;
import io.inkfast.component.BatchAppender;
import io.inkfast.component.EventIdentity;
import io.inkfast.component.EventRedactor;
import io.inkfast.component.HandOff;
import io.inkfast.component.Health;
import io.inkfast.component.Notices;
import io.inkfast.component.OwnEvent;
import io.inkfast.component.UncaughtExceptions;
import io.inkfast.internal.ClosableRing;
import io.inkfast.internal.DeliveryThreads;
import io.inkfast.internal.InFlight;
import io.inkfast.internal.Nesting;
import io.inkfast.internal.Registrations;
import io.inkfast.internal.ShutdownFlush;
import io.inkfast.internal.Ticker;
import io.inkfast.internal.Worker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One run of a front, from start to stop: the parts, wired. */
final class Front implements Delivery.Listener {

    private static final long BUSY_NANOS = 100_000_000L;
    private static final long WORKER_ENDS_MILLIS = 1000;

    private final AsyncBatchingAppender appender;
    private final FrontSettings.Values values;
    private final EventIdentity identity;
    private final Books books;
    private final FailedEvents failedEvents;
    private final Notices notices;
    private final List<Appender<ILoggingEvent>> attached;
    private final @Nullable EventRedactor redactor;
    private final @Nullable EventRedactor freezer;
    private final Fallback fallback;
    private final ClosableRing<ILoggingEvent> ring;
    private final InFlight calls = new InFlight();
    private final Nesting nesting = new Nesting();
    private final Weight weights = new Weight();
    private final HandOff<ILoggingEvent> handOff;
    private final Delivery delivery;
    private final Closing closing;
    private final Pump pump;
    private final Worker worker;
    private final List<Sink> sinks = new ArrayList<>();
    private @Nullable Worker ahead;
    private final Registrations registrations = new Registrations();

    Front(
            AsyncBatchingAppender appender,
            List<Appender<ILoggingEvent>> attached,
            FrontSettings.Values values,
            EventIdentity identity,
            Books books,
            FailedEvents failedEvents,
            Notices notices) {
        this.appender = appender;
        this.attached = attached;
        this.values = values;
        this.identity = identity;
        this.books = books;
        this.failedEvents = failedEvents;
        this.notices = notices;
        redactor = attached.stream()
                .map(EventRedactor::of)
                .filter(r -> r != null)
                .findFirst()
                .orElse(null);
        freezer = attached.size() == 1 ? redactor : null;
        fallback = new Fallback(appender.getContext(), values.fallback(), attached);
        Ticker ticker = Ticker.SYSTEM;
        HandOff.Limits limits = values.limits();
        ring = new ClosableRing<>(limits.queueSize(), limits.maxQueuedBytes());
        handOff = new HandOff<>(ring, limits, ILoggingEvent::getLevel, books, ticker);
        delivery = new Delivery(sinks, this, ticker);
        sinks.addAll(sinks(delivery));
        closing = new Closing(ring, calls, delivery, books, ticker);
        pump = new Pump(ring, handOff, delivery, closing, books, values.pace(), ticker, this::notice);
        worker = new Worker("inkfast-async-" + appender.getName(), pump, this::workerFailed);
    }

    void start() {
        Rehearsal.perform();
        delivery.open();
        books.open(ring);
        startAhead();
        ring.consumer(worker.thread());
        closing.worker(worker.thread());
        worker.start();
        if (values.shutdownHook()) {
            registrations.add(ShutdownFlush.register(this::flushAtShutdown, String.valueOf(appender.getName())));
        }
        if (values.uncaughtHandler()) {
            registrations.add(
                    UncaughtExceptions.log(appender.getContext(), notices, () -> flush(values.stopTimeout())));
        }
    }

    /* With several sinks each event has several encodings; then it is left to the worker. */
    private void startAhead() {
        Encoder<ILoggingEvent> encoder = sinks.size() == 1 ? sinks.get(0).encoderAhead() : null;
        if (encoder == null
                || !EncodeAhead.isPossible(encoder)
                || !values.encodeAhead()
                || Runtime.getRuntime().availableProcessors() < 2) {
            return;
        }
        EncodeAhead step = new EncodeAhead(ring, encoder, values.pace().maxBatch());
        pump.ahead(step);
        ahead = new Worker("inkfast-encode-" + appender.getName(), step, this::workerFailed);
        ahead.start();
    }

    /** After a start that failed half-way. */
    void abandon() {
        registrations.closeAll();
        closing.begin(0);
        closing.end(false);
        handOff.wakeAll();
        worker.stop();
        if (ahead != null) {
            ahead.stop();
        }
        books.close();
        delivery.close();
    }

    boolean isWorker(Thread thread) {
        return thread == worker.thread();
    }

    /** Whether the worker hangs in a sink, after a stop that gave up on it. */
    boolean isHeld() {
        return worker.thread().isAlive();
    }

    /** The calls that are under way: stop waits for those that came before it. */
    InFlight calls() {
        return calls;
    }

    /** Takes the event; false if it is too late. */
    boolean append(ILoggingEvent event) {
        Thread thread = Thread.currentThread();
        boolean ownThread = thread == worker.thread() || (ahead != null && thread == ahead.thread());
        if (thread == worker.thread() && delivery.isDeliveringOwn()) {
            books.droppedInside(event.getLevel());
            return true;
        }
        ILoggingEvent numbered = identity.numbered(event);
        if (!nesting.enter()) {
            books.droppedInside(event.getLevel());
            notices.error(
                    "nested",
                    "appender [" + appender.getName() + "] dropped events that are logged whenever they are printed");
            return true;
        }
        ILoggingEvent fixed;
        try {
            fixed = fixed(numbered);
        } finally {
            nesting.leave();
        }
        HandOff.Outcome outcome = handOff.submit(fixed, fixed.getLevel(), weights.of(fixed), !ownThread);
        if (outcome != HandOff.Outcome.CLOSED) {
            return true;
        }
        long patience = DeliveryThreads.isCurrent() ? 0 : values.limits().patienceNanos(fixed.getLevel());
        return closing.passOn(fixed, patience);
    }

    private ILoggingEvent fixed(ILoggingEvent event) {
        event.prepareForDeferredProcessing();
        if (values.includeCallerData()) {
            event.getCallerData();
        }
        return Snapshot.of(freezer == null ? event : freezer.freeze(event));
    }

    void stop() {
        boolean busy = pump.busyWithin(BUSY_NANOS);
        registrations.closeAll();
        closing.begin(values.stopTimeout().toNanos());
        handOff.wakeAll();
        boolean drained = closing.awaitDrained();
        boolean quiet = closing.end(busy);
        worker.stop();
        if (ahead != null) {
            ahead.stop();
        }
        long discarded = books.close();
        if (drained && quiet && worker.join(WORKER_ENDS_MILLIS)) {
            closeSinks();
        } else {
            appender.addError("appender [" + appender.getName() + "]: a sink did not take everything within "
                    + values.stopTimeout().toMillis() + " milliseconds; discarded events [" + discarded + "]");
            stopLater();
        }
    }

    boolean flush(Duration timeout) {
        return pump.flush(timeout, worker.thread());
    }

    Health health() {
        return delivery.health(ring.size() > 0);
    }

    void failedOnCaller(ILoggingEvent event, Throwable e) {
        try {
            failedEvents.add(
                    event, String.valueOf(appender.getName()), e.getClass().getName(), null);
            notices.error(
                    "caller",
                    "appender [" + appender.getName() + "] could not take an event: "
                            + e.getClass().getName());
        } catch (Throwable again) {
            // The stack or the heap is exhausted; the event is counted, and that must do.
            return;
        }
    }

    @Override
    public void failed(ILoggingEvent event, Sink sink, String reason) {
        String name = String.valueOf(sink.appender().getName());
        failedEvents.add(event, name, reason, redactor);
        notices.error(
                "sink " + name,
                "appender [" + name + "] behind [" + appender.getName() + "] could not take an event: " + reason);
        fallback.append(event);
    }

    private List<Sink> sinks(Sink.Failures failures) {
        List<Sink> sinks = new ArrayList<>();
        for (Appender<ILoggingEvent> each : attached) {
            if (each == fallback.attached()) {
                continue;
            }
            if (each instanceof BatchAppender batching) {
                sinks.add(new BatchSink(batching, failures));
                continue;
            }
            StreamTakeover takeover = values.flushPerBatch() ? StreamTakeover.of(each, values.maxWriteBytes()) : null;
            if (takeover != null) {
                appender.addInfo("appender [" + each.getName() + "] is flushed once for a batch, by ["
                        + appender.getName() + "]; <flushPerBatch>false</flushPerBatch> leaves it alone");
            }
            sinks.add(new PlainSink(each, failures, takeover));
        }
        return sinks;
    }

    private void flushAtShutdown() {
        closing.begin(values.stopTimeout().toNanos());
        handOff.wakeAll();
        closing.awaitDrained();
    }

    private void closeSinks() {
        delivery.close();
        for (Appender<ILoggingEvent> each : attached) {
            try {
                each.stop();
            } catch (Throwable e) {
                appender.addError("appender [" + each.getName() + "] failed to stop: "
                        + e.getClass().getName());
            }
        }
    }

    /* The thread that hangs in a sink ends by itself one day; then the sinks can be closed without harm. */
    private void stopLater() {
        try {
            stopElsewhere(this::stopWhenFree);
        } catch (OutOfMemoryError e) {
            notices.error(
                    "later",
                    "the appenders behind appender [" + appender.getName()
                            + "] stay open, since there is no room for a thread that waits for them");
        }
    }

    /** On a thread of its own. */
    void stopElsewhere(Runnable stop) {
        Thread last = new Thread(null, stop, "inkfast-stop-" + appender.getName(), 0, false);
        last.setDaemon(true);
        last.setContextClassLoader(Front.class.getClassLoader());
        last.start();
    }

    private void stopWhenFree() {
        worker.join(Long.MAX_VALUE / 2_000_000L);
        closeSinks();
    }

    private void workerFailed(Throwable e) {
        notices.error(
                "worker",
                "the worker of appender [" + appender.getName() + "] goes on after "
                        + e.getClass().getName());
    }

    private @Nullable ILoggingEvent notice(String text) {
        ILoggingEvent event = OwnEvent.warn(
                appender.getContext(),
                AsyncBatchingAppender.class.getName(),
                "appender [" + appender.getName() + "]: " + text);
        if (event != null) {
            identity.stamp(event);
        }
        return event;
    }
}
