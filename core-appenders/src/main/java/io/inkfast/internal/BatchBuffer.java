package io.inkfast.internal;

import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;

/**
 * Collects encoded bytes in the heap. Grows as needed; {@link #flush} and {@link #close} do nothing, so an encoder may
 * call them for every event. What a failing encoder left is taken back with {@link #truncate}. One thread at a time.
 *
 * @since 0.1.0
 */
public final class BatchBuffer extends OutputStream {

    private static final int DOUBLES_UP_TO = 1 << 20;
    private static final int LARGEST = Integer.MAX_VALUE - 8;

    private final int initialBytes;
    private byte[] bytes;
    private int size;

    public BatchBuffer(int initialBytes) {
        this.initialBytes = initialBytes;
        bytes = new byte[initialBytes];
    }

    @Override
    public void write(int b) {
        reserve(1);
        bytes[size++] = (byte) b;
    }

    @Override
    public void write(byte[] source) {
        write(source, 0, source.length);
    }

    @Override
    public void write(byte[] source, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, source.length);
        reserve(length);
        System.arraycopy(source, offset, bytes, size, length);
        size += length;
    }

    /** How many bytes are in it; also a mark for {@link #truncate}. */
    public int size() {
        return size;
    }

    /** How many bytes it occupies. */
    public int capacity() {
        return bytes.length;
    }

    /** Takes back everything after {@code mark}. */
    public void truncate(int mark) {
        Objects.checkIndex(mark, size + 1);
        size = mark;
    }

    /** The bytes from 0 to {@link #size}; valid until the next write. Not a copy. */
    public byte[] array() {
        return bytes;
    }

    /**
     * The array, with room for {@code more} bytes from {@link #size} on; {@link #added} says how many of them are used. Valid
     * until the next write.
     */
    public byte[] room(int more) {
        reserve(more);
        return bytes;
    }

    /** Takes {@code count} bytes that were put into {@link #room} as written. */
    public void added(int count) {
        size += Objects.checkIndex(count, bytes.length - size + 1);
    }

    /** Empties it, and gives memory back if it holds more than {@code keepBytes}. */
    public void reset(int keepBytes) {
        size = 0;
        if (bytes.length > Math.max(keepBytes, initialBytes)) {
            bytes = new byte[initialBytes];
        }
    }

    private void reserve(int more) {
        if (more > bytes.length - size) {
            if (more > LARGEST - size) {
                throw new OutOfMemoryError("an event of more than 2 GB");
            }
            int needed = size + more;
            // A large one does not double: in a small heap there may be no such piece left.
            long spare = bytes.length < DOUBLES_UP_TO ? bytes.length : bytes.length / 4;
            bytes = Arrays.copyOf(bytes, Math.max(needed, (int) Math.min(LARGEST, bytes.length + spare)));
        }
    }
}
