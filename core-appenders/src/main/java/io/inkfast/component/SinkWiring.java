package io.inkfast.component;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import io.inkfast.internal.Settings;
import java.util.List;

/**
 * Finds what is wrong with the appenders that another one refers to, before it starts.
 *
 * @since 0.1.0
 */
public final class SinkWiring {

    private SinkWiring() {}

    /** Adds every problem to {@code settings}. */
    public static void check(Appender<ILoggingEvent> front, List<Appender<ILoggingEvent>> sinks, Settings settings) {
        if (sinks.isEmpty()) {
            settings.problem(
                    "no appender is attached; add <appender-ref ref=\"NAME\"/>, directly inside this appender");
        }
        for (Appender<ILoggingEvent> sink : sinks) {
            if (sink == front) {
                settings.problem("the appender refers to itself; its <appender-ref> must name another one");
            } else if (AttachedAppenders.leads(sink, front)) {
                settings.problem(
                        "[" + sink.getName() + "] leads back to this appender; events would go round for ever");
            } else if (!(sink instanceof Accounted)) {
                // Ours check themselves, and stay stopped if they must.
                ConfigurationCheck.problems(sink).forEach(settings::problem);
            }
        }
    }
}
