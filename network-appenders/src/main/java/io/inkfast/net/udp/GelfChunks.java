package io.inkfast.net.udp;

import io.inkfast.net.Datagram;
import io.inkfast.net.DatagramTooLargeException;
import io.inkfast.net.UdpPeer;
import java.io.IOException;

/**
 * GELF over UDP: a message that does not fit into one datagram goes in at most 128, each with
 *
 * <pre>
 * 2   0x1e 0x0f
 * 8   the number of the message, the same in each
 * 1   which part this is, from 0
 * 1   how many there are
 * n   the part
 * </pre>
 *
 * <p>A smaller one goes as it is. See "GELF via UDP" in the documentation of Graylog.
 */
final class GelfChunks {

    static final int MOST = 128;
    static final int HEADER = 12;

    private final int maxBytes;
    private final Datagram datagram;
    private long number;

    /**
     * @param maxBytes of a datagram
     * @param first    number of a message; nobody else who sends to the same peer should come near it
     */
    GelfChunks(int maxBytes, long first) {
        this.maxBytes = maxBytes;
        datagram = new Datagram(maxBytes);
        number = first;
    }

    void send(byte[] message, UdpPeer peer) throws IOException {
        if (message.length <= maxBytes) {
            datagram.clear().put(message, 0, message.length).sendTo(peer);
            return;
        }
        int part = maxBytes - HEADER;
        int count = (message.length + part - 1) / part;
        if (count > MOST) {
            throw new DatagramTooLargeException(message.length);
        }
        number++;
        for (int i = 0; i < count; i++) {
            datagram.clear().put(0x1e).put(0x0f);
            for (int shift = 56; shift >= 0; shift -= 8) {
                datagram.put((int) (number >>> shift));
            }
            datagram.put(i).put(count);
            datagram.put(message, i * part, Math.min(part, message.length - i * part))
                    .sendTo(peer);
        }
    }
}
