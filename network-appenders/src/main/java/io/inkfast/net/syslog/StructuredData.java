package io.inkfast.net.syslog;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Context;
import io.inkfast.internal.Settings;
import io.inkfast.net.EventPattern;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Structured data of RFC 5424, section 6.3: one element, with the id of the event and what is configured.
 *
 * <pre>
 * [inkfast@32473 event.id="0mfb2k8x9a1b2c3d-17" trace="4bf92f35"]
 * </pre>
 *
 * <p>In values, {@code "}, {@code \\} and {@code ]} have a backslash in front; control characters become {@code ?}. What is
 * longer than 1024 characters is cut. Any thread.
 */
final class StructuredData {

    private static final String NAME = "[!#-<>-\\[^-~]{1,32}";
    private static final int MOST = 1024;

    private final String id;
    private final Map<String, EventPattern> parameters;

    private StructuredData(String id, Map<String, EventPattern> parameters) {
        this.id = id;
        this.parameters = parameters;
    }

    /**
     * Reads them; problems are added to {@code settings}.
     *
     * @param texts each as {@code name=pattern}
     */
    static StructuredData read(String id, List<String> texts, @Nullable Context context, Settings settings) {
        if (!id.matches(NAME)) {
            settings.problem(
                    "<structuredDataId> [" + id + "] is not a name; allowed are 1 to 32 printable ASCII characters"
                            + " without space, =, ] and \"");
        }
        Map<String, EventPattern> parameters = new LinkedHashMap<>();
        for (String each : texts) {
            String text = settings.text("parameter", each);
            int equals = text == null ? -1 : text.indexOf('=');
            if (text == null || equals < 0 || !text.substring(0, equals).trim().matches(NAME)) {
                settings.problem(
                        "<parameter> [" + each + "] is not a name, = and a pattern, such as trace=%X{traceId}");
                continue;
            }
            String name = text.substring(0, equals).trim();
            EventPattern pattern = EventPattern.of(text.substring(equals + 1).trim(), context);
            if (pattern == null) {
                settings.problem("<parameter> [" + each + "] has a pattern that Logback cannot read");
            } else if (name.equals("event.id") || parameters.put(name, pattern) != null) {
                settings.problem("<parameter> [" + each + "] has a name that is there already");
            }
        }
        return new StructuredData(id, parameters);
    }

    /** Whether it needs more of an event than its id. */
    boolean readsEvents() {
        return !parameters.isEmpty();
    }

    String of(ILoggingEvent event, String eventId) {
        StringBuilder out = new StringBuilder(64).append('[').append(id);
        add("event.id", eventId, out);
        parameters.forEach((name, pattern) -> {
            String value = pattern.of(event);
            if (!value.isEmpty()) {
                add(name, value, out);
            }
        });
        return out.append(']').toString();
    }

    private static void add(String name, String value, StringBuilder out) {
        out.append(' ').append(name).append("=\"");
        int end = Math.min(value.length(), MOST);
        if (end < value.length() && Character.isHighSurrogate(value.charAt(end - 1))) {
            end--;
        }
        for (int i = 0; i < end; i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\' || c == ']') {
                out.append('\\');
            }
            out.append(Character.isISOControl(c) ? '?' : c);
        }
        out.append('"');
    }
}
