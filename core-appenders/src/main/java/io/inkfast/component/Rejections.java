package io.inkfast.component;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.inkfast.internal.Ticker;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the events that an appender cannot take. While the appender is misconfigured each is also {@linkplain LastResort
 * shown}, so that a mistake in a configuration never swallows a log in silence. Whoever rejects an event does not count it as
 * received: the snapshot of the {@link Accounting} does. Any thread; throws nothing.
 *
 * @since 0.1.0
 */
public final class Rejections {

    private final LastResort shown;
    private final LongAdder rejected = new LongAdder();
    private volatile boolean visible;

    public Rejections(Ticker ticker) {
        shown = new LastResort(ticker);
    }

    /** Whether rejected events are shown from now on: true for a misconfigured appender, false for a stopped one. */
    public void show(boolean show) {
        visible = show;
    }

    public long count() {
        return rejected.sum();
    }

    /** Counts an event, and shows it if the appender is misconfigured. */
    public void reject(String appender, ILoggingEvent event) {
        rejected.increment();
        if (visible) {
            shown.show(appender, event, "rejected", "is misconfigured");
        }
    }
}
