package io.inkfast.net;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a protocol brings to the delivery: where to, and what stands in front of each event.
 *
 * @since 0.1.0
 */
public interface Transport {

    /** Where to send, in the order of preference; at least one. */
    List<Endpoint> endpoints();

    /**
     * What goes in front of the encoder's bytes; null for nothing. Any thread, before the event is queued.
     *
     * @param event what it says is redacted, if the encoder redacts
     * @param id    its {@code event.id}
     */
    default byte @Nullable [] head(ILoggingEvent event, String id) {
        return null;
    }

    /** Whether the head needs more of the event than its level, its time and its id. */
    default boolean readsEvents() {
        return false;
    }

    /** Prefixes of the names of loggers that the client library uses; what they log is never sent by this appender. */
    default List<String> ownLoggers() {
        return List.of();
    }

    /** Called when the appender has stopped. */
    default void close() {}
}
