package io.inkfast.net.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.inkfast.net.AnsweringServer;
import io.inkfast.net.AnsweringServer.Reply;
import io.inkfast.net.AnsweringServer.Request;
import io.inkfast.net.DeadLetter;
import io.inkfast.net.PeerServer;
import io.inkfast.testing.LogbackHarness;
import io.inkfast.testing.TestEncoders;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;

/** As a user configures it, and a peer that does what the test says. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HttpAppenderTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String LINES = "<encoder class=\"" + TestEncoders.Lines.class.getName() + "\"/>";
    private static final String QUICK = "<retryDelay>10 ms</retryDelay><maxRetryDelay>50 ms</maxRetryDelay>";
    private static final Reply TAKEN = new Reply(200, "");
    private static final Reply SUCCESS = new Reply(200, "{\"text\":\"Success\",\"code\":0}");

    @TempDir
    Path folder;

    private AnsweringServer server;

    @BeforeEach
    void serve() throws Exception {
        server = new AnsweringServer(request -> TAKEN);
    }

    @AfterEach
    void end() {
        server.close();
    }

    private LogbackHarness configure(String settings) {
        return LogbackHarness.configure(
                folder,
                "<appender name=\"HTTP\" class=\"io.inkfast.net.http.HttpAppender\">" + settings
                        + "</appender><root level=\"TRACE\"><appender-ref ref=\"HTTP\"/></root>");
    }

    private LogbackHarness working(String more) {
        return configure("<url>" + server.url() + "</url>" + LINES + QUICK + "<deadLetter>" + folder.resolve("dead")
                + "</deadLetter>" + more);
    }

    private LogbackHarness splunk(String more) {
        return working("<format>SPLUNK_HEC</format><token>0a1b-secret</token>" + more);
    }

    private static HttpAppender appender(LogbackHarness harness) {
        return harness.appender("HTTP", HttpAppender.class);
    }

    private static String balance(LogbackHarness harness) {
        return appender(harness).accounting().balance();
    }

    private static void log(LogbackHarness harness, int count) {
        Logger logger = harness.logger("a");
        IntStream.range(0, count).forEach(i -> logger.info("event {}", i));
    }

    private List<String> linesTaken() {
        return server.taken().stream()
                .flatMap(request -> request.lines().stream())
                .toList();
    }

    private static List<String> events(int count) {
        return IntStream.range(0, count).mapToObj(i -> "\"event " + i + "\"").toList();
    }

    private List<String> letters() throws Exception {
        Path file = folder.resolve("dead");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    @Test
    void sendsEachEventOnceInOrderInLines() {
        try (LogbackHarness harness = working("<header>X-Team: shop</header>")) {
            log(harness, 3000);
            assertThat(appender(harness).flush(LIMIT)).isTrue();
            assertThat(linesTaken()).containsExactlyElementsOf(events(3000));
            Request first = server.taken().get(0);
            assertThat(first.method()).isEqualTo("POST");
            assertThat(first.path()).isEqualTo("/");
            assertThat(first.header("Content-Type")).isEqualTo("application/x-ndjson");
            assertThat(first.header("Content-Encoding")).isEqualTo("gzip");
            assertThat(first.header("X-Team")).isEqualTo("shop");
            assertThat(balance(harness)).isEqualTo("received 3000 = written 3000");
            assertThat(appender(harness).counts().acknowledged()).isEqualTo(3000);
            assertThat(harness.complaints()).isEmpty();
        }
    }

    @Test
    void sendsAnArrayNotCompressedToThePathOfTheUrl() {
        try (LogbackHarness harness = configure("<url>" + server.url() + "/in/logs/?team=shop</url><format>json_array"
                + "</format><compression>NONE</compression>" + LINES)) {
            harness.logger("a").info("one");
            assertThat(appender(harness).flush(LIMIT)).isTrue();
            Request request = server.taken().get(0);
            assertThat(request.body()).isEqualTo("[\"one\"]");
            assertThat(request.path()).isEqualTo("/in/logs/?team=shop");
            assertThat(request.header("Content-Encoding")).isEqualTo("null");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://h:1 | http://h:1/default",
                "https://h/ | https://h/default",
                "http://h?a=b%20c | http://h/default?a=b%20c",
                "http://h/own | http://h/own",
                "http://h/own/?a | http://h/own/?a",
                "http://[::1]:1 | http://[::1]:1/default"
            })
    void aUrlWithoutAPathGetsThatOfTheFormat(String url, String target) {
        assertThat(HttpAppender.target(URI.create(url), "/default")).isEqualTo(URI.create(target));
        assertThat(HttpAppender.target(URI.create(url), "")).isEqualTo(URI.create(url));
    }

    @Test
    void whatItSendsIsRedactedAndHasItsId() {
        server.behave(request -> new Reply(204, ""));
        try (LogbackHarness harness =
                configure("<url>" + server.url() + "</url><format>LOKI</format><label>app=shop</label>"
                        + "<structuredMetadata>true</structuredMetadata>"
                        + "<encoder class=\"io.inkfast.mask.RedactingJsonEncoder\"/>")) {
            harness.logger("a").info("card {}", "4111 1111 1111 1111");
            assertThat(appender(harness).flush(LIMIT)).isTrue();
            Request request = server.taken().get(0);
            assertThat(request.path()).isEqualTo("/loki/api/v1/push");
            assertThat(request.header("Content-Type")).isEqualTo("application/json");
            assertThat(request.body())
                    .contains("card ****")
                    .doesNotContain("4111")
                    .matches("(?s).*\\\\\"event.id\\\\\":\\\\\"([0-9a-z]{16}-1)\\\\\".*\\{\"event_id\":\"\\1\"}]]}]}");
        }
    }

    @Test
    void lokiGetsAStreamForEachLevel() {
        server.behave(request -> new Reply(204, ""));
        try (LogbackHarness harness =
                working("<format>LOKI</format><label>app=shop</label><levelLabel>true</levelLabel>")) {
            harness.logger("a").info("one");
            harness.logger("a").warn("two");
            assertThat(appender(harness).flush(LIMIT)).isTrue();
            String all = server.taken().stream().map(Request::body).reduce("", String::concat);
            assertThat(all)
                    .containsPattern(
                            "\\{\"app\":\"shop\",\"level\":\"info\"},\"values\":\\[\\[\"\\d{16}001\",\"one\"]]")
                    .containsPattern(
                            "\\{\"app\":\"shop\",\"level\":\"warn\"},\"values\":\\[\\[\"\\d{16}002\",\"two\"]]");
            assertThat(balance(harness)).isEqualTo("received 2 = written 2");
        }
    }

    @Nested
    class WithSplunk {

        @BeforeEach
        void isSplunk() {
            server.behave(request -> SUCCESS);
        }

        @Test
        void itGetsTheEventsWithTheTokenAtItsOwnPath() {
            try (LogbackHarness harness = splunk("<host>h</host><index>main</index>")) {
                harness.logger("a").info("one");
                assertThat(appender(harness).flush(LIMIT)).isTrue();
                Request request = server.taken().get(0);
                assertThat(request.path()).isEqualTo("/services/collector/event");
                assertThat(request.header("Authorization")).isEqualTo("Splunk 0a1b-secret");
                assertThat(request.body())
                        .matches("\\{\"time\":\\d{10}\\.\\d{3},\"host\":\"h\",\"index\":\"main\",\"event\":\"one\","
                                + "\"fields\":\\{\"event.id\":\"[0-9a-z]{16}-1\"}}\n");
                assertThat(harness.statuses()).noneMatch(line -> line.contains("secret"));
            }
        }

        @Test
        void aTokenThatIsReplacedInItsFileIsUsedWithTheNextRequest() throws Exception {
            Path file = Files.writeString(folder.resolve("token"), "old\n");
            server.behave(request -> request.header("Authorization").equals("Splunk new")
                    ? SUCCESS
                    : new Reply(403, "{\"text\":\"Invalid token\",\"code\":4}"));
            try (LogbackHarness harness = working("<format>SPLUNK_HEC</format><tokenFile>" + file + "</tokenFile>")) {
                harness.logger("a").info("x");
                await().atMost(LIMIT).until(() -> !appender(harness).health().healthy());
                Files.writeString(file, "new\n");
                assertThat(appender(harness).flush(LIMIT)).isTrue();
                assertThat(balance(harness)).isEqualTo("received 1 = written 1");
                assertThat(harness.complaints())
                        .containsExactly("WARN [" + server.url()
                                + "] does not let us send: HTTP 403, code 4: the token is not known; events are kept and"
                                + " it is tried again until that is mended");
                assertThat(letters()).isEmpty();
            }
        }

        /* As Splunk: what stands in front of the first that is invalid is taken. */
        private Reply until(Request request, String poison, List<String> indexed) {
            List<String> lines = request.lines();
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).contains(poison)) {
                    return new Reply(
                            400, "{\"text\":\"Invalid data format\",\"code\":6,\"invalid-event-number\":" + i + "}");
                }
                indexed.add(lines.get(i).replaceAll(".*\"event\":(\"[^\"]*\").*", "$1"));
            }
            return SUCCESS;
        }

        @Test
        void theEventThatItNamesIsADeadLetterAndAllOthersAreThere() throws Exception {
            List<String> indexed = new ArrayList<>();
            server.behave(request -> until(request, "\"event 70\"", indexed));
            try (LogbackHarness harness = splunk("<linger>1 second</linger><maxBatchSize>100</maxBatchSize>")) {
                log(harness, 100);
                assertThat(appender(harness).flush(LIMIT)).isTrue();
                assertThat(balance(harness)).isEqualTo("received 100 = written 99 + dead-lettered 1");
                assertThat(letters())
                        .singleElement()
                        .asString()
                        .contains("event 70")
                        .contains("\"HTTP 400: {");
                List<String> others = new ArrayList<>(events(100));
                others.remove("\"event 70\"");
                assertThat(indexed)
                        .containsOnlyOnceElementsOf(others.subList(70, 99))
                        .containsAll(others);
                // All of it, the one that was named, and the rest.
                assertThat(server.said()).containsExactly(400, 400, 200);
            }
        }

        @Test
        void aServerThatCountsInAnotherWayIsNotBelieved() throws Exception {
            server.behave(request -> {
                boolean bad = request.body().contains("\"event 3\"");
                return bad
                        ? new Reply(400, "{\"text\":\"Invalid data format\",\"code\":6,\"invalid-event-number\":7}")
                        : SUCCESS;
            });
            try (LogbackHarness harness = splunk("<linger>1 second</linger><maxBatchSize>10</maxBatchSize>")) {
                log(harness, 10);
                await().atMost(LIMIT).until(() -> appender(harness).accounting().queued() == 0);
                assertThat(balance(harness)).isEqualTo("received 10 = written 9 + dead-lettered 1");
                assertThat(letters()).singleElement().asString().contains("event 3");
            }
        }

        @Test
        void aSignInPageInsteadOfItAcknowledgesNothing() {
            server.behave(request -> new Reply(200, "<html>"));
            try (LogbackHarness harness = splunk("")) {
                harness.logger("a").info("x");
                await().atMost(LIMIT).until(() -> !appender(harness).health().healthy());
                assertThat(appender(harness).health().lastError())
                        .isEqualTo("java.io.IOException (an answer that is not of an event collector)");
                server.behave(request -> SUCCESS);
                assertThat(appender(harness).flush(LIMIT)).isTrue();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"429", "500", "503", "404", "403", "301", "408"})
    void whateverItAnswersNothingIsLost(int status) {
        AtomicInteger answers = new AtomicInteger(3);
        server.behave(request -> answers.getAndDecrement() > 0 ? new Reply(status, "") : TAKEN);
        try (LogbackHarness harness = working("")) {
            harness.logger("a").info("x");
            assertThat(appender(harness).flush(LIMIT)).isTrue();
            assertThat(linesTaken()).containsExactly("\"x\"");
            assertThat(appender(harness).counts().repeated()).isEqualTo(3);
        }
    }

    @Test
    void aBusyServerIsLeftAloneAsLongAsItSays() {
        List<Long> times = new ArrayList<>();
        server.behave(request -> {
            times.add(System.nanoTime());
            return times.size() == 1 ? new Reply(429, "", "Retry-After: 1") : TAKEN;
        });
        try (LogbackHarness harness = working("")) {
            harness.logger("a").info("x");
            assertThat(appender(harness).flush(LIMIT)).isTrue();
            assertThat(times.get(1) - times.get(0)).isGreaterThanOrEqualTo(1_000_000_000L);
            assertThat(harness.complaints())
                    .containsExactly("WARN cannot send to [" + server.url()
                            + "]: HTTP 429; events are kept and it is tried again");
        }
    }

    @Test
    void aDeadLetterHasWhatTheServerSaidAndNoStatusHas() throws Exception {
        String said = "{\"error\":\n\"cannot read event 1 " + "x".repeat(10_000) + "\"}";
        server.behave(request -> request.body().contains("event 1") ? new Reply(400, said) : TAKEN);
        try (LogbackHarness harness = working("")) {
            log(harness, 3);
            await().atMost(LIMIT).until(() -> appender(harness).accounting().deadLettered() == 1);
            String reason = DeadLetter.of(letters().get(0)).why();
            assertThat(reason)
                    .startsWith("HTTP 400: {\"error\": \"cannot read event 1 xxx")
                    .hasSize(510);
            assertThat(harness.statuses()).noneMatch(text -> text.contains("cannot read"));
        }
    }

    @Test
    void anAnswerWithoutAnEndIsCutOff() throws Exception {
        byte[] piece = new byte[1 << 20];
        try (PeerServer endless = PeerServer.plain(0, (in, out) -> {
                    in.read();
                    out.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000000000\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
                    while (true) {
                        out.write(piece);
                    }
                });
                LogbackHarness harness = configure("<url>http://localhost:" + endless.port() + "</url>" + LINES
                        + "<maxRetryDelay>1 minute</maxRetryDelay><retryDelay>1 minute</retryDelay>"
                        + "<stopTimeout>0</stopTimeout>")) {
            harness.logger("a").info("x");
            await().atMost(LIMIT).until(() -> !appender(harness).health().healthy());
            assertThat(appender(harness).health().lastError())
                    .matches("java.io.IOException \\(an answer of more than 16777\\d{3} bytes\\)");
        }
    }

    @Test
    void ofALongLineInThePlaceOfAnAnswerTheStatusHasTheBeginning() throws Exception {
        try (PeerServer babbling = PeerServer.plain(0, (in, out) -> {
                    in.read();
                    out.write(("HTTP " + "x".repeat(5_000) + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
                    // Closed with something unread, the connection would be reset, and the answer perhaps lost.
                    in.transferTo(OutputStream.nullOutputStream());
                });
                LogbackHarness harness = configure("<url>http://localhost:" + babbling.port() + "</url>" + LINES + QUICK
                        + "<stopTimeout>0</stopTimeout>")) {
            harness.logger("a").info("x");
            await().atMost(LIMIT).until(() -> !appender(harness).health().healthy());
            assertThat(appender(harness).health().lastError())
                    .hasSizeLessThan(400)
                    .contains("xxx...");
        }
    }

    @Test
    void whatStandsBehindTheQuestionMarkOfAUrlIsNotShown() {
        server.behave(request -> request.path().equals("/in?key=s3cret") ? new Reply(500, "") : TAKEN);
        try (LogbackHarness harness = configure(
                "<url>" + server.url() + "/in?key=s3cret</url>" + LINES + QUICK + "<stopTimeout>0</stopTimeout>")) {
            harness.logger("a").info("x");
            await().atMost(LIMIT).until(() -> !appender(harness).health().healthy());
            assertThat(harness.statuses())
                    .contains("INFO sending to [" + server.url() + "/in?...]")
                    .noneMatch(text -> text.contains("s3cret"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://elastic:s3 cret@host:9200",
                "elastic:s3cret@host:9200",
                "http://elastic:s3cret@my_host:9200",
                "http://elastic:s3,cret@host:9200",
                "http://elastic:s3cret@host:9200"
            })
    void nothingOfAPasswordInAUrlIsShown(String url) {
        try (LogbackHarness harness = configure("<url>" + url + "</url>" + LINES)) {
            assertThat(appender(harness).isStarted()).isFalse();
            assertThat(harness.complaints())
                    .contains("ERROR appender [HTTP]: <url> has a user name in it; use <username> and <password>")
                    .noneMatch(text -> text.contains("s3") || text.contains("cret"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"Host: a", "Content-Length: 1", "X Y: a"})
    void aHeaderThatCannotBeSetIsAnError(String header) {
        try (LogbackHarness harness = working("<header>" + header + "</header>")) {
            assertThat(appender(harness).isStarted()).isFalse();
            assertThat(harness.complaints())
                    .contains(
                            "ERROR appender [HTTP]: <header> has a name that is none or that is not ours to set, such as"
                                    + " Host, or a value that no header can have");
        }
    }

    @Test
    void aRequestThatIsTooLargeIsHalved() throws Exception {
        server.behave(request -> request.body().length() > 1000 ? new Reply(413, "") : TAKEN);
        try (LogbackHarness harness = working("<linger>1 second</linger><maxBatchSize>500</maxBatchSize>")) {
            log(harness, 500);
            assertThat(appender(harness).flush(LIMIT)).isTrue();
            assertThat(linesTaken()).containsExactlyElementsOf(events(500));
            assertThat(letters()).isEmpty();
        }
    }

    @Test
    void poisonIsADeadLetterAndNothingElseIs() throws Exception {
        server.behave(request -> request.body().contains("event 70\"") ? new Reply(400, "") : TAKEN);
        try (LogbackHarness harness = working("<linger>1 second</linger><maxBatchSize>100</maxBatchSize>")) {
            log(harness, 200);
            await().atMost(LIMIT).until(() -> appender(harness).accounting().queued() == 0);
            assertThat(balance(harness)).isEqualTo("received 200 = written 199 + dead-lettered 1");
            assertThat(letters()).singleElement().asString().contains("event 70");
            assertThat(linesTaken()).hasSize(199).doesNotHaveDuplicates();
        }
    }

    @Test
    void absentAtTheStartItGetsEverythingWhenItAppears() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        try (LogbackHarness harness = configure("<url>http://127.0.0.1:" + port + "</url>" + LINES + QUICK)) {
            log(harness, 100);
            await().atMost(LIMIT).until(() -> !appender(harness).health().healthy());
            assertThat(harness.complaints())
                    .hasSize(1)
                    .allMatch(
                            line -> line.startsWith("WARN cannot send to [http://127.0.0.1:" + port + "]: java.net."));
            try (AnsweringServer late = new AnsweringServer(port, request -> TAKEN)) {
                assertThat(appender(harness).flush(LIMIT)).isTrue();
                assertThat(late.taken().stream().flatMap(request -> request.lines().stream()))
                        .containsExactlyElementsOf(events(100));
            }
        }
    }

    @Test
    void stopDoesNotWaitForAPeerThatHangs() {
        CountDownLatch end = new CountDownLatch(1);
        server.behave(request -> end.await(50, TimeUnit.SECONDS) ? TAKEN : new Reply(500, ""));
        LogbackHarness harness = working("<stopTimeout>100 ms</stopTimeout>");
        HttpAppender appender = appender(harness);
        harness.logger("a").info("x");
        await().atMost(LIMIT).until(() -> appender.counts().sent() == 1);
        harness.close();
        end.countDown();
        assertThat(appender.accounting().balance()).isEqualTo("received 1 = written 0 + discarded 1");
    }

    @Test
    void startsAgainAfterStop() {
        server.behave(request -> SUCCESS);
        try (LogbackHarness harness = splunk("")) {
            HttpAppender appender = appender(harness);
            harness.logger("a").info("1");
            appender.stop();
            appender.start();
            harness.logger("a").info("2");
            assertThat(appender.flush(LIMIT)).isTrue();
            assertThat(balance(harness)).isEqualTo("received 2 = written 2");
            assertThat(server.taken()).hasSize(2);
        }
    }

    @Test
    void whatItsClientLogsIsNotSent() {
        try (LogbackHarness harness = working("")) {
            harness.logger("jdk.internal.httpclient.debug").info("chatter");
            harness.logger("a").info("x");
            assertThat(appender(harness).flush(LIMIT)).isTrue();
            assertThat(linesTaken()).containsExactly("\"x\"");
            assertThat(balance(harness)).isEqualTo("received 2 = written 1 + filtered 1");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<format>XML</format> | <format> [XML] is not one of NDJSON, JSON_ARRAY, SPLUNK_HEC, LOKI",
                "<token>x</token> | <token> is of the format SPLUNK_HEC only",
                "<index>x</index><format>LOKI</format><label>a=b</label> | <index> is of the format SPLUNK_HEC only",
                "<label>a=b</label> | <label> is of the format LOKI only",
                "<levelLabel>true</levelLabel> | <levelLabel> is of the format LOKI only",
                "<format>SPLUNK_HEC</format> | <token> or <tokenFile> is required with the format SPLUNK_HEC",
                "<format>SPLUNK_HEC</format><token>x</token><tokenFile>y</tokenFile> | only one of <token> and <tokenFile> can be used",
                "<format>SPLUNK_HEC</format><token>x</token><apiKey>y</apiKey> | only one of <token>, <username>, <apiKey> and <bearerToken> can be used",
                "<format>LOKI</format> | a <label> such as app=checkout is required with the format LOKI",
                "<format>LOKI</format><label>app</label> | <label> [app] is not a name and a value, such as app=checkout",
                "<format>LOKI</format><label>a.b=c</label> | <label> [a.b=c] is not a name and a value, such as app=checkout",
                "<format>LOKI</format><label>user=%X{user}</label> | <label> [user=%X{user}] is a pattern; its value must be the same for all events, or Loki makes a stream of each. The level is a label with <levelLabel>",
                "<format>LOKI</format><label>a=b</label><label>a=c</label> | <label> [a=c] has a name that is there already",
                "<format>LOKI</format><label>level=b</label><levelLabel>true</levelLabel> | <label> [level=b] has a name that is there already",
                "<format>LOKI</format><label>a=b</label><levelLabel>yes</levelLabel> | <levelLabel> [yes] is not one of true, false"
            })
    void whatIsWrongIsSaidAndItStaysStopped(String settings, String problem) {
        try (LogbackHarness harness = configure("<url>http://localhost</url>" + settings + LINES)) {
            assertThat(appender(harness).isStarted()).isFalse();
            assertThat(harness.complaints()).contains("ERROR appender [HTTP]: " + problem);
            harness.logger("a").info("x");
            assertThat(balance(harness)).isEqualTo("received 1 = written 0 + rejected 1");
        }
    }

    @Test
    void booksAreExactUnderStressWithAPeerThatFailsNowAndThen() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        server.behave(request -> requests.incrementAndGet() % 3 == 1 ? new Reply(503, "") : TAKEN);
        try (LogbackHarness harness = working("<maxBatchSize>200</maxBatchSize><linger>0</linger>")) {
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
            assertThat(linesTaken()).hasSize(20_000).doesNotHaveDuplicates();
        }
    }
}
