package io.inkfast.mask;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Members beside each other that are the same for all events of one origin. */
final class DirectRun implements DirectPart {

    private static final int MOST_BYTES = 4096;

    private final DirectCached[] parts;
    private final int number;
    private int version;

    /** @param number among the runs of a line */
    DirectRun(List<DirectCached> parts, int number) {
        this.parts = parts.toArray(new DirectCached[0]);
        this.number = number;
    }

    @Override
    public boolean write(ILoggingEvent event, DirectWriter to) {
        @Nullable DirectFragment[] known = to.origin().fragments;
        DirectFragment fragment = known[number];
        if (fragment == null) {
            fragment = joined(event, to);
            if (fragment == null) {
                return false;
            }
            known[number] = fragment.isKept(MOST_BYTES) ? fragment : null;
        }
        return fragment.write(to);
    }

    /* Null if Jackson must write it. */
    private @Nullable DirectFragment joined(ILoggingEvent event, DirectWriter to) {
        if (version != to.version()) {
            version = to.version();
            for (DirectCached part : parts) {
                part.forget();
            }
        }
        DirectFragment[] each = new DirectFragment[parts.length];
        for (int i = 0; i < parts.length; i++) {
            DirectFragment fragment = parts[i].fragment(event, to);
            if (fragment == null) {
                return null;
            }
            each[i] = fragment;
        }
        return DirectFragment.of(each);
    }
}
