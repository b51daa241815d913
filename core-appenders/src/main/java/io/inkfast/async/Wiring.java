package io.inkfast.async;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import io.inkfast.component.ConfigurationCheck;
import io.inkfast.component.DurableOnReturn;
import io.inkfast.internal.Settings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds what is wrong with a front's fallback and its measures, before it starts. */
final class Wiring {

    private Wiring() {}

    /** Some appenders must be called by the thread that logs. */
    static void checkCallers(List<Appender<ILoggingEvent>> sinks, Settings settings) {
        for (Appender<ILoggingEvent> sink : sinks) {
            if (sink instanceof DurableOnReturn) {
                settings.problem("[" + sink.getName() + "] is behind this appender; a call would return before the"
                        + " event is safe: let loggers refer to [" + sink.getName() + "] directly");
            }
        }
    }

    /** The fallback gets what fails and nothing else, so there must be another sink; and there must be a fallback. */
    static void checkFallback(
            Appender<ILoggingEvent> front,
            @Nullable String fallback,
            List<Appender<ILoggingEvent>> sinks,
            Settings settings) {
        if (fallback == null) {
            return;
        }
        long others =
                sinks.stream().filter(sink -> !fallback.equals(sink.getName())).count();
        if (others == 0 && !sinks.isEmpty()) {
            settings.problem(
                    "<fallback> [" + fallback + "] is the only appender behind this one; it gets what the others"
                            + " could not take: refer to another one as well");
        } else if (others == sinks.size() && !ConfigurationCheck.mayBeDefined(front, fallback)) {
            settings.problem("<fallback> [" + fallback + "] is not the name of an appender");
        }
    }
}
