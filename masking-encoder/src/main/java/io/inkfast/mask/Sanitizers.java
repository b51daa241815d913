package io.inkfast.mask;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectMapper;

/*
 * Not thread-locals: they would pin the class loader of a web application, and an event that is logged while another one is
 * rendered on the same thread needs one of its own.
 */
/** Keeps sanitizers from one event to the next. Any thread. */
final class Sanitizers {

    private static final int POOLED = 32;

    private final Policy policy;
    private final boolean escaping;
    private final @Nullable ObjectMapper mapper;
    private final boolean fixing;
    private final AtomicReferenceArray<@Nullable Sanitizer> pool = new AtomicReferenceArray<>(POOLED);

    Sanitizers(Policy policy, boolean escaping, @Nullable ObjectMapper mapper) {
        this(policy, escaping, mapper, false);
    }

    private Sanitizers(Policy policy, boolean escaping, @Nullable ObjectMapper mapper, boolean fixing) {
        this.policy = policy;
        this.escaping = escaping;
        this.mapper = mapper;
        this.fixing = fixing;
    }

    /** For events that are stored: nothing in them can change, or is an object of the application. */
    static Sanitizers fixing(Policy policy, ObjectMapper mapper) {
        return new Sanitizers(policy.off() ? policy.findingNothing() : policy, false, mapper, true);
    }

    Policy policy() {
        return policy;
    }

    /** For this thread alone, until it is given back; one that failed is not. */
    Sanitizer take() {
        Sanitizer sanitizer = pool.getAndSet(slot(), null);
        if (sanitizer == null) {
            sanitizer = new Sanitizer(policy, escaping, mapper, fixing);
        }
        sanitizer.begin();
        return sanitizer;
    }

    void giveBack(Sanitizer sanitizer) {
        pool.compareAndSet(slot(), null, sanitizer);
    }

    private static int slot() {
        return (int) Thread.currentThread().getId() & POOLED - 1;
    }
}
