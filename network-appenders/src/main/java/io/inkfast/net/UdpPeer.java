package io.inkfast.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.locks.LockSupport;

/*
 * A datagram to a port where nobody listens comes back as a fault of the next call, at once on the same host. So after each
 * one it is asked whether there is a fault, and after the first one for a while.
 */
/**
 * Sends datagrams to one peer. It looks the name up again now and then, since nobody would say that it has moved. One thread;
 * {@link #close} is for any.
 *
 * @since 0.1.0
 */
public final class UdpPeer {

    private static final long ADDRESS_NANOS = 60_000_000_000L;
    private static final long FULL_NANOS = 5_000_000_000L;
    private static final long PAUSE_NANOS = 1_000_000;
    private static final int FIRST_PAUSES = 50;
    private static final int SEND_BUFFER = 1 << 20;
    private static final int SURELY_FITS = 508;

    private final HostPort peer;
    private final ByteBuffer nothing = ByteBuffer.allocate(1);
    private volatile DatagramChannel channel;
    private InetAddress address;
    private long lookedUpAt;
    private boolean tried;
    private volatile boolean closed;

    public UdpPeer(HostPort peer) throws IOException {
        this.peer = peer;
        address = InetAddress.getByName(peer.host());
        lookedUpAt = System.nanoTime();
        channel = connect(address);
    }

    private DatagramChannel connect(InetAddress to) throws IOException {
        DatagramChannel made = DatagramChannel.open();
        try {
            made.configureBlocking(false);
            made.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER);
            made.connect(new InetSocketAddress(to, peer.port()));
            return made;
        } catch (IOException | RuntimeException e) {
            made.close();
            throw e;
        }
    }

    /**
     * Sends one.
     *
     * @throws IOException if nobody listens there, as far as that is known
     * @throws DatagramTooLargeException if it is too large for the network
     */
    public void send(ByteBuffer datagram) throws IOException {
        lookUp();
        int bytes = datagram.remaining();
        try {
            write(datagram);
        } catch (SocketException e) {
            // The error's number is not to be had; below this size it cannot be that.
            if (bytes > SURELY_FITS && String.valueOf(e.getMessage()).contains("too long")) {
                throw new DatagramTooLargeException(bytes);
            }
            throw e;
        }
        check();
        for (int i = 0; !tried && i < FIRST_PAUSES; i++) {
            LockSupport.parkNanos(this, PAUSE_NANOS);
            check();
        }
        tried = true;
    }

    private void write(ByteBuffer datagram) throws IOException {
        long deadline = System.nanoTime() + FULL_NANOS;
        while (channel.write(datagram) == 0 && datagram.hasRemaining()) {
            if (System.nanoTime() - deadline > 0) {
                throw new IOException("the network takes no datagrams");
            }
            LockSupport.parkNanos(this, PAUSE_NANOS);
        }
    }

    private void check() throws IOException {
        // What a peer says is of no interest.
        while (channel.read(nothing.clear()) > 0) {
            nothing.clear();
        }
    }

    private void lookUp() throws IOException {
        long now = System.nanoTime();
        if (now - lookedUpAt < ADDRESS_NANOS) {
            return;
        }
        lookedUpAt = now;
        InetAddress found = InetAddress.getByName(peer.host());
        if (!found.equals(address)) {
            DatagramChannel before = channel;
            channel = connect(found);
            address = found;
            tried = false;
            before.close();
            if (closed) {
                close();
            }
        }
    }

    /** Ends it. */
    public void close() {
        closed = true;
        try {
            channel.close();
        } catch (IOException e) {
            // It is of no use any more.
            return;
        }
    }
}
