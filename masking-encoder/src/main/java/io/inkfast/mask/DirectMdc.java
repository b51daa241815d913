package io.inkfast.mask;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
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

    private @Nullable DirectFragment same(Map<String, String> map) {
        for (Known one : known) {
            if (one != null && one.before.isOf(map)) {
                return one.before.isAsItWas() ? one.fragment() : null;
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
        known[next] = new Known(new MapSnapshot(map), fragment);
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

    /** A map and what it was rendered as. */
    private record Known(MapSnapshot before, DirectFragment fragment) {}
}
