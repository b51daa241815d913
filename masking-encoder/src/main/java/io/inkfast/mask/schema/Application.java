package io.inkfast.mask.schema;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.List;
import net.logstash.logback.composite.GlobalCustomFieldsJsonProvider;
import net.logstash.logback.composite.JsonProvider;
import net.logstash.logback.composite.loggingevent.CallerDataJsonProvider;
import net.logstash.logback.composite.loggingevent.LogLevelJsonProvider;
import net.logstash.logback.composite.loggingevent.LoggerNameJsonProvider;
import net.logstash.logback.composite.loggingevent.MessageJsonProvider;
import net.logstash.logback.composite.loggingevent.StackTraceJsonProvider;
import net.logstash.logback.composite.loggingevent.TagsJsonProvider;
import net.logstash.logback.fieldnames.LogstashFieldNames;

/** Short names; who and what an event belongs to in {@code context}, its exception in {@code exception}. */
final class Application {

    private static final List<Key> CONTEXT = List.of(
            Key.anywhere("correlation_id", "correlationId"),
            Key.anywhere("user_id", "userId"),
            Key.anywhere("session_id", "sessionId"),
            Key.anywhere("service_name", "service", "service.name", "SERVICE_NAME"),
            Key.anywhere("version", "service.version", "SERVICE_VERSION"));

    private Application() {}

    static LogstashFieldNames names(LogstashFieldNames given) {
        return new Names(given)
                .timestamp("timestamp")
                .level("level")
                .logger("logger")
                .message("message")
                .thread(Names.NONE)
                .caller("module", "function", Names.NONE, "line")
                .stackTrace("traceback")
                .merged();
    }

    static List<JsonProvider<ILoggingEvent>> line(Parts parts) {
        Source source = new Source(parts, CONTEXT);
        return parts.timestamp()
                .take(LogLevelJsonProvider.class)
                .take(LoggerNameJsonProvider.class)
                .take(MessageJsonProvider.class)
                .take(CallerDataJsonProvider.class)
                .own(Fields.object("context", source, CONTEXT), "context")
                .replace(
                        StackTraceJsonProvider.class,
                        given -> new Own(Failure.object("exception", given), List.of("exception")))
                .take(GlobalCustomFieldsJsonProvider.class)
                .properties(source, name -> name)
                .mdc(source, key -> key)
                .pairs(source::shown)
                .take(TagsJsonProvider.class)
                .rest();
    }
}
