package io.inkfast.mask;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import net.logstash.logback.composite.loggingevent.MdcJsonProvider;
import org.jspecify.annotations.Nullable;

/*
 * Logback's adapter gives all events between two changes of the MDC the same map. Such a map is known again by its identity,
 * and by its entries, one by one, since others could give maps that change; and a new map by what is in it. Maps of other
 * kinds are left to Jackson.
 */
/** The MDC. */
final class DirectMdc implements DirectPart {

    private static final int KEPT = 16;
    private static final int CONTENTS = 32;
    private static final int MOST_BYTES = 1024;
    private static final Class<?> UNCHANGING =
            Collections.unmodifiableMap(new HashMap<>()).getClass();

    private final MdcJsonProvider provider;
    private final boolean plain;
    private final @Nullable Known[] known = new Known[KEPT];
    private final Map<Map<String, String>, DirectFragment> byContent = new HashMap<>();
    private int next;
    private int version;

    DirectMdc(MdcJsonProvider provider) {
        this.provider = provider;
        plain = provider.getFieldName() == null
                && provider.getIncludeMdcKeyNames().isEmpty()
                && provider.getExcludeMdcKeyNames().isEmpty()
                && provider.getMdcKeyFieldNames().isEmpty()
                && provider.getMdcEntryWriters().isEmpty();
    }

    @Override
    public boolean write(ILoggingEvent event, DirectWriter to) {
        Map<String, String> map = event.getMDCPropertyMap();
        if (map == null || map.isEmpty()) {
            return true;
        }
        if (map.getClass() != UNCHANGING) {
            return false;
        }
        if (version != to.version()) {
            version = to.version();
            Arrays.fill(known, null);
            byContent.clear();
        }
        DirectFragment fragment = same(map);
        if (fragment == null) {
            fragment = equal(map, event, to);
        }
        return fragment != null && fragment.write(to);
    }

    @SuppressWarnings("ReferenceEquality") // the very map; that it is still as it was is looked at then
    private @Nullable DirectFragment same(Map<String, String> map) {
        for (Known one : known) {
            if (one != null && one.map == map) {
                return one.isAsItWas() ? one.fragment : null;
            }
        }
        return null;
    }

    /* The values of a map return more often than the map. */
    private @Nullable DirectFragment equal(Map<String, String> map, ILoggingEvent event, DirectWriter to) {
        DirectFragment fragment = byContent.get(map);
        if (fragment == null) {
            fragment = plain ? members(map, to) : null;
            fragment = fragment == null ? to.render(provider, true, event) : fragment;
            if (fragment == null || !fragment.isKept(MOST_BYTES)) {
                return fragment;
            }
            if (byContent.size() >= CONTENTS) {
                byContent.clear();
            }
            byContent.put(new HashMap<>(map), fragment);
        }
        known[next] = new Known(map, fragment);
        next = (next + 1) & (KEPT - 1);
        return fragment;
    }

    /* Every entry at the top of the line, under its own name; null if one of them is not plain. */
    private static @Nullable DirectFragment members(Map<String, String> map, DirectWriter to) {
        int start = to.line.size();
        int notes = to.notes();
        String[] names = new String[map.size()];
        int count = 0;
        try {
            for (Map.Entry<String, String> entry : map.entrySet()) {
                if (entry.getKey() == null || entry.getValue() == null) {
                    return null;
                }
                DirectName name = to.name(entry.getKey());
                byte[] json = name.json();
                if (json == null) {
                    return null;
                }
                to.line.name(json);
                if (!to.string(name, entry.getValue())) {
                    return null;
                }
                names[count++] = entry.getKey();
            }
            return new DirectFragment(to.line.members(start), names, to.notes() == notes);
        } finally {
            to.line.cut(start);
        }
    }

    /** A map and what was in it when it was rendered. */
    private static final class Known implements BiConsumer<String, String> {

        final Map<String, String> map;
        final DirectFragment fragment;
        private final Object[] entries;
        private int at;
        private boolean unchanged;

        Known(Map<String, String> map, DirectFragment fragment) {
            this.map = map;
            this.fragment = fragment;
            this.entries = new Object[2 * map.size()];
            map.forEach((key, value) -> {
                entries[at++] = key;
                entries[at++] = value;
            });
        }

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
}
