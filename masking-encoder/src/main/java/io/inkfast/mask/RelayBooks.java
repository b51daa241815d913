package io.inkfast.mask;

import io.inkfast.component.Accounting;
import io.inkfast.component.Health;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What became of the events of a RedactingAppender, over all its starts. Any thread. */
final class RelayBooks {

    private record State(@Nullable String error, Instant since) {}

    private final LongAdder received = new LongAdder();
    private final LongAdder written = new LongAdder();
    private final LongAdder filtered = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder withheld = new LongAdder();
    private volatile State state = new State(null, Instant.now());
    private volatile boolean healthy = true;

    void received() {
        received.increment();
    }

    void filtered() {
        filtered.increment();
    }

    void withheld() {
        withheld.increment();
    }

    long withheldEvents() {
        return withheld.sum();
    }

    void written() {
        written.increment();
        if (!healthy) {
            state = new State(state.error, Instant.now());
            healthy = true;
        }
    }

    /** @param error class or kind of the failure, no content */
    void failed(String error) {
        failed.increment();
        Instant since = healthy ? Instant.now() : state.since;
        state = new State(error, since);
        healthy = false;
    }

    Health health() {
        State now = state;
        return new Health(healthy, now.error, now.since, Duration.ZERO);
    }

    Accounting snapshot(long rejected) {
        long done = written.sum();
        long denied = filtered.sum();
        long gaveUp = failed.sum();
        long all = received.sum();
        return new Accounting(all + rejected, 0, done, denied, 0, rejected, gaveUp, 0, 0, all - done - denied - gaveUp);
    }
}
