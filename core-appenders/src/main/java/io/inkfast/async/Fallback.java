package io.inkfast.async;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.Context;
import io.inkfast.component.AttachedAppenders;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where events go that a sink could not take: an appender by name, one of those behind the front or, found when it is
 * first needed, any other in the context. The worker's thread.
 */
final class Fallback {

    private final @Nullable Context context;
    private final @Nullable String name;
    private final @Nullable Appender<ILoggingEvent> attached;
    private @Nullable Appender<ILoggingEvent> found;
    private boolean appending;

    Fallback(@Nullable Context context, @Nullable String name, List<Appender<ILoggingEvent>> behind) {
        this.context = context;
        this.name = name;
        attached = named(name, behind);
        found = attached;
    }

    /** The appender if it is one of those behind the front: it gets what fails, and nothing else. */
    @Nullable
    Appender<ILoggingEvent> attached() {
        return attached;
    }

    /** Hands the event over; what fails here is lost to the fallback, and has been counted as failed already. */
    void append(ILoggingEvent event) {
        if (name == null || appending) {
            return;
        }
        appending = true;
        try {
            if (found == null && context instanceof LoggerContext loggers) {
                found = named(name, AttachedAppenders.of(loggers));
            }
            if (found != null) {
                found.doAppend(event);
            }
        } finally {
            appending = false;
        }
    }

    private static @Nullable Appender<ILoggingEvent> named(
            @Nullable String name, List<Appender<ILoggingEvent>> appenders) {
        return appenders.stream()
                .filter(each -> name != null && name.equals(each.getName()))
                .findFirst()
                .orElse(null);
    }
}
