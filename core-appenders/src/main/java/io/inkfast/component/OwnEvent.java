package io.inkfast.component;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Context;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an appender has to say in the log itself: that the log lacks something. Any thread.
 *
 * @since 0.1.0
 */
public final class OwnEvent {

    private OwnEvent() {}

    /**
     * An event of level WARN and of the current time, complete; null if {@code context} is not a logger context.
     *
     * @param logger the name of the logger that seems to have logged it
     */
    public static @Nullable LoggingEvent warn(@Nullable Context context, String logger, String text) {
        if (!(context instanceof LoggerContext loggers)) {
            return null;
        }
        LoggingEvent event = new LoggingEvent(logger, loggers.getLogger(logger), Level.WARN, text, null, null);
        // What a thread logs that delivers is left out by those behind.
        event.setThreadName("inkfast");
        // Of nobody's request; and a context that was made by hand may have no MDC to ask.
        event.setMDCPropertyMap(Map.of());
        event.prepareForDeferredProcessing();
        return event;
    }
}
