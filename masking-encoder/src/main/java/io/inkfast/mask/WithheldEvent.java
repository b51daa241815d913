package io.inkfast.mask;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggerContextVO;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.CoreConstants;
import io.inkfast.component.EventIdentity;
import io.inkfast.component.Identified;
import io.inkfast.mask.scan.Profile;
import io.inkfast.mask.scan.Rules;
import io.inkfast.mask.schema.Schema;
import io.inkfast.mask.text.Injection;
import java.nio.charset.Charset;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import net.logstash.logback.fieldnames.LogstashFieldNames;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectMapper;

/**
 * What is written in the place of an event that could not be redacted: timestamp, level, logger, thread, and why. Nothing
 * else of the event is looked at. Throws nothing. Any thread.
 */
final class WithheldEvent {

    /* For the logger's name where the configuration could not be understood. */
    private static final Rules DEFAULT = Rules.of(Profile.SECRETS, Profile.PCI);

    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX").withZone(ZoneOffset.UTC);

    private WithheldEvent() {}

    /**
     * @param shape the order and the names of its lines, if it has any of its own
     * @param mapper writes formats other than JSON; null for JSON
     * @param policy for logger and thread name; null leaves the thread out, and redacts the logger by default
     * @param numbers gives the event's id; null leaves it out
     */
    static byte[] encode(
            ILoggingEvent event,
            String reason,
            LogstashFieldNames names,
            Schema shape,
            @Nullable ObjectMapper mapper,
            @Nullable Policy policy,
            Charset charset,
            String lineEnd,
            @Nullable EventIdentity numbers) {
        Map<String, Object> fields = new LinkedHashMap<>();
        boolean ours = shape != Schema.LOGSTASH;
        put(fields, names.getTimestamp(), ours ? UTC.format(Instant.ofEpochMilli(time(event))) : timestamp(event));
        put(fields, names.getVersion(), "1");
        put(fields, ours ? names.getLevel() : null, String.valueOf(level(event)));
        put(fields, names.getMessage(), message(reason));
        put(fields, "ecs.version", shape.ecsVersion());
        put(fields, names.getLogger(), safe(event::getLoggerName, policy));
        if (policy != null) {
            put(fields, names.getThread(), safe(event::getThreadName, policy));
        }
        put(fields, ours ? null : names.getLevel(), String.valueOf(level(event)));
        if (numbers != null) {
            putId(fields, event, numbers, shape == Schema.ECS);
        }
        if (mapper != null) {
            try {
                return mapper.writeValueAsBytes(fields);
            } catch (RuntimeException | LinkageError e) {
                // JSON is better than nothing.
            }
        }
        return json(fields, lineEnd).getBytes(charset);
    }

    /** One line of text. */
    static String line(ILoggingEvent event, String reason, @Nullable Policy policy) {
        String logger = safe(event::getLoggerName, policy);
        return timestamp(event) + ' ' + level(event) + ' ' + Injection.neutralise(String.valueOf(logger)) + " - "
                + message(reason) + CoreConstants.LINE_SEPARATOR;
    }

    /** An event for appenders. */
    static LoggingEvent event(ILoggingEvent event, String reason, @Nullable Policy policy) {
        LoggingEvent withheld = new Withheld(ownId(event));
        Level level = level(event);
        withheld.setLevel(level == null ? Level.ERROR : level);
        withheld.setTimeStamp(time(event));
        withheld.setSequenceNumber(number(event));
        withheld.setLoggerName(safe(event::getLoggerName, policy));
        String thread = policy == null ? null : safe(event::getThreadName, policy);
        withheld.setThreadName(thread == null ? "[withheld]" : thread);
        withheld.setMessage(message(reason));
        withheld.setMDCPropertyMap(Map.of());
        withheld.setCallerData(new StackTraceElement[0]);
        withheld.setLoggerContextRemoteView(new LoggerContextVO("", Map.of(), 0));
        return withheld;
    }

    private static String message(String reason) {
        return "[event withheld: " + reason + "]";
    }

    private static void put(Map<String, Object> fields, @Nullable String name, @Nullable String value) {
        if (name != null && value != null && !name.equals("[ignore]")) {
            fields.put(name, value);
        }
    }

    private static String timestamp(ILoggingEvent event) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                Instant.ofEpochMilli(time(event)).atZone(ZoneId.systemDefault()));
    }

    /* An event need not be one of Logback's: each of its methods may throw. */
    private static @Nullable Level level(ILoggingEvent event) {
        try {
            return event.getLevel();
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            return null;
        }
    }

    private static long time(ILoggingEvent event) {
        try {
            return event.getTimeStamp();
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            return 0;
        }
    }

    private static long number(ILoggingEvent event) {
        try {
            return event.getSequenceNumber();
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            return 0;
        }
    }

    private static @Nullable String ownId(ILoggingEvent event) {
        try {
            return event instanceof Identified identified ? identified.eventId() : null;
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            return null;
        }
    }

    private static void putId(Map<String, Object> fields, ILoggingEvent event, EventIdentity numbers, boolean ecs) {
        try {
            String id = numbers.id(event);
            long number = event.getSequenceNumber();
            fields.put(EventIdProvider.ID, id);
            fields.put(EventIdProvider.SEQUENCE, number);
            put(fields, ecs ? EventIdProvider.RUN : null, numbers.runId(event));
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            // Then it has none.
            return;
        }
    }

    /* What was withheld keeps its id: by that it is known where it is not withheld. */
    private static final class Withheld extends LoggingEvent implements Identified {

        private final @Nullable String id;

        Withheld(@Nullable String id) {
            this.id = id;
        }

        @Override
        public @Nullable String eventId() {
            return id;
        }
    }

    interface Source {
        @Nullable
        String get();
    }

    /** The text by this policy, or by default; null if there is none, or it cannot be redacted. */
    static @Nullable String safe(Source source, @Nullable Policy policy) {
        try {
            String text = source.get();
            if (text == null || (policy != null && policy.off())) {
                return text;
            }
            Rules rules = policy == null ? DEFAULT : policy.rules();
            return rules.newScanner().redact(text);
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            return null;
        }
    }

    private static String json(Map<String, Object> fields, String lineEnd) {
        StringBuilder out = new StringBuilder(256);
        fields.forEach((name, value) -> {
            out.append(out.length() == 0 ? '{' : ',');
            quote(out, name);
            out.append(':');
            if (value instanceof Long number) {
                out.append((long) number);
            } else {
                quote(out, String.valueOf(value));
            }
        });
        return out.append('}').append(lineEnd).toString();
    }

    private static void quote(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || c > '~') {
                out.append("\\u").append(Character.forDigit(c >> 12, 16)).append(Character.forDigit(c >> 8 & 15, 16));
                out.append(Character.forDigit(c >> 4 & 15, 16)).append(Character.forDigit(c & 15, 16));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
