package io.inkfast.internal;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Waits for what nobody tells of. A flag that was set before would end each wait at once, and keep a processor busy: it is
 * taken away meanwhile, and set again. Any thread.
 *
 * @since 0.1.0
 */
public final class Pause {

    private Pause() {}

    /** Waits so long, or until interrupted. */
    public static void nanos(long nanos) {
        boolean interrupted = Thread.interrupted();
        LockSupport.parkNanos(nanos);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Waits until it comes true; an interrupt does not end that.
     *
     * @param lookNanos how often it is asked
     * @param deadline by {@code ticker}
     * @return whether it has come true; asked once at least
     */
    public static boolean until(BooleanSupplier condition, long lookNanos, Ticker ticker, long deadline) {
        boolean interrupted = false;
        boolean is = condition.getAsBoolean();
        while (!is && deadline - ticker.nanos() > 0) {
            interrupted |= Thread.interrupted();
            LockSupport.parkNanos(Math.min(lookNanos, Math.max(1, deadline - ticker.nanos())));
            is = condition.getAsBoolean();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return is;
    }
}
