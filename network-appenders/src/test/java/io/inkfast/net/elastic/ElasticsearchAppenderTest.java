package io.inkfast.net.elastic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.LoggingEventVO;
import io.inkfast.net.Certificates;
import io.inkfast.net.PeerServer;
import io.inkfast.testing.LogbackHarness;
import io.inkfast.testing.TestEncoders;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;

/** As a user configures it, and a peer that does what the test says. Real servers are in samples/elk. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ElasticsearchAppenderTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String LINES = "<encoder class=\"" + TestEncoders.Lines.class.getName() + "\"/>";

    @TempDir
    Path folder;

    private ScriptedServer server;

    @BeforeEach
    void serve() throws Exception {
        server = new ScriptedServer();
    }

    @AfterEach
    void end() {
        server.close();
    }

    private LogbackHarness configure(String settings) {
        return LogbackHarness.configure(
                folder,
                "<appender name=\"ELK\" class=\"io.inkfast.net.elastic.ElasticsearchAppender\">" + settings
                        + "</appender><root level=\"TRACE\"><appender-ref ref=\"ELK\"/></root>");
    }

    private LogbackHarness working(String more) {
        return configure("<url>" + server.url() + "</url><index>app</index>" + LINES + more);
    }

    private static ElasticsearchAppender appender(LogbackHarness harness) {
        return harness.appender("ELK", ElasticsearchAppender.class);
    }

    private static String balance(LogbackHarness harness) {
        return appender(harness).accounting().balance();
    }

    @Test
    void sendsEachEventOnceInOrderUnderItsId() {
        try (LogbackHarness harness = working("")) {
            Logger logger = harness.logger("a");
            IntStream.range(0, 1000).forEach(i -> logger.info("event {}", i));
            assertThat(appender(harness).flush(LIMIT)).isTrue();
            assertThat(server.documents())
                    .containsExactlyElementsOf(
                            IntStream.range(0, 1000).mapToObj(i -> "event " + i).toList());
            assertThat(server.actions().get(0))
                    .matches("\\{\"create\":\\{\"_index\":\"app\",\"_id\":\"[0-9a-z]{16}-1\"}}");
            assertThat(server.actions()).doesNotHaveDuplicates();
            assertThat(balance(harness)).isEqualTo("received 1000 = written 1000");
            assertThat(appender(harness).counts().acknowledged()).isEqualTo(1000);
            assertThat(harness.complaints()).isEmpty();
        }
    }

    /* As they come from another JVM: they have no number, and can be given none. */
    @Test
    void eventsThatAreNotLogbacksOwnHaveIdsOfTheirOwn() {
        try (LogbackHarness harness = working("")) {
            for (int i = 0; i < 3; i++) {
                LoggingEvent event =
                        new LoggingEvent("x", harness.context().getLogger("a"), Level.INFO, "event " + i, null, null);
                appender(harness).doAppend(LoggingEventVO.build(event));
            }
            assertThat(appender(harness).flush(LIMIT)).isTrue();
            assertThat(server.documents()).containsExactly("event 0", "event 1", "event 2");
            assertThat(server.actions()).doesNotHaveDuplicates();
        }
    }

    @Test
    void theIndexHasTheDateOfTheEvent() {
        try (LogbackHarness harness =
                configure("<url>" + server.url() + "</url><index>app-%d{yyyy.MM.dd}-x</index>" + LINES)) {
            harness.logger("a").info("x");
            assertThat(appender(harness).flush(LIMIT)).isTrue();
            String today = DateTimeFormatter.ofPattern("yyyy.MM.dd")
                    .withZone(ZoneOffset.UTC)
                    .format(Instant.now());
            assertThat(server.actions().get(0)).contains("\"_index\":\"app-" + today + "-x\"");
        }
    }

    @Test
    void theEncoderWritesTheIdToo() {
        try (LogbackHarness harness = configure("<url>" + server.url()
                + "</url><index>app</index><encoder class=\"io.inkfast.mask.RedactingJsonEncoder\"/>")) {
            harness.logger("a").info("card {}", "4111 1111 1111 1111");
            assertThat(appender(harness).flush(LIMIT)).isTrue();
            String id = server.actions().get(0).replaceAll(".*\"_id\":\"([^\"]*)\".*", "$1");
            assertThat(server.documents().get(0))
                    .contains("\"event.id\":\"" + id + "\"")
                    .contains("\"card ****\"");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<username>me</username><password>secret</password> | Basic bWU6c2VjcmV0",
                "<apiKey>abc</apiKey> | ApiKey abc",
                "<bearerToken>abc</bearerToken> | Bearer abc"
            })
    void saysWhoItIs(String settings, String header) {
        try (LogbackHarness harness = working(settings + "<header>X-Team: shop</header>")) {
            harness.logger("a").info("x");
            assertThat(appender(harness).flush(LIMIT)).isTrue();
            assertThat(server.lastHeaders().getFirst("Authorization")).isEqualTo(header);
            assertThat(server.lastHeaders().getFirst("X-Team")).isEqualTo("shop");
            assertThat(harness.statuses()).noneMatch(line -> line.contains("secret") || line.contains("abc"));
        }
    }

    @Test
    void aSecretThatIsReplacedInItsFileIsUsedWithTheNextRequest() throws Exception {
        Path file = Files.writeString(folder.resolve("password"), "old\n");
        String good = "Basic "
                + Base64.getEncoder().encodeToString("me:new".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        server.behave((headers, documents) -> good.equals(headers.getFirst("Authorization")) ? 200 : 401);
        try (LogbackHarness harness = working("<username>me</username><passwordFile>" + file
                + "</passwordFile><deadLetter>" + folder.resolve("dead") + "</deadLetter>")) {
            harness.logger("a").info("x");
            await().atMost(LIMIT).until(() -> !appender(harness).health().healthy());
            assertThat(appender(harness).health().lastError()).isEqualTo("HTTP 401");
            Files.writeString(file, "new\n");
            assertThat(appender(harness).flush(LIMIT)).isTrue();
            assertThat(balance(harness)).isEqualTo("received 1 = written 1");
            assertThat(harness.complaints())
                    .containsExactly(
                            "WARN [" + server.url() + "] does not let us send: HTTP 401; events are kept and it"
                                    + " is tried again until that is mended");
            assertThat(folder.resolve("dead")).doesNotExist();
        }
    }

    @ParameterizedTest
    @CsvSource({"429", "500", "502", "503", "504", "404", "403", "301", "408"})
    void whateverItAnswersNothingIsLost(int status) {
        int[] answers = {3};
        server.behave((headers, documents) -> answers[0]-- > 0 ? status : 200);
        try (LogbackHarness harness = working("<retryDelay>10 ms</retryDelay>")) {
            harness.logger("a").info("x");
            assertThat(appender(harness).flush(LIMIT)).isTrue();
            assertThat(server.documents()).containsExactly("x");
            assertThat(appender(harness).counts().repeated()).isEqualTo(3);
        }
    }

    @Nested
    class WhenTheConfigurationIsWrong {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "<index>a</index> | <url> is required",
                    "<url>ftp://a</url><index>a</index> | <url> [ftp://a] is not a URL such as https://host:9200",
                    "<url>http://a b</url><index>a</index> | <url> [http://a b] is not a URL such as https://host:9200",
                    "<url>http://u:p@a</url><index>a</index> | <url> has a user name in it; use <username> and <password>",
                    "<url>http://a</url> | <index> is required",
                    "<url>http://a</url><index>App</index> | <index> [App] is not the name of an index: small letters, digits, and any of -_.+ but not as the first, 255 bytes at most; a date is %d{yyyy.MM.dd}",
                    "<url>http://a</url><index>a-%d{bad!!</index> | <index> [a-%d{bad!!] is not the name of an index: small letters, digits, and any of -_.+ but not as the first, 255 bytes at most; a date is %d{yyyy.MM.dd}",
                    "<url>http://a</url><index>a-%d{RRRR}</index> | <index> [a-%d{RRRR}] has a date that is none; an example: %d{yyyy.MM.dd}",
                    "<url>http://a</url><index>a</index><username>x</username> | <username> and <password> (or <passwordFile>) need each other",
                    "<url>http://a</url><index>a</index><apiKey>x</apiKey><bearerToken>y</bearerToken> | only one of <username>, <apiKey> and <bearerToken> can be used",
                    "<url>http://a</url><index>a</index><apiKey>x</apiKey><apiKeyFile>y</apiKeyFile> | only one of <apiKey> and <apiKeyFile> can be used",
                    "<url>http://a</url><index>a</index><header>x</header> | <header> is not a name and a value, such as X-Scope-OrgID: shop",
                    "<url>http://a</url><index>a</index><compression>zip</compression> | <compression> [zip] is not one of GZIP, NONE; did you mean GZIP?",
                    "<url>http://a</url><index>a</index><maxBatchSize>0</maxBatchSize> | <maxBatchSize> [0] is not a whole number from 1 to 1048576",
                    "<url>http://a</url><index>a</index><retryDelay>1 minute</retryDelay> | <maxRetryDelay> [30 seconds] is less than <retryDelay> [1 minute]",
                    "<url>http://a</url><index>a</index><overflow>DROP</overflow> | <overflow> [DROP] is not one of BLOCK, BLOCK_TIMEOUT, DROP_NEWEST, DROP_OLDEST"
                })
        void itSaysWhatIsWrongAndStaysStopped(String settings, String problem) {
            try (LogbackHarness harness = configure(settings + LINES)) {
                assertThat(appender(harness).isStarted()).isFalse();
                assertThat(harness.complaints()).contains("ERROR appender [ELK]: " + problem);
                assertThat(harness.complaints())
                        .contains("ERROR appender [ELK] is not started; its events are rejected, and shown on standard"
                                + " error");
                harness.logger("a").info("x");
                assertThat(balance(harness)).isEqualTo("received 1 = written 0 + rejected 1");
            }
        }

        @Test
        void aMisspeltElementIsNamedWithTheNearestOne() {
            try (LogbackHarness harness = working("<lingr>5 ms</lingr>")) {
                assertThat(appender(harness).isStarted()).isFalse();
                assertThat(harness.complaints())
                        .anyMatch(line -> line.contains("<lingr>") && line.contains("<linger>"));
            }
        }

        @Test
        void allProblemsAreReportedAtOnce() {
            try (LogbackHarness harness = configure("<index>A</index><linger>x</linger>")) {
                assertThat(harness.complaints().stream().filter(line -> line.startsWith("ERROR appender [ELK]: ")))
                        .hasSizeGreaterThanOrEqualTo(3);
            }
        }
    }

    @Nested
    class WhenNobodyListens {

        private LogbackHarness absent(String more) throws Exception {
            return configure(
                    "<url>http://127.0.0.1:" + PeerServer.unusedPort() + "</url><index>app</index>" + LINES + more);
        }

        @Test
        void thatIsAWarningAndNoCallWaits() throws Exception {
            try (LogbackHarness harness = absent("<stopTimeout>0</stopTimeout>")) {
                harness.logger("a").info("x");
                await().atMost(LIMIT).until(() -> !appender(harness).health().healthy());
                assertThat(harness.complaints()).hasSize(1).allMatch(line -> line.startsWith("WARN cannot send to ["));
                assertThat(appender(harness).isStarted()).isTrue();
                assertThat(balance(harness)).isEqualTo("received 1 = written 0 + queued 1");
            }
        }

        @Test
        void stopKeepsItsLimitAndCountsWhatWasLeft() throws Exception {
            LogbackHarness harness = absent("<stopTimeout>200 ms</stopTimeout>");
            harness.logger("a").info("x");
            harness.logger("a").info("y");
            ElasticsearchAppender appender = appender(harness);
            harness.close();
            assertThat(appender.accounting().balance()).isEqualTo("received 2 = written 0 + discarded 2");
        }

        @Test
        void whatFindsTheQueueFullIsDroppedByPolicyAndTheLogSaysSo() throws Exception {
            try (LogbackHarness harness = working("<queueSize>100</queueSize><overflow>DROP_NEWEST</overflow>"
                    + "<blockTimeout>0</blockTimeout><maxBatchSize>10</maxBatchSize>")) {
                CountDownLatch goOn = new CountDownLatch(1);
                server.behave((headers, documents) -> {
                    try {
                        return goOn.await(30, TimeUnit.SECONDS) ? 200 : 500;
                    } catch (InterruptedException e) {
                        return 500;
                    }
                });
                Logger logger = harness.logger("a");
                IntStream.range(0, 1000).forEach(i -> logger.info("event {}", i));
                long dropped = appender(harness).accounting().dropped();
                assertThat(dropped).isBetween(800L, 920L);
                goOn.countDown();
                assertThat(appender(harness).flush(LIMIT)).isTrue();
                await().atMost(LIMIT)
                        .until(() -> server.documents().stream().anyMatch(line -> line.contains("events dropped")));
                assertThat(appender(harness).flush(LIMIT)).isTrue();
                assertThat(server.documents().get(server.documents().size() - 1))
                        .startsWith("appender [ELK]: " + dropped + " events dropped (INFO " + dropped + ") between ");
                assertThat(balance(harness))
                        .isEqualTo("received 1001 = written " + (1001 - dropped) + " + dropped " + dropped);
            }
        }
    }

    @Nested
    class WithTls {

        private static final String NAMES = "dns:localhost,ip:127.0.0.1";

        private String trusting(int port, Path trusted) {
            return "<url>https://localhost:" + port + "</url><index>app</index>" + LINES
                    + "<retryDelay>10 ms</retryDelay><maxRetryDelay>50 ms</maxRetryDelay><ssl><trustCertificates>"
                    + trusted
                    + "</trustCertificates></ssl>";
        }

        @Test
        void nothingGoesToAPeerThatIsNotTrustedUntilTheFileSaysThatItIs() throws Exception {
            Certificates ours = new Certificates(folder.resolve("ours"));
            Certificates others = new Certificates(folder.resolve("others"));
            Path trusted = Files.copy(others.authority(), folder.resolve("trusted.pem"));
            try (ScriptedServer peer = ScriptedServer.tls(0, ours.of("good", NAMES, "-1H"));
                    LogbackHarness harness = configure(trusting(peer.port(), trusted))) {
                harness.logger("a").info("x");
                await().atMost(LIMIT).until(() -> !appender(harness).health().healthy());
                assertThat(harness.complaints())
                        .containsExactly("WARN cannot send to [https://localhost:" + peer.port()
                                + "]: the peer's certificate is signed by nobody whom we trust; events are kept and it is"
                                + " tried again");
                assertThat(peer.documents()).isEmpty();
                Files.writeString(trusted, Files.readString(ours.authority()) + "\n");
                assertThat(appender(harness).flush(LIMIT)).isTrue();
                assertThat(peer.documents()).containsExactly("x");
            }
        }

        @Test
        void aCertificateOfAnotherHostIsRefused() throws Exception {
            Certificates ours = new Certificates(folder.resolve("ours"));
            try (ScriptedServer peer = ScriptedServer.tls(0, ours.of("other", "dns:elsewhere.example.com", "-1H"));
                    LogbackHarness harness =
                            configure(trusting(peer.port(), ours.authority()) + "<stopTimeout>0</stopTimeout>")) {
                harness.logger("a").info("x");
                await().atMost(LIMIT).until(() -> !appender(harness).health().healthy());
                assertThat(appender(harness).health().lastError())
                        .isEqualTo("the peer's certificate is for another host");
                assertThat(peer.documents()).isEmpty();
            }
        }

        @Test
        void urlsWithoutItAreAnError() {
            try (LogbackHarness harness = working("<ssl><enabled>true</enabled></ssl>")) {
                assertThat(harness.complaints())
                        .contains(
                                "ERROR appender [ELK]: <ssl> needs URLs with https; at least one <url> begins with http:");
            }
        }
    }

    @Nested
    class WhenItsPeerHangs {

        @Test
        void stopDoesNotWaitForIt() {
            CountDownLatch end = new CountDownLatch(1);
            server.behave((headers, documents) -> {
                try {
                    return end.await(50, TimeUnit.SECONDS) ? 200 : 500;
                } catch (InterruptedException e) {
                    return 500;
                }
            });
            LogbackHarness harness = working("<stopTimeout>100 ms</stopTimeout>");
            ElasticsearchAppender appender = appender(harness);
            harness.logger("a").info("x");
            await().atMost(LIMIT).until(() -> appender.counts().sent() == 1);
            harness.close();
            end.countDown();
            assertThat(appender.accounting().balance()).isEqualTo("received 1 = written 0 + discarded 1");
            await().atMost(LIMIT)
                    .until(() -> Thread.getAllStackTraces().keySet().stream()
                            .noneMatch(thread -> thread.getName().startsWith("inkfast-net-ELK")));
        }

        @Test
        void anAnswerThatDoesNotComeInTimeHasTheRequestSentAgain() {
            int[] slow = {1};
            CountDownLatch never = new CountDownLatch(1);
            server.behave((headers, documents) -> {
                if (slow[0]-- > 0) {
                    try {
                        return never.await(2, TimeUnit.SECONDS) ? 200 : 500;
                    } catch (InterruptedException e) {
                        return 500;
                    }
                }
                return 200;
            });
            try (LogbackHarness harness =
                    working("<requestTimeout>100 ms</requestTimeout><retryDelay>10 ms</retryDelay>")) {
                harness.logger("a").info("x");
                assertThat(appender(harness).flush(LIMIT)).isTrue();
                assertThat(server.documents()).containsExactly("x");
                assertThat(harness.complaints().get(0)).contains("java.net.http.HttpTimeoutException");
            }
        }
    }

    @Test
    void whatItsOwnThreadsAndItsClientLogIsNotSent() {
        try (LogbackHarness harness = working("")) {
            Thread own = new Thread(() -> harness.logger("a").info("from within"), "inkfast-net-ELK");
            own.start();
            await().atMost(LIMIT).until(() -> !own.isAlive());
            harness.logger("jdk.internal.httpclient.debug").info("chatter");
            harness.logger("a").info("x");
            assertThat(appender(harness).flush(LIMIT)).isTrue();
            assertThat(server.documents()).containsExactly("x");
            assertThat(balance(harness)).isEqualTo("received 3 = written 1 + filtered 2");
        }
    }

    @Test
    void startsAgainAfterStop() {
        try (LogbackHarness harness = working("")) {
            ElasticsearchAppender appender = appender(harness);
            harness.logger("a").info("1");
            appender.stop();
            appender.stop();
            harness.logger("a").info("rejected");
            appender.start();
            harness.logger("a").info("2");
            assertThat(appender.flush(LIMIT)).isTrue();
            assertThat(server.documents()).containsExactly("1", "2");
            assertThat(balance(harness)).isEqualTo("received 3 = written 2 + rejected 1");
        }
    }

    @Test
    void booksAreExactUnderStressWithAPeerThatFailsNowAndThen() throws Exception {
        int[] requests = {0};
        server.behave((headers, documents) -> {
            synchronized (requests) {
                return requests[0]++ % 3 == 1 ? 503 : 200;
            }
        });
        try (LogbackHarness harness = working("<retryDelay>10 ms</retryDelay><maxRetryDelay>20 ms</maxRetryDelay>"
                + "<maxBatchSize>200</maxBatchSize><linger>0</linger>")) {
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                int own = t;
                Thread thread = new Thread(() -> {
                    for (int i = 0; i < 5000; i++) {
                        harness.logger("a").info("{}:{}", own, i);
                    }
                });
                threads.add(thread);
                thread.start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(appender(harness).flush(LIMIT)).isTrue();
            assertThat(balance(harness)).isEqualTo("received 20000 = written 20000");
            assertThat(server.documents()).hasSize(20_000).doesNotHaveDuplicates();
            for (int t = 0; t < 4; t++) {
                String prefix = t + ":";
                assertThat(server.documents().stream().filter(line -> line.startsWith(prefix)))
                        .containsExactlyElementsOf(IntStream.range(0, 5000)
                                .mapToObj(i -> prefix + i)
                                .toList());
            }
        }
    }

    @Test
    void figuresAreOverJmx() throws Exception {
        try (LogbackHarness harness = working("")) {
            harness.logger("a").info("x");
            assertThat(appender(harness).flush(LIMIT)).isTrue();
            ObjectName name = new ObjectName("io.inkfast:type=Delivery,context=\"test\",name=\"ELK\"");
            assertThat(ManagementFactory.getPlatformMBeanServer().getAttribute(name, "Acknowledged"))
                    .isEqualTo(1L);
            harness.context().stop();
            assertThat(ManagementFactory.getPlatformMBeanServer().isRegistered(name))
                    .isFalse();
        }
    }
}
