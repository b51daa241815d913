package io.inkfast.wal.event;

import ch.qos.logback.classic.spi.LoggerContextVO;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/*
 * Loggers, threads, templates and the MDC return from event to event. Whoever gets the very same object for them finds it in
 * his own caches without looking at it. Entries are immutable, so that a race costs no more than one that is made again.
 */
/** What was made of parts of records that were seen before. Any thread. */
final class Returning {

    /* For each kind of part, so that one never drives out another, such as the only context. */
    private static final int SLOTS = 256;
    private static final int MOST_BYTES = 1024;
    /* There are few contexts, and some have many properties. */
    private static final int MOST_OF_A_CONTEXT = 64 * 1024;

    /* It has no tag. */
    private static final int RUN = 0;

    private final @Nullable Known[] known = new Known[(EventRecord.CONTEXT + 1) * SLOTS];

    /* The bytes of a part, and what they say. */
    private static final class Known {

        final byte[] bytes;
        final Object value;

        Known(byte[] bytes, Object value) {
            this.bytes = bytes;
            this.value = value;
        }
    }

    /** Makes something of a part. */
    private interface Maker {
        @Nullable
        Object make(RecordReader part) throws DamagedEventException;
    }

    /** Whether a part of so many bytes is kept. */
    static boolean keeps(int bytes) {
        return bytes <= MOST_BYTES;
    }

    /** The text that is a whole part. */
    @Nullable
    String text(int tag, RecordReader part) throws DamagedEventException {
        return (String) of(tag, part, RecordReader::text);
    }

    /** The run that a record is of: all bytes of a part, ASCII that can be seen. */
    String run(RecordReader part) throws DamagedEventException {
        return (String) of(RUN, part, RecordReader::visible);
    }

    /** The map that is a whole part. Nobody can change it. */
    @SuppressWarnings("unchecked") // of this tag there is nothing else
    Map<String, String> pairs(int tag, RecordReader part) throws DamagedEventException {
        return (Map<String, String>) of(tag, part, Pairs::read);
    }

    LoggerContextVO context(int tag, RecordReader part) throws DamagedEventException {
        return (LoggerContextVO) of(tag, part, reader -> {
            String name = reader.text();
            long birth = reader.eightBytes();
            return new LoggerContextVO(name, Pairs.read(reader), birth);
        });
    }

    @SuppressWarnings("NullAway") // null is what a text may be; the others never are
    private Object of(int tag, RecordReader part, Maker maker) throws DamagedEventException {
        int slot = tag * SLOTS + (part.hash() & (SLOTS - 1));
        Known one = known[slot];
        if (one != null && part.isRest(one.bytes)) {
            part.skip(one.bytes.length);
            return one.value;
        }
        int from = part.position();
        Object value = maker.make(part);
        part.finished();
        int bytes = part.position() - from;
        if (value != null && (tag == EventRecord.CONTEXT ? bytes <= MOST_OF_A_CONTEXT : keeps(bytes))) {
            known[slot] = new Known(part.since(from), value);
        }
        return value;
    }
}
