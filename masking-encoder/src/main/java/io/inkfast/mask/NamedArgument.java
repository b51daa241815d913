package io.inkfast.mask;

import io.inkfast.mask.scan.TextScanner;
import java.util.Objects;
import net.logstash.logback.marker.SingleFieldAppendingMarker;
import org.jspecify.annotations.Nullable;

/**
 * A structured argument or marker that writes one field: what it is called and what it prints. Immutable.
 *
 * @param text {@code name=value} or only the value
 * @param hiddenBy the policy by which {@code text} was made such that it may be seen; null if it is as it was
 */
record NamedArgument(String name, String text, @Nullable Policy hiddenBy) {

    /** Null if it is not one. */
    static @Nullable NamedArgument of(@Nullable Object argument) {
        if (argument instanceof FrozenField frozen) {
            return frozen.named();
        }
        return argument instanceof SingleFieldAppendingMarker field
                ? new NamedArgument(field.getFieldName(), Objects.toString(field.toStringSelf(), ""), null)
                : null;
    }

    /** What is seen of it where its value is of this type. */
    @SuppressWarnings("ReferenceEquality") // another policy with the same contents has other counters
    String shown(int type, Redactor redactor) {
        if (hiddenBy == redactor.policy()) {
            return text;
        }
        String start = name + "=";
        boolean named = text.startsWith(start);
        String value = named ? text.substring(start.length()) : text;
        boolean structure = value.startsWith("{") || value.startsWith("[");
        String shown = structure ? TextScanner.MASK : redactor.shown(type, value);
        return named ? start + shown : shown;
    }
}
