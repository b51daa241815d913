package io.inkfast.async;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URL;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * Fixes what an event says at the moment of the call: collections, maps, arrays and dates among its arguments and
 * key-values are copied, immutable values stay, other objects stay by reference. An event with nothing to copy is
 * returned as it is; the event itself is never changed. The caller's thread; throws nothing.
 */
final class Snapshot {

    private static final int MAX_DEPTH = 16;

    private Snapshot() {}

    static ILoggingEvent of(ILoggingEvent event) {
        @Nullable Object[] arguments = event.getArgumentArray();
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        boolean copyArguments = arguments != null && anyMutable(arguments);
        boolean copyPairs = pairs != null && anyMutable(pairs);
        if (!copyArguments && !copyPairs) {
            return event;
        }
        return new FixedEvent(
                event,
                copyArguments && arguments != null ? copy(arguments) : arguments,
                copyPairs && pairs != null ? copy(pairs) : pairs);
    }

    private static boolean anyMutable(@Nullable Object[] values) {
        for (Object value : values) {
            if (isCopied(value)) {
                return true;
            }
        }
        return false;
    }

    private static boolean anyMutable(List<KeyValuePair> pairs) {
        for (int i = 0; i < pairs.size(); i++) {
            if (isCopied(pairs.get(i).value)) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Object[] copy(@Nullable Object[] values) {
        @Nullable Object[] copies = new @Nullable Object[values.length];
        for (int i = 0; i < values.length; i++) {
            copies[i] = copy(values[i], 0);
        }
        return copies;
    }

    private static List<KeyValuePair> copy(List<KeyValuePair> pairs) {
        List<KeyValuePair> copies = new ArrayList<>(pairs.size());
        for (KeyValuePair pair : pairs) {
            copies.add(new KeyValuePair(pair.key, copy(pair.value, 0)));
        }
        return copies;
    }

    /* The types of nearly all arguments first. */
    private static boolean isCopied(@Nullable Object value) {
        if (value == null || value instanceof String || isImmutable(value)) {
            return false;
        }
        return value instanceof Collection
                || value instanceof Map
                || value instanceof Date
                || value instanceof Calendar
                || value instanceof StringBuilder
                || value instanceof StringBuffer
                || value.getClass().isArray();
    }

    @SuppressWarnings("JavaUtilDate") // Users log them, so they are copied.
    private static @Nullable Object copy(@Nullable Object value, int depth) {
        if (value == null || isImmutable(value)) {
            return value;
        }
        try {
            if (depth == MAX_DEPTH) {
                // A structure that contains itself, most likely.
                return "[nested deeper than " + MAX_DEPTH + "]";
            }
            if (value instanceof Collection<?> collection) {
                List<@Nullable Object> copies = new ArrayList<>(collection.size());
                for (Object element : collection) {
                    copies.add(copy(element, depth + 1));
                }
                return copies;
            }
            if (value instanceof Map<?, ?> map) {
                Map<@Nullable Object, @Nullable Object> copies = new LinkedHashMap<>();
                map.forEach((key, element) -> copies.put(copy(key, depth + 1), copy(element, depth + 1)));
                return copies;
            }
            if (value instanceof Date date) {
                return date.clone();
            }
            if (value instanceof Calendar calendar) {
                return calendar.clone();
            }
            if (value instanceof StringBuilder || value instanceof StringBuffer) {
                return value.toString();
            }
            return value.getClass().isArray() ? copyArray(value, depth) : value;
        } catch (Throwable e) {
            // Another thread is changing it, or its iterator throws. What it was can't be said any more.
            return "[" + value.getClass().getName() + " changed while it was logged]";
        }
    }

    private static Object copyArray(Object array, int depth) {
        int length = Array.getLength(array);
        Object copy = Array.newInstance(array.getClass().getComponentType(), length);
        System.arraycopy(array, 0, copy, 0, length);
        Class<?> type = copy.getClass().getComponentType();
        if (!type.isPrimitive()) {
            for (int i = 0; i < length; i++) {
                Object element = Array.get(copy, i);
                Object fixed = copy(element, depth + 1);
                if (fixed != element && (fixed == null || type.isInstance(fixed))) {
                    Array.set(copy, i, fixed);
                }
            }
        }
        return copy;
    }

    private static boolean isImmutable(Object value) {
        Class<?> type = value.getClass();
        return type == String.class
                || type == Integer.class
                || type == Long.class
                || type == Boolean.class
                || type == Double.class
                || value instanceof Enum
                || type == UUID.class
                || type == BigDecimal.class
                || type == BigInteger.class
                || type == Float.class
                || type == Short.class
                || type == Byte.class
                || type == Character.class
                || type == URI.class
                || type == URL.class
                || type == Locale.class
                || value instanceof Class
                || value instanceof TemporalAccessor
                || value instanceof TemporalAmount;
    }
}
