package io.inkfast.mask;

import java.util.Map;
import java.util.function.BiConsumer;

/** A map and what was in it. One thread. */
final class MapSnapshot implements BiConsumer<String, String> {

    private final Map<String, String> map;
    private final Object[] entries;
    private int at;
    private boolean unchanged;

    MapSnapshot(Map<String, String> map) {
        this.map = map;
        this.entries = new Object[2 * map.size()];
        map.forEach((key, value) -> {
            entries[at++] = key;
            entries[at++] = value;
        });
    }

    /** Whether it is of this very map. */
    @SuppressWarnings("ReferenceEquality") // an equal one has to be looked at anew
    boolean isOf(Map<String, String> other) {
        return map == other;
    }

    /** Whether the same is in the map now, without making garbage. */
    boolean isAsItWas() {
        at = 0;
        unchanged = true;
        map.forEach(this);
        return unchanged && at == entries.length;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // an equal text is another entry's: rendering it again does no harm
    public void accept(String key, String value) {
        unchanged = unchanged && at < entries.length && entries[at] == key && entries[at + 1] == value;
        at += 2;
    }
}
