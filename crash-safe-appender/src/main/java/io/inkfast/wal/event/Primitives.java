package io.inkfast.wal.event;

import io.inkfast.internal.BatchBuffer;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** Writes the numbers and texts of {@link EventRecord}. */
final class Primitives {

    static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Primitives() {}

    static void fourBytes(BatchBuffer out, int value) {
        INTS.set(out.room(4), out.size(), value);
        out.added(4);
    }

    static void eightBytes(BatchBuffer out, long value) {
        LONGS.set(out.room(8), out.size(), value);
        out.added(8);
    }

    static void count(BatchBuffer out, long value) {
        long rest = value;
        while (rest > 0x7F) {
            out.write(((int) rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    static void bytes(BatchBuffer out, byte[] bytes) {
        count(out, bytes.length);
        out.write(bytes);
    }

    @SuppressWarnings("deprecation") // copies without a charset, which is all there is to do for Latin-1
    static void text(BatchBuffer out, @Nullable String text) {
        if (text == null) {
            out.write(0);
            return;
        }
        int n = text.length();
        if (isLatin(text)) {
            count(out, 2L * n + 1);
            text.getBytes(0, n, out.room(n), out.size());
            out.added(n);
            return;
        }
        count(out, 2L * n + 2);
        for (int i = 0; i < n; i++) {
            out.write(text.charAt(i));
            out.write(text.charAt(i) >> 8);
        }
    }

    private static boolean isLatin(String text) {
        int seen = 0;
        for (int i = 0; i < text.length(); i++) {
            seen |= text.charAt(i);
        }
        return seen <= 0xFF;
    }

    /** True if it is null, a truth value, a number or a text, which is written then. */
    static boolean scalar(BatchBuffer out, @Nullable Object value, int harmless) {
        if (value instanceof String text) {
            out.write(EventRecord.TEXT | harmless);
            text(out, text);
        } else if (value == null) {
            out.write(EventRecord.NULL | harmless);
        } else if (value instanceof Boolean flag) {
            out.write((flag ? EventRecord.TRUE : EventRecord.FALSE) | harmless);
        } else if (value instanceof Integer
                || value instanceof Long
                || value instanceof Short
                || value instanceof Byte) {
            out.write(EventRecord.WHOLE | harmless);
            eightBytes(out, ((Number) value).longValue());
        } else if (value instanceof Double number) {
            out.write(EventRecord.DOUBLE | harmless);
            eightBytes(out, Double.doubleToRawLongBits(number));
        } else if (value instanceof Float number) {
            out.write(EventRecord.FLOAT | harmless);
            fourBytes(out, Float.floatToRawIntBits(number));
        } else if (value instanceof BigInteger number) {
            out.write(EventRecord.BIG_INTEGER | harmless);
            bytes(out, number.toByteArray());
        } else if (value instanceof BigDecimal number) {
            out.write(EventRecord.BIG_DECIMAL | harmless);
            fourBytes(out, number.scale());
            bytes(out, number.unscaledValue().toByteArray());
        } else {
            return false;
        }
        return true;
    }
}
