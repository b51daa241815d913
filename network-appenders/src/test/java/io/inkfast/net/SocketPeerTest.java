package io.inkfast.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections to peers that do what no protocol allows. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SocketPeerTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final String THREAD = "inkfast-net-peer-read";

    private static SocketPeer connect(int port, Tls tls, SocketPeer.Reader reader) throws IOException {
        return SocketPeer.connect(new HostPort("127.0.0.1", port), tls, SHORT, SHORT, THREAD, reader);
    }

    private static boolean hasThread(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().startsWith(name));
    }

    private static void whisper(Socket socket, int first) {
        try (socket) {
            int next = first;
            while (true) {
                socket.getOutputStream().write(next);
                next = 0;
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
        } catch (IOException e) {
            // The other side has had enough.
            return;
        }
    }

    @Test
    void aPeerThatTalksAllTheTimeAndReadsNothingIsLeft() throws Exception {
        byte[] piece = new byte[1 << 20];
        try (PeerServer server = PeerServer.plain(0, (in, out) -> {
            while (true) {
                out.write(piece);
            }
        })) {
            // There is always something to read.
            SocketPeer peer = connect(
                    server.port(),
                    null,
                    (bytes, length) ->
                            LockSupport.parkNanos(Duration.ofMillis(50).toNanos()));
            assertThatThrownBy(() -> {
                        while (true) {
                            peer.write(piece, 0, piece.length);
                        }
                    })
                    .isInstanceOf(IOException.class)
                    .hasMessage("the peer reads nothing");
            peer.close();
        }
    }

    /* A record of TLS that says how long it is, and then comes one byte at a time. */
    @Test
    void aHandshakeThatNeverEndsIsCutOff() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread serving = new Thread(() -> {
                try {
                    Socket socket = server.accept();
                    socket.getOutputStream().write(new byte[] {0x16, 3, 3, 0x3f});
                    whisper(socket, 0xff);
                } catch (IOException e) {
                    return;
                }
            });
            serving.setDaemon(true);
            serving.start();
            assertThatThrownBy(() -> connect(server.getLocalPort(), Tls.ofJvm(), (bytes, length) -> {}))
                    .isInstanceOf(IOException.class)
                    .hasMessage("the handshake took longer than 1000 ms");
            await().atMost(LIMIT).until(() -> !serving.isAlive() && !hasThread(THREAD));
        }
    }

    @Test
    void theNextAddressIsTriedAlsoIfTheFirstOneClosesAtOnce() throws Exception {
        InetAddress first = InetAddress.getByName("127.0.0.2");
        try (PeerServer server = PeerServer.plain(0, (in, out) -> in.read());
                ServerSocket balancer = new ServerSocket()) {
            balancer.bind(new InetSocketAddress(first, server.port()));
            Thread closing = new Thread(() -> {
                try {
                    while (true) {
                        balancer.accept().close();
                    }
                } catch (IOException e) {
                    return;
                }
            });
            closing.setDaemon(true);
            closing.start();
            InetAddress[] both = {first, InetAddress.getLoopbackAddress()};
            SocketPeer peer = SocketPeer.connect(
                    both, new HostPort("name", server.port()), null, SHORT, SHORT, THREAD, (bytes, length) -> {});
            await().atMost(LIMIT).until(() -> server.connections() == 1);
            assertThat(peer.isOpen()).isTrue();
            peer.close();
        }
    }

    @Test
    void whenTheReadingThreadCannotGoOnTheConnectionHasEnded() throws Exception {
        try (PeerServer server = PeerServer.plain(0, (in, out) -> {
            in.read();
            out.write('x');
            in.read();
        })) {
            SocketPeer peer = connect(server.port(), null, (bytes, length) -> {
                throw new OutOfMemoryError("x");
            });
            peer.write(new byte[1], 0, 1);
            await().atMost(LIMIT).until(() -> !peer.isOpen());
            await().atMost(LIMIT).until(() -> !hasThread(THREAD));
        }
    }
}
