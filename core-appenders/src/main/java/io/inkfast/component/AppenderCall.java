package io.inkfast.component;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.Context;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.status.Status;
import ch.qos.logback.core.status.StatusListener;
import java.io.Flushable;
import org.jspecify.annotations.Nullable;

/**
 * Calls an ordinary Logback appender and tells whether it took the event. An appender has failed if it throws, or posts an
 * error status during the call, or if Logback's base class swallowed an exception, or if its stream was at fault. One thread.
 *
 * @since 0.1.0
 */
public final class AppenderCall implements StatusListener {

    private final Appender<ILoggingEvent> appender;
    private final boolean serializing;
    private final SwallowedExceptions exceptions;
    private final StreamFaults stream;
    private volatile @Nullable Thread calling;
    private boolean errorPosted;
    private int faults;

    public AppenderCall(Appender<ILoggingEvent> appender) {
        this.appender = appender;
        serializing = isSerializing(appender);
        exceptions = new SwallowedExceptions(appender);
        stream = new StreamFaults(appender);
    }

    /** Listens to the appender's statuses from now on. */
    public void listen() {
        exceptions.watch();
        Context context = appender.getContext();
        if (context != null) {
            context.getStatusManager().add(this);
        }
        faults = stream.look();
    }

    public void stopListening() {
        exceptions.unwatch();
        stream.unwatch();
        Context context = appender.getContext();
        if (context != null) {
            context.getStatusManager().remove(this);
        }
    }

    /** Before some calls of {@link #append}. */
    public void begin() {
        calling = Thread.currentThread();
    }

    /** After them. */
    public void end() {
        calling = null;
    }

    /**
     * Hands the event over; null if it was taken, else why not: what was thrown, by its class, or in a word. {@link
     * StreamFaults#REASON} also says that what the appender took before, since it was last flushed, may be lost, and that
     * half a line may be left at the end of its file.
     */
    public @Nullable String append(ILoggingEvent event) {
        errorPosted = false;
        stream.look();
        String reason = call(event);
        return streamFailed() ? StreamFaults.REASON : reason;
    }

    /** The same for a flush of the appender's stream; null if all that it took is in its file. */
    public @Nullable String flush(Flushable flush) {
        errorPosted = false;
        String reason;
        try {
            flush.flush();
            reason = errorPosted ? "error status" : null;
        } catch (Throwable e) {
            reason = e.getClass().getName();
        }
        return streamFailed() ? StreamFaults.REASON : reason;
    }

    /** Whether the appender's stream takes nothing until it has opened its file anew. */
    public boolean isStreamFailing() {
        return stream.isFailing();
    }

    private @Nullable String call(ILoggingEvent event) {
        try {
            if (!appender.isStarted()) {
                return "not started";
            }
            if (appender instanceof AnsweringAppender answering) {
                return answering.deliver(event);
            }
            boolean swallowed = exceptions.append(serializing ? original(event) : event);
            return errorPosted ? "error status" : swallowed ? "exception" : null;
        } catch (Throwable e) {
            return e.getClass().getName();
        }
    }

    /* Since it was last asked: another thread's fault may have cost what was in the buffer. */
    private boolean streamFailed() {
        boolean failing = stream.isFailing();
        int before = faults;
        faults = stream.look();
        return failing || faults != before;
    }

    @Override
    public void addStatusEvent(Status status) {
        stream.hear(status);
        if (calling == Thread.currentThread() && status.getLevel() == Status.ERROR && isOurs(status.getOrigin())) {
            errorPosted = true;
        }
    }

    private boolean isOurs(@Nullable Object origin) {
        if (origin == null || origin == appender) {
            return origin != null;
        }
        return appender instanceof OutputStreamAppender<?> file && origin == file.getOutputStream();
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
