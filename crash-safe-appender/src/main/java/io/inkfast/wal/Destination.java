package io.inkfast.wal;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.time.Duration;
import java.util.List;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** One appender behind the write-ahead appender. One thread. */
interface Destination {

    /** How far what was delivered is safe. */
    enum Safety {
        /** It is durable, or acknowledged. */
        DURABLE,
        /** It was handed over; nobody can tell more. */
        FLUSHED,
        /** The appender could not say so in time. */
        NOT_YET,
        /** The device refused: all since the last time that it was safe may be lost, and is to be delivered again. */
        REFUSED
    }

    String name();

    /**
     * Hands events over, in order, and tries again what the appender does not take. The list may grow meanwhile.
     *
     * @param from    the first event to hand over
     * @param waiting called with the nanoseconds to wait before the next try; false ends the attempt
     * @return whether all were taken; false only if {@code waiting} said so
     */
    boolean deliver(List<ILoggingEvent> events, int from, LongPredicate waiting);

    /** How many events of the last delivery this appender could not take while it took others. */
    int failed();

    /** The number of the last event that was handed over, by this destination's own count; 0 if it does not count. */
    default long handed() {
        return 0;
    }

    /** The highest such number up to which all is settled. */
    default long settled() {
        return 0;
    }

    /**
     * Whether the appender was started anew and has given up what was not safe with it: that is to be delivered again. Says so
     * once.
     */
    default boolean hasGivenUp() {
        return false;
    }

    /** Makes what was delivered durable, up to a number that is settled. */
    Safety sync(long handed, Duration limit);

    /** The kind of failure that lasts; null while all is well. */
    @Nullable
    String trouble();

    /** After the last delivery. */
    default void close() {}
}
