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
    private final int jitter;
    private long waitNanos;
    private long nextTry;

    /** A quarter of each wait is left to chance, so that many appenders on one disk do not retry in step. */
    public Backoff(Duration first, Duration longest) {
        this(first, longest, 4);
    }

    private Backoff(Duration first, Duration longest, int jitter) {
        firstNanos = first.toNanos();
        longestNanos = longest.toNanos();
        this.jitter = jitter;
    }

    /** The whole wait is left to chance, so that the load of many processes on one peer is level; never less than a quarter of {@code first}. */
    public static Backoff fullJitter(Duration first, Duration longest) {
        return new Backoff(first, longest, 1);
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
        failed(now, Duration.ZERO);
    }

    /** @param atLeast how long to wait in any case, as the other side asked for */
    public void failed(long now, Duration atLeast) {
        waitNanos = waitNanos == 0 ? firstNanos : Math.min(longestNanos, waitNanos * 2);
        long chance = ThreadLocalRandom.current().nextLong(waitNanos / jitter + 1);
        nextTry = now + Math.max(atLeast.toNanos(), Math.max(firstNanos / 4, waitNanos - chance));
    }

    public void succeeded() {
        waitNanos = 0;
    }
}
