package io.inkfast.net.lumberjack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.inkfast.net.Certificates;
import io.inkfast.net.PeerServer;
import io.inkfast.testing.LogbackHarness;
import io.inkfast.testing.TestEncoders;
import java.io.EOFException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LumberjackAppenderTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String QUICK = "<retryDelay>10 ms</retryDelay><maxRetryDelay>50 ms</maxRetryDelay>";

    @TempDir
    Path folder;

    private final LumberjackServer peer = new LumberjackServer();

    private LogbackHarness configure(int port, String more) {
        return LogbackHarness.configure(
                folder,
                "<appender name=\"LOGSTASH\" class=\"io.inkfast.net.lumberjack.LumberjackAppender\"><destination>localhost:"
                        + port + "</destination><encoder class=\"" + TestEncoders.Lines.class.getName() + "\"/>" + QUICK
                        + more + "</appender><root level=\"TRACE\"><appender-ref ref=\"LOGSTASH\"/></root>");
    }

    private static LumberjackAppender appender(LogbackHarness harness) {
        return harness.appender("LOGSTASH", LumberjackAppender.class);
    }

    private static List<String> log(LogbackHarness harness, int from, int to) {
        Logger logger = harness.logger("a");
        IntStream.range(from, to).forEach(i -> logger.info("event {}", i));
        return IntStream.range(from, to).mapToObj(i -> "event " + i).toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 9})
    void everyEventArrivesOnceInOrderAndIsAcknowledged(int level) throws Exception {
        try (PeerServer server = PeerServer.plain(0, peer);
                LogbackHarness harness =
                        configure(server.port(), "<compressionLevel>" + level + "</compressionLevel>")) {
            List<String> logged = log(harness, 0, 20_000);
            assertThat(appender(harness).flush(LIMIT)).isTrue();
            assertThat(peer.events()).containsExactlyElementsOf(logged);
            assertThat(appender(harness).counts().acknowledged()).isEqualTo(20_000);
            assertThat(appender(harness).accounting().balance()).isEqualTo("received 20000 = written 20000");
            assertThat(harness.complaints()).isEmpty();
        }
    }

    @Test
    void windowsBeginSmallAndNeverExceedWhatIsSet() throws Exception {
        try (PeerServer server = PeerServer.plain(0, peer);
                LogbackHarness harness =
                        configure(server.port(), "<windowSize>100</windowSize><linger>500 ms</linger>")) {
            log(harness, 0, 1000);
            assertThat(appender(harness).flush(LIMIT)).isTrue();
            assertThat(peer.windows().get(0)).isLessThanOrEqualTo(32);
            assertThat(Collections.max(peer.windows())).isLessThanOrEqualTo(100);
        }
    }

    @Test
    void whatWasAcknowledgedInPartIsNotSentAgain() throws Exception {
        AtomicInteger windows = new AtomicInteger();
        peer.answering((window, out) -> {
            if (windows.incrementAndGet() == 1) {
                LumberjackServer.ack(window.size() / 2, out);
                throw new EOFException("dies");
            }
            LumberjackServer.ack(window.size(), out);
        });
        try (PeerServer server = PeerServer.plain(0, peer);
                LogbackHarness harness = configure(server.port(), "<linger>200 ms</linger>")) {
            List<String> logged = log(harness, 0, 30);
            assertThat(appender(harness).flush(LIMIT)).isTrue();
            int first = peer.windows().get(0);
            assertThat(peer.events()).hasSize(30 + first - first / 2);
            assertThat(new HashSet<>(peer.events())).isEqualTo(new HashSet<>(logged));
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void severalAcknowledgementsOfAWindowAndSignsOfLifeAreUnderstood() throws Exception {
        peer.answering((window, out) -> {
            for (int i = 1; i <= window.size(); i++) {
                LumberjackServer.ack(0, out);
                LumberjackServer.ack(i, out);
            }
            LumberjackServer.ack(0, out);
        });
        try (PeerServer server = PeerServer.plain(0, peer);
                LogbackHarness harness = configure(server.port(), "")) {
            List<String> logged = log(harness, 0, 2000);
            assertThat(appender(harness).flush(LIMIT)).isTrue();
            assertThat(peer.events()).containsExactlyElementsOf(logged);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void aBusyPeerThatSaysSoIsWaitedForLongerThanTheLimit() throws Exception {
        CountDownLatch may = new CountDownLatch(40);
        peer.answering((window, out) -> {
            while (may.getCount() > 0) {
                may.countDown();
                LumberjackServer.ack(0, out);
                await().pollDelay(Duration.ofMillis(50)).until(() -> true);
            }
            LumberjackServer.ack(window.size(), out);
        });
        try (PeerServer server = PeerServer.plain(0, peer);
                LogbackHarness harness = configure(server.port(), "<ackTimeout>1 second</ackTimeout>")) {
            log(harness, 0, 1);
            assertThat(appender(harness).flush(LIMIT)).isTrue();
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void aPeerThatSaysNothingIsLeftAndTheWindowIsSentAgain() throws Exception {
        AtomicInteger windows = new AtomicInteger();
        peer.answering((window, out) -> {
            if (windows.incrementAndGet() > 1) {
                LumberjackServer.ack(window.size(), out);
            }
        });
        try (PeerServer server = PeerServer.plain(0, peer);
                LogbackHarness harness = configure(server.port(), "<ackTimeout>300 ms</ackTimeout>")) {
            log(harness, 0, 1);
            assertThat(appender(harness).flush(LIMIT)).isTrue();
            assertThat(peer.events()).containsExactly("event 0", "event 0");
            assertThat(harness.complaints().get(0)).contains("no acknowledgement in 300 ms");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "33 | the peer acknowledged event 33 of a window of 1",
                "2 | the peer acknowledged event 2 of a window of 1",
                "-1 | the peer acknowledged event 4294967295 of a window of 1"
            })
    void anAcknowledgementOfWhatWasNotSentEndsTheConnection(int wrong, String words) throws Exception {
        AtomicInteger windows = new AtomicInteger();
        peer.answering(
                (window, out) -> LumberjackServer.ack(windows.incrementAndGet() == 1 ? wrong : window.size(), out));
        try (PeerServer server = PeerServer.plain(0, peer);
                LogbackHarness harness = configure(server.port(), "")) {
            log(harness, 0, 1);
            assertThat(appender(harness).flush(LIMIT)).isTrue();
            assertThat(peer.events()).containsExactly("event 0", "event 0");
            assertThat(harness.complaints().get(0)).contains(words);
        }
    }

    @Test
    void aPeerOfAnotherProtocolGetsNothingAcknowledged() throws Exception {
        try (PeerServer server = PeerServer.plain(0, (in, out) -> {
                    in.read();
                    out.write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                    out.flush();
                    in.readAllBytes();
                });
                LogbackHarness harness = configure(server.port(), "<stopTimeout>0</stopTimeout>")) {
            log(harness, 0, 1);
            await().atMost(LIMIT).until(() -> !appender(harness).health().healthy());
            assertThat(harness.complaints().get(0)).contains("the peer does not speak Lumberjack 2");
            assertThat(appender(harness).counts().acknowledged()).isZero();
        }
    }

    @Nested
    class WhenThePeerIsKilled {

        @Test
        void nothingIsLostAndAtMostAWindowPerKillIsThereTwice() throws Exception {
            int kills = 3;
            int window = 200;
            int total = 30_000;
            PeerServer server = PeerServer.plain(0, peer);
            int port = server.port();
            try (LogbackHarness harness = configure(port, "<windowSize>" + window + "</windowSize>")) {
                Thread logging = new Thread(() -> log(harness, 0, total));
                logging.start();
                for (int kill = 1; kill <= kills; kill++) {
                    int seen = total / (kills + 1) * kill;
                    await().atMost(LIMIT).until(() -> peer.events().size() >= seen);
                    server.close();
                    server = PeerServer.plain(port, peer);
                }
                logging.join();
                assertThat(appender(harness).flush(LIMIT)).isTrue();
            }
            server.close();
            List<String> events = peer.events();
            assertThat(new HashSet<>(events)).hasSize(total);
            assertThat(events.size() - total).isLessThanOrEqualTo(window * kills);
        }

        @Test
        void stopIsBoundedAndTheBooksSayWhatWasLeft() throws Exception {
            try (PeerServer server = PeerServer.plain(0, (in, out) -> in.readAllBytes());
                    LogbackHarness harness = configure(server.port(), "<stopTimeout>200 ms</stopTimeout>")) {
                log(harness, 0, 10);
                LumberjackAppender appender = appender(harness);
                await().atMost(LIMIT).until(() -> appender.counts().sent() > 0);
                appender.stop();
                assertThat(appender.accounting().balance()).isEqualTo("received 10 = written 0 + discarded 10");
            }
        }
    }

    @Test
    void itArrivesOverTls() throws Exception {
        String names = "dns:localhost,ip:127.0.0.1";
        Certificates certificates = new Certificates(folder.resolve("tls"));
        try (PeerServer server = PeerServer.tls(0, certificates.of("good", names, "-1H"), null, peer);
                LogbackHarness harness = configure(
                        server.port(),
                        "<ssl><trustCertificates>" + certificates.authority() + "</trustCertificates></ssl>")) {
            List<String> logged = log(harness, 0, 1000);
            assertThat(appender(harness).flush(LIMIT)).isTrue();
            assertThat(peer.events()).containsExactlyElementsOf(logged);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "windowSize | 0 | <windowSize> [0] is not a whole number from 1 to 65536",
                "compressionLevel | 10 | <compressionLevel> [10] is not a whole number from 0 to 9",
                "ackTimeout | soon | <ackTimeout> [soon]"
            })
    void aWrongSettingIsAnErrorThatNamesIt(String element, String value, String words) {
        try (LogbackHarness harness = configure(1, "<" + element + ">" + value + "</" + element + ">")) {
            assertThat(appender(harness).isStarted()).isFalse();
            assertThat(harness.complaints()).anyMatch(line -> line.startsWith("ERROR appender [LOGSTASH]: " + words));
        }
    }
}
