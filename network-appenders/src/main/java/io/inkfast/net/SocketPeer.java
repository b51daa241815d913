package io.inkfast.net;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/*
 * A write into a connection whose peer is gone, or frozen, may succeed for as long as the kernel has room, and then wait for
 * ever. So somebody reads all the time, to see the end of the connection at once, and looks whether a write takes too long.
 */
/**
 * A TCP connection, plain or with TLS. One thread writes; another one, its own, reads.
 *
 * @since 0.1.0
 */
public final class SocketPeer {

    /** What comes from the peer. Called by the reading thread. */
    @FunctionalInterface
    public interface Reader {
        /** Some bytes arrived. */
        void read(byte[] bytes, int length) throws IOException;

        /** Nothing will come any more; any thread, once. */
        default void ended(IOException why) {}
    }

    private static final int SEND_BUFFER = 256 << 10;
    private static final int PIECE = 64 << 10;
    private static final int LOOK_MILLIS = 200;
    private static final int GRACE_MILLIS = 50;

    /* Underneath TLS, if there is any: closing that waits for nobody. */
    private final Socket plain;
    private final Socket socket;
    private final OutputStream out;
    private final Reader reader;
    private final long writeLimitNanos;
    private volatile long writingSince;
    private volatile @Nullable IOException fault;

    private SocketPeer(Socket plain, Socket socket, Duration writeLimit, Reader reader) throws IOException {
        this.plain = plain;
        this.socket = socket;
        this.reader = reader;
        out = socket.getOutputStream();
        writeLimitNanos = writeLimit.toNanos();
    }

    /**
     * Connects to the first that can be of the addresses that the name has now, and waits a moment: a load balancer without a
     * server behind accepts and closes, and a peer that wants a certificate says so only after the handshake.
     *
     * @param tls        null for none
     * @param limit      for the connection and the handshake, each
     * @param writeLimit after which a write that makes no progress ends the connection
     * @param thread     the name of the reading thread
     */
    public static SocketPeer connect(
            HostPort peer, @Nullable Tls tls, Duration limit, Duration writeLimit, String thread, Reader reader)
            throws IOException {
        return connect(InetAddress.getAllByName(peer.host()), peer, tls, limit, writeLimit, thread, reader);
    }

    /* Who was reached says best what is wrong. */
    static SocketPeer connect(
            InetAddress[] addresses,
            HostPort peer,
            @Nullable Tls tls,
            Duration limit,
            Duration writeLimit,
            String thread,
            Reader reader)
            throws IOException {
        IOException unreachable = new IOException("[" + peer.host() + "] has no address");
        IOException fault = null;
        for (InetAddress address : addresses) {
            Socket plain;
            try {
                plain = plain(new InetSocketAddress(address, peer.port()), limit);
            } catch (IOException e) {
                unreachable = e;
                continue;
            }
            try {
                return over(plain, peer, tls, limit, writeLimit, thread, reader);
            } catch (IOException e) {
                fault = fault == null ? e : fault;
            }
        }
        throw fault == null ? unreachable : fault;
    }

    private static SocketPeer over(
            Socket plain,
            HostPort peer,
            @Nullable Tls tls,
            Duration limit,
            Duration writeLimit,
            String thread,
            Reader reader)
            throws IOException {
        try {
            Socket socket = tls == null ? plain : tls.wrap(plain, peer, limit, thread);
            SocketPeer made = new SocketPeer(plain, socket, writeLimit, reader);
            made.grace();
            Thread reading = new Thread(null, () -> made.readOn(), thread, 0, false);
            reading.setDaemon(true);
            reading.setContextClassLoader(SocketPeer.class.getClassLoader());
            reading.start();
            return made;
        } catch (IOException | RuntimeException | Error e) {
            plain.close();
            throw e;
        }
    }

    private static Socket plain(InetSocketAddress address, Duration limit) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER);
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            socket.connect(address, (int) Math.max(1, limit.toMillis()));
            if (socket.getLocalSocketAddress().equals(socket.getRemoteSocketAddress())) {
                // The kernel may choose the port that nobody listens at for our own end.
                throw new ConnectException("nobody listens");
            }
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private void grace() throws IOException {
        socket.setSoTimeout(GRACE_MILLIS);
        byte[] bytes = new byte[1024];
        try {
            int length = socket.getInputStream().read(bytes);
            if (length < 0) {
                throw new EOFException("the peer closed the connection at once");
            }
            reader.read(bytes, length);
        } catch (SocketTimeoutException e) {
            // It has nothing to say: that is well.
            socket.setSoTimeout(LOOK_MILLIS);
        }
    }

    private void readOn() {
        byte[] bytes = new byte[4096];
        try {
            socket.setSoTimeout(LOOK_MILLIS);
            InputStream in = socket.getInputStream();
            while (fault == null) {
                int length = read(in, bytes);
                if (length < 0) {
                    throw new EOFException("the peer closed the connection");
                }
                if (length > 0) {
                    reader.read(bytes, length);
                }
                // Also of a peer that talks all the time.
                long since = writingSince;
                if (since != 0 && System.nanoTime() - since > writeLimitNanos) {
                    throw new SocketTimeoutException("the peer reads nothing");
                }
            }
        } catch (IOException e) {
            fail(e);
        } catch (RuntimeException | Error e) {
            // Nobody looks after the connection any more.
            fail(new IOException("the reading thread ended", e));
        }
    }

    private static int read(InputStream in, byte[] into) throws IOException {
        try {
            return in.read(into);
        } catch (SocketTimeoutException e) {
            return 0;
        }
    }

    /* The first one is the reason. */
    private synchronized void fail(IOException why) {
        if (fault == null) {
            fault = why;
            reader.ended(why);
        }
        closeSocket();
    }

    /** Writes all of it to the kernel. If that fails the connection has ended, and whoever reads is told. */
    public void write(byte[] bytes, int from, int length) throws IOException {
        check();
        try {
            for (int at = 0; at < length; at += PIECE) {
                writingSince = System.nanoTime();
                out.write(bytes, from + at, Math.min(PIECE, length - at));
            }
        } catch (IOException e) {
            fail(e);
        } finally {
            writingSince = 0;
        }
        check();
    }

    /** Throws what has ended the connection, if anything has. */
    public void check() throws IOException {
        IOException why = fault;
        if (why != null) {
            throw new IOException(why.getMessage(), why);
        }
    }

    /** Whether nothing has ended the connection. */
    public boolean isOpen() {
        return fault == null;
    }

    /** Whether something other than the peer's closing it has ended it; any thread. */
    boolean isBroken() {
        IOException why = fault;
        return why != null && !(why instanceof EOFException);
    }

    /** Any thread; a write that waits ends with an exception. */
    public void close() {
        fail(new IOException("closed"));
    }

    private void closeSocket() {
        try {
            plain.close();
        } catch (IOException e) {
            // It is of no use any more; what it had to say is said.
            return;
        }
    }
}
