package io.inkfast.wal.event;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * Makes events of the records of {@link EventRecord}. Everything is looked at when an event is read, so that its getters
 * cannot fail; texts that do not return are made when they are asked for. Any thread.
 */
public final class EventReader {

    private static final KeyValuePair RECOVERED = new KeyValuePair("recovered", true);

    private final Returning returning = new Returning();

    /** Makes one; it remembers what returns from event to event. */
    public EventReader() {}

    /**
     * The event in a record.
     *
     * @param bytes belong to the event from now on, and are not to be changed
     * @param recovered whether it gets the key-value {@code recovered=true}
     * @throws DamagedEventException if they are not a record of a version that is known here
     */
    public ILoggingEvent read(byte[] bytes, int offset, int length, boolean recovered) throws DamagedEventException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        RecordReader reader = new RecordReader(bytes, offset, offset + length);
        int major = reader.oneByte();
        if (major != EventRecord.MAJOR) {
            throw new DamagedEventException(
                    "the record has version " + major + "; this release reads version " + EventRecord.MAJOR);
        }
        reader.skip(EventRecord.FLAGS - 1);
        int flags = reader.oneByte();
        Level level = Levels.of(reader.oneByte());
        Instant time = time(reader.eightBytes(), reader.fourBytes());
        String runId = returning.run(reader.part(EventRecord.RUN_ID_BYTES));
        JournaledEvent event = new JournaledEvent(bytes, offset + length, runId);
        event.setLevel(level);
        event.setInstant(time);
        event.setSequenceNumber(reader.eightBytes());
        event.messageIsTemplate((flags & EventRecord.MESSAGE_IS_TEMPLATE) != 0);
        sections(reader, bytes, event);
        if (recovered) {
            List<KeyValuePair> pairs = event.getKeyValuePairs();
            List<KeyValuePair> more = pairs == null ? new ArrayList<>(1) : new ArrayList<>(pairs);
            more.add(RECOVERED);
            event.setKeyValuePairs(more);
        }
        return event;
    }

    private static Instant time(long seconds, int nanos) throws DamagedEventException {
        if (seconds < EventRecord.FIRST_SECOND
                || seconds > EventRecord.LAST_SECOND
                || nanos < 0
                || nanos > 999_999_999) {
            throw new DamagedEventException("the record has a time that cannot be");
        }
        return Instant.ofEpochSecond(seconds, nanos);
    }

    private void sections(RecordReader reader, byte[] bytes, JournaledEvent event) throws DamagedEventException {
        int last = 0;
        while (reader.hasMore()) {
            int tag = reader.oneByte();
            if (tag <= last) {
                throw new DamagedEventException("the parts of the record are in the wrong order");
            }
            last = tag;
            int length = reader.fourBytes();
            RecordReader section = reader.part(length);
            if (tag <= EventRecord.CONTEXT) {
                section(tag, section, bytes, event);
                section.finished();
            }
        }
    }

    private void section(int tag, RecordReader section, byte[] bytes, JournaledEvent event)
            throws DamagedEventException {
        switch (tag) {
            case EventRecord.LOGGER -> event.logger(returning.text(tag, section));
            case EventRecord.THREAD -> event.thread(returning.text(tag, section));
            case EventRecord.TEMPLATE -> {
                // A message that is its own template may never return.
                if (event.isMessageTemplate() || !Returning.keeps(section.length())) {
                    event.templateAt(section.position());
                    section.skipText();
                } else {
                    event.template(returning.text(tag, section));
                }
            }
            case EventRecord.MESSAGE -> {
                event.messageAt(section.position());
                section.skipText();
            }
            case EventRecord.ARGUMENTS -> event.setArgumentArray(arguments(section, bytes));
            case EventRecord.KEY_VALUES -> event.setKeyValuePairs(keyValues(section, bytes));
            case EventRecord.MDC -> event.mdc(returning.pairs(tag, section));
            case EventRecord.MARKERS -> MarkerTrees.read(section, bytes).forEach(event::addMarker);
            case EventRecord.THROWABLE -> event.setThrowableProxy(Throwables.read(section));
            case EventRecord.CALLER -> event.setCallerData(Frames.read(section));
            default -> event.setLoggerContextRemoteView(returning.context(tag, section));
        }
    }

    private static @Nullable Object[] arguments(RecordReader reader, byte[] bytes) throws DamagedEventException {
        @Nullable Object[] arguments = new Object[reader.count()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = Values.read(reader, bytes);
        }
        return arguments;
    }

    private static List<KeyValuePair> keyValues(RecordReader reader, byte[] bytes) throws DamagedEventException {
        int count = reader.count(2);
        List<KeyValuePair> pairs = new ArrayList<>(count + 1);
        for (; count > 0; count--) {
            String key = reader.text();
            pairs.add(new KeyValuePair(key, Values.read(reader, bytes)));
        }
        return pairs;
    }
}
