package io.inkfast.mask.schema;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.logstash.logback.composite.AbstractJsonProvider;
import net.logstash.logback.composite.loggingevent.KeyValuePairsJsonProvider;
import org.slf4j.event.KeyValuePair;
import tools.jackson.core.JsonGenerator;

/** Key-values that stand in no field of the schema, with the options of the provider that it replaces. */
final class OtherPairs extends AbstractJsonProvider<ILoggingEvent> {

    /** Whether a key-value stands elsewhere. */
    interface Shown {
        boolean test(ILoggingEvent event, String key, Object value);
    }

    private final Shown shown;
    private final Set<String> included;
    private final Set<String> excluded;
    private final Map<String, String> renamed;

    OtherPairs(KeyValuePairsJsonProvider options, Shown shown) {
        this.shown = shown;
        this.included = Set.copyOf(options.getIncludeKeyNames());
        this.excluded = Set.copyOf(options.getExcludeKeyNames());
        this.renamed = Map.copyOf(options.getKeyFieldNames());
    }

    @Override
    public void writeTo(JsonGenerator generator, ILoggingEvent event) {
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        if (pairs == null) {
            return;
        }
        for (KeyValuePair pair : pairs) {
            String key = pair.key;
            if (key != null
                    && pair.value != null
                    && (included.isEmpty() || included.contains(key))
                    && !excluded.contains(key)
                    && !shown.test(event, key, pair.value)) {
                generator.writeName(renamed.getOrDefault(key, key));
                generator.writePOJO(pair.value);
            }
        }
    }
}
