package io.inkfast.mask;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/** Key-values that are texts, numbers and truth values, at the top of the line. */
final class DirectKeyValues implements DirectPart {

    private static final byte[] TRUE = DirectWriter.ascii("true");
    private static final byte[] FALSE = DirectWriter.ascii("false");

    private final DirectEntries texts = new DirectEntries();
    private final long[] fractionBits = new long[64];
    private final byte[] @Nullable [] fractions = new byte[64][];

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

    private boolean write(String key, Object value, DirectWriter to) {
        if (!to.take(key)) {
            return false;
        }
        if (value instanceof String text) {
            return texts.write(key, text, to);
        }
        DirectName name = to.name(key);
        byte[] json = name.json();
        if (json == null) {
            return false;
        }
        to.line.name(json);
        Redactor redactor = to.redactor;
        if (name.type() >= 0) {
            return false;
        }
        if (value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte) {
            long number = ((Number) value).longValue();
            to.line.number(number);
            return !hides(number, redactor);
        }
        if (value instanceof Double number) {
            to.line.raw(fraction(number));
            return isFinite(number) && !hides(Math.rint(number) == number ? number.longValue() : 0, redactor);
        }
        if (value instanceof Boolean flag) {
            to.line.raw(flag ? TRUE : FALSE);
            return true;
        }
        return false;
    }

    private static boolean isFinite(double number) {
        return Math.abs(number) < 1e18;
    }

    private static boolean hides(long number, @Nullable Redactor redactor) {
        return redactor != null && (redactor.card(number) || redactor.hides(number));
    }

    /* As Jackson writes it; the decimal form of a fraction takes longer than all the rest of a line. */
    private byte[] fraction(double number) {
        long bits = Double.doubleToRawLongBits(number);
        int slot = (int) ((bits * 0x9E3779B97F4A7C15L) >>> 58);
        byte[] known = fractions[slot];
        if (known == null || fractionBits[slot] != bits) {
            known = DirectWriter.ascii(Double.toString(number));
            fractions[slot] = known;
            fractionBits[slot] = bits;
        }
        return known;
    }
}
