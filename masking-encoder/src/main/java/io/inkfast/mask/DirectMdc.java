package io.inkfast.mask;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import net.logstash.logback.composite.JsonProvider;
import org.jspecify.annotations.Nullable;

/*
 * Logback's adapter gives all events between two changes of the MDC the same map, which nobody can change any more. Such a
 * map is known again by its identity, or by what is in it. Other maps are left to Jackson.
 */
/** The MDC. */
final class DirectMdc implements DirectPart {

    private static final int KEPT = 16;
    private static final int CONTENTS = 256;
    private static final Class<?> UNCHANGING =
            Collections.unmodifiableMap(new HashMap<>()).getClass();

    private final JsonProvider<ILoggingEvent> provider;
    private final @Nullable Object[] maps = new Object[KEPT];
    private final @Nullable DirectFragment[] fragments = new DirectFragment[KEPT];
    private final Map<Map<String, String>, DirectFragment> byContent = new HashMap<>();
    private int next;
    private int version;

    DirectMdc(JsonProvider<ILoggingEvent> provider) {
        this.provider = provider;
    }

    @Override
    public boolean write(ILoggingEvent event, DirectWriter to) {
        Map<String, String> map = event.getMDCPropertyMap();
        if (map == null || map.isEmpty()) {
            return true;
        }
        if (version != to.version()) {
            version = to.version();
            Arrays.fill(maps, null);
            byContent.clear();
        }
        DirectFragment fragment = known(map);
        if (fragment == null) {
            fragment = map.getClass() == UNCHANGING ? equal(map, event, to) : null;
            if (fragment == null) {
                return false;
            }
            if (fragment.clean()) {
                maps[next] = map;
                fragments[next] = fragment;
                next = (next + 1) & (KEPT - 1);
            }
        }
        return fragment.write(to);
    }

    /* The values of a map return more often than the map. */
    private @Nullable DirectFragment equal(Map<String, String> map, ILoggingEvent event, DirectWriter to) {
        DirectFragment known = byContent.get(map);
        if (known == null) {
            known = to.render(provider, true, event);
            if (known != null && known.clean()) {
                if (byContent.size() >= CONTENTS) {
                    byContent.clear();
                }
                byContent.put(map, known);
            }
        }
        return known;
    }

    @SuppressWarnings("ReferenceEquality") // the very map: to compare the contents would cost more than to write them
    private @Nullable DirectFragment known(Object map) {
        for (int i = 0; i < KEPT; i++) {
            if (maps[i] == map) {
                return fragments[i];
            }
        }
        return null;
    }
}
