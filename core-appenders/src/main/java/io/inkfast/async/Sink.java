package io.inkfast.async;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.encoder.Encoder;
import java.util.List;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * How the engine drives one appender behind the front. One thread at a time.
 */
interface Sink {

    /** Told of each event that the appender could not take. */
    interface Failures {
        void failed(ILoggingEvent event, Sink sink, String reason);
    }

    Appender<ILoggingEvent> appender();

    /** The encoder to use ahead of the worker, or null; asked after {@link #open}. */
    @Nullable
    Encoder<ILoggingEvent> encoderAhead();

    /** Before the first batch; the appender is started. */
    void open();

    /**
     * Hands events over, in order. Throws nothing.
     *
     * @param own     whether event i was logged by the worker itself, from inside an appender
     * @param waiting called with the nanoseconds to wait while the appender takes nothing; false ends the attempt
     * @return whether all were taken and are settled; false only if {@code waiting} said so
     */
    boolean deliver(List<ILoggingEvent> batch, OwnEvents own, LongPredicate waiting);

    /** Nothing is to be delivered: what others may have left in the appender's buffer can go. Worker only. */
    default void idle() {}

    /** After the last batch, before the appender is stopped. */
    void close();

    /** Tells the engine, around each event, whether it was logged by the worker itself. */
    interface OwnEvents {
        void delivering(int index);

        void deliveringAll();
    }
}
