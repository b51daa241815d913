package io.inkfast.mask;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.BitSet;
import net.logstash.logback.argument.StructuredArgument;
import org.jspecify.annotations.Nullable;

/*
 * Whoever redacts such an event again formats its message anew, with what he hides of the arguments: so they must make the
 * message that was made of the originals. Where that cannot be, the message is the template.
 */
/** The same for events that are stored. */
final class FixedStatements extends Statements {

    private final Freezer freezer;

    FixedStatements(Sanitizer sanitizer, Redactor redactor, Freezer freezer) {
        super(sanitizer, redactor);
        this.freezer = freezer;
    }

    @Override
    Statement of(String template, ILoggingEvent event, @Nullable String message) {
        Object[] arguments = arguments(event, message, true);
        boolean same = template.equals(event.getMessage())
                && event.getFormattedMessage().equals(message)
                && Statement.same(arguments, event.getArgumentArray());
        return same || message == null || Statement.makes(template, arguments, message)
                ? new Statement(template, arguments)
                : Statement.saying(message, arguments(event, message, false));
    }

    /**
     * @param printed whether of an argument that the message hides is kept what the message has, and not the mask
     */
    @SuppressWarnings("NullAway") // an argument may be null, which the type of Logback's array does not say
    private Object[] arguments(ILoggingEvent event, @Nullable String message, boolean printed) {
        Object[] arguments = event.getArgumentArray();
        String template = event.getMessage();
        BitSet byTemplate = redactor.maskedByTemplate(template);
        MaskedArguments masked = masked(event, message, byTemplate);
        boolean plain = masked.none() && !redactor.policy().strict();
        Object[] safe = new Object[arguments.length];
        for (int i = 0; i < safe.length; i++) {
            Object argument = arguments[i];
            if (plain && i < Placeholders.MOST && (argument instanceof Number || argument instanceof String)) {
                safe[i] = sanitizer.value(null, argument);
                continue;
            }
            Object seen = redactor.seen(template, i, argument, byTemplate);
            if (seen == argument) {
                safe[i] = masked.instead(i, argument, sanitizer.value(null, argument));
            } else if (argument instanceof StructuredArgument structured) {
                safe[i] = freezer.structured(structured, String.valueOf(seen));
            } else {
                safe[i] = printed ? seen : masked.instead(i, argument, seen);
            }
        }
        return safe;
    }
}
