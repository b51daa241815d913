package io.inkfast.wal.event;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Context;
import io.inkfast.component.EventIdentity;
import io.inkfast.component.EventRedactor;
import io.inkfast.component.Identified;
import io.inkfast.internal.BatchBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Turns events into bytes and back: {@code LogEvent} of the journal, version 1. What is in the bytes has been redacted. An
 * encoder writes the same for the redacted event as for the one that is made of the bytes, whether in this run or a later
 * one, except that a recovered one says so. Any thread.
 */
public final class EventCodec {

    private final EventRedactor redactor;
    private final EventIdentity identity;
    private final boolean callerData;
    private final int mostBytes;
    private final EventWriter writer = new EventWriter();
    private final EventReader reader = new EventReader();

    /**
     * @param redactor of the policy that holds for what is journalled
     * @param context whose events they are
     * @param callerData whether sinks need to know where an event was logged, which is expensive
     * @param mostBytes of a record, 512 KB at least; of a longer event, message and stack trace are kept in part
     */
    public EventCodec(EventRedactor redactor, Context context, boolean callerData, int mostBytes) {
        if (mostBytes < ShortEvent.MOST_BYTES) {
            throw new IllegalArgumentException("a record must have room for " + ShortEvent.MOST_BYTES + " bytes");
        }
        this.mostBytes = mostBytes;
        this.redactor = redactor;
        this.identity = EventIdentity.of(context);
        this.callerData = callerData;
    }

    /**
     * Appends the record of an event, and returns its length. The thread that logs. Of an event that cannot be redacted or
     * written, the record has time, level and the reason. The given event only gets a number if it has none.
     */
    public int encode(ILoggingEvent event, BatchBuffer out) {
        int start = out.size();
        String runId = identity.runId();
        long number = identity.number(event);
        String id = event instanceof Identified identified ? identified.eventId() : null;
        if (id != null && id.length() > EventRecord.RUN_ID_BYTES + 1) {
            runId = id.substring(0, EventRecord.RUN_ID_BYTES);
        }
        try {
            ILoggingEvent safe = redactor.redact(event);
            writer.write(out, safe, runId, number, callerData);
            int length = out.size() - start;
            if (length > mostBytes) {
                out.truncate(start);
                writer.write(out, new ShortEvent(safe, length), runId, number, false);
            }
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            out.truncate(start);
            EventWriter.withheld(
                    out, level(event), time(event), runId, number, e.getClass().getName());
        }
        return out.size() - start;
    }

    /* An event need not be one of Logback's: each of its methods may throw. */
    private static @Nullable Level level(ILoggingEvent event) {
        try {
            return event.getLevel();
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            return null;
        }
    }

    private static Instant time(ILoggingEvent event) {
        try {
            return Instant.ofEpochMilli(event.getTimeStamp());
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            return Instant.now();
        }
    }

    /**
     * The event in a record; see {@link EventReader#read}.
     *
     * @param bytes belong to the event from now on, and are not to be changed
     */
    public ILoggingEvent decode(byte[] bytes, int offset, int length, boolean recovered) throws DamagedEventException {
        ILoggingEvent event = reader.read(bytes, offset, length, recovered);
        if (event instanceof JournaledEvent journaled) {
            journaled.redactedBy(redactor);
        }
        return event;
    }

    /** After the last event. */
    public void close() {
        redactor.retire();
    }
}
