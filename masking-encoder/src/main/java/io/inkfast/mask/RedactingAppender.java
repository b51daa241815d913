package io.inkfast.mask;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.spi.AppenderAttachableImpl;
import ch.qos.logback.core.spi.FilterReply;
import io.inkfast.component.Accounting;
import io.inkfast.component.AnsweringAppender;
import io.inkfast.component.AppenderHolder;
import io.inkfast.component.EventIdentity;
import io.inkfast.component.EventRedactor;
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
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stands before any other appenders, those that it refers to, and hands them each event redacted: message, template,
 * arguments, key-values, MDC, markers, exceptions, names of thread and logger, properties of the context. So whatever they
 * send, store or print has no secrets and card numbers in it. The event that other appenders share is not changed. On by
 * default (profiles secrets and pci); see {@link Redaction}.
 *
 * <p>Any thread; the appenders behind are called on it. Throws nothing. In the place of an event that cannot be redacted goes
 * one with its time, level, logger and the reason, counted in {@link #getWithheldEvents}. With a wrong configuration the
 * appender stays stopped, rejects and counts every event, and shows time, level and logger on standard error.
 *
 * @since 0.1.0
 */
public final class RedactingAppender extends UnsynchronizedAppenderBase<ILoggingEvent>
        implements AppenderHolder, AnsweringAppender, Managed, EventRedactor {

    private record Run(
            @Nullable SafeEvents events,
            PolicyRedactor redactor,
            Outlet outlet,
            EventIdentity identity,
            @Nullable Unprotected others) {}

    private final AppenderAttachableImpl<ILoggingEvent> sinks = new AppenderAttachableImpl<>();
    private final List<Appender<ILoggingEvent>> stoppedByUs = new ArrayList<>();
    private final RelayBooks books = new RelayBooks();
    private final Rejections rejections = new Rejections(Ticker.SYSTEM);
    private final Notices notices = new Notices(this, Ticker.SYSTEM);
    private final LifecycleReport report = new LifecycleReport(this, rejections);
    private final RedactionElement redaction = new RedactionElement();
    private final Registrations registrations = new Registrations();
    private volatile Instant notRunningSince = Instant.now();
    private volatile @Nullable Run run;

    /** Called by Logback. */
    public RedactingAppender() {}

    /** What is redacted and how. Default: profiles secrets and pci. */
    public void setRedaction(Redaction redaction) {
        this.redaction.set(redaction);
    }

    /** How many events went on without their content because they could not be redacted. */
    public long getWithheldEvents() {
        return books.withheldEvents();
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
        SinkWiring.check(this, attached, settings);
        if (getContext() == null) {
            settings.problem("no context is set");
        }
        Policy policy = Setup.compile(this, redaction, settings, false);
        if (report.refuses(settings.problems())) {
            return;
        }
        Setup.remark(this, policy);
        Sanitizers pool = new Sanitizers(policy, false, SharedMapper.MAPPER);
        if (!policy.off()
                && Canary.leaks(policy, event -> Canary.described(new SafeEvent(event, pool.take()).settle()))) {
            report.refuses(List.of("the self-test found a secret in a redacted event"));
            return;
        }
        stoppedByUs.forEach(Appender::start);
        stoppedByUs.clear();
        Run next = new Run(
                policy.off() ? null : new SafeEvents(pool, notices, books::withheld),
                PolicyRedactor.of(policy, SharedMapper.MAPPER, notices, books::withheld),
                new Outlet(getContext(), attached),
                EventIdentity.of(getContext()),
                policy.off() ? null : Unprotected.watch(this));
        // Behind it, nothing can fail.
        registrations.add(Management.register(this));
        run = next;
        super.start();
    }

    /** Stops the appenders behind, too. */
    @Override
    public synchronized void stop() {
        Run last = run;
        if (last == null) {
            return;
        }
        notRunningSince = Instant.now();
        run = null;
        super.stop();
        last.outlet().close();
        for (Appender<ILoggingEvent> sink : attached()) {
            if (sink.isStarted()) {
                sink.stop();
                stoppedByUs.add(sink);
            }
        }
        registrations.closeAll();
        report.stopped(accounting());
    }

    @Override
    public void doAppend(ILoggingEvent event) {
        deliver(event, false);
    }

    @Override
    public @Nullable String deliver(ILoggingEvent event) {
        return deliver(event, true);
    }

    private @Nullable String deliver(ILoggingEvent event, boolean safely) {
        Run current = run;
        if (current == null) {
            rejections.reject(String.valueOf(getName()), event);
            return "not started";
        }
        books.received();
        String failure;
        try {
            if (getFilterChainDecision(event) == FilterReply.DENY) {
                books.filtered();
                return null;
            }
            current.identity().stamp(event);
            if (current.others() != null) {
                current.others().event();
            }
            SafeEvents events = current.events();
            failure = current.outlet().deliver(events == null ? event : events.of(event), safely);
        } catch (Throwable e) {
            failure = e.getClass().getName();
        }
        if (failure == null) {
            books.written();
        } else {
            books.failed(failure);
            notices.error(
                    "failed " + failure, "appender [" + getName() + "]: an event was not taken [" + failure + "]");
        }
        return failure;
    }

    /** The same as {@link #doAppend}, which does not come here. */
    @Override
    protected void append(ILoggingEvent event) {
        doAppend(event);
    }

    @Override
    public boolean redacts() {
        return true;
    }

    private EventRedactor lent() {
        Run current = run;
        return current == null ? PolicyRedactor.withholding() : current.redactor();
    }

    @Override
    public String describe(ILoggingEvent event) {
        return lent().describe(event);
    }

    @Override
    public String loggerName(ILoggingEvent event) {
        return lent().loggerName(event);
    }

    @Override
    public ILoggingEvent freeze(ILoggingEvent event) {
        return lent().freeze(event);
    }

    @Override
    public ILoggingEvent redact(ILoggingEvent event) {
        return lent().redact(event);
    }

    @Override
    public Accounting accounting() {
        return books.snapshot(rejections.count());
    }

    @Override
    public Health health() {
        return run == null ? Health.notRunning(notRunningSince) : books.health();
    }

    /** Flushes those behind that can be; nothing waits here. */
    @Override
    public boolean flush(Duration timeout) {
        if (run == null) {
            return false;
        }
        long end = Ticker.SYSTEM.nanos() + timeout.toNanos();
        boolean all = true;
        for (Appender<ILoggingEvent> sink : attached()) {
            if (sink instanceof Managed managed) {
                all &= managed.flush(Duration.ofNanos(Math.max(0, end - Ticker.SYSTEM.nanos())));
            }
        }
        return all;
    }

    @Override
    public AppenderAttachableImpl<ILoggingEvent> sinks() {
        return sinks;
    }

    @Override
    public Object rules() {
        return redaction.get().configured();
    }
}
