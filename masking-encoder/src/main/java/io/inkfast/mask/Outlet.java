package io.inkfast.mask;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.Context;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.status.Status;
import ch.qos.logback.core.status.StatusListener;
import io.inkfast.component.Accounted;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/*
 * Logback's appenders swallow what goes wrong, and post an error status on the thread that called them: that is how it is
 * noticed.
 */
/** Hands events to appenders, one after the other, and says what went wrong. Any thread. */
final class Outlet implements StatusListener, AutoCloseable {

    private final Context context;
    private final List<Appender<ILoggingEvent>> sinks;
    private final Set<Long> posted = ConcurrentHashMap.newKeySet();

    Outlet(Context context, List<Appender<ILoggingEvent>> sinks) {
        this.context = context;
        this.sinks = sinks;
        context.getStatusManager().add(this);
    }

    @Override
    public void close() {
        context.getStatusManager().remove(this);
    }

    /** The class or the kind of the last failure; null if every appender took it. */
    @Nullable
    String deliver(ILoggingEvent event) {
        String failure = null;
        for (Appender<ILoggingEvent> sink : sinks) {
            String one = deliver(sink, event);
            failure = one == null ? failure : one;
        }
        return failure;
    }

    private @Nullable String deliver(Appender<ILoggingEvent> sink, ILoggingEvent event) {
        try {
            boolean started = sink.isStarted();
            if (started || sink instanceof Accounted) {
                sink.doAppend(event);
            }
            boolean error =
                    !posted.isEmpty() && posted.remove(Thread.currentThread().getId());
            return !started ? "not started" : error ? "error status" : null;
        } catch (Throwable e) {
            return e.getClass().getName();
        }
    }

    @Override
    public void addStatusEvent(Status status) {
        if (status.getLevel() == Status.ERROR && isOurs(status.getOrigin())) {
            posted.add(Thread.currentThread().getId());
        }
    }

    private boolean isOurs(@Nullable Object origin) {
        for (Appender<ILoggingEvent> sink : sinks) {
            if (origin == sink
                    || (origin != null
                            && sink instanceof OutputStreamAppender<?> stream
                            && origin == stream.getOutputStream())) {
                return true;
            }
        }
        return false;
    }
}
