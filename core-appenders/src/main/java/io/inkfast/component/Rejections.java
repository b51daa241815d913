package io.inkfast.component;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.inkfast.internal.Ticker;
import java.io.PrintStream;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the events that an appender cannot take. While the appender is misconfigured it also writes time, level and
 * logger of each to standard error, so that a mistake in a configuration never swallows a log in silence. At most ten
 * lines a second; never the content. Any thread; throws nothing.
 *
 * @since 0.1.0
 */
public final class Rejections {

    private static final int LINES_PER_SECOND = 10;

    private final Ticker ticker;
    private final LongAdder rejected = new LongAdder();
    private volatile boolean visible;
    private long second = Long.MIN_VALUE;
    private int lines;
    private long heldBack;

    public Rejections(Ticker ticker) {
        this.ticker = ticker;
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
            try {
                print(System.err, appender, event);
            } catch (Throwable e) {
                // Standard error is the last resort; there is nowhere else to say it. The event is counted.
                heldBack++;
            }
        }
    }

    private synchronized void print(PrintStream out, String appender, ILoggingEvent event) {
        long now = TimeUnit.NANOSECONDS.toSeconds(ticker.nanos());
        if (now != second) {
            second = now;
            lines = 0;
            if (heldBack > 0) {
                out.println("[inkfast] appender [" + appender + "] rejected " + heldBack + " more events");
                heldBack = 0;
            }
        }
        if (lines++ >= LINES_PER_SECOND) {
            heldBack++;
            return;
        }
        out.println(Instant.ofEpochMilli(event.getTimeStamp()) + " " + event.getLevel() + " "
                + oneLine(event.getLoggerName()) + " [event rejected: appender [" + appender + "] is misconfigured]");
    }

    /* A logger's name may be built from data. */
    private static String oneLine(String name) {
        StringBuilder clean = new StringBuilder();
        for (int i = 0; i < Math.min(name.length(), 200); i++) {
            char c = name.charAt(i);
            clean.append(c > ' ' && c < 0x7f ? c : '?');
        }
        return clean.toString();
    }
}
