package io.inkfast.net.kafka;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Context;
import io.inkfast.internal.Settings;
import org.jspecify.annotations.Nullable;

/** The key of a record, as a pattern of Logback's. Any thread. */
final class KeyPattern {

    /* What Logback prints for a word that it does not know. */
    private static final String ERROR = "%PARSER_ERROR";

    private final PatternLayout layout = new PatternLayout();

    private KeyPattern(String pattern, Context context) {
        layout.setContext(context);
        layout.setPattern(pattern);
        // Logback would put the stack trace behind it.
        layout.setPostCompileProcessor(null);
        layout.start();
    }

    /** Reads it; null if there is none. A problem is added to {@code settings}. */
    static @Nullable KeyPattern read(
            String element, @Nullable String text, @Nullable Context context, Settings settings) {
        String pattern = settings.text(element, text);
        if (pattern == null || !(context instanceof LoggerContext loggers)) {
            return null;
        }
        KeyPattern made = new KeyPattern(pattern, loggers);
        LoggingEvent probe =
                new LoggingEvent(KeyPattern.class.getName(), loggers.getLogger("ROOT"), Level.INFO, "", null, null);
        if (!made.layout.isStarted() || made.of(probe).contains(ERROR)) {
            settings.problem("<" + element + "> [" + pattern + "] is not a pattern such as %X{traceId} or %logger");
        }
        return made;
    }

    /** Empty for none. */
    String of(ILoggingEvent event) {
        return layout.doLayout(event);
    }
}
