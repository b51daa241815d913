package io.inkfast.mask;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.Context;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.status.Status;
import ch.qos.logback.core.status.StatusListener;
import io.inkfast.component.Accounted;
import io.inkfast.component.AnsweringAppender;
import io.inkfast.component.StreamFaults;
import io.inkfast.component.SwallowedExceptions;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/*
 * Logback's appenders swallow what goes wrong, and may post an error status on the thread that called them: that is how it
 * is noticed, beside what their base classes note.
 */
/** Hands events to appenders, one after the other, and says what went wrong. Any thread. */
final class Outlet implements StatusListener, AutoCloseable {

    private final Context context;
    private final List<Appender<ILoggingEvent>> sinks;
    private final List<SwallowedExceptions> exceptions;
    private final List<StreamFaults> streams;
    private final ThreadLocal<Boolean> posted = new ThreadLocal<>();

    Outlet(Context context, List<Appender<ILoggingEvent>> sinks) {
        this.context = context;
        this.sinks = sinks;
        exceptions = sinks.stream().map(SwallowedExceptions::new).toList();
        exceptions.forEach(SwallowedExceptions::watch);
        streams = sinks.stream().map(StreamFaults::new).toList();
        context.getStatusManager().add(this);
    }

    @Override
    public void close() {
        context.getStatusManager().remove(this);
        exceptions.forEach(SwallowedExceptions::unwatch);
        streams.forEach(StreamFaults::unwatch);
    }

    /**
     * The class or the kind of the last failure, or that a stream failed; null if every appender took it.
     *
     * @param safely whether what was taken must be in no buffer that Logback may drop
     */
    @Nullable
    String deliver(ILoggingEvent event, boolean safely) {
        String failure = null;
        for (int i = 0; i < sinks.size(); i++) {
            int faults = streams.get(i).look();
            String one = deliver(sinks.get(i), exceptions.get(i), event, safely);
            if (streams.get(i).isFailing() || streams.get(i).look() != faults) {
                one = StreamFaults.REASON;
            }
            failure = one == null || StreamFaults.REASON.equals(failure) ? failure : one;
        }
        return failure;
    }

    private @Nullable String deliver(
            Appender<ILoggingEvent> sink, SwallowedExceptions exceptions, ILoggingEvent event, boolean safely) {
        try {
            if (sink instanceof AnsweringAppender answering) {
                return answering.deliver(event);
            }
            boolean started = sink.isStarted();
            posted.set(false);
            boolean swallowed = (started || sink instanceof Accounted) && exceptions.append(event);
            if (safely) {
                flush(sink);
            }
            boolean error = Boolean.TRUE.equals(posted.get());
            return !started ? "not started" : error ? "error status" : swallowed ? "exception" : null;
        } catch (Throwable e) {
            return e.getClass().getName();
        }
    }

    private static void flush(Appender<ILoggingEvent> sink) throws IOException {
        if (sink instanceof OutputStreamAppender<?> buffered && !buffered.isImmediateFlush()) {
            OutputStream stream = buffered.getOutputStream();
            if (stream != null) {
                stream.flush();
            }
        }
    }

    @Override
    public void addStatusEvent(Status status) {
        streams.forEach(stream -> stream.hear(status));
        if (status.getLevel() == Status.ERROR && isOurs(status.getOrigin())) {
            posted.set(true);
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
