package io.inkfast.mask;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import io.inkfast.component.EventView;
import io.inkfast.mask.scan.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;

/**
 * An event as it may be seen: whatever renders it, splits it or cuts it short gets redacted text. Objects among arguments
 * and key-values are as they were; who renders them must redact the result. One thread.
 */
final class RedactedEvent extends EventView {

    private final Redactor redactor;
    private final Values values;
    private final boolean strict;
    private final Unlisted unlisted;
    private @Nullable String message;
    private boolean messageKnown;
    private @Nullable IThrowableProxy throwable;
    private boolean throwableKnown;

    RedactedEvent(ILoggingEvent event, Redactor redactor) {
        super(event);
        this.redactor = redactor;
        this.values = redactor.values();
        this.strict = redactor.policy().strict();
        this.unlisted = new Unlisted(redactor);
    }

    @Override
    public @Nullable String getFormattedMessage() {
        if (!messageKnown) {
            message = redactor.message(shown());
            messageKnown = true;
        }
        return message;
    }

    /** With the word before each placeholder as the name of its argument. */
    @Override
    @SuppressWarnings("NullAway") // an argument may be null, which the type of Logback's array does not say
    public Object @Nullable [] getArgumentArray() {
        Object[] arguments = masked(shown().getArgumentArray());
        if (!values.classOnly() || arguments == null) {
            return arguments;
        }
        Object[] seen = arguments.clone();
        for (int i = 0; i < seen.length; i++) {
            if (seen[i] instanceof Throwable) {
                seen[i] = seen[i].getClass().getName();
            } else if (strict) {
                seen[i] = unlisted.argument(seen[i]);
            }
        }
        return seen;
    }

    @SuppressWarnings("NullAway") // an argument may be null, which the type of Logback's array does not say
    private Object @Nullable [] masked(Object @Nullable [] arguments) {
        String template = shown().getMessage();
        if (arguments == null || arguments.length == 0 || template == null) {
            return arguments;
        }
        MaskedArguments masked = new MaskedArguments(
                redactor.maskedByTemplate(template), shown().getFormattedMessage(), getFormattedMessage());
        if (masked.none()) {
            return arguments;
        }
        Object[] safe = arguments.clone();
        for (int i = 0; i < safe.length; i++) {
            safe[i] = masked.instead(i, safe[i], safe[i]);
        }
        return safe;
    }

    /* The template. */
    @Override
    public String getMessage() {
        String template = shown().getMessage();
        return template == null ? template : redactor.text(template);
    }

    /* Of an event that somebody made there may be none. */
    @Override
    public Instant getInstant() {
        Instant instant = shown().getInstant();
        return instant == null ? Instant.ofEpochMilli(shown().getTimeStamp()) : instant;
    }

    @Override
    public String getThreadName() {
        String name = shown().getThreadName();
        return name == null ? name : redactor.text(name);
    }

    @Override
    public String getLoggerName() {
        String name = shown().getLoggerName();
        return name == null ? name : redactor.name(name).shown();
    }

    @Override
    public @Nullable IThrowableProxy getThrowableProxy() {
        if (!throwableKnown) {
            IThrowableProxy proxy = shown().getThrowableProxy();
            throwable = proxy == null ? null : RedactedThrowable.of(proxy, redactor);
            throwableKnown = true;
        }
        return throwable;
    }

    @Override
    public Map<String, String> getMDCPropertyMap() {
        Map<String, String> map = shown().getMDCPropertyMap();
        if (map == null || map.isEmpty()) {
            return map;
        }
        Map<String, String> redacted = null;
        for (Map.Entry<String, String> entry : map.entrySet()) {
            String value = entry.getValue();
            String key = entry.getKey();
            if (key != null && value != null && !value.isEmpty()) {
                String safe = seen(key, value);
                if (!value.equals(safe)) {
                    redacted = redacted == null ? new LinkedHashMap<>(map) : redacted;
                    if (safe == null) {
                        redacted.remove(key);
                    } else {
                        redacted.put(key, safe);
                    }
                }
            }
        }
        return redacted == null ? map : redacted;
    }

    /* Null if the entry goes as a whole. */
    private @Nullable String seen(String key, String value) {
        int type = values.type(key, value);
        if (type < 0) {
            return redactor.text(value);
        }
        return values.removes(key) ? null : redactor.shown(type, value);
    }

    @Override
    public @Nullable List<KeyValuePair> getKeyValuePairs() {
        List<KeyValuePair> pairs = shown().getKeyValuePairs();
        if (pairs == null || pairs.isEmpty()) {
            return pairs;
        }
        List<KeyValuePair> redacted = new ArrayList<>(pairs.size());
        boolean changed = false;
        for (KeyValuePair pair : pairs) {
            KeyValuePair safe = pair == null ? null : seen(pair);
            changed |= safe == null || safe.value != pair.value;
            if (safe != null) {
                redacted.add(safe);
            }
        }
        return changed ? redacted : pairs;
    }

    /* Null if the pair goes as a whole. */
    private @Nullable KeyValuePair seen(KeyValuePair pair) {
        if (values.removes(pair.key)) {
            return null;
        }
        int type = values.type(pair.key, pair.value);
        if (type >= 0 && type != Types.UNLISTED) {
            return new KeyValuePair(pair.key, redactor.shown(type, pair.value));
        }
        if (type < 0 && pair.value instanceof Throwable && values.classOnly()) {
            return new KeyValuePair(pair.key, pair.value.getClass().getName());
        }
        return strict ? unlisted.pair(pair) : pair;
    }

    @Override
    public @Nullable List<Marker> getMarkerList() {
        return strict ? unlisted.markers(shown()) : shown().getMarkerList();
    }
}
