package io.inkfast.mask.direct;

import io.inkfast.internal.BatchBuffer;
import io.inkfast.mask.text.Injection;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

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
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'};

    /* 00, 01, ... 99 */
    private static final byte[] PAIRS = new byte[200];

    /* What stands behind the backslash; 1 for an escape by number. */
    private static final byte[] ESCAPES = new byte[128];

    static {
        Arrays.fill(ESCAPES, 0, 0x20, (byte) 1);
        ESCAPES['\b'] = 'b';
        ESCAPES['\t'] = 't';
        ESCAPES['\n'] = 'n';
        ESCAPES['\f'] = 'f';
        ESCAPES['\r'] = 'r';
        ESCAPES['"'] = '"';
        ESCAPES['\\'] = '\\';
        ESCAPES[0x7F] = 1;
        for (int i = 0; i < 100; i++) {
            PAIRS[2 * i] = (byte) ('0' + i / 10);
            PAIRS[2 * i + 1] = (byte) ('0' + i % 10);
        }
    }

    private static final int KEPT = 64 * 1024;
    private static final int LONGEST_TEXT = 256 * 1024;
    private static final int LONGEST = 6;

    private byte[] bytes = new byte[1024];
    private int size;

    public JsonLine() {}

    /** Begins the object, anew. */
    public void begin() {
        size = 0;
        if (bytes.length > KEPT) {
            bytes = new byte[1024];
        }
        bytes[size++] = '{';
    }

    /** Ends the object and hands it on. */
    public void end(BatchBuffer out) {
        room(1);
        bytes[size++] = '}';
        out.write(bytes, 0, size);
    }

    /** How much is written; for {@link #members(int)}. */
    public int size() {
        return size;
    }

    /** The members that were written since {@link #size} was this, which begins none of them. */
    public byte[] members(int since) {
        return Arrays.copyOfRange(bytes, bytes[since] == ',' ? since + 1 : since, size);
    }

    /** What was written since {@link #size} was this. */
    public byte[] since(int start) {
        return Arrays.copyOfRange(bytes, start, size);
    }

    /** Takes back what was written since {@link #size} was this. */
    public void cut(int since) {
        size = since;
    }

    private void room(int more) {
        if (more > bytes.length - size) {
            if (more > Integer.MAX_VALUE - 8 - size) {
                throw new OutOfMemoryError("an event of more than 2 GB");
            }
            bytes = Arrays.copyOf(bytes, Math.max(size + more, (int)
                    Math.min(Integer.MAX_VALUE - 8, bytes.length * 2L)));
        }
    }

    /** Members that are JSON already, without a comma around them; nothing if there are none. */
    public void members(byte[] json) {
        if (json.length > 0) {
            name(json);
        }
    }

    /** A name that is JSON already, with quotes and colon. */
    public void name(byte[] json) {
        room(json.length + 1);
        if (size > 1) {
            bytes[size++] = ',';
        }
        System.arraycopy(json, 0, bytes, size, json.length);
        size += json.length;
    }

    /** Bytes that are JSON already. */
    public void raw(byte[] json) {
        room(json.length);
        System.arraycopy(json, 0, bytes, size, json.length);
        size += json.length;
    }

    /** A byte of JSON. */
    public void raw(char ascii) {
        room(1);
        bytes[size++] = (byte) ascii;
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
        if (text.length() > LONGEST_TEXT) {
            return false; // Jackson passes it on piece by piece, and does not hold it a second time
        }
        if (!ascii) {
            return characters(text);
        }
        int n = text.length();
        room(n);
        text.getBytes(0, n, bytes, size);
        if (!plain(bytes, size, size + n)) {
            return characters(text);
        }
        size += n;
        return true;
    }

    /* Whether there is nothing to escape in these bytes, all of them below 0x80. */
    private static boolean plain(byte[] bytes, int from, int to) {
        if (to - from < 8) {
            for (int at = from; at < to; at++) {
                if (ESCAPES[bytes[at]] != 0) {
                    return false;
                }
            }
            return true;
        }
        long good = HIGHS;
        for (int at = from; at < to - 8; at += 8) {
            good &= good((long) LONGS.get(bytes, at));
        }
        return (good & good((long) LONGS.get(bytes, to - 8))) == HIGHS;
    }

    /* The highest bit of a byte, all of which are below 0x80, is set where it need not be escaped. No sum has a carry. */
    private static long good(long eight) {
        return (eight + (0x80 - ' ') * ONES)
                & ((eight ^ ('"' * ONES)) + 0x7F * ONES)
                & ((eight ^ ('\\' * ONES)) + 0x7F * ONES)
                & ~(eight + ONES);
    }

    private boolean characters(String text) {
        int n = text.length();
        int at = size;
        for (int i = 0; i < n; i++) {
            if (at > bytes.length - LONGEST) {
                size = at;
                room(Math.max(LONGEST, n - i));
            }
            char c = text.charAt(i);
            if (c < 0x80) {
                byte escape = ESCAPES[c];
                if (escape == 0) {
                    bytes[at++] = (byte) c;
                } else {
                    at = escaped(at, c, escape);
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
        size = at;
        return true;
    }

    private int escaped(int from, char c, byte escape) {
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
                raw("-9223372036854775808".getBytes(StandardCharsets.US_ASCII));
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
        room(count);
        int start = size;
        int at = start + count - 1;
        long large = number;
        for (; large > Integer.MAX_VALUE; at--) {
            bytes[at] = (byte) ('0' + large % 10);
            large /= 10;
        }
        // Division of int is cheaper, and by 100 there are half as many.
        int small = (int) large;
        for (; at > start; at -= 2) {
            int pair = small % 100 * 2;
            bytes[at - 1] = PAIRS[pair];
            bytes[at] = PAIRS[pair + 1];
            small /= 100;
        }
        if (at == start) {
            bytes[at] = (byte) ('0' + small);
        }
        size += count;
    }
}
