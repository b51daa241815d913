package io.inkfast.recorder;

import io.inkfast.component.Health;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether the ring takes events. Any thread. */
final class Condition {

    private record State(boolean healthy, @Nullable String error, Instant since) {}

    private volatile State state = new State(false, null, Instant.now());

    void working() {
        state = new State(true, null, Instant.now());
    }

    void stopped() {
        state = new State(false, state.error, Instant.now());
    }

    void failed(Throwable cause) {
        state = new State(false, cause.getClass().getName(), Instant.now());
    }

    Health health() {
        State now = state;
        return new Health(now.healthy, now.error, now.since, Duration.ZERO);
    }
}
