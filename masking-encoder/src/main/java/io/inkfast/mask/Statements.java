package io.inkfast.mask;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.inkfast.mask.scan.TextScanner;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.helpers.MessageFormatter;

/** What may be seen of templates and arguments: each by itself, and all of them together. One thread at a time. */
class Statements {

    final Sanitizer sanitizer;
    final Redactor redactor;

    Statements(Sanitizer sanitizer, Redactor redactor) {
        this.sanitizer = sanitizer;
        this.redactor = redactor;
    }

    /**
     * Template and arguments of this event.
     *
     * @param message as it may be seen
     */
    final Statement of(ILoggingEvent event, @Nullable String message) {
        String template = event.getMessage();
        Object[] arguments = event.getArgumentArray();
        if (template == null || arguments == null || arguments.length == 0) {
            String safe = template == null ? null : sanitizer.text(template);
            return new Statement(safe, arguments == null ? null : arguments(event, message));
        }
        return of(sanitizer.template(template), event, message);
    }

    Statement of(String template, ILoggingEvent event, @Nullable String message) {
        Object[] arguments = arguments(event, message);
        if (arguments == null || !together(template, arguments, message)) {
            return new Statement(template, arguments);
        }
        Arrays.fill(arguments, TextScanner.MASK);
        return new Statement(message, arguments);
    }

    /* Each with the word before its placeholder as its name. */
    @SuppressWarnings("NullAway") // an argument may be null, which the type of Logback's array does not say
    private Object @Nullable [] arguments(ILoggingEvent event, @Nullable String message) {
        Object[] arguments = event.getArgumentArray();
        if (arguments == null) {
            return null;
        }
        MaskedArguments masked = masked(event, message, byTemplate(event));
        Object[] safe = new Object[arguments.length];
        for (int i = 0; i < safe.length; i++) {
            safe[i] = masked.instead(i, arguments[i], sanitizer.value(null, arguments[i]));
        }
        return safe;
    }

    private BitSet byTemplate(ILoggingEvent event) {
        String template = event.getMessage();
        return template == null ? new BitSet() : redactor.maskedByTemplate(template);
    }

    static MaskedArguments masked(ILoggingEvent event, @Nullable String message, BitSet byTemplate) {
        return new MaskedArguments(byTemplate, event.getFormattedMessage(), message);
    }

    /* Whether the arguments make something in the template that none of them is alone. */
    private boolean together(String template, Object[] arguments, @Nullable String message) {
        String formatted = MessageFormatter.arrayFormat(template, arguments).getMessage();
        return !formatted.equals(message) && !redactor.text(formatted).equals(formatted);
    }
}
