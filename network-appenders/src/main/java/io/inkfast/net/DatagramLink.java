package io.inkfast.net;

import java.io.IOException;

/**
 * Messages as datagrams. Nobody acknowledges them.
 *
 * @since 0.1.0
 */
public final class DatagramLink implements Link {

    /** What a protocol makes of a message. */
    @FunctionalInterface
    public interface Packing {
        /**
         * Sends the message in one datagram or more.
         *
         * @throws DatagramTooLargeException if that cannot be; then it is a dead letter
         */
        void send(Message message, UdpPeer peer) throws IOException;
    }

    private final UdpPeer peer;
    private final Packing packing;

    public DatagramLink(UdpPeer peer, Packing packing) {
        this.peer = peer;
        this.packing = packing;
    }

    /** One peer. */
    public static Endpoint endpoint(String name, HostPort peer, Packing packing) {
        return new DatagramEndpoint(name, peer, packing);
    }

    @Override
    public Answer send(Batch batch) throws IOException {
        for (int i = 0; i < batch.size(); i++) {
            try {
                packing.send(batch.message(i), peer);
                batch.sent(i);
            } catch (DatagramTooLargeException e) {
                batch.refused(i, String.valueOf(e.getMessage()));
            }
        }
        return Answer.EACH;
    }

    @Override
    public void abort() {
        peer.close();
    }

    @Override
    public void close() {
        peer.close();
    }

    private record DatagramEndpoint(String name, HostPort peer, Packing packing) implements Endpoint {

        @Override
        public Link connect() throws IOException {
            return new DatagramLink(new UdpPeer(peer), packing);
        }
    }
}
