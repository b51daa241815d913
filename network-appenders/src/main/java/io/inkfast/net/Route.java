package io.inkfast.net;

import io.inkfast.internal.Backoff;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One endpoint: the connection to it, if there is one, and when it may be tried again. The sender's thread. */
final class Route {

    private final Endpoint endpoint;
    private final Backoff backoff;
    private volatile @Nullable Link link;
    private long connectedAt;
    private volatile boolean aborted;

    Route(Endpoint endpoint, Duration first, Duration longest) {
        this.endpoint = endpoint;
        backoff = Backoff.fullJitter(first, longest);
    }

    String name() {
        return endpoint.name();
    }

    boolean isFallback() {
        return endpoint.isFallback();
    }

    /** Connects if need be. */
    Link open(long now) throws IOException {
        Link current = link;
        if (current != null) {
            return current;
        }
        Link made = endpoint.connect();
        link = made;
        connectedAt = now;
        if (aborted) {
            // Nobody else will close what was connected after that.
            close();
            throw new IOException("the appender has stopped");
        }
        return made;
    }

    @Nullable
    Link link() {
        return link;
    }

    /** How many requests are made of a batch. */
    int width() {
        Link current = link;
        return current == null ? 1 : current.width();
    }

    boolean olderThan(long nanos, long now) {
        return link != null && now - connectedAt > nanos;
    }

    void close() {
        Link current = link;
        link = null;
        if (current != null) {
            current.close();
        }
    }

    /** Any thread. */
    void abort() {
        aborted = true;
        Link current = link;
        if (current != null) {
            current.abort();
        }
    }

    boolean due(long now) {
        return backoff.due(now);
    }

    long remainingNanos(long now) {
        return backoff.remainingNanos(now);
    }

    /** Whether the last try failed: the next one is a careful one. */
    boolean failing() {
        return backoff.failing();
    }

    void failed(long now, Duration atLeast) {
        backoff.failed(now, atLeast);
    }

    void succeeded() {
        backoff.succeeded();
    }
}
