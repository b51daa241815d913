package io.inkfast.wal.event;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggerContextVO;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * Makes events of the records of {@link EventRecord}. Everything is looked at when an event is read, so that its getters
 * cannot fail; its texts are made when they are asked for. Any thread.
 */
public final class EventReader {

    private static final KeyValuePair RECOVERED = new KeyValuePair("recovered", true);

    private volatile @Nullable Known known;

    /** Makes one; it remembers the context of the last event. */
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
        int runId = runId(bytes, reader);
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

    private static int runId(byte[] bytes, RecordReader reader) throws DamagedEventException {
        int from = reader.position();
        reader.skip(EventRecord.RUN_ID_BYTES);
        for (int i = from; i < reader.position(); i++) {
            if (bytes[i] <= ' ' || bytes[i] == 0x7F) {
                throw new DamagedEventException("the record has a run id that is none");
            }
        }
        return from;
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
            int from = reader.position();
            RecordReader section = reader.part(length);
            if (tag <= EventRecord.CONTEXT) {
                section(tag, section, bytes, event);
                section.finished();
            }
            event.section(tag, from);
        }
    }

    private void section(int tag, RecordReader section, byte[] bytes, JournaledEvent event)
            throws DamagedEventException {
        switch (tag) {
            case EventRecord.LOGGER, EventRecord.THREAD, EventRecord.TEMPLATE, EventRecord.MESSAGE ->
                section.skipText();
            case EventRecord.ARGUMENTS -> event.setArgumentArray(arguments(section, bytes));
            case EventRecord.KEY_VALUES -> event.setKeyValuePairs(keyValues(section, bytes));
            case EventRecord.MDC -> Pairs.skip(section);
            case EventRecord.MARKERS -> MarkerTrees.read(section, bytes).forEach(event::addMarker);
            case EventRecord.THROWABLE -> event.setThrowableProxy(Throwables.read(section));
            case EventRecord.CALLER -> event.setCallerData(Frames.read(section));
            default -> event.setLoggerContextRemoteView(context(section, bytes));
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

    private LoggerContextVO context(RecordReader reader, byte[] bytes) throws DamagedEventException {
        int from = reader.position();
        Known last = known;
        if (last != null && reader.isNext(last.bytes)) {
            reader.skip(last.bytes.length);
            return last.context;
        }
        String name = reader.text();
        long birth = reader.eightBytes();
        Map<String, String> properties = Pairs.read(reader);
        LoggerContextVO context = new LoggerContextVO(name, properties, birth);
        known = new Known(Arrays.copyOfRange(bytes, from, reader.position()), context);
        return context;
    }

    /** The bytes of a context, and what was made of them; those of nearly all events are the same. */
    private static final class Known {

        final byte[] bytes;
        final LoggerContextVO context;

        Known(byte[] bytes, LoggerContextVO context) {
            this.bytes = bytes;
            this.context = context;
        }
    }
}
