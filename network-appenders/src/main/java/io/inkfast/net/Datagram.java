package io.inkfast.net;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The bytes of one datagram, made anew for each message. One thread.
 *
 * @since 0.1.0
 */
public final class Datagram {

    /** What UDP over IPv4 can carry. */
    public static final int LARGEST = 65_507;

    private final ByteBuffer bytes;

    /** @param maxBytes what it holds at most */
    public Datagram(int maxBytes) {
        bytes = ByteBuffer.allocate(maxBytes);
    }

    /** Begins a new one. */
    public Datagram clear() {
        bytes.clear();
        return this;
    }

    /** One byte more. */
    public Datagram put(int value) {
        if (bytes.hasRemaining()) {
            bytes.put((byte) value);
        }
        return this;
    }

    /** Some bytes more. */
    public Datagram put(byte[] more, int from, int length) {
        bytes.put(more, from, length);
        return this;
    }

    /** As much of a text in UTF-8 as there is room for, cut between two characters; whether that is all of it. */
    public boolean putText(byte[] text) {
        int end = Math.min(text.length, bytes.remaining());
        if (end < text.length) {
            while (end > 0 && (text[end] & 0xc0) == 0x80) {
                end--;
            }
        }
        bytes.put(text, 0, end);
        return end == text.length;
    }

    /** Sends it. */
    public void sendTo(UdpPeer peer) throws IOException {
        peer.send(bytes.flip());
    }
}
