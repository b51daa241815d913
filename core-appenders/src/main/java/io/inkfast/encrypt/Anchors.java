package io.inkfast.encrypt;

import ch.qos.logback.classic.LoggerContext;
import io.inkfast.internal.Ticker;
import org.jspecify.annotations.Nullable;

/** Tells a logger now and then what a file holds, if that has changed. One thread. */
final class Anchors {

    private final String logger;
    private final long intervalNanos;
    private final FrameWriter writer;
    private final Ticker ticker;
    private @Nullable LogAnchor last;
    private long lastAt;

    Anchors(String logger, long intervalNanos, FrameWriter writer, Ticker ticker) {
        this.logger = logger;
        this.intervalNanos = intervalNanos;
        this.writer = writer;
        this.ticker = ticker;
        // Not at once: other appenders are not configured yet.
        lastAt = ticker.nanos();
    }

    void log(LoggerContext context) {
        LogAnchor now = writer.anchor();
        if (now != null && !now.equals(last) && ticker.nanos() - lastAt >= intervalNanos) {
            last = now;
            lastAt = ticker.nanos();
            context.getLogger(logger).info("{}", now);
        }
    }
}
