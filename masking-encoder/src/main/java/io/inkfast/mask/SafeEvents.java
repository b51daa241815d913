package io.inkfast.mask;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.inkfast.component.Notices;
import io.inkfast.internal.Nesting;

/**
 * Makes events of others such that anybody may see them, and counts what is found; what cannot be redacted is withheld. Throws
 * nothing. Any thread.
 */
final class SafeEvents {

    private final Sanitizers sanitizers;
    private final Notices notices;
    private final Runnable withheld;
    private final Nesting nesting = new Nesting();

    /**
     * @param withheld called for each event whose content is withheld
     */
    SafeEvents(Sanitizers sanitizers, Notices notices, Runnable withheld) {
        this.sanitizers = sanitizers;
        this.notices = notices;
        this.withheld = withheld;
    }

    Policy policy() {
        return sanitizers.policy();
    }

    private void withhold() {
        withheld.run();
        policy().findings().withheldEvent();
    }

    /** Another event in the place of this one. */
    ILoggingEvent of(ILoggingEvent event) {
        if (!nesting.enter()) {
            withhold();
            notices.error("nested", "The content of events was withheld that are logged whenever they are printed");
            return WithheldEvent.event(event, "logged while it was printed", policy());
        }
        try {
            Sanitizer sanitizer = sanitizers.take();
            ILoggingEvent safe = new SafeEvent(event, sanitizer).settle();
            sanitizer.redactor().account(event);
            sanitizers.giveBack(sanitizer);
            return safe;
        } catch (Throwable e) {
            String name = e.getClass().getName();
            withhold();
            notices.error(
                    "withheld " + name,
                    "The content of an event was withheld, because it could not be redacted [" + name + "]");
            return WithheldEvent.event(event, "redaction failed " + name, policy());
        } finally {
            nesting.leave();
        }
    }
}
