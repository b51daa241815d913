package io.inkfast.net.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.inkfast.net.Certificates;
import io.inkfast.net.PeerServer;
import io.inkfast.net.WithoutLibrary;
import io.inkfast.testing.LogbackHarness;
import io.inkfast.testing.TestEncoders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;

/** As a user configures it, and a peer that does what the test says. A real Redis is in samples/elk. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RedisStreamAppenderTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String LINES = "<encoder class=\"" + TestEncoders.Lines.class.getName() + "\"/>";
    private static final String QUICK = "<retryDelay>10 ms</retryDelay><maxRetryDelay>50 ms</maxRetryDelay>";

    @TempDir
    Path folder;

    private RespServer server;

    @BeforeEach
    void serve() throws Exception {
        server = new RespServer();
    }

    @AfterEach
    void end() throws Exception {
        server.close();
    }

    private static String elements(String settings) {
        return "<appender name=\"REDIS\" class=\"io.inkfast.net.redis.RedisStreamAppender\">" + settings + LINES
                + "</appender><root level=\"TRACE\"><appender-ref ref=\"REDIS\"/></root>";
    }

    private LogbackHarness configure(String settings) {
        return LogbackHarness.configure(folder, elements(settings));
    }

    private String url() {
        return "redis://127.0.0.1:" + server.port();
    }

    private LogbackHarness working(String more) {
        return configure("<url>" + url() + "</url><stream>logs</stream><linger>0</linger>" + QUICK + more);
    }

    private static RedisStreamAppender appender(LogbackHarness harness) {
        return harness.appender("REDIS", RedisStreamAppender.class);
    }

    private static String balance(LogbackHarness harness) {
        return appender(harness).accounting().balance();
    }

    private static List<String> log(LogbackHarness harness, int from, int to) {
        Logger logger = harness.logger("a");
        IntStream.range(from, to).forEach(i -> logger.info("event {}", i));
        return IntStream.range(from, to).mapToObj(i -> "event " + i).toList();
    }

    @Test
    void addsEachEventOnceInOrderUnderItsId() {
        try (LogbackHarness harness = working("")) {
            List<String> logged = log(harness, 0, 1000);
            assertThat(appender(harness).flush(LIMIT)).isTrue();
            assertThat(server.data()).containsExactlyElementsOf(logged);
            List<String> first = server.commands("XADD").get(0);
            assertThat(first).hasSize(10).startsWith("XADD", "logs", "MAXLEN", "~", "1000000", "*", "id");
            assertThat(first.get(7)).matches("[0-9a-z]{16}-1");
            assertThat(first.subList(8, 10)).containsExactly("data", "event 0");
            assertThat(balance(harness)).isEqualTo("received 1000 = written 1000");
            assertThat(appender(harness).counts().acknowledged()).isEqualTo(1000);
            assertThat(harness.complaints()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"<maxLen>10</maxLen>, XADD logs MAXLEN ~ 10 *", "<maxLen>0</maxLen>, XADD logs *"})
    void theStreamIsBoundedByNumber(String setting, String command) {
        try (LogbackHarness harness = working(setting)) {
            harness.logger("a").info("x");
            assertThat(appender(harness).flush(LIMIT)).isTrue();
            assertThat(String.join(" ", server.commands("XADD").get(0))).startsWith(command);
        }
    }

    @Test
    void orByAge() {
        long now = System.currentTimeMillis();
        try (LogbackHarness harness = working("<maxAge>1 hour</maxAge>")) {
            harness.logger("a").info("x");
            assertThat(appender(harness).flush(LIMIT)).isTrue();
            List<String> command = server.commands("XADD").get(0);
            assertThat(command).startsWith("XADD", "logs", "MINID", "~");
            assertThat(Long.parseLong(command.get(4))).isBetween(now - 3_600_000, now - 3_600_000 + 60_000);
        }
    }

    @Test
    void aDatabaseIsSelected() {
        try (LogbackHarness harness = configure("<url>" + url() + "/3</url><stream>logs</stream>")) {
            harness.logger("a").info("x");
            assertThat(appender(harness).flush(LIMIT)).isTrue();
            assertThat(server.commands("SELECT")).containsExactly(List.of("SELECT", "3"));
        }
    }

    @Nested
    class Passwords {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "<password>hunter2</password> | AUTH hunter2",
                    "<username>me</username><password>hunter2</password> | AUTH me hunter2"
                })
        void sayWhoWeAreAndAreNeverShown(String settings, String command) {
            server.wants("hunter2");
            try (LogbackHarness harness = working(settings)) {
                harness.logger("a").info("x");
                assertThat(appender(harness).flush(LIMIT)).isTrue();
                assertThat(String.join(" ", server.commands("AUTH").get(0))).isEqualTo(command);
                assertThat(harness.statuses()).noneMatch(line -> line.contains("hunter2"));
            }
        }

        @Test
        void inAFileMayBeReplaced() throws Exception {
            server.wants("new");
            Path file = Files.writeString(folder.resolve("password"), "old\n");
            try (LogbackHarness harness = working("<passwordFile>" + file + "</passwordFile>")) {
                harness.logger("a").info("x");
                await().atMost(LIMIT).until(() -> !appender(harness).health().healthy());
                assertThat(appender(harness).health().lastError())
                        .isEqualTo("WRONGPASS, it does not know this user name and password");
                Files.writeString(file, "new\n");
                assertThat(appender(harness).flush(LIMIT)).isTrue();
                assertThat(server.data()).containsExactly("x");
                assertThat(harness.complaints())
                        .containsExactly(
                                "WARN [" + url() + "] does not let us send: WRONGPASS, it does not know this user"
                                        + " name and password; events are kept and it is tried again until that is mended");
            }
        }

        @Test
        void thatIsMissingIsNoLoss() {
            server.wants("hunter2");
            try (LogbackHarness harness = working("<stopTimeout>0</stopTimeout>")) {
                harness.logger("a").info("x");
                await().atMost(LIMIT).until(() -> !appender(harness).health().healthy());
                assertThat(appender(harness).health().lastError()).isEqualTo("NOAUTH, it wants a password");
                assertThat(balance(harness)).isEqualTo("received 1 = written 0 + queued 1");
                assertThat(harness.complaints()).allMatch(line -> line.startsWith("WARN "));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"OOM no", "LOADING no", "READONLY no", "CLUSTERDOWN no", "NOPERM no", "WRONGTYPE no", "ERR no"})
    void whateverItAnswersNothingIsLost(String error) {
        AtomicInteger refusals = new AtomicInteger(3);
        server.behave(command -> refusals.getAndDecrement() > 0 ? "-" + error + "\r\n" : RespServer.TAKEN);
        try (LogbackHarness harness = working("")) {
            harness.logger("a").info("x");
            assertThat(appender(harness).flush(LIMIT)).isTrue();
            assertThat(server.data()).containsExactly("x", "x", "x", "x");
            assertThat(server.commands("XADD").stream().map(each -> each.get(7)))
                    .allMatch(id -> id.endsWith("-1"));
            assertThat(balance(harness)).isEqualTo("received 1 = written 1");
            assertThat(harness.complaints()).isNotEmpty().allMatch(line -> line.startsWith("WARN "));
        }
    }

    @Test
    void onlyWhatWasNotTakenIsSentAgain() {
        AtomicInteger number = new AtomicInteger();
        server.behave(command -> number.incrementAndGet() % 10 == 0 ? "-OOM no\r\n" : RespServer.TAKEN);
        try (LogbackHarness harness = working("")) {
            log(harness, 0, 500);
            assertThat(appender(harness).flush(LIMIT)).isTrue();
            assertThat(balance(harness)).isEqualTo("received 500 = written 500");
            // Each tenth command failed; what was taken was not repeated.
            assertThat(server.data()).hasSize(500 + number.get() / 10);
        }
    }

    @Test
    void whenTheConnectionBreaksWhatWasNotAnsweredIsSentAgainUnderTheSameId() {
        AtomicInteger number = new AtomicInteger();
        server.behave(command -> {
            if (number.incrementAndGet() == 50) {
                cut();
                return null;
            }
            return RespServer.TAKEN;
        });
        try (LogbackHarness harness = working("")) {
            List<String> logged = log(harness, 0, 200);
            assertThat(appender(harness).flush(LIMIT)).isTrue();
            assertThat(balance(harness)).isEqualTo("received 200 = written 200");
            assertThat(server.data().stream().distinct()).containsExactlyElementsOf(logged);
            assertThat(server.commands("XADD").stream()
                            .map(each -> each.get(7) + each.get(9))
                            .distinct())
                    .hasSize(200);
        }
    }

    private void cut() {
        try {
            server.cut();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aPeerThatAnswersNothingIsLeft() {
        AtomicInteger number = new AtomicInteger();
        server.behave(command -> number.incrementAndGet() == 1 ? null : RespServer.TAKEN);
        try (LogbackHarness harness = working("<commandTimeout>100 ms</commandTimeout>")) {
            harness.logger("a").info("x");
            assertThat(appender(harness).flush(LIMIT)).isTrue();
            assertThat(server.data()).containsExactly("x", "x");
            assertThat(harness.complaints())
                    .containsExactly("WARN cannot send to [" + url() + "]: java.io.IOException (no answer within 100"
                            + " milliseconds); events are kept and it is tried again");
        }
    }

    @Test
    void theNextServerIsTakenWhenTheFirstIsGone() throws Exception {
        try (LogbackHarness harness = configure("<url>redis://127.0.0.1:" + PeerServer.unusedPort() + ", " + url()
                + "</url><stream>logs</stream>" + QUICK)) {
            harness.logger("a").info("x");
            assertThat(appender(harness).flush(LIMIT)).isTrue();
            assertThat(server.data()).containsExactly("x");
        }
    }

    @Nested
    class WhenTheConfigurationIsWrong {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "<stream>a</stream> | <url> is required",
                    "<url>redis://a</url> | <stream> is required",
                    "<url>http://a</url><stream>a</stream> | <url> [http://a] is not a URL such as redis://host:6379, rediss://host:6379 or redis://host:6379/2",
                    "<url>redis://a/x</url><stream>a</stream> | <url> [redis://a/x] is not a URL such as redis://host:6379, rediss://host:6379 or redis://host:6379/2",
                    "<url>redis://:hunter2@a</url><stream>a</stream> | <url> has a user name or password in it; use <username> and <password>",
                    "<url>redis://:12,34@a</url><stream>a</stream> | <url> has a user name or password in it; use <username> and <password>",
                    "<url>redis://a</url><stream>a</stream><maxLen>x</maxLen> | <maxLen> [x] is not a whole number from 0 to 2147483647",
                    "<url>redis://a</url><stream>a</stream><maxLen>1</maxLen><maxAge>1 day</maxAge> | only one of <maxLen> and <maxAge> can be used",
                    "<url>redis://a</url><stream>a</stream><username>x</username> | <username> needs <password> or <passwordFile>",
                    "<url>redis://a</url><stream>a</stream><password>x</password><passwordFile>y</passwordFile> | only one of <password> and <passwordFile> can be used",
                    "<url>redis://a</url><stream>a</stream><ssl><enabled>true</enabled></ssl> | <ssl> needs URLs with rediss; at least one <url> begins with redis:"
                })
        void itSaysWhatIsWrongAndStaysStopped(String settings, String problem) {
            try (LogbackHarness harness = configure(settings)) {
                assertThat(appender(harness).isStarted()).isFalse();
                assertThat(harness.complaints()).contains("ERROR appender [REDIS]: " + problem);
                assertThat(harness.statuses()).noneMatch(line -> line.contains("hunter2"));
                harness.logger("a").info("x");
                assertThat(balance(harness)).isEqualTo("received 1 = written 0 + rejected 1");
            }
        }

        @ParameterizedTest
        @CsvSource({
            "lettuce-core, io.lettuce.core.RedisClient",
            "netty-transport-4, io.netty.channel.Channel",
            "reactor-core, reactor.core.publisher.Mono"
        })
        void aMissingLibraryIsNamed(String jar, String missing) throws Exception {
            assertThat(WithoutLibrary.complaints(
                            jar, folder, elements("<url>redis://localhost:1</url><stream>a</stream>")))
                    .asString()
                    .contains("ERROR appender [REDIS]: it needs io.lettuce:lettuce-core; add it, in the version that"
                            + " Inkfast's BOM has, on the module path also --add-modules lettuce.core"
                            + " (ClassNotFoundException: " + missing + ")")
                    .contains("ERROR appender [REDIS] is not started");
        }
    }

    @Nested
    class WhenNobodyListens {

        @ParameterizedTest
        @ValueSource(strings = {"127.0.0.1", "no-such-host.invalid"})
        void thatIsAWarningAndNobodyWaits(String host) throws Exception {
            LogbackHarness harness = configure("<url>redis://" + host + ":" + PeerServer.unusedPort()
                    + "</url><stream>logs</stream><stopTimeout>200 ms</stopTimeout>");
            log(harness, 0, 10_000);
            RedisStreamAppender appender = appender(harness);
            await().atMost(LIMIT).until(() -> !appender.health().healthy());
            assertThat(harness.complaints())
                    .hasSize(1)
                    .allMatch(line -> line.startsWith("WARN cannot send to [redis://" + host + ":"));
            assertThat(balance(harness)).isEqualTo("received 10000 = written 0 + queued 10000");
            harness.close();
            assertThat(appender.accounting().balance()).isEqualTo("received 10000 = written 0 + discarded 10000");
            await().atMost(LIMIT)
                    .until(() -> Thread.getAllStackTraces().keySet().stream()
                            .noneMatch(thread -> thread.getName().startsWith("inkfast-net-REDIS")));
        }

        @Test
        void whatTheClientLogsIsNotSent() {
            try (LogbackHarness harness = working("")) {
                harness.logger("io.lettuce.core.protocol.ConnectionWatchdog").warn("x");
                harness.logger("io.netty.channel.nio").warn("x");
                harness.logger("a").info("y");
                assertThat(appender(harness).flush(LIMIT)).isTrue();
                assertThat(server.data()).containsExactly("y");
                assertThat(balance(harness)).isEqualTo("received 3 = written 1 + filtered 2");
            }
        }
    }

    @Nested
    class WithTls {

        private RespServer tls(Path keys) throws Exception {
            char[] password = Certificates.PASSWORD.toCharArray();
            KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            own.init(KeyStore.getInstance(keys.toFile(), password), password);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own.getKeyManagers(), null, null);
            return RespServer.tls(context.getServerSocketFactory());
        }

        private LogbackHarness trusting(RespServer peer, Path trusted) {
            return configure("<url>rediss://localhost:" + peer.port() + "</url><stream>logs</stream>" + QUICK
                    + "<stopTimeout>0</stopTimeout><ssl><trustCertificates>" + trusted
                    + "</trustCertificates></ssl>");
        }

        @Test
        void whomWeTrustGetsEvents() throws Exception {
            Certificates certificates = new Certificates(folder.resolve("tls"));
            try (RespServer peer = tls(certificates.of("good", "dns:localhost,ip:127.0.0.1", "-1H"));
                    LogbackHarness harness = trusting(peer, certificates.authority())) {
                harness.logger("a").info("x");
                assertThat(appender(harness).flush(LIMIT)).isTrue();
                assertThat(peer.data()).containsExactly("x");
                assertThat(harness.complaints()).isEmpty();
            }
        }

        @ParameterizedTest
        @CsvSource({
            "dns:elsewhere, -1H, the peer's certificate is for another host",
            "'dns:localhost,ip:127.0.0.1', -2d, the peer's certificate has expired"
        })
        void whomWeDoNotGetsNothing(String names, String start, String why) throws Exception {
            Certificates certificates = new Certificates(folder.resolve("tls"));
            try (RespServer peer = tls(certificates.of("bad", names, start));
                    LogbackHarness harness = trusting(peer, certificates.authority())) {
                harness.logger("a").info("x");
                await().atMost(LIMIT).until(() -> !appender(harness).health().healthy());
                assertThat(appender(harness).health().lastError()).isEqualTo(why);
                assertThat(peer.data()).isEmpty();
            }
        }
    }
}
