package io.inkfast.async;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * Estimates the bytes that an event keeps on the heap. Cheap rather than exact; any thread.
 *
 * <p>Logback gives all events between two changes of a thread's MDC the same map, so what that map weighs is remembered
 * by its identity, in a few places that threads share. They race without harm: what is read wrong is an estimate.
 */
final class Weight {

    private static final int REMEMBERED = 16;

    private static final int EVENT_BYTES = 256;
    private static final int OBJECT_BYTES = 64;
    private static final int FRAME_BYTES = 80;
    private static final int MAX_CAUSES = 64;

    private final @Nullable Object[] maps = new @Nullable Object[REMEMBERED];
    private final long[] mapBytes = new long[REMEMBERED];
    private final Sum[] sums = new Sum[REMEMBERED];

    Weight() {
        for (int i = 0; i < REMEMBERED; i++) {
            sums[i] = new Sum();
        }
    }

    long of(ILoggingEvent event) {
        long bytes = EVENT_BYTES + text(event.getFormattedMessage());
        Object[] arguments = event.getArgumentArray();
        if (arguments != null) {
            for (Object argument : arguments) {
                bytes += value(argument);
            }
        }
        Map<String, String> mdc = event.getMDCPropertyMap();
        if (mdc != null && !mdc.isEmpty()) {
            bytes += map(mdc);
        }
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        if (pairs != null) {
            for (int i = 0; i < pairs.size(); i++) {
                KeyValuePair pair = pairs.get(i);
                bytes += text(pair.key) + value(pair.value);
            }
        }
        return bytes + throwable(event.getThrowableProxy(), 0);
    }

    private long map(Map<String, String> mdc) {
        int place = (int) Thread.currentThread().getId() & (REMEMBERED - 1);
        if (maps[place] == mdc) {
            return mapBytes[place];
        }
        Sum sum = sums[place];
        sum.bytes = 0;
        mdc.forEach(sum);
        mapBytes[place] = sum.bytes;
        maps[place] = mdc;
        return mapBytes[place];
    }

    private static long throwable(@Nullable IThrowableProxy proxy, int depth) {
        long bytes = 0;
        IThrowableProxy current = proxy;
        for (int causes = depth; current != null && causes < MAX_CAUSES; causes++) {
            bytes += text(current.getMessage());
            bytes += (long) current.getStackTraceElementProxyArray().length * FRAME_BYTES;
            IThrowableProxy[] suppressed = current.getSuppressed();
            if (suppressed != null) {
                for (IThrowableProxy each : suppressed) {
                    bytes += throwable(each, causes + 1);
                }
            }
            current = current.getCause();
        }
        return bytes;
    }

    private static long value(@Nullable Object value) {
        return value instanceof CharSequence text ? OBJECT_BYTES + text.length() : OBJECT_BYTES;
    }

    private static long text(@Nullable String text) {
        return text == null ? 0 : OBJECT_BYTES + text.length();
    }

    /* Kept, because an iterator would be garbage. */
    private static final class Sum implements BiConsumer<String, String> {
        private long bytes;

        @Override
        public void accept(String key, String value) {
            bytes += text(key) + text(value);
        }
    }
}
