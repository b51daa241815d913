package io.inkfast.async;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.Context;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.status.Status;
import ch.qos.logback.core.status.StatusListener;
import io.inkfast.component.EventView;
import io.inkfast.internal.Worker;
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
    private final boolean serializing;
    private volatile @Nullable Thread delivering;
    private boolean errorPosted;

    PlainSink(Appender<ILoggingEvent> appender, Failures failures, @Nullable StreamTakeover takeover) {
        this.appender = appender;
        this.failures = failures;
        this.takeover = takeover;
        serializing = isSerializing(appender);
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
            flush(batch);
        } finally {
            delivering = null;
            if (Worker.isCurrent()) {
                // An appender that leaves the flag set would disturb the next one's files and sockets.
                Thread.interrupted();
            }
        }
        return true;
    }

    @Override
    public void idle() {
        if (takeover != null) {
            takeover.flush();
        }
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
            appender.doAppend(serializing ? original(event) : event);
            if (errorPosted) {
                failures.failed(event, this, "error status");
            }
        } catch (Throwable e) {
            failures.failed(event, this, e.getClass().getName());
        }
    }

    private void flush(List<ILoggingEvent> batch) {
        if (takeover == null) {
            return;
        }
        errorPosted = false;
        try {
            takeover.flush();
        } catch (Throwable e) {
            errorPosted = true;
        }
        if (errorPosted) {
            for (ILoggingEvent event : batch) {
                failures.failed(event, this, "flush failed");
            }
        }
    }

    /* Logback's own appenders that serialize events take none but Logback's own. */
    private static boolean isSerializing(Appender<ILoggingEvent> appender) {
        for (Class<?> type = appender.getClass(); type != null; type = type.getSuperclass()) {
            if (type.getName().equals("ch.qos.logback.core.net.AbstractSocketAppender")) {
                return true;
            }
        }
        return false;
    }

    private static ILoggingEvent original(ILoggingEvent event) {
        ILoggingEvent shown = event;
        while (shown instanceof EventView view) {
            shown = view.shown();
        }
        return shown;
    }
}
