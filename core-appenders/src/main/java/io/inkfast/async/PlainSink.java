package io.inkfast.async;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.Context;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.status.Status;
import ch.qos.logback.core.status.StatusListener;
import java.util.List;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * An ordinary Logback appender: event by event, and one flush at the end of the batch. An event has failed if the
 * appender throws, or posts an error status during the call; Logback's base classes swallow exceptions and post one,
 * not every time.
 */
final class PlainSink implements Sink, StatusListener {

    private final Appender<ILoggingEvent> appender;
    private final Failures failures;
    private final @Nullable StreamTakeover takeover;
    private volatile @Nullable Thread delivering;
    private boolean errorPosted;

    PlainSink(Appender<ILoggingEvent> appender, Failures failures, @Nullable StreamTakeover takeover) {
        this.appender = appender;
        this.failures = failures;
        this.takeover = takeover;
    }

    @Override
    public Appender<ILoggingEvent> appender() {
        return appender;
    }

    @Override
    public @Nullable Encoder<ILoggingEvent> encoderAhead() {
        return takeover == null ? null : takeover.encoderAhead();
    }

    @Override
    public void open() {
        Context context = appender.getContext();
        if (context != null) {
            context.getStatusManager().add(this);
        }
        if (takeover != null) {
            takeover.begin();
        }
    }

    @Override
    public boolean deliver(List<ILoggingEvent> batch, OwnEvents own, LongPredicate waiting) {
        delivering = Thread.currentThread();
        try {
            for (int i = 0; i < batch.size(); i++) {
                own.delivering(i);
                deliver(batch.get(i));
            }
            flush();
        } finally {
            delivering = null;
            // An appender that leaves the flag set would disturb the next one's files and sockets.
            if (Thread.interrupted()) {
                errorPosted = false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        Context context = appender.getContext();
        if (context != null) {
            context.getStatusManager().remove(this);
        }
        if (takeover != null) {
            takeover.end();
        }
    }

    @Override
    public void addStatusEvent(Status status) {
        if (delivering == Thread.currentThread() && status.getLevel() == Status.ERROR && isOurs(status.getOrigin())) {
            errorPosted = true;
        }
    }

    private boolean isOurs(@Nullable Object origin) {
        if (origin == null || origin == appender) {
            return origin != null;
        }
        return appender instanceof OutputStreamAppender<?> file && origin == file.getOutputStream();
    }

    private void deliver(ILoggingEvent event) {
        errorPosted = false;
        try {
            if (!appender.isStarted()) {
                failures.failed(event, this, "not started");
                return;
            }
            appender.doAppend(event);
            if (errorPosted) {
                failures.failed(event, this, "error status");
            }
        } catch (Throwable e) {
            failures.failed(event, this, e.getClass().getName());
        }
    }

    private void flush() {
        if (takeover != null) {
            takeover.flush();
        }
    }
}
