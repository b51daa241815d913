package io.inkfast.mask.schema;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.List;
import java.util.Objects;
import net.logstash.logback.composite.GlobalCustomFieldsJsonProvider;
import net.logstash.logback.composite.JsonProvider;
import net.logstash.logback.composite.loggingevent.CallerDataJsonProvider;
import net.logstash.logback.composite.loggingevent.LogLevelJsonProvider;
import net.logstash.logback.composite.loggingevent.LoggerNameJsonProvider;
import net.logstash.logback.composite.loggingevent.MessageJsonProvider;
import net.logstash.logback.composite.loggingevent.StackTraceJsonProvider;
import net.logstash.logback.composite.loggingevent.TagsJsonProvider;
import net.logstash.logback.fieldnames.LogstashFieldNames;

/** Two shapes for devices and their gateways: what a component says of a customer's asset, and what it measures. */
final class Gateway {

    private static final List<Key> IDS =
            List.of(Key.anywhere("customer_id", "customerId"), Key.anywhere("asset_id", "assetId"));

    private Gateway() {}

    static LogstashFieldNames names(LogstashFieldNames given) {
        return new Names(given)
                .timestamp("timestamp")
                .level("level")
                .logger("component")
                .message("message")
                .thread(Names.NONE)
                .caller("module", "function", Names.NONE, "line")
                .stackTrace("traceback")
                .merged();
    }

    static List<JsonProvider<ILoggingEvent>> events(Parts parts) {
        Source source = new Source(parts, List.of(Component.NAME, IDS.get(0), IDS.get(1), RunningProcess.NAME));
        parts.timestamp().take(LogLevelJsonProvider.class);
        component(parts, source);
        parts.own(Fields.top(source, IDS), "customer_id", "asset_id")
                .take(MessageJsonProvider.class)
                .own(new RunningProcess(source), "process")
                .own(new CallingThread(), "thread");
        return data(parts, source, source::shown);
    }

    static List<JsonProvider<ILoggingEvent>> metrics(Parts parts) {
        Source source =
                new Source(parts, List.of(Component.NAME, Metric.KEYS.get(0), Metric.KEYS.get(1), Metric.KEYS.get(2)));
        Metric metric = new Metric(source);
        LogstashFieldNames names = parts.names();
        component(parts.timestamp(), source);
        parts.own(metric, "metric")
                .replace(LogLevelJsonProvider.class, given -> own(metric.otherwise(given), names.getLevel()))
                .replace(MessageJsonProvider.class, given -> own(metric.otherwise(given), names.getMessage()));
        return data(parts, source, metric::shows);
    }

    private static void component(Parts parts, Source source) {
        String name = parts.names().getLogger();
        parts.replace(
                LoggerNameJsonProvider.class,
                given -> Names.NONE.equals(name) ? given : own(new Component(source, name, given), name));
    }

    private static List<JsonProvider<ILoggingEvent>> data(Parts parts, Source source, OtherPairs.Shown shown) {
        return parts.take(CallerDataJsonProvider.class)
                .replace(StackTraceJsonProvider.class, given -> own(Failure.object("exception", given), "exception"))
                .take(GlobalCustomFieldsJsonProvider.class)
                .properties(source, property -> property)
                .mdc(source, key -> key)
                .pairs(shown)
                .take(TagsJsonProvider.class)
                .rest();
    }

    private static Own own(JsonProvider<ILoggingEvent> provider, String name) {
        return new Own(provider, List.of(Objects.requireNonNull(name)));
    }
}
