package io.inkfast.net;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** A server of connections; can be ended as a process ends that is killed, with what it had not read lost. */
public final class PeerServer implements AutoCloseable {

    /** What it does with a connection, until the connection ends. */
    @FunctionalInterface
    public interface Handler {
        void serve(InputStream in, OutputStream out) throws IOException;
    }

    private final ServerSocket server;
    private final Handler handler;
    private final Thread accepting;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile int connections;

    private PeerServer(ServerSocket server, Handler handler) {
        this.server = server;
        this.handler = handler;
        accepting = new Thread(this::accept, "peer-server");
        accepting.setDaemon(true);
        accepting.start();
    }

    /** @param port 0 for any */
    public static PeerServer plain(int port, Handler handler) throws IOException {
        ServerSocket server = new ServerSocket();
        server.setReuseAddress(true);
        server.setReceiveBufferSize(64 << 10);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port == 0 ? unusedPort() : port));
        return new PeerServer(server, handler);
    }

    /** None that the kernel gives to somebody who connects. */
    public static int unusedPort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            try (ServerSocket socket = new ServerSocket(port)) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // Another one, then.
            }
        }
    }

    /** @param trusted null if it does not want to know who speaks */
    public static PeerServer tls(int port, Path keys, Path trusted, Handler handler) throws Exception {
        SSLServerSocket server = (SSLServerSocket) Certificates.context(keys, trusted)
                .getServerSocketFactory()
                .createServerSocket(port == 0 ? unusedPort() : port, 50, InetAddress.getLoopbackAddress());
        server.setNeedClientAuth(trusted != null);
        return new PeerServer(server, handler);
    }

    public int port() {
        return server.getLocalPort();
    }

    public int connections() {
        return connections;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                connections++;
                open.add(socket);
                Thread thread = new Thread(() -> serve(socket), "peer-connection");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            handler.serve(socket.getInputStream(), socket.getOutputStream());
        } catch (IOException e) {
            open.remove(socket);
        }
    }

    /** Resets every connection; what was not read is lost. It goes on listening. */
    public void reset() throws IOException {
        for (Socket each : open) {
            if (!(each instanceof SSLSocket) && !each.isClosed()) {
                linger(each);
            }
            each.close();
            open.remove(each);
        }
    }

    /** The same, and listens no more. */
    @Override
    public void close() throws IOException {
        server.close();
        // Only then is the port free.
        await().until(() -> !accepting.isAlive());
        reset();
    }

    private static void linger(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // Its thread has closed it meanwhile.
            return;
        }
    }
}
