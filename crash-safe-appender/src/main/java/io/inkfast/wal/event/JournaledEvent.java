package io.inkfast.wal.event;

import ch.qos.logback.classic.spi.LoggerContextVO;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.inkfast.component.EventRedactor;
import io.inkfast.component.Identified;
import io.inkfast.component.Redacted;
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
    private final String runId;
    private EventRedactor redactor;
    private boolean messageIsTemplate;
    private int templateAt = -1;
    private int messageAt = -1;
    private String logger;
    private String thread;
    private String template;
    private String message;
    private Map<String, String> mdc = Map.of();

    JournaledEvent(byte[] bytes, int end, String runId) {
        this.bytes = bytes;
        this.end = end;
        this.runId = runId;
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

    boolean isMessageTemplate() {
        return messageIsTemplate;
    }

    void logger(String name) {
        logger = name;
    }

    void thread(String name) {
        thread = name;
    }

    void template(String text) {
        template = text;
    }

    /** Where the template has its text, which has been checked. */
    void templateAt(int from) {
        templateAt = from;
    }

    /** The same for the message. */
    void messageAt(int from) {
        messageAt = from;
    }

    /** @param map cannot change */
    void mdc(Map<String, String> map) {
        mdc = map;
    }

    private String text(int from) {
        try {
            return from < 0 ? null : new RecordReader(bytes, from, end).text();
        } catch (DamagedEventException e) {
            throw new IllegalStateException("the bytes of an event were changed while it was in use", e);
        }
    }

    @Override
    public String eventId() {
        return runId + '-' + getSequenceNumber();
    }

    @Override
    public String runId() {
        return runId;
    }

    @Override
    public String getLoggerName() {
        return logger;
    }

    @Override
    public String getThreadName() {
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
