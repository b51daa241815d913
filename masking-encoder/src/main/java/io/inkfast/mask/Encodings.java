package io.inkfast.mask;

import io.inkfast.internal.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonEncoding;

/** The encodings that JSON can be written in. */
final class Encodings {

    private Encodings() {}

    static JsonEncoding read(Settings settings, @Nullable String text) {
        Map<String, JsonEncoding> encodings = new HashMap<>();
        List<String> names = new ArrayList<>();
        for (JsonEncoding encoding : JsonEncoding.values()) {
            names.add(encoding.getJavaName());
            encodings.put(encoding.getJavaName().toLowerCase(Locale.ROOT), encoding);
        }
        return settings.choice("encoding", text, encodings, JsonEncoding.UTF8, names);
    }
}
