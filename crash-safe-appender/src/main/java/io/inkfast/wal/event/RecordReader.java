package io.inkfast.wal.event;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads the numbers and texts of {@link EventRecord} from a part of an array, and nothing beyond it. One thread. */
final class RecordReader {

    private final byte[] bytes;
    private final int end;
    private int at;

    RecordReader(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    int position() {
        return at;
    }

    /** How many bytes are left. */
    int length() {
        return end - at;
    }

    boolean hasMore() {
        return at < end;
    }

    /** The next bytes, for themselves. */
    RecordReader part(int length) throws DamagedEventException {
        int from = take(length, 1);
        return new RecordReader(bytes, from, at);
    }

    void skip(int length) throws DamagedEventException {
        take(length, 1);
    }

    /** Whether all that is left are these bytes. */
    boolean isRest(byte[] expected) {
        return Arrays.equals(bytes, at, end, expected, 0, expected.length);
    }

    /** A number that differs for most that is left. */
    int hash() {
        int length = end - at;
        if (length < Long.BYTES) {
            int hash = length;
            for (int i = at; i < end; i++) {
                hash = 31 * hash + bytes[i];
            }
            return hash ^ (hash >>> 8);
        }
        long some = (long) Primitives.LONGS.get(bytes, at) * 31 + (long) Primitives.LONGS.get(bytes, end - Long.BYTES);
        some = (some * 31 + (long) Primitives.LONGS.get(bytes, at + (length - Long.BYTES) / 2) + length)
                * 0x9E3779B97F4A7C15L;
        return (int) (some >>> 40);
    }

    byte[] since(int from) {
        return Arrays.copyOfRange(bytes, from, at);
    }

    /** All that is left, which must be ASCII that can be seen. */
    String visible() throws DamagedEventException {
        int from = take((long) end - at, 1);
        for (int i = from; i < at; i++) {
            if (bytes[i] <= ' ' || bytes[i] == 0x7F) {
                throw new DamagedEventException("the record has a run id that is none");
            }
        }
        return new String(bytes, from, at - from, StandardCharsets.US_ASCII);
    }

    /** To be called when everything should have been read. */
    void finished() throws DamagedEventException {
        if (at != end) {
            throw new DamagedEventException("there is more in a part of the record than it can have");
        }
    }

    private int take(long count, int each) throws DamagedEventException {
        if (count < 0 || count > (end - at) / each) {
            throw new DamagedEventException("the record is cut off, or a length in it is wrong");
        }
        int from = at;
        at += (int) count * each;
        return from;
    }

    int oneByte() throws DamagedEventException {
        return bytes[take(1, 1)] & 0xFF;
    }

    int fourBytes() throws DamagedEventException {
        return (int) Primitives.INTS.get(bytes, take(4, 1));
    }

    long eightBytes() throws DamagedEventException {
        return (long) Primitives.LONGS.get(bytes, take(8, 1));
    }

    private long varint() throws DamagedEventException {
        long value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int next = oneByte();
            value |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new DamagedEventException("a length in the record is wrong");
    }

    int count() throws DamagedEventException {
        return count(1);
    }

    /** How many elements follow, each of at least so many bytes. */
    int count(int least) throws DamagedEventException {
        long count = varint();
        if (count > (end - at) / least) {
            throw new DamagedEventException("the record is cut off, or a length in it is wrong");
        }
        return (int) count;
    }

    /** Any number of 31 bits. */
    int number() throws DamagedEventException {
        long number = varint();
        if (number > Integer.MAX_VALUE) {
            throw new DamagedEventException("a number in the record is too large");
        }
        return (int) number;
    }

    byte[] binary() throws DamagedEventException {
        int length = count();
        int from = take(length, 1);
        return Arrays.copyOfRange(bytes, from, from + length);
    }

    @Nullable
    String text() throws DamagedEventException {
        long header = varint();
        if (header == 0) {
            return null;
        }
        long length = (header - 1) >>> 1;
        if ((header & 1) != 0) {
            return new String(bytes, take(length, 1), (int) length, StandardCharsets.ISO_8859_1);
        }
        int from = take(length, 2);
        char[] characters = new char[(int) length];
        for (int i = 0; i < characters.length; i++) {
            characters[i] = (char) ((bytes[from + 2 * i] & 0xFF) | (bytes[from + 2 * i + 1] << 8));
        }
        return new String(characters);
    }

    String textThatIs() throws DamagedEventException {
        String text = text();
        if (text == null) {
            throw new DamagedEventException("a text is missing in the record");
        }
        return text;
    }

    /** Passes over a text; false if it is null. */
    boolean skipText() throws DamagedEventException {
        long header = varint();
        if (header == 0) {
            return false;
        }
        take((header - 1) >>> 1, (header & 1) != 0 ? 1 : 2);
        return true;
    }

    /** What {@link Primitives#scalar} wrote behind this tag. */
    @Nullable
    Object scalar(int tag) throws DamagedEventException {
        return switch (tag) {
            case EventRecord.NULL -> null;
            case EventRecord.FALSE -> false;
            case EventRecord.TRUE -> true;
            case EventRecord.WHOLE -> eightBytes();
            case EventRecord.FLOAT -> Float.intBitsToFloat(fourBytes());
            case EventRecord.DOUBLE -> Double.longBitsToDouble(eightBytes());
            case EventRecord.BIG_INTEGER -> bigInteger();
            case EventRecord.BIG_DECIMAL -> {
                int scale = fourBytes();
                yield new BigDecimal(bigInteger(), scale);
            }
            case EventRecord.TEXT -> textThatIs();
            default -> throw new DamagedEventException("the record has a value of an unknown kind");
        };
    }

    private BigInteger bigInteger() throws DamagedEventException {
        byte[] number = binary();
        if (number.length == 0) {
            throw new DamagedEventException("a number is missing in the record");
        }
        return new BigInteger(number);
    }
}
