package io.inkfast.net.syslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.inkfast.net.Certificates;
import io.inkfast.net.DatagramServer;
import io.inkfast.net.PeerServer;
import io.inkfast.testing.LogbackHarness;
import io.inkfast.testing.TestEncoders;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.spi.MDCAdapter;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SyslogAppenderTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String QUICK = "<retryDelay>10 ms</retryDelay><maxRetryDelay>50 ms</maxRetryDelay>";
    private static final String HEAD =
            "<14>1 \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z \\S+ java \\d+ - \\[inkfast@32473 event\\.id=\"\\w{16}-\\d+\"] ";

    @TempDir
    Path folder;

    private final SyslogServer peer = new SyslogServer();

    private LogbackHarness configure(int port, String more) {
        return configure(port, TestEncoders.Lines.class.getName(), more);
    }

    private LogbackHarness configure(int port, String encoder, String more) {
        return LogbackHarness.configure(
                folder,
                "<appender name=\"SYSLOG\" class=\"io.inkfast.net.syslog.SyslogAppender\"><destination>localhost:"
                        + port
                        + "</destination><encoder class=\"" + encoder + "\"/>" + QUICK + more
                        + "</appender><root level=\"TRACE\"><appender-ref ref=\"SYSLOG\"/></root>");
    }

    private static SyslogAppender appender(LogbackHarness harness) {
        return harness.appender("SYSLOG", SyslogAppender.class);
    }

    private static List<String> log(LogbackHarness harness, int from, int to) {
        Logger logger = harness.logger("a");
        IntStream.range(from, to).forEach(i -> logger.info("event {}", i));
        return IntStream.range(from, to).mapToObj(i -> "event " + i).toList();
    }

    /* Without what stands in front, which has to be right. */
    private static List<String> bodies(List<String> messages) {
        List<String> bodies = new ArrayList<>();
        for (String message : messages) {
            String body = message.substring(message.indexOf("] ") + 2);
            assertThat(message.substring(0, message.length() - body.length())).matches(HEAD);
            bodies.add(body);
        }
        return bodies;
    }

    private static void awaitHealth(LogbackHarness harness, boolean healthy) {
        await().atMost(LIMIT).until(() -> appender(harness).health().healthy() == healthy);
    }

    @Nested
    class OverUdp {

        @Test
        void aMessageIsADatagram() throws Exception {
            try (DatagramServer server = new DatagramServer(0);
                    LogbackHarness harness = configure(server.port(), "")) {
                List<String> logged = log(harness, 0, 100);
                await().atMost(LIMIT).until(() -> server.datagrams().size() == 100);
                assertThat(bodies(server.texts())).containsExactlyElementsOf(logged);
                assertThat(appender(harness).counts().acknowledged()).isZero();
            }
        }

        @Test
        void aLongOneIsCutAtItsEndOnly() throws Exception {
            try (DatagramServer server = new DatagramServer(0);
                    LogbackHarness harness = configure(server.port(), "<maxSize>480</maxSize>")) {
                harness.logger("a").info("x".repeat(1000));
                await().atMost(LIMIT).until(() -> server.datagrams().size() == 1);
                assertThat(server.datagrams().get(0)).hasSize(480);
                assertThat(bodies(server.texts()).get(0)).matches("x+");
            }
        }
    }

    @Nested
    class OverTcp {

        private static final String TCP = "<transport>tcp</transport>";

        @Test
        void eachMessageHasItsLengthInFront() throws Exception {
            try (PeerServer server = PeerServer.plain(0, peer.tcp());
                    LogbackHarness harness = configure(server.port(), TCP)) {
                List<String> logged = new ArrayList<>(log(harness, 0, 1000));
                logged.add("gr\u00fc\u00dfe \ud83d\ude00\nsecond line");
                harness.logger("a").info(logged.get(1000));
                await().atMost(LIMIT).until(() -> peer.messages().size() == 1001);
                assertThat(bodies(peer.messages())).containsExactlyElementsOf(logged);
            }
        }

        @Test
        void orALineFeedBehindAndNoneWithin() throws Exception {
            List<String> lines = java.util.Collections.synchronizedList(new ArrayList<>());
            try (PeerServer server = PeerServer.plain(0, (in, out) -> {
                        java.io.BufferedReader reader = new java.io.BufferedReader(
                                new java.io.InputStreamReader(in, java.nio.charset.StandardCharsets.UTF_8));
                        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                            lines.add(line);
                        }
                    });
                    LogbackHarness harness = configure(server.port(), TCP + "<framing>LF</framing>")) {
                harness.logger("a").info("one\r\n<0>1 forged");
                harness.logger("a").info("two");
                await().atMost(LIMIT).until(() -> lines.size() == 2);
                assertThat(bodies(List.copyOf(lines))).containsExactly("one  <0>1 forged", "two");
            }
        }

        @Test
        void whatAKilledPeerHadNotReadIsSentAgain() throws Exception {
            PeerServer first = PeerServer.plain(0, peer.tcp());
            int port = first.port();
            try (LogbackHarness harness = configure(port, TCP)) {
                log(harness, 0, 5000);
                await().atMost(LIMIT).until(() -> peer.messages().size() > 100);
                first.close();
                try (PeerServer second = PeerServer.plain(port, peer.tcp())) {
                    log(harness, 5000, 6000);
                    assertThat(appender(harness).flush(LIMIT)).isTrue();
                    await().atMost(LIMIT)
                            .untilAsserted(() ->
                                    assertThat(new HashSet<>(peer.messages())).hasSize(6000));
                    assertThat(second.connections()).isPositive();
                }
            }
        }

        @Test
        void overTlsTheNameIsVerified() throws Exception {
            Certificates certificates = new Certificates(folder.resolve("tls"));
            String trust = "<transport>tls</transport><ssl><trustCertificates>" + certificates.authority()
                    + "</trustCertificates></ssl><stopTimeout>0</stopTimeout>";
            Path good = certificates.of("good", "dns:localhost", "-1H");
            Path other = certificates.of("other", "dns:elsewhere.example.com", "-1H");
            try (PeerServer server = PeerServer.tls(0, good, null, peer.tcp());
                    LogbackHarness harness = configure(server.port(), trust)) {
                List<String> logged = log(harness, 0, 10);
                await().atMost(LIMIT).until(() -> peer.messages().size() == 10);
                assertThat(bodies(peer.messages())).containsExactlyElementsOf(logged);
            }
            SyslogServer wrong = new SyslogServer();
            try (PeerServer server = PeerServer.tls(0, other, null, wrong.tcp());
                    LogbackHarness harness = configure(server.port(), trust)) {
                log(harness, 0, 10);
                awaitHealth(harness, false);
                assertThat(harness.complaints().get(0)).contains("the peer's certificate is for another host");
                assertThat(wrong.messages()).isEmpty();
            }
        }

        @Test
        void tlsWithoutMoreTrustsWhomTheJvmTrusts() throws Exception {
            Certificates certificates = new Certificates(folder.resolve("tls"));
            try (PeerServer server =
                            PeerServer.tls(0, certificates.of("good", "dns:localhost", "-1H"), null, peer.tcp());
                    LogbackHarness harness =
                            configure(server.port(), "<transport>tls</transport><stopTimeout>0</stopTimeout>")) {
                log(harness, 0, 1);
                awaitHealth(harness, false);
                assertThat(harness.complaints().get(0)).contains("is signed by nobody whom we trust");
                assertThat(peer.messages()).isEmpty();
            }
        }
    }

    @Nested
    class OverRelp {

        private static final String RELP = "<transport>relp</transport>";

        @Test
        void eachMessageIsAcknowledgedAndTheSessionEndsAsItShould() throws Exception {
            try (PeerServer server = PeerServer.plain(0, peer.relp())) {
                try (LogbackHarness harness = configure(server.port(), RELP)) {
                    List<String> logged = log(harness, 0, 5000);
                    assertThat(appender(harness).flush(LIMIT)).isTrue();
                    assertThat(bodies(peer.messages())).containsExactlyElementsOf(logged);
                    assertThat(appender(harness).counts().acknowledged()).isEqualTo(5000);
                    assertThat(harness.complaints()).isEmpty();
                }
                await().atMost(LIMIT).until(peer::wasClosed);
                assertThat(server.connections()).isEqualTo(1);
            }
        }

        @Test
        void answersMayComeInAnotherOrder() throws Exception {
            List<String> held = new ArrayList<>();
            peer.answering((number, message, out) -> {
                held.add(number);
                if (held.size() == 10) {
                    for (int i = 9; i >= 0; i--) {
                        SyslogServer.ok(held.get(i), out);
                    }
                    held.clear();
                }
            });
            try (PeerServer server = PeerServer.plain(0, peer.relp());
                    LogbackHarness harness = configure(server.port(), RELP + "<linger>200 ms</linger>")) {
                log(harness, 0, 100);
                assertThat(appender(harness).flush(LIMIT)).isTrue();
                assertThat(appender(harness).counts().acknowledged()).isEqualTo(100);
                assertThat(server.connections()).isEqualTo(1);
            }
        }

        @Test
        void noMoreThanAWindowIsWithoutAnAnswer() throws Exception {
            AtomicInteger unanswered = new AtomicInteger();
            peer.answering((number, message, out) -> unanswered.incrementAndGet());
            try (PeerServer server = PeerServer.plain(0, peer.relp());
                    LogbackHarness harness = configure(
                            server.port(),
                            RELP + "<windowSize>7</windowSize><linger>1 second</linger><stopTimeout>0</stopTimeout>")) {
                log(harness, 0, 100);
                await().atMost(LIMIT).until(() -> unanswered.get() == 7);
                await().during(Duration.ofMillis(300)).until(() -> unanswered.get() == 7);
                assertThat(server.connections()).isEqualTo(1);
            }
        }

        @Test
        void whatIsRefusedForNowGoesAgainAndNothingElse() throws Exception {
            AtomicInteger refusals = new AtomicInteger();
            peer.answering((number, message, out) -> {
                if (message.endsWith(" 5") && refusals.getAndIncrement() < 2) {
                    SyslogServer.say(number + " rsp 9 500 later\n", out);
                } else {
                    SyslogServer.ok(number, out);
                }
            });
            try (PeerServer server = PeerServer.plain(0, peer.relp());
                    LogbackHarness harness = configure(server.port(), RELP)) {
                log(harness, 0, 10);
                assertThat(appender(harness).flush(LIMIT)).isTrue();
                assertThat(peer.messages()).hasSize(12);
                assertThat(appender(harness).accounting().balance()).isEqualTo("received 10 = written 10");
                assertThat(harness.complaints().get(0)).contains("RELP status 500");
                assertThat(server.connections()).isEqualTo(1);
            }
        }

        @Test
        void whenThePeerIsKilledNothingIsLostAndAtMostAWindowPerKillIsThereTwice() throws Exception {
            int total = 20_000;
            PeerServer server = PeerServer.plain(0, peer.relp());
            int port = server.port();
            try (LogbackHarness harness = configure(port, RELP)) {
                Thread logging = new Thread(() -> log(harness, 0, total));
                logging.start();
                for (int kill = 1; kill <= 3; kill++) {
                    int seen = total / 4 * kill;
                    await().atMost(LIMIT).until(() -> peer.messages().size() >= seen);
                    server.close();
                    server = PeerServer.plain(port, peer.relp());
                }
                logging.join();
                assertThat(appender(harness).flush(LIMIT)).isTrue();
            }
            server.close();
            assertThat(new HashSet<>(peer.messages())).hasSize(total);
            assertThat(peer.messages().size() - total).isLessThanOrEqualTo(3 * 128);
        }

        @Test
        void aPeerThatDoesNotOpenTheSessionGetsNothing() throws Exception {
            try (PeerServer server = PeerServer.plain(0, (in, out) -> {
                        in.read();
                        SyslogServer.say("1 rsp 11 500 go away\n", out);
                        in.readAllBytes();
                    });
                    LogbackHarness harness = configure(server.port(), RELP + "<stopTimeout>0</stopTimeout>")) {
                log(harness, 0, 10);
                awaitHealth(harness, false);
                assertThat(appender(harness).counts().sent()).isZero();
            }
        }

        @Test
        void aPeerThatSaysItEndsIsLeft() throws Exception {
            AtomicInteger ends = new AtomicInteger();
            peer.answering((number, message, out) -> {
                SyslogServer.ok(number, out);
                if (ends.getAndIncrement() == 0) {
                    SyslogServer.say("0 serverclose 0\n", out);
                    throw new IOException("ends");
                }
            });
            try (PeerServer server = PeerServer.plain(0, peer.relp());
                    LogbackHarness harness = configure(server.port(), RELP)) {
                log(harness, 0, 1);
                assertThat(appender(harness).flush(LIMIT)).isTrue();
                log(harness, 1, 2);
                assertThat(appender(harness).flush(LIMIT)).isTrue();
                assertThat(bodies(peer.messages())).containsExactly("event 0", "event 1");
                assertThat(server.connections()).isEqualTo(2);
            }
        }
    }

    @Nested
    class WithAFallback {

        @Test
        void itTakesEventsUntilTheDestinationIsThereAndHealthSaysSo() throws Exception {
            int port = PeerServer.unusedPort();
            try (DatagramServer last = new DatagramServer(0);
                    LogbackHarness harness = configure(
                            port,
                            "<transport>relp</transport><fallback>udp:localhost:" + last.port() + "</fallback>")) {
                log(harness, 0, 10);
                await().atMost(LIMIT).until(() -> last.datagrams().size() == 10);
                assertThat(appender(harness).flush(LIMIT)).isTrue();
                assertThat(appender(harness).counts().acknowledged()).isZero();
                assertThat(appender(harness).health().healthy()).isFalse();
                assertThat(appender(harness).health().lastError()).isEqualTo("only the fallback takes events");
                try (PeerServer server = PeerServer.plain(port, peer.relp())) {
                    await().atMost(LIMIT).until(() -> {
                        log(harness, 10, 11);
                        return !peer.messages().isEmpty();
                    });
                    awaitHealth(harness, true);
                    assertThat(server.connections()).isEqualTo(1);
                }
            }
        }

        @Test
        void theConfigurationThatUsersCopyStartsWithNobodyThereAndDeliversWhenThePeerAppears() throws Exception {
            Path example = Path.of(
                    SyslogAppenderTest.class.getResource("/examples/syslog.xml").toURI());
            int port = PeerServer.unusedPort();
            try (LogbackHarness harness =
                    LogbackHarness.configure(example, Map.of("DESTINATION", "localhost:" + port))) {
                harness.logger("a").info("card {}", "4111 1111 1111 1111");
                awaitHealth(harness, false);
                assertThat(harness.complaints()).allMatch(line -> line.startsWith("WARN "));
                try (PeerServer server = PeerServer.plain(port, peer.tcp())) {
                    assertThat(appender(harness).flush(LIMIT)).isTrue();
                    await().atMost(LIMIT).until(() -> peer.messages().size() == 1);
                    assertThat(peer.messages().get(0))
                            .startsWith("<134>1 ")
                            .contains(" checkout ")
                            .contains("\"message\":\"card ****\"");
                    assertThat(server.connections()).isPositive();
                }
            }
        }
    }

    @Test
    void parametersAreMadeOfTheRedactedEvent() throws Exception {
        try (PeerServer server = PeerServer.plain(0, peer.tcp());
                LogbackHarness harness = configure(
                        server.port(),
                        "io.inkfast.mask.RedactingJsonEncoder",
                        "<transport>tcp</transport><parameter>trace=%X{traceId}</parameter><parameter>p=%X{password} %m"
                                + "</parameter>")) {
            MDCAdapter mdc = harness.context().getMDCAdapter();
            mdc.put("traceId", "4bf92f35");
            mdc.put("password", "hunter2hunter2");
            harness.logger("a").info("card {}", "4111 1111 1111 1111");
            mdc.clear();
            await().atMost(LIMIT).until(() -> peer.messages().size() == 1);
            assertThat(peer.messages().get(0))
                    .contains(" trace=\"4bf92f35\" p=\"**** card ****\"] {")
                    .doesNotContain("hunter2", "4111");
        }
    }

    @Test
    void bsdSyslogHasNoStructuredData() throws Exception {
        try (DatagramServer server = new DatagramServer(0);
                LogbackHarness harness = configure(
                        server.port(),
                        "<format>RFC3164</format><facility>local7</facility><appName>shop</appName>"
                                + "<hostName>web-1</hostName>")) {
            log(harness, 0, 1);
            await().atMost(LIMIT).until(() -> server.datagrams().size() == 1);
            assertThat(server.texts().get(0))
                    .matches("<190>[A-Z][a-z]{2} [ 123]\\d \\d\\d:\\d\\d:\\d\\d web-1 shop\\[\\d+]: event 0");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "transport | http | <transport> [http] is not one of UDP, TCP, TLS, RELP",
                "facility | lokal0 | <facility> [lokal0] is not one of kern, user,",
                "format | RFC1 | <format> [RFC1] is not one of RFC5424, RFC3164",
                "framing | CRLF | <framing> [CRLF] is not one of OCTET_COUNTED, LF",
                "maxSize | 479 | <maxSize> [479] is not",
                "windowSize | 0 | <windowSize> [0] is not",
                "fallback | localhost:514 | <fallback> [localhost:514] is not a transport, a host and a port, such as udp:localhost:514; transports are udp, tcp, tls, relp",
                "fallback | udp:localhost | <fallback> [localhost] is not a host and a port",
                "parameter | %m | <parameter> [%m] is not a name"
            })
    void aWrongSettingIsAnErrorThatNamesIt(String element, String value, String words) {
        try (LogbackHarness harness = configure(1, "<" + element + ">" + value + "</" + element + ">")) {
            assertThat(appender(harness).isStarted()).isFalse();
            assertThat(harness.complaints()).anyMatch(line -> line.startsWith("ERROR appender [SYSLOG]: " + words));
        }
    }

    @Test
    void tlsThatTheTransportDoesNotHaveIsAnError() {
        try (LogbackHarness harness = configure(1, "<transport>tcp</transport><ssl><enabled>true</enabled></ssl>")) {
            assertThat(appender(harness).isStarted()).isFalse();
            assertThat(harness.complaints())
                    .contains("ERROR appender [SYSLOG]: <ssl> has no effect over [tcp]; use tls or relp");
        }
    }

    @Test
    void parametersNeedAStandardThatHasThem() {
        try (LogbackHarness harness = configure(1, "<format>RFC3164</format><parameter>a=%m</parameter>")) {
            assertThat(appender(harness).isStarted()).isFalse();
            assertThat(harness.complaints())
                    .contains("ERROR appender [SYSLOG]: <structuredDataId> and <parameter> need <format> [RFC5424];"
                            + " [RFC3164] has no structured data");
        }
    }
}
