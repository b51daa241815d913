package io.inkfast.benchmarks.net;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Reads lines of one connection after another, on a thread of its own, and counts them; as fast as it can, or slowly. */
public final class LineReader implements AutoCloseable {

    private static final int BUFFER = 8 * 1024;

    private final ServerSocket server;
    private final long bytesPerSecond;
    private final AtomicLong lines = new AtomicLong();

    /** @param bytesPerSecond how much it reads at most */
    public LineReader(long bytesPerSecond) throws IOException {
        this.bytesPerSecond = bytesPerSecond;
        server = new ServerSocket();
        // So that little lies between the two.
        server.setReceiveBufferSize(8 * BUFFER);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Thread thread = new Thread(this::run, "line-reader");
        thread.setDaemon(true);
        thread.start();
    }

    /** A port at which nobody listens. */
    public static int unusedPort() throws IOException {
        try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return unused.getLocalPort();
        }
    }

    /** Where it listens. */
    public int port() {
        return server.getLocalPort();
    }

    /** How many lines were read; any thread. */
    public long lines() {
        return lines.get();
    }

    /** Waits until so many lines were read, or for so long. */
    public void await(long count, double seconds) {
        long start = System.nanoTime();
        while (lines.get() < count && System.nanoTime() - start < seconds * 1e9) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private void run() {
        try {
            while (true) {
                try (Socket socket = server.accept()) {
                    read(socket.getInputStream());
                }
            }
        } catch (IOException e) {
            // Closed: the end.
            return;
        }
    }

    private void read(InputStream in) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long start = System.nanoTime();
        long bytes = 0;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            int ends = 0;
            for (int i = 0; i < read; i++) {
                ends += buffer[i] == '\n' ? 1 : 0;
            }
            lines.addAndGet(ends);
            bytes += read;
            long due = start + (long) (bytes * 1e9 / bytesPerSecond);
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
