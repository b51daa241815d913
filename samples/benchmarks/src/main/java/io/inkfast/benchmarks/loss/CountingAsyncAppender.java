package io.inkfast.benchmarks.loss;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.concurrent.atomic.AtomicLong;

/** Logback's {@code AsyncAppender}, that counts the events it has taken. */
public final class CountingAsyncAppender extends AsyncAppender {

    private final AtomicLong accepted = new AtomicLong();

    @Override
    protected void append(ILoggingEvent event) {
        super.append(event);
        accepted.incrementAndGet();
    }

    long accepted() {
        return accepted.get();
    }
}
