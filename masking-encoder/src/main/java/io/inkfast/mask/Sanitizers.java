package io.inkfast.mask;

import io.inkfast.internal.Pool;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectMapper;

/* An event that is logged while another one is rendered on the same thread needs one of its own. */
/** Keeps sanitizers from one event to the next. Any thread. */
final class Sanitizers {

    private final Policy policy;
    private final boolean escaping;
    private final @Nullable ObjectMapper mapper;
    private final boolean fixing;
    private final Pool<Sanitizer> pool = new Pool<>(32);

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
        Sanitizer sanitizer = pool.take();
        if (sanitizer == null) {
            sanitizer = new Sanitizer(policy, escaping, mapper, fixing);
        }
        sanitizer.begin();
        return sanitizer;
    }

    void giveBack(Sanitizer sanitizer) {
        pool.give(sanitizer);
    }
}
