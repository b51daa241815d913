package io.inkfast.mask.direct;

import io.inkfast.internal.BatchBuffer;
import io.inkfast.mask.text.Injection;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/*
 * A string in ASCII is copied as it is and then searched, eight bytes at a time, for what JSON must escape: most have
 * nothing. Others are written character by character, the way Jackson does; what only Jackson's path can judge (joiners,
 * harmful characters) is refused.
 */
/** One JSON object in UTF-8, member by member. One thread. */
public final class JsonLine {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final byte[] HEX = {
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'
    };

    /* What stands behind the backslash; 1 for an escape by number. */
    private static final byte[] ESCAPES = new byte[128];

    static {
        java.util.Arrays.fill(ESCAPES, 0, 0x20, (byte) 1);
        ESCAPES['\b'] = 'b';
        ESCAPES['\t'] = 't';
        ESCAPES['\n'] = 'n';
        ESCAPES['\f'] = 'f';
        ESCAPES['\r'] = 'r';
        ESCAPES['"'] = '"';
        ESCAPES['\\'] = '\\';
        ESCAPES[0x7F] = 1;
    }

    private final BatchBuffer out;
    private boolean first;

    public JsonLine(BatchBuffer out) {
        this.out = out;
    }

    /** Begins the object. */
    public void begin() {
        out.write('{');
        first = true;
    }

    /** Ends the object. */
    public void end() {
        out.write('}');
    }

    /** Members that are JSON already, without a comma around them; nothing if there are none. */
    public void members(byte[] json) {
        if (json.length > 0) {
            name(json);
        }
    }

    /** A name that is JSON already, with quotes and colon. */
    public void name(byte[] json) {
        if (first) {
            first = false;
        } else {
            out.write(',');
        }
        out.write(json, 0, json.length);
    }

    /** Bytes that are JSON already. */
    public void raw(byte[] json) {
        out.write(json, 0, json.length);
    }

    /** A byte of JSON. */
    public void raw(char ascii) {
        out.write(ascii);
    }

    /**
     * A string with its quotes.
     *
     * @param ascii whether it is known to have no other characters
     * @return false if it has a character that must be judged elsewhere; what was written is then of no use
     */
    public boolean string(String text, boolean ascii) {
        raw('"');
        boolean written = text(text, ascii);
        raw('"');
        return written;
    }

    /** The inside of a string; see {@link #string}. */
    @SuppressWarnings("deprecation") // copies without a charset, which is all there is to do for ASCII
    public boolean text(String text, boolean ascii) {
        if (!ascii) {
            return characters(text);
        }
        int n = text.length();
        byte[] bytes = out.room(n);
        int at = out.size();
        text.getBytes(0, n, bytes, at);
        if (!plain(bytes, at, at + n)) {
            return characters(text);
        }
        out.added(n);
        return true;
    }

    /* Whether there is nothing to escape in these bytes, all of them below 0x80. */
    private static boolean plain(byte[] bytes, int from, int to) {
        int at = from;
        for (; at <= to - 8; at += 8) {
            long eight = (long) LONGS.get(bytes, at);
            long quotes = eight ^ '"' * ONES;
            long slashes = eight ^ '\\' * ONES;
            long deletes = eight ^ 0x7F * ONES;
            long found = ((eight - ' ' * ONES) & ~eight)
                    | ((quotes - ONES) & ~quotes)
                    | ((slashes - ONES) & ~slashes)
                    | ((deletes - ONES) & ~deletes);
            if ((found & HIGHS) != 0) {
                return false;
            }
        }
        for (; at < to; at++) {
            if (ESCAPES[bytes[at]] != 0) {
                return false;
            }
        }
        return true;
    }

    private boolean characters(String text) {
        int n = text.length();
        byte[] bytes = out.room(Math.multiplyExact(n, 6));
        int start = out.size();
        int at = start;
        for (int i = 0; i < n; i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                byte escape = ESCAPES[c];
                if (escape == 0) {
                    bytes[at++] = (byte) c;
                } else {
                    at = escaped(bytes, at, c, escape);
                }
            } else if (Character.isSurrogate(c)) {
                int whole = Character.codePointAt(text, i);
                if (Injection.alwaysHarmful(whole) || Character.isBmpCodePoint(whole)) {
                    return false;
                }
                bytes[at++] = (byte) (0xF0 | (whole >> 18));
                bytes[at++] = (byte) (0x80 | (whole >> 12 & 0x3F));
                bytes[at++] = (byte) (0x80 | (whole >> 6 & 0x3F));
                bytes[at++] = (byte) (0x80 | (whole & 0x3F));
                i++;
            } else if (c == 0x200C || c == 0x200D || Injection.alwaysHarmful(c)) {
                return false;
            } else if (c < 0x800) {
                bytes[at++] = (byte) (0xC0 | (c >> 6));
                bytes[at++] = (byte) (0x80 | (c & 0x3F));
            } else {
                bytes[at++] = (byte) (0xE0 | (c >> 12));
                bytes[at++] = (byte) (0x80 | (c >> 6 & 0x3F));
                bytes[at++] = (byte) (0x80 | (c & 0x3F));
            }
        }
        out.added(at - start);
        return true;
    }

    private static int escaped(byte[] bytes, int from, char c, byte escape) {
        int at = from;
        bytes[at++] = '\\';
        if (escape != 1) {
            bytes[at++] = escape;
            return at;
        }
        bytes[at++] = 'u';
        bytes[at++] = '0';
        bytes[at++] = '0';
        bytes[at++] = HEX[c >> 4];
        bytes[at++] = HEX[c & 15];
        return at;
    }

    /** A whole number. */
    public void number(long number) {
        if (number < 0) {
            if (number == Long.MIN_VALUE) {
                raw("-9223372036854775808".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                return;
            }
            raw('-');
        }
        long rest = Math.abs(number);
        int digits = 1;
        for (long most = 9; digits < 19 && rest > most; most = most * 10 + 9) {
            digits++;
        }
        digits(rest, digits);
    }

    /** The last {@code count} digits of a number, with leading zeros. */
    public void digits(long number, int count) {
        byte[] bytes = out.room(count);
        long rest = number;
        for (int at = out.size() + count - 1; at >= out.size(); at--) {
            bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        out.added(count);
    }
}
