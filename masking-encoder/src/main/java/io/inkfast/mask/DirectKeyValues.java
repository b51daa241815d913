package io.inkfast.mask;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.List;
import org.slf4j.event.KeyValuePair;

/** Key-values that are texts, whole numbers and truth values, at the top of the line. */
final class DirectKeyValues implements DirectPart {

    private static final byte[] TRUE = DirectWriter.ascii("true");
    private static final byte[] FALSE = DirectWriter.ascii("false");

    @Override
    public boolean write(ILoggingEvent event, DirectWriter to) {
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        if (pairs == null) {
            return true;
        }
        for (int i = 0; i < pairs.size(); i++) {
            KeyValuePair pair = pairs.get(i);
            if (pair != null && pair.key != null && pair.value != null && !write(pair.key, pair.value, to)) {
                return false;
            }
        }
        return true;
    }

    private static boolean write(String key, Object value, DirectWriter to) {
        DirectName name = to.name(key);
        byte[] json = name.json();
        if (json == null || !to.take(key)) {
            return false;
        }
        to.line.name(json);
        Redactor redactor = to.redactor;
        if (value instanceof String text) {
            if (redactor == null || name.type() < 0 || text.isEmpty()) {
                return to.string(text);
            }
            return to.line.string(redactor.shown(name.type(), text), false);
        }
        if (name.type() >= 0) {
            return false;
        }
        if (value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte) {
            long number = ((Number) value).longValue();
            to.line.number(number);
            return redactor == null || !(redactor.card(number) || redactor.hides(number));
        }
        if (value instanceof Boolean flag) {
            to.line.raw(flag ? TRUE : FALSE);
            return true;
        }
        return false;
    }
}
