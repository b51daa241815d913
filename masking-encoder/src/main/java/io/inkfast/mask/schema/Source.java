package io.inkfast.mask.schema;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Context;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.logstash.logback.composite.ContextJsonProvider;
import net.logstash.logback.composite.loggingevent.KeyValuePairsJsonProvider;
import net.logstash.logback.composite.loggingevent.MdcJsonProvider;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * Where the values of keys are found. What the encoder was told to leave out is not looked at; what it was told to include
 * is said of other data only. Immutable, any thread.
 */
final class Source {

    private final Map<String, Key> claims = new HashMap<>();
    private final @Nullable Context properties;
    private final boolean mdc;
    private final boolean pairs;
    private final Set<String> excludedMdc;
    private final Set<String> excludedPairs;

    Source(Parts parts, List<Key> keys) {
        for (Key key : keys) {
            key.from().forEach(name -> claims.putIfAbsent(name, key));
        }
        MdcJsonProvider mdcOptions = parts.find(MdcJsonProvider.class);
        KeyValuePairsJsonProvider pairOptions = parts.find(KeyValuePairsJsonProvider.class);
        properties = parts.find(ContextJsonProvider.class) == null ? null : parts.context();
        mdc = mdcOptions != null;
        pairs = pairOptions != null;
        excludedMdc = mdcOptions == null ? Set.of() : Set.copyOf(mdcOptions.getExcludeMdcKeyNames());
        excludedPairs = pairOptions == null ? Set.of() : Set.copyOf(pairOptions.getExcludeKeyNames());
    }

    /** The value, or null if there is none. */
    @Nullable
    Object find(ILoggingEvent event, Key key) {
        Object found = null;
        if (pairs && key.place() != Key.Place.PROPERTIES) {
            found = inPairs(event.getKeyValuePairs(), key);
        }
        if (found == null && mdc && key.place() == Key.Place.ANYWHERE) {
            found = inMdc(event.getMDCPropertyMap(), key);
        }
        if (found == null && properties != null && key.place() != Key.Place.PAIRS) {
            for (int i = 0; i < key.from().size() && found == null; i++) {
                found = properties.getProperty(key.from().get(i));
            }
        }
        return found;
    }

    private @Nullable Object inPairs(@Nullable List<KeyValuePair> present, Key key) {
        if (present == null || present.isEmpty()) {
            return null;
        }
        for (String name : key.from()) {
            for (KeyValuePair pair : present) {
                if (name.equals(pair.key) && pair.value != null && !excludedPairs.contains(name)) {
                    return pair.value;
                }
            }
        }
        return null;
    }

    private @Nullable Object inMdc(@Nullable Map<String, String> present, Key key) {
        if (present == null || present.isEmpty()) {
            return null;
        }
        for (String name : key.from()) {
            String value = present.get(name);
            if (value != null && !excludedMdc.contains(name)) {
                return value;
            }
        }
        return null;
    }

    /** Whether key-values of this name are left out. */
    boolean excludes(String pair) {
        return excludedPairs.contains(pair);
    }

    /** Whether this value already stands in a field of the schema. One that lost against another does not. */
    boolean shown(ILoggingEvent event, String name, Object value) {
        Key key = claims.get(name);
        if (key == null) {
            return false;
        }
        Object found = find(event, key);
        return found == value
                || (simple(found) && simple(value) && String.valueOf(found).equals(value.toString()));
    }

    /* The texts of other objects are theirs, and may fail. */
    private static boolean simple(@Nullable Object value) {
        return value instanceof String || value instanceof Number || value instanceof Boolean;
    }
}
