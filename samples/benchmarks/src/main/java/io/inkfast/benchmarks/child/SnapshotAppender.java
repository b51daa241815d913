package io.inkfast.benchmarks.child;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import org.jspecify.annotations.Nullable;

/** Fixes the event as every asynchronous front has to, and lets it go. What this costs is Logback's own price. */
public final class SnapshotAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {

    /** Keeps the compiler from leaving the event out. */
    private volatile @Nullable ILoggingEvent last;

    @Override
    protected void append(ILoggingEvent event) {
        event.prepareForDeferredProcessing();
        last = event;
    }

    /** The latest event. */
    public @Nullable ILoggingEvent last() {
        return last;
    }
}
