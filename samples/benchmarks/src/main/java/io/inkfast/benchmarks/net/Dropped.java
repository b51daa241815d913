package io.inkfast.benchmarks.net;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import net.logstash.logback.appender.listener.TcpAppenderListener;
import org.jspecify.annotations.Nullable;

/** Counts what the encoder's TCP appender drops. One in a JVM; any thread. */
public final class Dropped implements TcpAppenderListener<ILoggingEvent> {

    private static final AtomicLong EVENTS = new AtomicLong();
    private static volatile @Nullable Appender<ILoggingEvent> known;

    /** Called by Logback. */
    public Dropped() {}

    /** How many were dropped; empty if it is not that appender. */
    static OptionalLong by(@Nullable Appender<ILoggingEvent> appender) {
        return appender != null && appender == known ? OptionalLong.of(EVENTS.get()) : OptionalLong.empty();
    }

    @Override
    public void appenderStarted(Appender<ILoggingEvent> appender) {
        known = appender;
    }

    @Override
    public void eventAppendFailed(Appender<ILoggingEvent> appender, ILoggingEvent event, Throwable reason) {
        EVENTS.incrementAndGet();
    }
}
