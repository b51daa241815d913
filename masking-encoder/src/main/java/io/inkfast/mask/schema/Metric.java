package io.inkfast.mask.schema;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.logstash.logback.composite.AbstractJsonProvider;
import net.logstash.logback.composite.JsonProvider;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;
import tools.jackson.core.JsonGenerator;

/**
 * {@code metric}, of the key-values {@code metric_name}, {@code metric_value}, {@code metric_unit}, {@code metric_tags} (a
 * map) and {@code metric_tag_x}. An event without a name is no metric.
 */
final class Metric extends AbstractJsonProvider<ILoggingEvent> {

    static final Key NAME = Key.pair("name", "metric_name");
    static final List<Key> KEYS = List.of(NAME, Key.pair("value", "metric_value"), Key.pair("unit", "metric_unit"));
    private static final String TAGS = "metric_tags";
    private static final String TAG = "metric_tag_";

    private final Source source;

    Metric(Source source) {
        this.source = source;
    }

    @Override
    public void writeTo(JsonGenerator generator, ILoggingEvent event) {
        if (!isMetric(event)) {
            return;
        }
        generator.writeName("metric");
        generator.writeStartObject();
        for (Key key : KEYS) {
            Object value = source.find(event, key);
            if (value != null) {
                generator.writeName(key.name());
                generator.writePOJO(value);
            }
        }
        Map<String, Object> tags = tags(event);
        if (!tags.isEmpty()) {
            generator.writeName("tags");
            generator.writeStartObject();
            tags.forEach((name, value) -> {
                generator.writeName(name);
                generator.writePOJO(value);
            });
            generator.writeEndObject();
        }
        generator.writeEndObject();
    }

    private boolean isMetric(ILoggingEvent event) {
        return source.find(event, NAME) != null;
    }

    private Map<String, Object> tags(ILoggingEvent event) {
        Map<String, Object> tags = new LinkedHashMap<>();
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        for (KeyValuePair pair : pairs == null ? List.<KeyValuePair>of() : pairs) {
            if (pair.key == null || pair.value == null || source.excludes(pair.key)) {
                continue;
            }
            if (pair.key.startsWith(TAG)) {
                put(tags, pair.key.substring(TAG.length()), pair.value);
            } else if (pair.key.equals(TAGS) && pair.value instanceof Map<?, ?> map) {
                map.forEach((name, value) -> put(tags, String.valueOf(name), value));
            }
        }
        return tags;
    }

    private static void put(Map<String, Object> tags, String name, @Nullable Object value) {
        if (value == null) {
            return;
        }
        String free = name;
        for (int number = 1; tags.containsKey(free); number++) {
            free = name + '_' + number;
        }
        tags.put(free, value);
    }

    /** Whether a key-value stands in the metric. */
    boolean shows(ILoggingEvent event, String key, Object value) {
        if (key.startsWith(TAG) || (key.equals(TAGS) && value instanceof Map)) {
            return isMetric(event);
        }
        return isMetric(event) && source.shown(event, key, value);
    }

    /** Writes what a metric has no need of. */
    JsonProvider<ILoggingEvent> otherwise(JsonProvider<ILoggingEvent> provider) {
        return new AbstractJsonProvider<>() {
            @Override
            public void writeTo(JsonGenerator generator, ILoggingEvent event) {
                if (!isMetric(event)) {
                    provider.writeTo(generator, event);
                }
            }
        };
    }
}
