package io.inkfast.mask.schema;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Context;
import io.inkfast.internal.Settings;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import net.logstash.logback.composite.JsonProvider;
import net.logstash.logback.fieldnames.LogstashFieldNames;
import org.jspecify.annotations.Nullable;

/** The shape of a line. {@link #LOGSTASH} is the one of LogstashEncoder, which is left as it is. */
@SuppressWarnings("ImmutableEnumChecker") // references to static methods
public enum Schema {
    LOGSTASH(given -> given, null),
    ECS(Ecs::names, Ecs::line),
    APPLICATION(Application::names, Application::line),
    GATEWAY(Gateway::names, Gateway::events),
    METRICS(Gateway::names, Gateway::metrics);

    private final UnaryOperator<LogstashFieldNames> names;
    private final @Nullable Function<Parts, List<JsonProvider<ILoggingEvent>>> line;

    Schema(UnaryOperator<LogstashFieldNames> names, @Nullable Function<Parts, List<JsonProvider<ILoggingEvent>>> line) {
        this.names = names;
        this.line = line;
    }

    /** The one of this name, in any case; LOGSTASH if there is none. */
    public static Schema read(Settings settings, @Nullable String text) {
        Map<String, Schema> all = new LinkedHashMap<>();
        Arrays.stream(values()).forEach(each -> all.put(each.name().toLowerCase(Locale.ROOT), each));
        return settings.choice("schema", text, all, LOGSTASH, all.keySet());
    }

    /** The names of its fields, where the user has given none. */
    public LogstashFieldNames names(LogstashFieldNames given) {
        return names.apply(given);
    }

    /**
     * What writes a line, in order.
     *
     * @param providers those of the encoder, started, with these names
     * @param context null if the encoder has none
     */
    public List<JsonProvider<ILoggingEvent>> line(
            List<JsonProvider<ILoggingEvent>> providers, LogstashFieldNames fieldNames, @Nullable Context context) {
        return line == null ? providers : line.apply(new Parts(providers, fieldNames, context));
    }
}
