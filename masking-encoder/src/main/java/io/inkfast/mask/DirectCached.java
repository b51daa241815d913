package io.inkfast.mask;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.Arrays;
import java.util.function.Function;
import net.logstash.logback.composite.JsonProvider;
import org.jspecify.annotations.Nullable;

/** What depends on one immutable value of the event alone: logger, thread, level, the context's properties. */
final class DirectCached {

    private static final int SLOTS = 64;
    private static final int MOST_BYTES = 4096;

    private final JsonProvider<ILoggingEvent> provider;
    private final boolean data;
    private final Function<ILoggingEvent, @Nullable Object> key;
    private final @Nullable Object[] keys = new Object[SLOTS];
    private final @Nullable DirectFragment[] fragments = new DirectFragment[SLOTS];

    DirectCached(JsonProvider<ILoggingEvent> provider, boolean data, Function<ILoggingEvent, @Nullable Object> key) {
        this.provider = provider;
        this.data = data;
        this.key = key;
    }

    /** Forgets everything. */
    void forget() {
        Arrays.fill(keys, null);
    }

    /** What is written for an event; null if Jackson must do that. */
    @Nullable
    DirectFragment fragment(ILoggingEvent event, DirectWriter to) {
        Object now = key.apply(event);
        if (now == null) {
            return null;
        }
        int slot = now.hashCode() & (SLOTS - 1);
        DirectFragment fragment = now.equals(keys[slot]) ? fragments[slot] : null;
        if (fragment == null) {
            fragment = to.render(provider, data, event);
            if (fragment != null) {
                fragments[slot] = fragment;
                keys[slot] = fragment.isKept(MOST_BYTES) ? now : null;
            }
        }
        return fragment;
    }
}
