package io.inkfast.mask;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.spi.ContextAware;
import io.inkfast.component.EventRedactor;
import io.inkfast.component.Notices;
import io.inkfast.internal.Ticker;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectMapper;

/** Lends a policy to appenders. Any thread. */
final class PolicyRedactor implements EventRedactor {

    private final @Nullable Policy policy;
    private final @Nullable ObjectMapper mapper;
    private final @Nullable SafeEvents stored;
    private final @Nullable FindingsReport report;

    private PolicyRedactor(
            @Nullable Policy policy,
            @Nullable ObjectMapper mapper,
            @Nullable SafeEvents stored,
            @Nullable FindingsReport report) {
        this.policy = policy;
        this.mapper = mapper;
        this.stored = stored;
        this.report = report;
    }

    /** Withholds every event. */
    static PolicyRedactor withholding() {
        return new PolicyRedactor(null, null, null, null);
    }

    /**
     * @param mapper renders objects
     * @param withheld called for each event whose content is withheld
     */
    static PolicyRedactor of(Policy policy, ObjectMapper mapper, Notices notices, Runnable withheld) {
        SafeEvents stored = new SafeEvents(Sanitizers.fixing(policy, mapper), notices, withheld);
        return new PolicyRedactor(policy, mapper, stored, null);
    }

    /** The same, with its findings shown as those of an appender, until it is retired. */
    PolicyRedactor reporting(Policy shown, ContextAware owner) {
        shown.findings().clear(); // the self-test was no finding
        FindingsReport started = new FindingsReport(shown.findings(), owner, Ticker.SYSTEM);
        started.start();
        return new PolicyRedactor(policy, mapper, stored, started);
    }

    @Override
    public void retire() {
        if (report != null) {
            report.stop();
        }
    }

    @Override
    public String describe(ILoggingEvent event) {
        return EventDescription.of(event, policy);
    }

    @Override
    public String loggerName(ILoggingEvent event) {
        return EventDescription.loggerName(event, policy);
    }

    @Override
    public ILoggingEvent freeze(ILoggingEvent event) {
        return FrozenEvent.of(event, policy, mapper);
    }

    @Override
    public ILoggingEvent redact(ILoggingEvent event) {
        return stored == null ? WithheldEvent.event(event, Setup.MISCONFIGURED, null) : stored.of(event);
    }

    /** Nobody else has these. */
    @Override
    public Object rules() {
        return this;
    }
}
