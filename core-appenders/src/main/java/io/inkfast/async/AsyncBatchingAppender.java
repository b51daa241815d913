package io.inkfast.async;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.spi.AppenderAttachableImpl;
import ch.qos.logback.core.spi.FilterReply;
import io.inkfast.component.Accounting;
import io.inkfast.component.AppenderHolder;
import io.inkfast.component.ConfigurationCheck;
import io.inkfast.component.EventIdentity;
import io.inkfast.component.HandMadeContext;
import io.inkfast.component.Health;
import io.inkfast.component.LifecycleReport;
import io.inkfast.component.Managed;
import io.inkfast.component.Management;
import io.inkfast.component.Notices;
import io.inkfast.component.Rejections;
import io.inkfast.component.SinkWiring;
import io.inkfast.internal.Registrations;
import io.inkfast.internal.Settings;
import io.inkfast.internal.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes events off the threads that log, and hands them in batches to the appenders it refers to. Nothing that a call
 * handed over is lost: not at stop, not by an interrupt, not by an Error in a sink; what the overflow policy drops is
 * counted and said.
 *
 * <p>Any thread may log, virtual ones too: the hand-off takes no lock. What an event says is fixed on the caller's
 * thread. The appenders behind are called by one thread of this appender's own. Settings are element texts; problems are
 * reported in start(), all of them, and then the appender stays stopped.
 *
 * @since 0.1.0
 */
