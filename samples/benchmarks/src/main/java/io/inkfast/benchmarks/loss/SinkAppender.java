package io.inkfast.benchmarks.loss;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import org.jspecify.annotations.Nullable;

/** Hands the identity of each event to the sink of the day; without one it does nothing. */
public final class SinkAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {

    private static volatile @Nullable Sink sink;

    /** Where events go from now on; this class is made by Logback, so there is no other way in. */
    static void deliverTo(Sink next) {
        sink = next;
    }

    @Override
    protected void append(ILoggingEvent event) {
        Sink current = sink;
        if (current != null) {
            Object[] arguments = event.getArgumentArray();
            current.deliver((Integer) arguments[1], (Long) arguments[0]);
        }
    }
}
