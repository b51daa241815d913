package io.inkfast.wal.event;

import io.inkfast.internal.BatchBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes and reads the maps of {@link EventRecord}. Any thread. */
final class Pairs {

    private Pairs() {}

    static void write(BatchBuffer out, Map<String, String> map) {
        Primitives.count(out, map.size());
        map.forEach((key, value) -> {
            Primitives.text(out, key);
            Primitives.text(out, value);
        });
    }

    /* Of the kind that Logback gives, which encoders know. */
    static Map<String, String> read(RecordReader reader) throws DamagedEventException {
        int count = reader.count(2);
        Map<@Nullable String, @Nullable String> map = new LinkedHashMap<>(Math.min(2 * count, 64));
        for (; count > 0; count--) {
            String key = reader.text();
            map.put(key, reader.text());
        }
        return unmodifiable(map);
    }

    @SuppressWarnings("NullAway") // Logback's type does not say that keys and values may be null.
    private static Map<String, String> unmodifiable(Map<@Nullable String, @Nullable String> map) {
        return Collections.unmodifiableMap(map);
    }
}
