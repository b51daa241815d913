package io.inkfast.mask;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.LoggerContextVO;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.inkfast.component.Identified;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.NullUnmarked;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;

/*
 * A LoggingEvent, because appenders and encoders of others cast to it; and not a view, because whoever sees a view can ask
 * it for what it shows.
 */
/**
 * Another event in the place of one that must not be seen: every part is redacted, when it is asked for, or all of it in
 * {@link #settle}. The original is never changed. One thread, until it is settled; then any.
 */
@NullUnmarked
final class SafeEvent extends LoggingEvent implements Identified {

    private final ILoggingEvent original;
    private Sanitizer sanitizer;
    private String loggerName;
    private String threadName;
    private String template;
    private String formatted;
    private boolean formattedKnown;
    private Object[] arguments;
    private boolean argumentsKnown;
    private List<KeyValuePair> pairs;
    private boolean pairsKnown;
    private List<Marker> markers;
    private boolean markersKnown;
    private Map<String, String> mdc;
    private IThrowableProxy throwable;
    private boolean throwableKnown;
    private LoggerContextVO context;
    private String inner = "";

    SafeEvent(ILoggingEvent original, Sanitizer sanitizer) {
        this.original = original;
        this.sanitizer = sanitizer;
        setLevel(original.getLevel());
        Instant instant = original.getInstant();
        if (instant == null) {
            setTimeStamp(original.getTimeStamp());
        } else {
            setInstant(instant);
        }
        setSequenceNumber(original.getSequenceNumber());
    }

    /** Redacts what nobody has asked for yet; the sanitizer is no longer needed then. */
    SafeEvent settle() {
        getFormattedMessage();
        getArgumentArray();
        getLoggerName();
        getThreadName();
        getKeyValuePairs();
        getMarkerList();
        getMDCPropertyMap();
        getThrowableProxy();
        getLoggerContextVO();
        sanitizer = null;
        return this;
    }

    Sanitizer sanitizer() {
        return sanitizer;
    }

    /** What the converters inside a composite one wrote last, for its guard. */
    String inner() {
        return inner;
    }

    void inner(String text) {
        inner = text;
    }

    @Override
    public String eventId() {
        return original instanceof Identified identified ? identified.eventId() : null;
    }

    @Override
    public String runId() {
        return original instanceof Identified identified ? identified.runId() : null;
    }

    @Override
    public String getLoggerName() {
        if (loggerName == null && sanitizer != null && original.getLoggerName() != null) {
            loggerName = sanitizer.name(original.getLoggerName());
        }
        return loggerName;
    }

    @Override
    public String getThreadName() {
        if (threadName == null && sanitizer != null && original.getThreadName() != null) {
            threadName = sanitizer.name(original.getThreadName());
        }
        return threadName;
    }

    @Override
    public String getFormattedMessage() {
        if (!formattedKnown) {
            formatted = sanitizer.message(original);
            formattedKnown = true;
        }
        return formatted;
    }

    @Override
    public String getMessage() {
        prepareArguments();
        return template;
    }

    @Override
    public Object[] getArgumentArray() {
        prepareArguments();
        return arguments == null ? null : arguments.clone();
    }

    private void prepareArguments() {
        if (argumentsKnown) {
            return;
        }
        Statement statement = sanitizer.statement(original, getFormattedMessage());
        template = statement.template();
        arguments = statement.arguments();
        argumentsKnown = true;
    }

    @Override
    public List<KeyValuePair> getKeyValuePairs() {
        if (!pairsKnown) {
            pairs = sanitizer.pairs(original.getKeyValuePairs());
            pairsKnown = true;
        }
        return pairs;
    }

    @Override
    public List<Marker> getMarkerList() {
        if (!markersKnown) {
            markers = SafeMarkers.of(original.getMarkerList(), sanitizer);
            markersKnown = true;
        }
        return markers;
    }

    @Override
    public Map<String, String> getMDCPropertyMap() {
        if (mdc == null) {
            mdc = sanitizer.mdc(original.getMDCPropertyMap());
        }
        return mdc;
    }

    @Override
    public IThrowableProxy getThrowableProxy() {
        if (!throwableKnown) {
            IThrowableProxy proxy = original.getThrowableProxy();
            throwable = proxy == null ? null : SafeThrowable.of(proxy, sanitizer);
            throwableKnown = true;
        }
        return throwable;
    }

    @Override
    public LoggerContextVO getLoggerContextVO() {
        if (context == null && sanitizer != null) {
            context = sanitizer.context(original.getLoggerContextVO());
        }
        return context;
    }

    @Override
    public long getContextBirthTime() {
        return Objects.requireNonNull(getLoggerContextVO()).getBirthTime();
    }

    /* Classes, methods and lines: of code, not of data. */
    @Override
    public StackTraceElement[] getCallerData() {
        return original.getCallerData();
    }

    @Override
    public boolean hasCallerData() {
        return original.hasCallerData();
    }

    @Override
    public void prepareForDeferredProcessing() {
        settle();
    }
}
