package io.inkfast.net;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Reads datagrams. */
public final class DatagramServer implements AutoCloseable {

    private final DatagramSocket socket;
    private final Thread thread;
    private final List<byte[]> datagrams = Collections.synchronizedList(new ArrayList<>());

    /** @param port 0 for any */
    public DatagramServer(int port) throws IOException {
        socket = new DatagramSocket(null);
        socket.setReceiveBufferSize(4 << 20);
        socket.bind(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port == 0 ? PeerServer.unusedPort() : port));
        thread = new Thread(this::read, "datagram-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void read() {
        byte[] bytes = new byte[70_000];
        while (!socket.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
                socket.receive(packet);
                datagrams.add(Arrays.copyOf(bytes, packet.getLength()));
            } catch (IOException e) {
                return;
            }
        }
    }

    public int port() {
        return socket.getLocalPort();
    }

    public List<byte[]> datagrams() {
        return List.copyOf(datagrams);
    }

    /** As texts in UTF-8. */
    public List<String> texts() {
        return datagrams().stream()
                .map(bytes -> new String(bytes, java.nio.charset.StandardCharsets.UTF_8))
                .toList();
    }

    @Override
    public void close() {
        socket.close();
        // Until its thread has let go of it, the socket takes what comes.
        await().until(() -> !thread.isAlive());
    }
}
