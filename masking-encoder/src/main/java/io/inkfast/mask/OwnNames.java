package io.inkfast.mask;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.inkfast.mask.schema.Own;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import net.logstash.logback.composite.JsonProvider;
import net.logstash.logback.composite.LogstashVersionJsonProvider;
import net.logstash.logback.composite.loggingevent.CallerDataJsonProvider;
import net.logstash.logback.composite.loggingevent.LogLevelJsonProvider;
import net.logstash.logback.composite.loggingevent.LogLevelValueJsonProvider;
import net.logstash.logback.composite.loggingevent.LoggerNameJsonProvider;
import net.logstash.logback.composite.loggingevent.LoggingEventFormattedTimestampJsonProvider;
import net.logstash.logback.composite.loggingevent.LoggingEventThreadNameJsonProvider;
import net.logstash.logback.composite.loggingevent.MessageJsonProvider;
import net.logstash.logback.composite.loggingevent.StackTraceJsonProvider;
import net.logstash.logback.composite.loggingevent.TagsJsonProvider;
import net.logstash.logback.fieldnames.LogstashFieldNames;
import org.jspecify.annotations.Nullable;

/**
 * Which providers write names of the encoder's own, and which names those are. What the other providers write is data: MDC,
 * key-values, arguments, markers, properties of the context, custom fields, and whatever the user added. Immutable.
 */
final class OwnNames {

    private static final Set<Class<?>> OWN = Set.of(
            LoggingEventFormattedTimestampJsonProvider.class,
            LogstashVersionJsonProvider.class,
            MessageJsonProvider.class,
            LoggerNameJsonProvider.class,
            LoggingEventThreadNameJsonProvider.class,
            LogLevelJsonProvider.class,
            LogLevelValueJsonProvider.class,
            CallerDataJsonProvider.class,
            StackTraceJsonProvider.class,
            TagsJsonProvider.class,
            EventIdProvider.class);

    private final boolean[] data;
    private final Set<String> reserved = new LinkedHashSet<>();

    OwnNames(List<JsonProvider<ILoggingEvent>> providers, LogstashFieldNames fields) {
        data = new boolean[providers.size()];
        Set<Class<?>> seen = new HashSet<>();
        for (int i = 0; i < data.length; i++) {
            Class<?> type = providers.get(i).getClass();
            // A second one of a kind is the user's, and would write a name twice.
            data[i] = !OWN.contains(type) || !seen.add(type);
            if (providers.get(i) instanceof EventIdProvider ids) {
                ids.names().forEach(this::reserve);
            }
            if (providers.get(i) instanceof Own own) {
                data[i] = false;
                own.names().forEach(this::reserve);
            }
        }
        if (seen.contains(CallerDataJsonProvider.class)) {
            if (named(fields.getCaller())) {
                reserve(fields.getCaller());
            } else {
                reserve(fields.getCallerClass());
                reserve(fields.getCallerMethod());
                reserve(fields.getCallerFile());
                reserve(fields.getCallerLine());
            }
        }
        reserve(seen, LoggingEventFormattedTimestampJsonProvider.class, fields.getTimestamp());
        reserve(seen, LogstashVersionJsonProvider.class, fields.getVersion());
        reserve(seen, MessageJsonProvider.class, fields.getMessage());
        reserve(seen, LoggerNameJsonProvider.class, fields.getLogger());
        reserve(seen, LoggingEventThreadNameJsonProvider.class, fields.getThread());
        reserve(seen, LogLevelJsonProvider.class, fields.getLevel());
        reserve(seen, LogLevelValueJsonProvider.class, fields.getLevelValue());
        reserve(seen, StackTraceJsonProvider.class, fields.getStackTrace());
        reserve(seen, TagsJsonProvider.class, fields.getTags());
    }

    private void reserve(Set<Class<?>> seen, Class<?> provider, @Nullable String name) {
        if (seen.contains(provider)) {
            reserve(name);
        }
    }

    private void reserve(@Nullable String name) {
        if (name != null && named(name)) {
            reserved.add(name);
        }
    }

    private static boolean named(@Nullable String name) {
        return name != null && !name.equals(LogstashFieldNames.IGNORE_FIELD_INDICATOR);
    }

    /** Whether the provider at this place of the list writes data. */
    boolean isData(int provider) {
        return data[provider];
    }

    Set<String> reserved() {
        return reserved;
    }
}
