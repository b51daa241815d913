package io.inkfast.testing;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** An appender that remembers the messages it got, and can be held up or made to fail. */
public class CountingSink extends AppenderBase<ILoggingEvent> {

    private final List<String> messages = new ArrayList<>();
    private final Semaphore permits = new Semaphore(0);
    private volatile boolean held;
    private volatile Consumer<ILoggingEvent> onEvent = event -> {};
    private volatile CountDownLatch arrived = new CountDownLatch(1);

    /** Every event waits until {@link #release}. */
    public void hold() {
        arrived = new CountDownLatch(1);
        held = true;
    }

    public void release() {
        held = false;
        permits.release(Integer.MAX_VALUE / 2);
    }

    /** Waits until an event is being held. */
    public void awaitHeld() throws InterruptedException {
        arrived.await();
    }

    /** Runs before an event is noted; what it throws leaves the appender. */
    public void onEvent(Consumer<ILoggingEvent> action) {
        onEvent = action;
    }

    @Override
    public void doAppend(ILoggingEvent event) {
        // Past the base class, which swallows exceptions.
        append(event);
    }

    @Override
    protected void append(ILoggingEvent event) {
        arrived.countDown();
        if (held) {
            permits.acquireUninterruptibly();
        }
        onEvent.accept(event);
        synchronized (messages) {
            messages.add(event.getFormattedMessage());
        }
    }

    public List<String> messages() {
        synchronized (messages) {
            return List.copyOf(messages);
        }
    }
}
