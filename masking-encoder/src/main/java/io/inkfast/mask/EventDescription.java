package io.inkfast.mask;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import org.jspecify.annotations.Nullable;

/** One line that says what an event said. Throws nothing. Any thread. */
final class EventDescription {

    private static final int LONGEST = 1_000;
    private static final int DEEPEST = 8;

    private EventDescription() {}

    /** The name of its logger; without a policy by the rules that hold when nothing is configured. */
    static String loggerName(ILoggingEvent event, @Nullable Policy policy) {
        return String.valueOf(WithheldEvent.safe(event::getLoggerName, policy));
    }

    static String of(ILoggingEvent event, @Nullable Policy policy) {
        if (policy == null) {
            return "[event withheld: the redaction is misconfigured]";
        }
        try {
            Redactor redactor = policy.off() ? null : policy.redactors().take(policy);
            ILoggingEvent seen = redactor == null ? event : new RedactedEvent(event, redactor);
            StringBuilder out = new StringBuilder(String.valueOf(seen.getFormattedMessage()));
            IThrowableProxy throwable = seen.getThrowableProxy();
            for (int i = 0; throwable != null && i < DEEPEST; i++) {
                out.append(i == 0 ? " | " : " | caused by ").append(throwable.getClassName());
                if (throwable.getMessage() != null) {
                    out.append(": ").append(throwable.getMessage());
                }
                throwable = throwable.getCause();
            }
            if (redactor != null) {
                policy.redactors().giveBack(redactor);
            }
            for (int i = 0; i < out.length(); i++) {
                if (Character.isISOControl(out.charAt(i)) || out.charAt(i) == 0x2028 || out.charAt(i) == 0x2029) {
                    out.setCharAt(i, ' ');
                }
            }
            return out.length() <= LONGEST ? out.toString() : out.substring(0, LONGEST) + "...";
        } catch (Throwable e) {
            return "[event withheld: redaction failed " + e.getClass().getName() + "]";
        }
    }
}
