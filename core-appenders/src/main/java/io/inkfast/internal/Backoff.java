package io.inkfast.internal;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * When to try again: doubling waits with jitter, from {@code first} to {@code longest}. One thread. Time comes in as an
 * argument, so that nothing sleeps.
 *
 * @since 0.1.0
 */
public final class Backoff {

    private final long firstNanos;
    private final long longestNanos;
    private long waitNanos;
    private long nextTry;

    public Backoff(Duration first, Duration longest) {
        firstNanos = first.toNanos();
        longestNanos = longest.toNanos();
    }

    /** Whether something failed since the last success. */
    public boolean failing() {
        return waitNanos != 0;
    }

    /** Whether it is time to try; always so while nothing fails. */
    public boolean due(long now) {
        return waitNanos == 0 || now - nextTry >= 0;
    }

    /** How long until {@link #due}; zero or less if now. */
    public long remainingNanos(long now) {
        return waitNanos == 0 ? 0 : nextTry - now;
    }

    public void failed(long now) {
        waitNanos = waitNanos == 0 ? firstNanos : Math.min(longestNanos, waitNanos * 2);
        // A quarter of jitter, so that many appenders on one disk do not retry in step.
        nextTry = now + waitNanos - ThreadLocalRandom.current().nextLong(waitNanos / 4 + 1);
    }

    public void succeeded() {
        waitNanos = 0;
    }
}
