package io.inkfast.component;

import ch.qos.logback.classic.Level;
import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts dropped events per level, and words the report that goes into the log when the pressure ends. Any thread
 * counts, one thread reports.
 *
 * @since 0.1.0
 */
public final class Losses {

    private static final Level[] LEVELS = {Level.ERROR, Level.WARN, Level.INFO, Level.DEBUG, Level.TRACE};

    private final LongAdder[] dropped = new LongAdder[LEVELS.length];
    private final long[] reported = new long[LEVELS.length];
    private volatile long firstMillis;
    private volatile long lastMillis;

    public Losses() {
        for (int i = 0; i < dropped.length; i++) {
            dropped[i] = new LongAdder();
        }
    }

    public void count(Level level, long nowMillis) {
        dropped[index(level)].increment();
        // After the count: a report at this moment has it, or leaves it to the next one.
        lastMillis = nowMillis;
        if (firstMillis == 0) {
            firstMillis = nowMillis;
        }
    }

    /** Counts an event that a sink logged about an event of its own: a report of it would be the next such event. */
    public void countInside(Level level) {
        dropped[index(level)].increment();
    }

    public long total() {
        long total = 0;
        for (LongAdder adder : dropped) {
            total += adder.sum();
        }
        return total;
    }

    public long of(Level level) {
        return dropped[index(level)].sum();
    }

    /** Whether something was dropped since the last report. */
    public boolean unreported() {
        return firstMillis != 0;
    }

    /** The report, once; null if there is nothing new. */
    public @Nullable String report() {
        Instant from = Instant.ofEpochMilli(firstMillis);
        Instant to = Instant.ofEpochMilli(lastMillis);
        // Before the counts are read: what is counted from here on is in this report or opens the next.
        firstMillis = 0;
        long total = 0;
        StringBuilder levels = new StringBuilder();
        for (int i = 0; i < LEVELS.length; i++) {
            long sum = dropped[i].sum();
            long fresh = sum - reported[i];
            reported[i] = sum;
            total += fresh;
            if (fresh != 0) {
                levels.append(levels.isEmpty() ? "" : ", ")
                        .append(LEVELS[i])
                        .append(' ')
                        .append(fresh);
            }
        }
        return total == 0 ? null : total + " events dropped (" + levels + ") between " + from + " and " + to;
    }

    private static int index(Level level) {
        int levelInt = level.toInt();
        if (levelInt >= Level.ERROR_INT) {
            return 0;
        }
        if (levelInt >= Level.WARN_INT) {
            return 1;
        }
        if (levelInt >= Level.INFO_INT) {
            return 2;
        }
        return levelInt >= Level.DEBUG_INT ? 3 : 4;
    }
}
