package io.inkfast.internal;

import org.jspecify.annotations.Nullable;

/**
 * The threads that deliver over a network, ours and those of client libraries, by the names that we give them. They wait for no
 * room in a queue: they are who makes it. Stateless.
 *
 * @since 0.1.0
 */
public final class DeliveryThreads {

    private static final String OWN = "inkfast-net-";
    private static final String OF_LIBRARY = "| " + OWN;

    private DeliveryThreads() {}

    /** Whether a thread of this name is one. */
    public static boolean isOne(@Nullable String name) {
        return name != null && (name.startsWith(OWN) || name.contains(OF_LIBRARY));
    }

    /** Whether the current thread is one. */
    public static boolean isCurrent() {
        return isOne(Thread.currentThread().getName());
    }
}
