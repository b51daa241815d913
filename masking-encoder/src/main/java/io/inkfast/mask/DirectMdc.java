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
 * and by its entries, one by one, since others could give maps that change. Most entries of a new map were in another.
 * Maps of other kinds are left to Jackson.
 */
/** The MDC. */
final class DirectMdc implements DirectPart {

    private static final int KEPT = 16;
    private static final int MOST_BYTES = 1024;
    private static final Class<?> UNCHANGING =
            Collections.unmodifiableMap(new HashMap<>()).getClass();

    private final MdcJsonProvider provider;
    private final boolean plain;
    private final @Nullable Known[] known = new Known[KEPT];
    private final DirectEntries entries = new DirectEntries();
    private @Nullable Known last;
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
            last = null;
            Arrays.fill(known, null);
        }
        Known same = same(map);
        if (same != null && same.isAsItWas()) {
            last = same;
            return same.fragment.write(to);
        }
        return writeNew(map, event, to);
    }

    @SuppressWarnings("ReferenceEquality") // the very map; that it is still as it was is looked at then
    private @Nullable Known same(Map<String, String> map) {
        if (last != null && last.map == map) {
            return last;
        }
        for (Known one : known) {
            if (one != null && one.map == map) {
                return one;
            }
        }
        return null;
    }

    private boolean writeNew(Map<String, String> map, ILoggingEvent event, DirectWriter to) {
        Contents contents = new Contents(map);
        DirectFragment fragment = plain ? members(contents.entries, to) : null;
        fragment = fragment == null ? to.render(provider, true, event) : fragment;
        if (fragment == null) {
            return false;
        }
        if (fragment.isKept(MOST_BYTES)) {
            known[next] = new Known(map, contents, fragment);
            next = (next + 1) & (KEPT - 1);
        }
        return fragment.write(to);
    }

    /* Every entry at the top of the line, under its own name; null if one of them is not plain. */
    private @Nullable DirectFragment members(@Nullable String[] pairs, DirectWriter to) {
        int start = to.line.size();
        int notes = to.notes();
        String[] names = new String[pairs.length / 2];
        try {
            for (int i = 0; i < names.length; i++) {
                String key = pairs[2 * i];
                String value = pairs[2 * i + 1];
                if (key == null || value == null || !entries.write(key, value, to)) {
                    return null;
                }
                names[i] = key;
            }
            return new DirectFragment(to.line.members(start), names, to.notes() == notes);
        } finally {
            to.line.cut(start);
        }
    }

    /** Keys and values of a map. */
    private static final class Contents implements BiConsumer<String, String> {

        final @Nullable String[] entries;
        private int at;

        Contents(Map<String, String> map) {
            entries = new String[2 * map.size()];
            map.forEach(this);
        }

        @Override
        public void accept(String key, String value) {
            entries[at++] = key;
            entries[at++] = value;
        }
    }

    /** A map and what was in it when it was rendered. */
    private static final class Known implements BiConsumer<String, String> {

        final Map<String, String> map;
        final DirectFragment fragment;
        private final @Nullable String[] entries;
        private int at;
        private boolean unchanged;

        Known(Map<String, String> map, Contents contents, DirectFragment fragment) {
            this.map = map;
            this.fragment = fragment;
            this.entries = contents.entries;
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
