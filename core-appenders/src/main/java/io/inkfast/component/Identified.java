package io.inkfast.component;

import org.jspecify.annotations.Nullable;

/**
 * An event that may come from another run than the one that delivers it, and keeps the id that it got there. Any thread.
 *
 * @since 0.1.0
 */
public interface Identified {

    /** The event's {@code event.id}; null if it is one of this run, whose id {@link EventIdentity#id} makes. */
    @Nullable
    String eventId();

    /** What the id begins with if {@code -} and the sequence number are all that follows; null if that cannot be told. */
    default @Nullable String runId() {
        return null;
    }
}
