package io.inkfast.net;

import java.io.IOException;
import java.util.Arrays;

/**
 * Bytes that go to a connection in one piece. One thread.
 *
 * @since 0.1.0
 */
public final class Outgoing {

    /** From so many bytes on it is worth a write. */
    public static final int FULL = 64 << 10;

    /* One event may be large; its room is not kept for ever. */
    private static final int MOST_KEPT = 1 << 20;

    private byte[] bytes = new byte[FULL];
    private int size;

    /** Empty. */
    public Outgoing() {}

    /** How many there are. */
    public int size() {
        return size;
    }

    /** Whether it is worth a write. */
    public boolean isFull() {
        return size >= FULL;
    }

    /** One byte more. */
    public void put(int value) {
        room(1);
        bytes[size++] = (byte) value;
    }

    /** Four bytes more, the highest first. */
    public void putInt(int value) {
        put(value >>> 24);
        put(value >>> 16);
        put(value >>> 8);
        put(value);
    }

    /** All of these. */
    public void put(byte[] more) {
        put(more, 0, more.length);
    }

    /** Some of these. */
    public void put(byte[] more, int from, int length) {
        room(length);
        System.arraycopy(more, from, bytes, size, length);
        size += length;
    }

    /** A number, in decimal digits. */
    public void putDecimal(int value) {
        if (value >= 10) {
            putDecimal(value / 10);
        }
        put('0' + value % 10);
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(
                    bytes, Math.max(Math.addExact(size, more), (int) Math.min(1L << 30, bytes.length * 2L)));
        }
    }

    /** A copy. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    /** The array itself, of which {@link #size} bytes count. */
    byte[] array() {
        return bytes;
    }

    /** Forgets them. */
    public void clear() {
        size = 0;
        if (bytes.length > MOST_KEPT) {
            bytes = new byte[FULL];
        }
    }

    /**
     * Writes all of it, and forgets it; for a protocol in which the peer answers. It throws nothing: what the peer has said
     * before it went counts, and behind that its {@link Replies} say that it is gone.
     */
    public void askOf(SocketPeer peer) {
        try {
            writeTo(peer);
        } catch (IOException e) {
            // The replies end with it.
            return;
        }
    }

    /** Writes all of it, and forgets it. */
    public void writeTo(SocketPeer peer) throws IOException {
        try {
            peer.write(bytes, 0, size);
        } finally {
            clear();
        }
    }
}
