package io.inkfast.recorder;

import io.inkfast.component.Health;
import java.time.Duration;
import java.time.Instant;

/** Whether the ring takes events. Any thread. */
final class Condition {

    private volatile Health health = Health.notRunning(Instant.now());

    void working() {
        health = new Health(true, null, Instant.now(), Duration.ZERO);
    }

    void stopped() {
        health = Health.notRunning(Instant.now());
    }

    void failed(Throwable cause) {
        health = new Health(false, cause.getClass().getName(), Instant.now(), Duration.ZERO);
    }

    Health health() {
        return health;
    }
}
