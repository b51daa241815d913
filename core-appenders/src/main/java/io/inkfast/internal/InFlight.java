package io.inkfast.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/*
 * Two sets of counters. Calls count themselves in the current one; a turn makes the other one current, so the count of
 * the first can only fall, and reaches zero when the last call that was under way then has ended - however many have
 * begun since. The counters are spread over cache lines by thread, so counting is uncontended.
 */
/**
 * Knows when every call that was under way at some moment has ended. Any thread, virtual ones too; no lock.
 *
 * @since 0.1.0
 */
public final class InFlight {

    private static final VarHandle COUNT = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int STRIPES = 16;
    private static final int LINE = 16;

    private final long[] counts = new long[2 * STRIPES * LINE];
    private volatile int current;

    /** A call begins; the result is for {@link #end}. */
    public int begin() {
        int stripe = (int) Thread.currentThread().getId() & (STRIPES - 1);
        int place = (current * STRIPES + stripe) * LINE;
        COUNT.getAndAdd(counts, place, 1L);
        return place;
    }

    public void end(int place) {
        COUNT.getAndAdd(counts, place, -1L);
    }

    /** From now on {@link #hasEarlier} speaks of the calls that are under way now. One turn in the life of this object. */
    public void turn() {
        current = 1;
    }

    /** Whether a call that was under way at the turn has not ended. */
    public boolean hasEarlier() {
        long sum = 0;
        for (int stripe = 0; stripe < STRIPES; stripe++) {
            sum += (long) COUNT.getVolatile(counts, stripe * LINE);
        }
        return sum != 0;
    }
}
