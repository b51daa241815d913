package io.inkfast.mask;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import io.inkfast.component.EventView;
import io.inkfast.mask.scan.TextScanner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * An event as it may be seen: whatever renders it, splits it or cuts it short gets redacted text. Objects among arguments
 * and key-values are as they were; who renders them must redact the result. One thread.
 */
final class RedactedEvent extends EventView {

    private final Redactor redactor;
    private @Nullable String message;
    private boolean messageKnown;
    private @Nullable IThrowableProxy throwable;
    private boolean throwableKnown;

    RedactedEvent(ILoggingEvent event, Redactor redactor) {
        super(event);
        this.redactor = redactor;
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
    public Object @Nullable [] getArgumentArray() {
        Object[] arguments = shown().getArgumentArray();
        String template = shown().getMessage();
        if (arguments == null || arguments.length == 0 || template == null) {
            return arguments;
        }
        MaskedArguments masked = new MaskedArguments(
                redactor.maskedByTemplate(template, arguments.length),
                shown().getFormattedMessage(),
                getFormattedMessage());
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
                String safe = redactor.name(key).sensitive() ? TextScanner.MASK : redactor.text(value);
                if (!safe.equals(value)) {
                    redacted = redacted == null ? new LinkedHashMap<>(map) : redacted;
                    redacted.put(key, safe);
                }
            }
        }
        return redacted == null ? map : redacted;
    }

    @Override
    public @Nullable List<KeyValuePair> getKeyValuePairs() {
        List<KeyValuePair> pairs = shown().getKeyValuePairs();
        if (pairs == null || pairs.isEmpty()) {
            return pairs;
        }
        List<KeyValuePair> redacted = null;
        for (int i = 0; i < pairs.size(); i++) {
            KeyValuePair pair = pairs.get(i);
            boolean hidden = pair.key != null
                    && pair.value != null
                    && !(pair.value instanceof Boolean)
                    && !"".equals(pair.value)
                    && redactor.name(pair.key).sensitive();
            if (hidden) {
                redacted = redacted == null ? new ArrayList<>(pairs) : redacted;
                redacted.set(i, new KeyValuePair(pair.key, TextScanner.MASK));
            }
        }
        return redacted == null ? pairs : redacted;
    }
}