public class AsyncBatchingAppender extends UnsynchronizedAppenderBase<ILoggingEvent>
        implements AppenderHolder, Managed {

    private static final int NO_CALL = -1;

    private final AppenderAttachableImpl<ILoggingEvent> sinks = new AppenderAttachableImpl<>();
    private final FrontSettings texts = new FrontSettings();
    private final Books books = new Books();
    private final FailedEvents failedEvents = new FailedEvents();
    private final Rejections rejections = new Rejections(Ticker.SYSTEM);

    @SuppressWarnings("this-escape") // Kept, and not called before start().
    private final Notices notices = new Notices(this, Ticker.SYSTEM);

    @SuppressWarnings("this-escape") // Kept, and not called before start().
    private final LifecycleReport report = new LifecycleReport(this, rejections);

    private final Registrations registrations = new Registrations();
    private volatile Instant notRunningSince = Instant.now();
    private @Nullable Front lastRun;
    private volatile @Nullable Front front;

    /** Called by Logback. */
    public AsyncBatchingAppender() {
        // Nothing to do before start().
    }

    /** How many events wait at most, for the worker; 1 to 16777216, default 8192. Beyond it: {@code overflow}. */
    public void setQueueSize(String queueSize) {
        texts.queue.setQueueSize(queueSize);
    }

    /** How many bytes of events wait at most, as estimated; default 64MB, or a quarter of the heap if that is less. */
    public void setMaxQueuedBytes(String maxQueuedBytes) {
        texts.queue.setMaxQueuedBytes(maxQueuedBytes);
    }

    /**
     * What happens when the queue is full: {@code BLOCK} (default: the caller waits, without a bound),
     * {@code BLOCK_TIMEOUT}, {@code DROP_NEWEST}, {@code DROP_OLDEST}.
     */
    public void setOverflow(String overflow) {
        texts.queue.setOverflow(overflow);
    }

    /**
     * How long a caller waits for room under {@code BLOCK_TIMEOUT}, and under the dropping policies for an event at or
     * above {@code reserveLevel}; default 1 second, 0 to 1 day.
     */
    public void setBlockTimeout(String blockTimeout) {
        texts.queue.setBlockTimeout(blockTimeout);
    }

    /** The level from which on events matter: they may use the reserve and are never evicted; default WARN. */
    public void setReserveLevel(String reserveLevel) {
        texts.queue.setReserveLevel(reserveLevel);
    }

    /** The part of the queue kept for events that matter, in percent; 0 to 90, default 10. */
    public void setReservePercent(String reservePercent) {
        texts.queue.setReservePercent(reservePercent);
    }

    /** Whether file, line and method of the call are captured; costs a stack walk; default false. */
    public void setIncludeCallerData(String includeCallerData) {
        texts.includeCallerData = includeCallerData;
    }

    /** How many events one batch has at most; 1 to 65536, default 512. */
    public void setMaxBatchSize(String maxBatchSize) {
        texts.maxBatchSize = maxBatchSize;
    }

    /**
     * How long a batch that is not full waits for more events; default 0: what is there is written. An event at or above
     * {@code reserveLevel} ends the wait; at most 1 minute.
     */
    public void setLinger(String linger) {
        texts.linger = linger;
    }

    /**
     * Whether a second thread encodes events while more of them wait than two batches hold; default true. It needs a
     * second processor, one appender behind, and an encoder without a state of its own.
     */
    public void setEncodeAhead(String encodeAhead) {
        texts.encodeAhead = encodeAhead;
    }

    /**
     * Whether a Logback appender with an output stream is flushed once for a batch, with a buffer of 64 KB, instead of
     * after each event; default true.
     */
    public void setFlushPerBatch(String flushPerBatch) {
        texts.flushPerBatch = flushPerBatch;
    }

    /** The most bytes that one write to the console passes on; 512 bytes to 64KB, default 64KB. */
    public void setMaxWrite(String maxWrite) {
        texts.maxWrite = maxWrite;
    }

    /** How long stop() and the shutdown hook wait for queued events to be written; default 5 seconds, at most 1 hour. */
    public void setStopTimeout(String stopTimeout) {
        texts.stopTimeout = stopTimeout;
    }

    /** Whether queued events are written when the JVM shuts down without stopping Logback; default true. */
    public void setShutdownHook(String shutdownHook) {
        texts.shutdownHook = shutdownHook;
    }

    /**
     * Whether an exception that ends a thread is logged, and everything flushed for {@code stopTimeout} at most, before the
     * JVM's handler so far is called; default false.
     */
    public void setUncaughtHandler(String uncaughtHandler) {
        texts.uncaughtHandler = uncaughtHandler;
    }

    /**
     * The name of the appender that gets what a sink could not take; one of those this appender refers to, which then
     * gets nothing else, or any other of the context. Default none.
     */
    public void setFallback(String fallback) {
        texts.fallback = fallback;
    }

    @Override
    public synchronized void start() {
        if (!isStarted()) {
            report.guard(this::startNow);
        }
    }

    private void startNow() {
        Settings settings = new Settings();
        List<Appender<ILoggingEvent>> attached = attached();
        FrontSettings.Values values = texts.read(settings, Runtime.getRuntime().maxMemory());
        SinkWiring.check(this, attached, settings);
        Wiring.checkCallers(attached, settings);
        Wiring.checkFallback(this, values.fallback(), attached, settings);
        HandMadeContext.complete(getContext());
        ConfigurationCheck.problems(this).forEach(settings::problem);
        if (getContext() == null) {
            settings.problem("no context is set");
        }
        if (lastRun != null && lastRun.isHeld()) {
            settings.problem(
                    "a sink still holds the worker of the run before; it cannot start again until that returns");
        }
        if (report.refuses(settings.problems())) {
            return;
        }
        warn(attached, values);
        EventIdentity identity = EventIdentity.of(getContext());
        Front next = new Front(this, attached, values, identity, books, failedEvents, notices);
        try {
            next.start();
            front = next;
            super.start();
            getContext().register(this);
            registrations.add(Management.register(this));
        } catch (Throwable e) {
            front = null;
            super.stop();
            next.abandon();
            throw e;
        }
    }

    /** Writes what is queued, for {@code stopTimeout} at most, then stops the appenders behind. */
    @Override
    public void stop() {
        Front running = front;
        if (running != null && running.isWorker(Thread.currentThread())) {
            // A sink wants it. The worker cannot wait for itself.
            running.stopElsewhere(this::stop);
            return;
        }
        synchronized (this) {
            Front last = front;
            if (last == null || !isStarted()) {
                return;
            }
            last.stop();
            super.stop();
            notRunningSince = Instant.now();
            front = null;
            lastRun = last;
            registrations.closeAll();
        }
        report.stopped(accounting());
    }

    @Override
    public void doAppend(ILoggingEvent event) {
        Front current = front;
        int call = NO_CALL;
        try {
            if (current == null) {
                rejections.reject(String.valueOf(getName()), event);
                return;
            }
            call = current.calls().begin();
            if (getFilterChainDecision(event) == FilterReply.DENY) {
                books.filtered();
            } else if (!current.append(event)) {
                rejections.reject(String.valueOf(getName()), event);
            }
        } catch (Throwable e) {
            // A filter, or a toString() that exhausts the stack. Nothing may reach the application.
            books.failedOnCaller();
            if (current != null) {
                current.failedOnCaller(event, e);
            }
        } finally {
            if (current != null && call != NO_CALL) {
                current.calls().end(call);
            }
        }
    }

    /** The same as {@link #doAppend}, which does not come here: it has its own way in. */
    @Override
    protected void append(ILoggingEvent event) {
        doAppend(event);
    }

    @Override
    public Accounting accounting() {
        return books.snapshot(rejections.count());
    }

    @Override
    public Health health() {
        Front current = front;
        return current == null ? Health.notRunning(notRunningSince) : current.health();
    }

    @Override
    public boolean flush(Duration timeout) {
        Front current = front;
        return current != null && current.flush(timeout);
    }

    /** The last hundred events that a sink could not take; content only where a redactor is behind this front. */
    public List<FailedEvent> failedEvents() {
        return failedEvents.copy();
    }

    /** How many events of a level the overflow policy dropped. */
    public long droppedAt(Level level) {
        return books.losses().of(level);
    }

    @Override
    public AppenderAttachableImpl<ILoggingEvent> sinks() {
        return sinks;
    }

    private void warn(List<Appender<ILoggingEvent>> attached, FrontSettings.Values values) {
        for (Appender<ILoggingEvent> sink : attached) {
            if (!values.includeCallerData() && CallerData.isAskedBy(sink)) {
                addWarn("appender [" + getName() + "]: the encoder of [" + sink.getName()
                        + "] prints caller data, which is not captured; set <includeCallerData>true</includeCallerData>"
                        + " here, or take it out there");
            }
        }
    }
}
