package io.inkfast.samples.elk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.inkfast.net.NetworkAppender;
import io.inkfast.testing.LogbackHarness;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

/** Delivery to a real rsyslog, over everything that it understands, killed in the middle and started again. */
@Timeout(600)
class RsyslogIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Pattern ID = Pattern.compile("event\\.id=\"(\\w{16}-\\d+)\"");

    @TempDir
    static Path keys;

    @TempDir
    Path folder;

    private static ServerKey key;

    @BeforeAll
    static void certificate() throws Exception {
        key = new ServerKey(keys);
    }

    private LogbackHarness configure(int port, String transport, String more) {
        return LogbackHarness.configure(
                folder,
                "<appender name='SYSLOG' class='io.inkfast.net.syslog.SyslogAppender'><destination>localhost:" + port
                        + "</destination><transport>" + transport + "</transport><facility>local0</facility>"
                        + "<appName>checkout</appName><hostName>web-1</hostName>"
                        + "<encoder class='io.inkfast.mask.RedactingJsonEncoder'/><maxRetryDelay>500 ms</maxRetryDelay>"
                        + more + "</appender><root level='INFO'><appender-ref ref='SYSLOG'/></root>");
    }

    private static NetworkAppender sink(LogbackHarness harness) {
        return harness.appender("SYSLOG", NetworkAppender.class);
    }

    private static void log(LogbackHarness harness, int from, int to) {
        Logger logger = harness.logger("orders");
        for (int i = from; i < to; i++) {
            logger.info("order {} is paid, gr\u00fc\u00dfe", i);
        }
    }

    private static List<String> ids(Rsyslog server) throws Exception {
        return server.lines().stream()
                .map(ID::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .toList();
    }

    private static void awaitIds(Rsyslog server, int count) {
        await().atMost(LIMIT).until(() -> new HashSet<>(ids(server)).size() == count);
    }

    private void deliversOver(String input, String transport, String more) throws Exception {
        try (Rsyslog server = new Rsyslog(folder, input, "");
                LogbackHarness harness = configure(server.port(), transport, more)) {
            server.start();
            log(harness, 0, 1000);
            assertThat(sink(harness).flush(LIMIT)).isTrue();
            awaitIds(server, 1000);
            assertThat(server.lines().get(0))
                    .startsWith("local0 info web-1 checkout - [inkfast@32473 event.id=\"")
                    .contains("\"message\":\"order 0 is paid, gr\u00fc\u00dfe\"");
        }
    }

    @Test
    void itArrivesOverTcp() throws Exception {
        deliversOver("type=\"imptcp\" address=\"127.0.0.1\" port=\"@PORT@\"", "tcp", "");
    }

    @Test
    void itArrivesOverTcpWithLineFeeds() throws Exception {
        deliversOver("type=\"imptcp\" address=\"127.0.0.1\" port=\"@PORT@\"", "tcp", "<framing>LF</framing>");
    }

    @Test
    void itArrivesOverUdp() throws Exception {
        deliversOver("type=\"imudp\" address=\"127.0.0.1\" port=\"@PORT@\" rcvbufSize=\"4m\"", "udp", "");
    }

    /* It wants to know who speaks, too, where there is RELP on top. */
    private static String ssl() {
        return "<ssl><trustCertificates>" + key.certificate() + "</trustCertificates><certificate>" + key.certificate()
                + "</certificate><key>" + key.key() + "</key></ssl>";
    }

    @Test
    void itArrivesOverTls() throws Exception {
        deliversOver(
                "type=\"imtcp\" address=\"127.0.0.1\" port=\"@PORT@\" streamdriver.name=\"ossl\" streamdriver.mode=\"1\""
                        + " streamdriver.authmode=\"anon\" streamdriver.keyfile=\"" + key.key()
                        + "\" streamdriver.certfile=\"" + key.certificate() + "\" streamdriver.cafile=\""
                        + key.certificate() + "\"",
                "tls",
                ssl());
    }

    @Test
    void itArrivesOverRelpWithTlsOnBothSides() throws Exception {
        deliversOver(
                "type=\"imrelp\" port=\"@PORT@\" maxdatasize=\"256k\" tls=\"on\" tls.cacert=\""
                        + key.certificate() + "\" tls.mycert=\"" + key.certificate()
                        + "\" tls.myprivkey=\"" + key.key()
                        + "\" tls.authmode=\"certvalid\" tls.permittedpeer=[\"*\"]",
                "relp",
                ssl());
    }

    @Test
    void killedThreeTimesItHasEveryEventOverRelpAndAtMostAWindowPerKillTwice() throws Exception {
        int total = 60_000;
        try (Rsyslog server = new Rsyslog(folder, "type=\"imrelp\" port=\"@PORT@\" maxdatasize=\"256k\"", "");
                LogbackHarness harness = configure(server.port(), "relp", "")) {
            server.start();
            Thread logging = new Thread(() -> log(harness, 0, total));
            logging.start();
            for (int kill = 1; kill <= 3; kill++) {
                int acknowledged = total / 4 * kill;
                await().atMost(LIMIT).until(() -> sink(harness).counts().acknowledged() >= acknowledged);
                server.kill();
                server.start();
            }
            logging.join();
            assertThat(sink(harness).flush(LIMIT)).isTrue();
            awaitIds(server, total);
            assertThat(ids(server).size() - total).isLessThanOrEqualTo(3 * 128);
            assertThat(sink(harness).accounting().balance()).isEqualTo("received " + total + " = written " + total);
            assertThat(sink(harness).counts().acknowledged()).isEqualTo(total);
        }
    }

    @Test
    void killedOverTcpItLacksNothingThatFitsIntoTheTail() throws Exception {
        int total = 40_000;
        try (Rsyslog server = new Rsyslog(folder, "type=\"imptcp\" address=\"127.0.0.1\" port=\"@PORT@\"", "");
                LogbackHarness harness = configure(server.port(), "tcp", "")) {
            server.start();
            Pace pace = Pace.start(harness.logger("orders"), total, 8_000);
            await().pollInterval(Duration.ofMillis(1)).atMost(LIMIT).until(() -> pace.logged() >= total / 2);
            server.kill();
            server.start();
            pace.join();
            assertThat(sink(harness).flush(LIMIT)).isTrue();
            awaitIds(server, total);
            System.err.println("RsyslogIT: killed over TCP: " + total + " events, 0 lost, "
                    + (ids(server).size() - total) + " twice");
        }
    }

    @Test
    void theConfigurationThatUsersCopyDeliversWhenTheServerAppears() throws Exception {
        Path example =
                Path.of(System.getProperty("inkfast.root"), "network-appenders/src/test/resources/examples/syslog.xml");
        try (Rsyslog server = new Rsyslog(folder, "type=\"imptcp\" address=\"127.0.0.1\" port=\"@PORT@\"", "");
                LogbackHarness harness =
                        LogbackHarness.configure(example, Map.of("DESTINATION", "localhost:" + server.port()))) {
            log(harness, 0, 1000);
            await().atMost(LIMIT).until(() -> !sink(harness).health().healthy());
            assertThat(harness.complaints()).allMatch(line -> line.startsWith("WARN "));
            server.start();
            assertThat(sink(harness).flush(LIMIT)).isTrue();
            awaitIds(server, 1000);
        }
    }

    @Test
    void throughRsyslogEveryEventIsInOpenSearchOnceAlthoughBothAreKilled() throws Exception {
        int total = 3_000;
        try (OpenSearch search = new OpenSearch(folder.resolve("opensearch"))) {
            search.start();
            String action =
                    "action(type=\"mmjsonparse\" cookie=\"\")\naction(type=\"omelasticsearch\" server=\"127.0.0.1\""
                            + " serverport=\""
                            + java.net.URI.create(search.url()).getPort() + "\" template=\"event\""
                            + " searchIndex=\"syslog\" searchType=\"\" bulkmode=\"on\" bulkid=\"id\" dynbulkid=\"on\" writeoperation=\"create\""
                            + " action.resumeRetryCount=\"-1\" action.resumeInterval=\"1\")";
            try (Rsyslog server = new Rsyslog(folder, "type=\"imrelp\" port=\"@PORT@\" maxdatasize=\"256k\"", action);
                    LogbackHarness harness = configure(server.port(), "relp", "")) {
                server.start();
                Thread logging = new Thread(() -> log(harness, 0, total));
                logging.start();
                await().atMost(LIMIT).until(() -> sink(harness).counts().acknowledged() >= total / 4);
                server.kill();
                server.start();
                await().atMost(LIMIT).until(() -> sink(harness).counts().acknowledged() >= total / 2);
                search.kill();
                search.start();
                logging.join();
                await().atMost(LIMIT.multipliedBy(2))
                        .until(() -> sink(harness).accounting().queued() == 0);
                await().atMost(LIMIT).until(() -> search.count("syslog") == total);
            }
        }
    }
}
