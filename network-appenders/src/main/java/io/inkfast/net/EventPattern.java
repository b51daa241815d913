package io.inkfast.net;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Context;
import org.jspecify.annotations.Nullable;

/**
 * A pattern of Logback's for what a protocol says of an event beside its bytes, such as a key. Any thread.
 *
 * @since 0.1.0
 */
public final class EventPattern {

    /* What Logback prints for a word that it does not know. */
    private static final String ERROR = "%PARSER_ERROR";

    private final PatternLayout layout = new PatternLayout();

    private EventPattern(String pattern, Context context) {
        layout.setContext(context);
        layout.setPattern(pattern);
        // Logback would put the stack trace behind it.
        layout.setPostCompileProcessor(null);
        layout.start();
    }

    /** Null if Logback cannot read it, or does not know a word of it. */
    public static @Nullable EventPattern of(String pattern, @Nullable Context context) {
        if (!(context instanceof LoggerContext loggers)) {
            return null;
        }
        EventPattern made = new EventPattern(pattern, loggers);
        LoggingEvent probe =
                new LoggingEvent(EventPattern.class.getName(), loggers.getLogger("ROOT"), Level.INFO, "", null, null);
        return made.layout.isStarted() && !made.of(probe).contains(ERROR) ? made : null;
    }

    /** What it says of an event; empty for nothing. */
    public String of(ILoggingEvent event) {
        return layout.doLayout(event);
    }
}
