package io.inkfast.wal.event;

import ch.qos.logback.classic.spi.LoggerContextVO;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.inkfast.component.EventRedactor;
import io.inkfast.component.Identified;
import io.inkfast.component.Redacted;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;

/*
 * A LoggingEvent, because appenders and encoders of others cast to it. Whatever is an object is made when the record is read;
 * texts, which are most of it, when they are asked for. Two threads may make the same one, which does no harm.
 */
/** An event out of a record. Any thread. */
@NullUnmarked
final class JournaledEvent extends LoggingEvent implements Identified, Redacted {

    private static final LoggerContextVO NO_CONTEXT = new LoggerContextVO("", Map.of(), 0);
    private static final StackTraceElement[] NO_CALLER = {};

    private final byte[] bytes;
    private final int end;
    private final int runIdAt;
    private EventRedactor redactor;
    private boolean messageIsTemplate;
    private int loggerAt = -1;
    private int threadAt = -1;
    private int templateAt = -1;
    private int messageAt = -1;
    private int mdcAt = -1;
    private String logger;
    private String thread;
    private String template;
    private String message;
    private Map<String, String> mdc;

    JournaledEvent(byte[] bytes, int end, int runIdAt) {
        this.bytes = bytes;
        this.end = end;
        this.runIdAt = runIdAt;
    }

    void redactedBy(EventRedactor who) {
        redactor = who;
    }

    @Override
    public EventRedactor redactedBy() {
        return redactor;
    }

    void messageIsTemplate(boolean same) {
        messageIsTemplate = same;
    }

    /** Where a section has its content, which has been checked. */
    void section(int tag, int from) {
        switch (tag) {
            case EventRecord.LOGGER -> loggerAt = from;
            case EventRecord.THREAD -> threadAt = from;
            case EventRecord.TEMPLATE -> templateAt = from;
            case EventRecord.MESSAGE -> messageAt = from;
            case EventRecord.MDC -> mdcAt = from;
            default -> {}
        }
    }

    private String text(int from) {
        try {
            return from < 0 ? null : new RecordReader(bytes, from, end).text();
        } catch (DamagedEventException e) {
            throw changed(e);
        }
    }

    private static IllegalStateException changed(DamagedEventException e) {
        return new IllegalStateException("the bytes of an event were changed while it was in use", e);
    }

    @Override
    public String eventId() {
        String runId = new String(bytes, runIdAt, EventRecord.RUN_ID_BYTES, StandardCharsets.ISO_8859_1);
        return runId + '-' + getSequenceNumber();
    }

    @Override
    public String getLoggerName() {
        if (logger == null) {
            logger = text(loggerAt);
        }
        return logger;
    }

    @Override
    public String getThreadName() {
        if (thread == null) {
            thread = text(threadAt);
        }
        return thread;
    }

    @Override
    public String getMessage() {
        if (template == null) {
            template = text(templateAt);
        }
        return template;
    }

    @Override
    public String getFormattedMessage() {
        if (message == null) {
            message = messageIsTemplate ? getMessage() : text(messageAt);
        }
        return message;
    }

    @Override
    public Map<String, String> getMDCPropertyMap() {
        if (mdc == null) {
            try {
                mdc = mdcAt < 0 ? Map.of() : Pairs.read(new RecordReader(bytes, mdcAt, end));
            } catch (DamagedEventException e) {
                throw changed(e);
            }
        }
        return mdc;
    }

    /* What the record does not have cannot be found out any more. */
    @Override
    public StackTraceElement[] getCallerData() {
        return hasCallerData() ? super.getCallerData() : NO_CALLER;
    }

    @Override
    public LoggerContextVO getLoggerContextVO() {
        LoggerContextVO context = super.getLoggerContextVO();
        return context == null ? NO_CONTEXT : context;
    }

    @Override
    public long getContextBirthTime() {
        return getLoggerContextVO().getBirthTime();
    }

    @Override
    public void prepareForDeferredProcessing() {
        // It is.
    }
}
