package io.inkfast.mask;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.inkfast.component.EventRedactor;
import io.inkfast.component.Notices;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectMapper;

/** Lends a policy to appenders. Any thread. */
final class PolicyRedactor implements EventRedactor {

    private final @Nullable Policy policy;
    private final @Nullable ObjectMapper mapper;
    private final @Nullable SafeEvents stored;

    private PolicyRedactor(@Nullable Policy policy, @Nullable ObjectMapper mapper, @Nullable SafeEvents stored) {
        this.policy = policy;
        this.mapper = mapper;
        this.stored = stored;
    }

    /** Withholds every event. */
    static PolicyRedactor withholding() {
        return new PolicyRedactor(null, null, null);
    }

    /**
     * @param mapper renders objects
     * @param withheld called for each event whose content is withheld
     */
    static PolicyRedactor of(Policy policy, ObjectMapper mapper, Notices notices, Runnable withheld) {
        SafeEvents stored = new SafeEvents(Sanitizers.fixing(policy, mapper), notices, withheld);
        return new PolicyRedactor(policy, mapper, stored);
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
