package io.inkfast.component;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import org.jspecify.annotations.Nullable;

/**
 * An appender that says of each event whether the appenders behind it took it, so that the one in front can try again. Any
 * thread.
 *
 * @since 0.1.0
 */
public interface AnsweringAppender extends Appender<ILoggingEvent> {

    /**
     * The same as {@link #doAppend}; null if the event was taken or filtered, else why not, in a word. What was taken is in no
     * buffer that one of Logback's file appenders behind could lose. {@link StreamFaults#REASON} says that such a file may end
     * with half a line.
     */
    @Nullable
    String deliver(ILoggingEvent event);
}
