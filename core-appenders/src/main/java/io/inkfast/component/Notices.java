package io.inkfast.component;

import ch.qos.logback.core.spi.ContextAware;
import io.inkfast.internal.Ticker;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Status messages that may repeat: each kind at most once a minute, and the next one says how many were held back. Any
 * thread; throws nothing. Messages carry class names at most, never the text of an exception: that may quote an event.
 *
 * @since 0.1.0
 */
public final class Notices {

    private static final long INTERVAL_NANOS = Duration.ofMinutes(1).toNanos();

    private final ContextAware owner;
    private final Ticker ticker;
    private final Map<String, Kind> kinds = new HashMap<>();

    public Notices(ContextAware owner, Ticker ticker) {
        this.owner = owner;
        this.ticker = ticker;
    }

    public void error(String kind, String message) {
        String text = admit(kind, message);
        if (text != null) {
            owner.addError(text);
        }
    }

    public void warn(String kind, String message) {
        String text = admit(kind, message);
        if (text != null) {
            owner.addWarn(text);
        }
    }

    /** The next message of this kind is shown at once: the state it told of is over. */
    public synchronized void forget(String kind) {
        kinds.remove(kind);
    }

    private synchronized @org.jspecify.annotations.Nullable String admit(String kind, String message) {
        long now = ticker.nanos();
        Kind known = kinds.get(kind);
        if (known != null && now - known.shownAt < INTERVAL_NANOS) {
            known.heldBack++;
            return null;
        }
        long heldBack = known == null ? 0 : known.heldBack;
        kinds.put(kind, new Kind(now));
        return heldBack == 0 ? message : message + " (" + heldBack + " more like this in the last minute)";
    }

    private static final class Kind {
        final long shownAt;
        long heldBack;

        Kind(long shownAt) {
            this.shownAt = shownAt;
        }
    }
}
