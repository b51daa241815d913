package io.inkfast.net.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.inkfast.net.Certificates;
import io.inkfast.net.PeerServer;
import io.inkfast.testing.FailingStart;
import io.inkfast.testing.LogbackHarness;
import io.inkfast.testing.StoppedHealth;
import io.inkfast.testing.TestEncoders;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TcpAppenderTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String QUICK = "<retryDelay>10 ms</retryDelay><maxRetryDelay>50 ms</maxRetryDelay>";

    @TempDir
    Path folder;

    private LogbackHarness configure(String destination, String more) {
        return LogbackHarness.configure(
                folder,
                "<appender name=\"TCP\" class=\"io.inkfast.net.tcp.TcpAppender\"><destination>" + destination
                        + "</destination><encoder class=\"" + TestEncoders.Lines.class.getName() + "\"/>" + more
                        + "</appender><root level=\"TRACE\"><appender-ref ref=\"TCP\"/></root>");
    }

    private LogbackHarness to(LineServer server, String more) {
        return configure("localhost:" + server.port(), QUICK + more);
    }

    private static TcpAppender appender(LogbackHarness harness) {
        return harness.appender("TCP", TcpAppender.class);
    }

    private static List<String> log(LogbackHarness harness, int from, int to) {
        Logger logger = harness.logger("a");
        IntStream.range(from, to).forEach(i -> logger.info("event {}", i));
        return IntStream.range(from, to).mapToObj(i -> "event " + i).toList();
    }

    @Test
    void itsHealthSaysSinceWhenItIsNotRunning() throws Exception {
        try (LineServer server = LineServer.plain(0);
                LogbackHarness harness = to(server, "")) {
            StoppedHealth.check(new TcpAppender(), appender(harness));
        }
    }

    @Test
    void aStartThatFailsInItsLastStepIsUndone() throws Exception {
        try (LineServer server = LineServer.plain(0);
                LogbackHarness harness = to(server, "")) {
            FailingStart.check(harness, appender(harness), "sending to [");
            List<String> logged = log(harness, 0, 10);
            await().atMost(LIMIT).until(() -> server.lines().equals(logged));
        }
    }

    @Test
    void eachEventIsALine() throws Exception {
        try (LineServer server = LineServer.plain(0);
                LogbackHarness harness = to(server, "")) {
            List<String> logged = log(harness, 0, 5000);
            assertThat(appender(harness).flush(LIMIT)).isTrue();
            await().atMost(LIMIT).until(() -> server.lines().size() == 5000);
            assertThat(server.lines()).containsExactlyElementsOf(logged);
            assertThat(appender(harness).accounting().balance()).isEqualTo("received 5000 = written 5000");
            assertThat(appender(harness).counts().acknowledged()).isZero();
            assertThat(appender(harness).counts().sent()).isEqualTo(5000);
            assertThat(harness.complaints()).isEmpty();
        }
    }

    @Test
    void anEventLargerThanEveryBufferArrives() throws Exception {
        try (LineServer server = LineServer.plain(0);
                LogbackHarness harness = to(server, "")) {
            harness.logger("a").info("x".repeat(3 << 20));
            harness.logger("a").info("y");
            await().atMost(LIMIT).until(() -> server.lines().size() == 2);
            assertThat(server.lines().get(0)).hasSize(3 << 20);
        }
    }

    @Test
    void whatAKilledPeerHadNotReadIsSentAgain() throws Exception {
        LineServer first = LineServer.plain(0);
        int port = first.port();
        try (LogbackHarness harness = to(first, "")) {
            log(harness, 0, 100);
            await().atMost(LIMIT).until(() -> first.lines().size() == 100);
            first.read(false);
            List<String> unread = log(harness, 100, 2000);
            await().atMost(LIMIT).until(() -> appender(harness).counts().sent() >= 2000);
            first.close();
            await().atMost(LIMIT).until(() -> !appender(harness).health().healthy() || first.connections() > 0);
            try (LineServer second = LineServer.plain(port)) {
                log(harness, 2000, 2100);
                assertThat(appender(harness).flush(LIMIT)).isTrue();
                await().atMost(LIMIT).until(() -> second.lines().contains("event 2099"));
                assertThat(second.lines()).containsAll(unread);
                // In order, and nothing twice within one connection.
                assertThat(second.lines()).doesNotHaveDuplicates();
                assertThat(appender(harness).accounting().balance()).isEqualTo("received 2100 = written 2100");
            }
        }
    }

    @Test
    void whatAKilledPeerHadNotReadIsSentAgainAlsoIfNothingElseIsLogged() throws Exception {
        LineServer first = LineServer.plain(0);
        int port = first.port();
        try (LogbackHarness harness = to(first, "")) {
            log(harness, 0, 1);
            await().atMost(LIMIT).until(() -> first.lines().size() == 1);
            first.read(false);
            List<String> unread = log(harness, 1, 1000);
            assertThat(appender(harness).flush(LIMIT)).isTrue();
            first.close();
            try (LineServer second = LineServer.plain(port)) {
                await().atMost(LIMIT).until(() -> second.lines().containsAll(unread));
                assertThat(appender(harness).accounting().balance()).isEqualTo("received 1000 = written 1000");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aProxyThatLosesTheSameTenTimesDoesNotLoseItForGood(boolean readsIt) throws Exception {
        int port = PeerServer.unusedPort();
        try (LogbackHarness harness = configure("localhost:" + port, QUICK)) {
            List<String> logged;
            try (ServerSocket proxy = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                logged = log(harness, 0, 10);
                for (int i = 0; i < 10; i++) {
                    try (Socket socket = proxy.accept()) {
                        assertThat(socket.getInputStream().read()).isEqualTo('e');
                        // What it does not read breaks the connection; after the rest it closes it properly.
                        assertThat(socket.getInputStream().readNBytes(readsIt ? 79 : 1))
                                .isNotEmpty();
                    }
                }
            }
            try (LineServer server = LineServer.plain(port)) {
                await().atMost(LIMIT).until(() -> server.lines().size() == 10);
                assertThat(server.lines()).containsExactlyElementsOf(logged);
                assertThat(appender(harness).accounting().balance()).isEqualTo("received 10 = written 10");
            }
        }
    }

    @Test
    void withoutATailNobodyWaitsForOneToBeSent() throws Exception {
        LineServer server = LineServer.plain(0);
        try (LogbackHarness harness = to(server, "<replayTail>0</replayTail>")) {
            log(harness, 0, 10);
            await().atMost(LIMIT).until(() -> server.lines().size() == 10);
            server.close();
            assertThat(appender(harness).flush(LIMIT)).isTrue();
        }
    }

    @Test
    void theTailIsNoLongerThanAllowed() throws Exception {
        LineServer first = LineServer.plain(0);
        int port = first.port();
        try (LogbackHarness harness = to(first, "<replayTail>100</replayTail>")) {
            log(harness, 1000, 1100);
            await().atMost(LIMIT).until(() -> first.lines().size() == 100);
            first.close();
            try (LineServer second = LineServer.plain(port)) {
                log(harness, 1100, 1101);
                await().atMost(LIMIT).until(() -> second.lines().contains("event 1100"));
                // "event 1000" and its line end are 11 bytes.
                assertThat(second.lines()).hasSizeLessThanOrEqualTo(11).contains("event 1099");
            }
        }
    }

    /* The front hands over event by event; its thread has to wait as any other. */
    @Test
    void behindARedactingAppenderAFrontWaitsForRoomAndNothingIsDropped() throws Exception {
        int port = PeerServer.unusedPort();
        try (LogbackHarness harness = LogbackHarness.configure(
                folder,
                "<appender name=\"TCP\" class=\"io.inkfast.net.tcp.TcpAppender\"><destination>localhost:" + port
                        + "</destination><queueSize>10</queueSize><encoder class=\""
                        + TestEncoders.Lines.class.getName()
                        + "\"/>" + QUICK + "</appender>"
                        + "<appender name=\"REDACT\" class=\"io.inkfast.mask.RedactingAppender\">"
                        + "<appender-ref ref=\"TCP\"/></appender>"
                        + "<appender name=\"ASYNC\" class=\"io.inkfast.async.AsyncBatchingAppender\">"
                        + "<appender-ref ref=\"REDACT\"/></appender>"
                        + "<root level=\"TRACE\"><appender-ref ref=\"ASYNC\"/></root>")) {
            List<String> logged = log(harness, 0, 2000);
            await().atMost(LIMIT).until(() -> !appender(harness).health().healthy());
            try (LineServer server = LineServer.plain(port)) {
                await().atMost(LIMIT).until(() -> server.lines().size() == 2000);
                assertThat(server.lines()).containsExactlyElementsOf(logged);
                assertThat(appender(harness).accounting().dropped()).isZero();
            }
        }
    }

    @Test
    void aPeerThatReadsNothingIsLeftAndNothingIsLost() throws Exception {
        LineServer frozen = LineServer.plain(0);
        frozen.read(false);
        try (LineServer other = LineServer.plain(0);
                LogbackHarness harness = configure(
                        "localhost:" + frozen.port() + ", localhost:" + other.port(),
                        QUICK + "<writeTimeout>1 second</writeTimeout><replayTail>64MB</replayTail>")) {
            String filler = "x".repeat(1000);
            Logger logger = harness.logger("a");
            IntStream.range(0, 10_000).forEach(i -> logger.info("{} {}", i, filler));
            await().atMost(LIMIT).until(() -> other.lines().size() >= 10_000);
            assertThat(other.lines()).doesNotHaveDuplicates().hasSize(10_000);
            assertThat(harness.complaints().get(0))
                    .startsWith("WARN cannot send to [localhost:" + frozen.port() + "]: ")
                    .contains("the peer reads nothing");
            frozen.close();
        }
    }

    @Test
    void whatABalancerTookThatAcceptsAndClosesGoesToTheServerBehindIt() throws Exception {
        ServerSocket balancer = new ServerSocket(PeerServer.unusedPort());
        int port = balancer.getLocalPort();
        Thread closing = new Thread(() -> {
            try {
                while (true) {
                    balancer.accept().close();
                }
            } catch (java.io.IOException e) {
                return;
            }
        });
        closing.start();
        try (LogbackHarness harness = configure("localhost:" + port, QUICK)) {
            List<String> logged = log(harness, 0, 10);
            await().atMost(LIMIT).until(() -> !appender(harness).health().healthy());
            assertThat(harness.complaints().get(0)).contains("the peer closed the connection");
            balancer.close();
            closing.join();
            try (LineServer server = LineServer.plain(port)) {
                await().atMost(LIMIT).until(() -> server.lines().containsAll(logged));
                assertThat(appender(harness).flush(LIMIT)).isTrue();
                assertThat(appender(harness).accounting().balance()).isEqualTo("received 10 = written 10");
            }
        }
    }

    @Test
    void absentAtTheStartItGetsEverythingWhenItAppears() throws Exception {
        int port = PeerServer.unusedPort();
        try (LogbackHarness harness = configure("localhost:" + port, QUICK)) {
            List<String> logged = log(harness, 0, 1000);
            await().atMost(LIMIT).until(() -> !appender(harness).health().healthy());
            assertThat(harness.complaints()).hasSize(1).allMatch(line -> line.startsWith("WARN "));
            try (LineServer server = LineServer.plain(port)) {
                assertThat(appender(harness).flush(LIMIT)).isTrue();
                await().atMost(LIMIT).until(() -> server.lines().size() == 1000);
                assertThat(server.lines()).containsExactlyElementsOf(logged);
            }
        }
    }

    @Test
    void theConfigurationThatUsersCopyStartsWithoutItsPeerAndDeliversWhenThatAppears() throws Exception {
        Path example =
                Path.of(TcpAppenderTest.class.getResource("/examples/tcp.xml").toURI());
        int port = PeerServer.unusedPort();
        try (LogbackHarness harness = LogbackHarness.configure(example, Map.of("DESTINATION", "localhost:" + port))) {
            harness.logger("a").info("card {}", "4111 1111 1111 1111");
            await().atMost(LIMIT).until(() -> !appender(harness).health().healthy());
            assertThat(harness.complaints()).allMatch(line -> line.startsWith("WARN cannot send to [localhost:"));
            try (LineServer server = LineServer.plain(port)) {
                assertThat(appender(harness).flush(LIMIT)).isTrue();
                await().atMost(LIMIT).until(() -> server.lines().size() == 1);
                assertThat(server.lines().get(0))
                        .contains("\"message\":\"card ****\"")
                        .contains("\"event.id\":\"");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"localhost", "localhost:0", "localhost:70000", ":5140", "a b:1", "::1:5140", "http://a:1"})
    void aWrongDestinationIsAnError(String destination) {
        try (LogbackHarness harness = configure(destination, "")) {
            assertThat(appender(harness).isStarted()).isFalse();
            assertThat(harness.complaints())
                    .contains("ERROR appender [TCP]: <destination> [" + destination
                            + "] is not a host and a port, such as logs.example.com:5140 or [::1]:5140");
        }
    }

    @Nested
    class WithTls {

        private static final String NAMES = "dns:localhost,ip:127.0.0.1";

        @TempDir
        static Path made;

        private static Certificates certificates;
        private static Path valid;

        @BeforeAll
        static void make() throws Exception {
            certificates = new Certificates(made.resolve("tls"));
            valid = certificates.of("good", NAMES, "-1H");
        }

        private String ssl(String more) {
            return "<ssl>" + more + "</ssl>";
        }

        private String trusting() {
            return "<trustStore>" + certificates.trust() + "</trustStore><trustStorePassword>" + Certificates.PASSWORD
                    + "</trustStorePassword>";
        }

        @Test
        void itArrives() throws Exception {
            try (LineServer server = LineServer.tls(0, valid, null);
                    LogbackHarness harness = to(
                            server, ssl("<trustCertificates>" + certificates.authority() + "</trustCertificates>"))) {
                List<String> logged = log(harness, 0, 1000);
                assertThat(appender(harness).flush(LIMIT)).isTrue();
                await().atMost(LIMIT).until(() -> server.lines().size() == 1000);
                assertThat(server.lines()).containsExactlyElementsOf(logged);
                assertThat(harness.complaints()).isEmpty();
            }
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "expired | the peer's certificate has expired",
                    "other | the peer's certificate is for another host",
                    "self | the peer's certificate is signed by nobody whom we trust"
                })
        void noByteGoesToAPeerThatCannotBeVerifiedAndAllOfItWhenThatIsMended(String kind, String words)
                throws Exception {
            Path wrong = switch (kind) {
                case "expired" -> certificates.of("expired", NAMES, "-3d");
                case "other" -> certificates.of("other", "dns:elsewhere.example.com", "-1H");
                default -> certificates.selfSigned(NAMES);
            };
            LineServer server = LineServer.tls(0, wrong, null);
            int port = server.port();
            try (LogbackHarness harness = to(server, ssl(trusting()))) {
                List<String> logged = log(harness, 0, 100);
                await().atMost(LIMIT).until(() -> !appender(harness).health().healthy());
                assertThat(harness.complaints())
                        .contains("WARN cannot send to [localhost:" + port + "]: " + words
                                + "; events are kept and it is tried again");
                assertThat(server.lines()).isEmpty();
                assertThat(appender(harness).counts().sent()).isZero();
                server.close();
                try (LineServer good = LineServer.tls(port, valid, null)) {
                    assertThat(appender(harness).flush(LIMIT)).isTrue();
                    await().atMost(LIMIT).until(() -> good.lines().size() == 100);
                    assertThat(good.lines()).containsExactlyElementsOf(logged);
                }
            }
        }

        @Test
        void aCertificateOfOursThatIsMissingCountsNothingAsSentAndIsUsedOnceItIsThere() throws Exception {
            Path own = folder.resolve("own.p12");
            Path client = certificates.of("client", NAMES, "-1H");
            Files.copy(certificates.selfSigned(NAMES), own);
            try (LineServer server = LineServer.tls(0, valid, certificates.trust());
                    LogbackHarness harness = to(
                            server,
                            ssl(trusting() + "<keyStore>" + own + "</keyStore><keyStorePassword>"
                                    + Certificates.PASSWORD + "</keyStorePassword>"))) {
                List<String> logged = log(harness, 0, 100);
                await().atMost(LIMIT).until(() -> !appender(harness).health().healthy());
                assertThat(appender(harness).counts().sent()).isZero();
                assertThat(harness.complaints().get(0))
                        .contains("the peer wants a certificate of ours, or another one");
                Files.copy(client, own, StandardCopyOption.REPLACE_EXISTING);
                assertThat(appender(harness).flush(LIMIT)).isTrue();
                await().atMost(LIMIT).until(() -> server.lines().size() == 100);
                assertThat(server.lines()).containsExactlyElementsOf(logged);
            }
        }

        @Test
        void nothingInTheElementMeansNoTls() throws Exception {
            try (LineServer server = LineServer.plain(0);
                    LogbackHarness harness = to(server, ssl("<trustStore>${TRUST_STORE:-}</trustStore>"))) {
                log(harness, 0, 1);
                await().atMost(LIMIT).until(() -> server.lines().size() == 1);
            }
        }
    }
}
