package io.inkfast.wal.event;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.LoggerContextVO;
import io.inkfast.internal.BatchBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;

/**
 * Writes the records of {@link EventRecord}, of events that are redacted and of which no part can change any more. Any thread.
 */
final class EventWriter {

    private final Copies copies = new Copies();

    /**
     * @param runId 16 characters of ASCII
     * @param callerData whether it is written although nobody has asked for it yet
     */
    void write(BatchBuffer out, ILoggingEvent event, String runId, long number, boolean callerData) {
        int start = out.size();
        header(out, event.getLevel(), event.getInstant(), runId, number);
        returning(out, EventRecord.LOGGER, event.getLoggerName());
        returning(out, EventRecord.THREAD, event.getThreadName());
        String template = event.getMessage();
        String message = event.getFormattedMessage();
        if (message != null && message.equals(template)) {
            text(out, EventRecord.TEMPLATE, template);
            out.array()[start + EventRecord.FLAGS] |= EventRecord.MESSAGE_IS_TEMPLATE;
        } else {
            returning(out, EventRecord.TEMPLATE, template);
            text(out, EventRecord.MESSAGE, message);
        }
        arguments(out, event.getArgumentArray());
        keyValues(out, event.getKeyValuePairs());
        mdc(out, event.getMDCPropertyMap());
        markers(out, event.getMarkerList());
        throwable(out, event.getThrowableProxy());
        if (callerData || event.hasCallerData()) {
            callerData(out, event.getCallerData());
        }
        context(out, event.getLoggerContextVO());
    }

    /** In the place of one that could not be written. */
    static void withheld(BatchBuffer out, @Nullable Level level, Instant time, String runId, long number, String why) {
        header(out, level, time, runId, number);
        text(out, EventRecord.MESSAGE, "[event withheld: " + why + "]");
    }

    private static void header(BatchBuffer out, @Nullable Level level, Instant time, String runId, long number) {
        byte[] bytes = out.room(EventRecord.SECTIONS);
        int start = out.size();
        bytes[start] = EventRecord.MAJOR;
        bytes[start + 1] = EventRecord.MINOR;
        bytes[start + EventRecord.FLAGS] = 0;
        bytes[start + EventRecord.LEVEL] = (byte) Levels.code(level);
        // Who makes events himself may give them any time.
        long seconds = Math.max(EventRecord.FIRST_SECOND, Math.min(EventRecord.LAST_SECOND, time.getEpochSecond()));
        Primitives.LONGS.set(bytes, start + EventRecord.SECONDS, seconds);
        Primitives.INTS.set(bytes, start + EventRecord.NANOS, time.getNano());
        for (int i = 0; i < EventRecord.RUN_ID_BYTES; i++) {
            bytes[start + EventRecord.RUN_ID + i] = (byte) runId.charAt(i);
        }
        Primitives.LONGS.set(bytes, start + EventRecord.SEQUENCE, number);
        out.added(EventRecord.SECTIONS);
    }

    private static int begin(BatchBuffer out, int tag) {
        out.write(tag);
        Primitives.fourBytes(out, 0);
        return out.size();
    }

    private static void end(BatchBuffer out, int start) {
        Primitives.INTS.set(out.array(), start - 4, out.size() - start);
    }

    private static void text(BatchBuffer out, int tag, @Nullable String text) {
        if (text != null) {
            int start = begin(out, tag);
            Primitives.text(out, text);
            end(out, start);
        }
    }

    private void returning(BatchBuffer out, int tag, @Nullable String text) {
        if (text != null && !copies.write(out, tag, text, text.hashCode())) {
            int start = out.size();
            text(out, tag, text);
            copies.keep(out, start, tag, text, text.hashCode());
        }
    }

    private static void arguments(BatchBuffer out, @Nullable Object @Nullable [] arguments) {
        if (arguments == null) {
            return;
        }
        int start = begin(out, EventRecord.ARGUMENTS);
        Primitives.count(out, arguments.length);
        for (Object argument : arguments) {
            Values.write(out, argument);
        }
        end(out, start);
    }

    private static void keyValues(BatchBuffer out, @Nullable List<KeyValuePair> pairs) {
        if (pairs == null || pairs.isEmpty()) {
            return;
        }
        int start = begin(out, EventRecord.KEY_VALUES);
        Primitives.count(out, pairs.size());
        for (KeyValuePair pair : pairs) {
            Primitives.text(out, pair.key);
            Values.write(out, pair.value);
        }
        end(out, start);
    }

    private void mdc(BatchBuffer out, @Nullable Map<String, String> map) {
        if (map == null || map.isEmpty()) {
            return;
        }
        // Each thread has a map of its own.
        int thread = (int) Thread.currentThread().getId();
        if (!copies.write(out, EventRecord.MDC, map, thread)) {
            int before = out.size();
            int start = begin(out, EventRecord.MDC);
            Pairs.write(out, map);
            end(out, start);
            copies.keep(out, before, EventRecord.MDC, map, thread);
        }
    }

    private static void markers(BatchBuffer out, @Nullable List<Marker> markers) {
        if (markers == null || markers.isEmpty()) {
            return;
        }
        int start = begin(out, EventRecord.MARKERS);
        MarkerTrees.write(out, markers);
        end(out, start);
    }

    private static void throwable(BatchBuffer out, @Nullable IThrowableProxy throwable) {
        if (throwable == null) {
            return;
        }
        int start = begin(out, EventRecord.THROWABLE);
        Throwables.write(out, throwable);
        end(out, start);
    }

    private static void callerData(BatchBuffer out, StackTraceElement @Nullable [] frames) {
        if (frames == null) {
            return;
        }
        int start = begin(out, EventRecord.CALLER);
        Frames.write(out, frames);
        end(out, start);
    }

    private void context(BatchBuffer out, @Nullable LoggerContextVO context) {
        if (context == null || copies.write(out, EventRecord.CONTEXT, context, 0)) {
            return;
        }
        int before = out.size();
        int start = begin(out, EventRecord.CONTEXT);
        Primitives.text(out, context.getName());
        Primitives.eightBytes(out, context.getBirthTime());
        Map<String, String> properties = context.getPropertyMap();
        Pairs.write(out, properties == null ? Map.of() : properties);
        end(out, start);
        copies.keep(out, before, EventRecord.CONTEXT, context, 0);
    }
}
