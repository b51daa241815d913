package io.inkfast.net.tcp;

import static org.awaitility.Awaitility.await;

import io.inkfast.net.Certificates;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** Reads lines, as long as it is let; can be ended as a process ends that is killed, with what it had not read lost. */
final class LineServer implements AutoCloseable {

    private final ServerSocket server;
    private final Thread accepting;
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean reading = true;
    private volatile int connections;

    private LineServer(ServerSocket server) {
        this.server = server;
        accepting = new Thread(this::accept, "line-server");
        accepting.setDaemon(true);
        accepting.start();
    }

    static LineServer plain(int port) throws IOException {
        ServerSocket server = new ServerSocket();
        server.setReuseAddress(true);
        server.setReceiveBufferSize(64 << 10);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port == 0 ? unusedPort() : port));
        return new LineServer(server);
    }

    /** None that the kernel gives to somebody who connects. */
    static int unusedPort() {
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
    static LineServer tls(int port, Path keys, Path trusted) throws Exception {
        char[] password = Certificates.PASSWORD.toCharArray();
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(KeyStore.getInstance(keys.toFile(), password), password);
        TrustManagerFactory others = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        others.init(trusted == null ? null : KeyStore.getInstance(trusted.toFile(), password));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), others.getTrustManagers(), null);
        SSLServerSocket server = (SSLServerSocket) context.getServerSocketFactory()
                .createServerSocket(port == 0 ? unusedPort() : port, 50, InetAddress.getLoopbackAddress());
        server.setNeedClientAuth(trusted != null);
        return new LineServer(server);
    }

    int port() {
        return server.getLocalPort();
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    int connections() {
        return connections;
    }

    /** Whether it reads; it accepts connections in any case. */
    void read(boolean now) {
        reading = now;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                connections++;
                open.add(socket);
                Thread thread = new Thread(() -> serve(socket), "line-connection");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket;
                BufferedReader in = new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), 512)) {
            while (true) {
                while (!reading) {
                    Thread.onSpinWait();
                }
                String line = in.readLine();
                if (line == null) {
                    return;
                }
                lines.add(line);
            }
        } catch (IOException e) {
            open.remove(socket);
        }
    }

    /** Every connection is reset; what was not read is lost. */
    @Override
    public void close() throws IOException {
        server.close();
        // Only then is the port free.
        await().until(() -> !accepting.isAlive());
        for (Socket each : open) {
            if (!(each instanceof SSLSocket) && !each.isClosed()) {
                reset(each);
            }
            each.close();
        }
        reading = true;
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // Its thread has closed it meanwhile.
            return;
        }
    }
}
