package io.inkfast.internal;

/**
 * The clock for durations: monotonic nanoseconds from an arbitrary origin. Any thread.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Ticker {

    /** The process's monotonic clock. */
    Ticker SYSTEM = System::nanoTime;

    /** Nanoseconds; only differences mean anything. */
    long nanos();
}
