package io.inkfast.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class StreamLinkTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Tail tail = new Tail(10);
    private long now = 1;

    private StreamLink connect(ServerSocket server) throws IOException {
        return new StreamLink(
                reader -> SocketPeer.connect(
                        new HostPort("localhost", server.getLocalPort()),
                        null,
                        LIMIT,
                        LIMIT,
                        "inkfast-net-test-read",
                        reader),
                tail,
                (message, out) -> out.put(message.body()),
                () -> now);
    }

    private static Batch one() {
        return new Batch(
                List.of(new Message("run-1", 0, Level.INFO, null, "event".getBytes(StandardCharsets.UTF_8), 1, 1)));
    }

    /* Whether the link owes after its peer has read all, was quiet for so long, and ended the connection. */
    private boolean owes(ServerSocket server, Batch batch, int quietSeconds, boolean broken) throws IOException {
        StreamLink link = connect(server);
        try (Socket accepted = server.accept()) {
            link.send(batch);
            assertThat(new String(accepted.getInputStream().readNBytes(5), StandardCharsets.UTF_8))
                    .isEqualTo("event");
            if (broken) {
                accepted.setSoLinger(true, 0);
            }
        }
        await().atMost(LIMIT).until(() -> !link.isAlive());
        now += Duration.ofSeconds(quietSeconds).toNanos();
        return link.owes();
    }

    @ParameterizedTest
    @CsvSource({
        "1,  true,  true,  true",
        "1,  false, true,  false",
        "60, true,  true,  false",
        "60, false, false, false",
    })
    void itOwesAsLongAsThePeerMayNotHaveReadIt(int quietSeconds, boolean broken, boolean once, boolean always)
            throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(owes(server, one(), quietSeconds, broken)).isEqualTo(once);
            // Only the tail, until it was there four times as long as it may be.
            for (int i = 1; i < 6; i++) {
                assertThat(owes(server, new Batch(List.of()), quietSeconds, broken))
                        .isEqualTo(once);
            }
            for (int i = 0; i < 8; i++) {
                owes(server, new Batch(List.of()), quietSeconds, broken);
            }
            assertThat(owes(server, new Batch(List.of()), quietSeconds, broken)).isEqualTo(always);
        }
    }
}
