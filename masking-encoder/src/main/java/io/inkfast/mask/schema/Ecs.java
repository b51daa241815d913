package io.inkfast.mask.schema;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.List;
import java.util.Map;
import net.logstash.logback.composite.AbstractJsonProvider;
import net.logstash.logback.composite.ContextJsonProvider;
import net.logstash.logback.composite.GlobalCustomFieldsJsonProvider;
import net.logstash.logback.composite.JsonProvider;
import net.logstash.logback.composite.loggingevent.CallerDataJsonProvider;
import net.logstash.logback.composite.loggingevent.LogLevelJsonProvider;
import net.logstash.logback.composite.loggingevent.LoggerNameJsonProvider;
import net.logstash.logback.composite.loggingevent.LoggingEventThreadNameJsonProvider;
import net.logstash.logback.composite.loggingevent.MessageJsonProvider;
import net.logstash.logback.composite.loggingevent.StackTraceJsonProvider;
import net.logstash.logback.composite.loggingevent.TagsJsonProvider;
import net.logstash.logback.fieldnames.LogstashFieldNames;
import tools.jackson.core.JsonGenerator;

/**
 * Elastic's ECS logging: dotted names at the top of the line, the four that its specification puts first in front. MDC and
 * properties of the context are labels, which are always texts: one type for each name, in every index.
 */
final class Ecs {

    /* The last one of ECS 8; what is written here means the same in all since 1.6. */
    static final String VERSION = "8.11.0";

    private static final List<Key> SERVICE = List.of(
            Key.property("service.name", "service", "SERVICE_NAME"),
            Key.property("service.version", "SERVICE_VERSION"),
            Key.property("service.environment", "SERVICE_ENVIRONMENT"),
            Key.property("service.node.name"),
            Key.property("event.dataset", "data_stream.dataset", "service.name", "service", "SERVICE_NAME"),
            Key.property("data_stream.type"),
            Key.property("data_stream.dataset"),
            Key.property("data_stream.namespace"),
            Key.property("host.name"));

    private static final Map<String, String> TRACING = Map.of(
            "traceId", "trace.id",
            "trace_id", "trace.id",
            "trace.id", "trace.id",
            "spanId", "span.id",
            "span_id", "span.id",
            "span.id", "span.id",
            "transactionId", "transaction.id",
            "transaction_id", "transaction.id",
            "transaction.id", "transaction.id");

    /* The groups too: an index that knows error.type refuses a document with a text as its error. */
    private static final String[] OWN = {
        "ecs.version",
        "process.pid",
        "event.sequence",
        "data_stream",
        "ecs",
        "error",
        "event",
        "host",
        "labels",
        "log",
        "process",
        "service",
        "span",
        "trace",
        "transaction"
    };

    private Ecs() {}

    static LogstashFieldNames names(LogstashFieldNames given) {
        return new Names(given)
                .timestamp("@timestamp")
                .level("log.level")
                .message("message")
                .logger("log.logger")
                .thread("process.thread.name")
                .stackTrace("error.stack_trace")
                .caller(Names.NONE, "log.origin.function", "log.origin.file.name", "log.origin.file.line")
                .merged();
    }

    static List<JsonProvider<ILoggingEvent>> line(Parts parts) {
        Source source = new Source(parts, SERVICE);
        LogstashFieldNames names = parts.names();
        parts.timestamp()
                .take(LogLevelJsonProvider.class)
                .take(MessageJsonProvider.class)
                .own(new Origin(), OWN)
                .take(LoggingEventThreadNameJsonProvider.class)
                .take(LoggerNameJsonProvider.class)
                .take(CallerDataJsonProvider.class)
                .replace(
                        StackTraceJsonProvider.class,
                        given -> new Own(
                                Failure.top("error.type", "error.message", given),
                                List.of("error.type", "error.message", names.getStackTrace())));
        // Before other data, so that these names are theirs.
        if (parts.find(ContextJsonProvider.class) != null && names.getContext() == null) {
            parts.add(Fields.top(source, SERVICE));
        }
        return parts.take(GlobalCustomFieldsJsonProvider.class)
                .properties(source, Ecs::label)
                .mdc(source, key -> {
                    String known = TRACING.get(key);
                    return known == null ? label(key) : known;
                })
                .pairs(source::shown)
                .take(TagsJsonProvider.class)
                .rest();
    }

    private static String label(String key) {
        return "labels." + key.replace('.', '_').replace('*', '_').replace('\\', '_');
    }

    /** What is known without looking into the event. */
    private static final class Origin extends AbstractJsonProvider<ILoggingEvent> {

        private final long pid = ProcessHandle.current().pid();

        @Override
        public void writeTo(JsonGenerator generator, ILoggingEvent event) {
            generator.writeName("ecs.version");
            generator.writeString(VERSION);
            generator.writeName("process.pid");
            generator.writeNumber(pid);
            if (event.getSequenceNumber() > 0) {
                generator.writeName("event.sequence");
                generator.writeNumber(event.getSequenceNumber());
            }
        }
    }
}
