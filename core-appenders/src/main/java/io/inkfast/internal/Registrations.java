package io.inkfast.internal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a component has registered outside of itself since it started, to be closed together when it stops. One thread at a
 * time: start and stop of the component.
 *
 * @since 0.1.0
 */
public final class Registrations {

    private final List<Registration> open = new ArrayList<>();

    /** Keeps it until {@link #closeAll}; null, which is what could not be registered, is nothing. */
    public void add(@Nullable Registration registration) {
        if (registration != null) {
            open.add(registration);
        }
    }

    /** Closes all that were added since the last time, in their order. */
    public void closeAll() {
        open.forEach(Registration::close);
        open.clear();
    }
}
