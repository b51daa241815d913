package io.inkfast.mask.schema;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Context;
import io.inkfast.internal.Settings;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.logstash.logback.composite.JsonProvider;
import net.logstash.logback.fieldnames.LogstashFieldNames;
import org.jspecify.annotations.Nullable;

/** The shape of a line. {@link #LOGSTASH} is the one of LogstashEncoder, which is left as it is. */
@SuppressWarnings("ImmutableEnumChecker") // references to static methods
public enum Schema {
    LOGSTASH,
    ECS,
    APPLICATION,
    GATEWAY,
    METRICS;

    /** The one of this name, in any case; LOGSTASH if there is none. */
    public static Schema read(Settings settings, @Nullable String text) {
        Map<String, Schema> all = new LinkedHashMap<>();
        Arrays.stream(values()).forEach(each -> all.put(each.name().toLowerCase(Locale.ROOT), each));
        return settings.choice("schema", text, all, LOGSTASH, all.keySet());
    }

    /** The version of ECS; null in the other shapes. */
    public @Nullable String ecsVersion() {
        return this == ECS ? Ecs.VERSION : null;
    }

    /** The names of its fields, where the user has given none. */
    public LogstashFieldNames names(LogstashFieldNames given) {
        return switch (this) {
            case LOGSTASH -> given;
            case ECS -> Ecs.names(given);
            case APPLICATION -> Application.names(given);
            case GATEWAY, METRICS -> Gateway.names(given);
        };
    }

    /**
     * What writes a line, in order.
     *
     * @param providers those of the encoder, started, with these names
     * @param context null if the encoder has none
     */
    public List<JsonProvider<ILoggingEvent>> line(
            List<JsonProvider<ILoggingEvent>> providers, LogstashFieldNames fieldNames, @Nullable Context context) {
        Parts parts = new Parts(providers, fieldNames, context);
        return switch (this) {
            case LOGSTASH -> providers;
            case ECS -> Ecs.line(parts);
            case APPLICATION -> Application.line(parts);
            case GATEWAY -> Gateway.events(parts);
            case METRICS -> Gateway.metrics(parts);
        };
    }
}
