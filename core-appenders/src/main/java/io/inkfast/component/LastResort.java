package io.inkfast.component;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.inkfast.internal.Ticker;
import java.io.PrintStream;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * Writes time, level and logger of events that get nowhere else to standard error, so that no log is swallowed in silence.
 * At most ten lines a second; never the content. Any thread; throws nothing.
 *
 * @since 0.1.0
 */
public final class LastResort {

    private static final int LINES_PER_SECOND = 10;
    private static final int LONGEST_NAME = 200;

    private final Ticker ticker;
    private long second = Long.MIN_VALUE;
    private int lines;
    private long heldBack;

    public LastResort(Ticker ticker) {
        this.ticker = ticker;
    }

    /**
     * Shows an event, or counts it for the next line to say.
     *
     * @param appender the name of the appender
     * @param fate     in a word, what became of the event
     * @param why      goes on after the name of the appender: {@code "is misconfigured"}
     */
    public void show(String appender, ILoggingEvent event, String fate, String why) {
        try {
            print(System.err, appender, event, fate, why);
        } catch (Throwable e) {
            // There is nowhere else to say it; whoever calls this has counted the event.
            heldBack++;
        }
    }

    private synchronized void print(PrintStream out, String appender, ILoggingEvent event, String fate, String why) {
        long now = TimeUnit.NANOSECONDS.toSeconds(ticker.nanos());
        if (now != second) {
            second = now;
            lines = 0;
            if (heldBack > 0) {
                out.println("[inkfast] appender [" + appender + "] " + fate + " " + heldBack + " more events");
                heldBack = 0;
            }
        }
        if (lines++ >= LINES_PER_SECOND) {
            heldBack++;
            return;
        }
        out.println(Instant.ofEpochMilli(event.getTimeStamp()) + " " + event.getLevel() + " "
                + oneLine(event.getLoggerName()) + " [event " + fate + ": appender [" + appender + "] " + why + "]");
    }

    /* A logger's name may be built from data. */
    private static String oneLine(String name) {
        StringBuilder clean = new StringBuilder();
        for (int i = 0; i < Math.min(name.length(), LONGEST_NAME); i++) {
            char c = name.charAt(i);
            clean.append(c > ' ' && c < 0x7f ? c : '?');
        }
        return clean.toString();
    }
}
