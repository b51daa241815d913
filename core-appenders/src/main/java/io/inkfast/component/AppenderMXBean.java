package io.inkfast.component;

import org.jspecify.annotations.Nullable;

/**
 * The management view of an appender: {@code io.inkfast:type=Appender,context=...,name=...}. The numbers are those of
 * {@link Accounting} and {@link Health}.
 *
 * @since 0.1.0
 */
public interface AppenderMXBean {

    long getReceived();

    long getReplayed();

    long getWritten();

    long getFiltered();

    long getDropped();

    long getRejected();

    long getFailed();

    long getDeadLettered();

    long getDiscarded();

    long getQueued();

    boolean isHealthy();

    @Nullable
    String getLastError();

    /** Since when it is as healthy as it is, in ISO-8601. */
    String getHealthSince();

    long getOldestQueuedMillis();

    /** Waits until all that was accepted before the call is written, at most so long; whether it is. */
    boolean flush(long timeoutMillis);
}
