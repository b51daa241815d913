package io.inkfast.samples.elk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.inkfast.net.NetworkAppender;
import io.inkfast.testing.LogbackHarness;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

/** Delivery to a real OpenSearch behind a real proxy, which says no for reasons of its own. */
@Timeout(600)
class ProxyIT {

    private static final Duration LIMIT = Duration.ofMinutes(3);

    @TempDir
    static Path data;

    private static OpenSearch server;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws Exception {
        server = new OpenSearch(data.resolve("opensearch"));
        server.start();
    }

    @AfterAll
    static void end() {
        server.close();
    }

    private Haproxy proxy(String... rules) throws Exception {
        return new Haproxy(folder, URI.create(server.url()).getPort(), rules);
    }

    private LogbackHarness configure(Haproxy proxy, String index, String more) {
        return LogbackHarness.configure(
                folder,
                "<appender name='ELK' class='io.inkfast.net.elastic.ElasticsearchAppender'><url>" + proxy.url()
                        + "</url><index>" + index + "</index><encoder class='io.inkfast.mask.RedactingJsonEncoder'/>"
                        + "<deadLetter>" + folder.resolve("dead-letter.jsonl")
                        + "</deadLetter><maxRetryDelay>1 second</maxRetryDelay>" + more
                        + "</appender><root level='INFO'><appender-ref ref='ELK'/></root>");
    }

    private static NetworkAppender sink(LogbackHarness harness) {
        return harness.appender("ELK", NetworkAppender.class);
    }

    private static void log(LogbackHarness harness, int count) {
        Logger logger = harness.logger("orders");
        for (int i = 0; i < count; i++) {
            logger.info("order {} is paid", i);
        }
    }

    private void assertAllAreThere(LogbackHarness harness, String index, int count) throws Exception {
        await().atMost(LIMIT).until(() -> sink(harness).accounting().queued() == 0);
        assertThat(sink(harness).accounting().balance()).isEqualTo("received " + count + " = written " + count);
        assertThat(server.count(index)).isEqualTo(count);
        assertThat(folder.resolve("dead-letter.jsonl")).doesNotExist();
    }

    @Test
    void aWrongPasswordLosesNothingUntilTheFileHasTheRightOne() throws Exception {
        Path file = Files.writeString(folder.resolve("password"), "wrong\n");
        try (Haproxy proxy = proxy("http-request auth unless { http_auth(users) }");
                LogbackHarness harness = configure(
                        proxy, "password", "<username>elastic</username><passwordFile>" + file + "</passwordFile>")) {
            log(harness, 5_000);
            // About 20 seconds of refusals.
            await().atMost(LIMIT).until(() -> sink(harness).counts().repeated() > 30 * 64);
            assertThat(sink(harness).health().lastError()).isEqualTo("HTTP 401");
            assertThat(sink(harness).accounting().balance()).isEqualTo("received 5000 = written 0 + queued 5000");
            Files.writeString(file, "right\n");
            assertAllAreThere(harness, "password", 5_000);
        }
    }

    @Test
    void aThirdOfTheRequestsRefusedAndSomeLostAllArrive() throws Exception {
        try (Haproxy proxy = proxy(
                        "http-request return status 429 hdr Retry-After 1 if { rand(100) lt 15 }",
                        "http-request return status 503 if { rand(100) lt 18 }",
                        "http-request silent-drop if { rand(100) lt 3 }");
                LogbackHarness harness = configure(
                        proxy,
                        "refused",
                        "<maxBatchSize>500</maxBatchSize><requestTimeout>2 seconds</requestTimeout>")) {
            log(harness, 20_000);
            assertAllAreThere(harness, "refused", 20_000);
            assertThat(sink(harness).counts().repeated()).isPositive();
        }
    }
}
