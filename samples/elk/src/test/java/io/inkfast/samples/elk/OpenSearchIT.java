package io.inkfast.samples.elk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.inkfast.component.EventIdentity;
import io.inkfast.net.NetworkAppender;
import io.inkfast.testing.LogbackHarness;
import io.inkfast.testing.Torture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import tools.jackson.databind.JsonNode;

/** Delivery to a real OpenSearch that is overloaded, restarted, full, or not at home. */
@Timeout(600)
class OpenSearchIT {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String INDEX = "app-%d{yyyy.MM.dd}";

    @TempDir
    Path folder;

    private OpenSearch server;

    @BeforeEach
    void make() throws Exception {
        server = new OpenSearch(folder.resolve("opensearch"));
    }

    @AfterEach
    void end() {
        server.close();
    }

    private String elastic(String url, String more) {
        return elastic(url, "logstash", more);
    }

    private String elastic(String url, String schema, String more) {
        return "<appender name='ELK' class='io.inkfast.net.elastic.ElasticsearchAppender'><url>" + url + "</url><index>"
                + INDEX + "</index><encoder class='io.inkfast.mask.RedactingJsonEncoder'><schema>" + schema
                + "</schema></encoder><deadLetter>"
                + folder.resolve("dead-letter.jsonl") + "</deadLetter>" + more + "</appender>";
    }

    private LogbackHarness direct(String url, String more) {
        return LogbackHarness.configure(
                folder, elastic(url, more) + "<root level='INFO'><appender-ref ref='ELK'/></root>");
    }

    private LogbackHarness journalled(String url, String more) {
        return LogbackHarness.configure(
                folder,
                elastic(url, more) + "<appender name='WAL' class='io.inkfast.wal.WriteAheadAppender'><directory>"
                        + folder.resolve("wal") + "</directory><appender-ref ref='ELK'/></appender>"
                        + "<root level='INFO'><appender-ref ref='WAL'/></root>");
    }

    private static NetworkAppender sink(LogbackHarness harness) {
        return harness.appender("ELK", NetworkAppender.class);
    }

    private static void log(LogbackHarness harness, int from, int to) {
        Logger logger = harness.logger("orders");
        for (int i = from; i < to; i++) {
            logger.info("order {} is paid", i);
        }
    }

    private List<String> letters() throws Exception {
        Path file = folder.resolve("dead-letter.jsonl");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    private void template(String body) throws Exception {
        server.ask("PUT", "/_index_template/app", body);
    }

    @Test
    void killedInTheMiddleAndRestartedItHasEverythingOnce() throws Exception {
        server.start();
        try (LogbackHarness harness = journalled(server.url(), "")) {
            Thread logging = new Thread(() -> log(harness, 0, 60_000));
            logging.start();
            await().atMost(LIMIT).until(() -> sink(harness).counts().acknowledged() > 10_000);
            server.kill();
            logging.join();
            server.start();
            assertThat(sink(harness).flush(LIMIT)).isTrue();
            await().atMost(LIMIT).until(() -> sink(harness).accounting().written() == 60_000);
            assertThat(server.count("app-*")).isEqualTo(60_000);
            assertThat(sink(harness).accounting().balance()).isEqualTo("received 60000 = written 60000");
            assertThat(letters()).isEmpty();
        }
    }

    @Test
    void absentAtTheStartItGetsEverythingWhenItAppears() throws Exception {
        Path example =
                Path.of(OpenSearchIT.class.getResource("/examples/elk.xml").toURI());
        Map<String, String> variables = Map.of(
                "ELASTIC_URL", server.url(),
                "ELASTIC_INDEX", INDEX,
                "DEAD_LETTER", folder.resolve("dead-letter.jsonl").toString(),
                "WAL_DIR", folder.resolve("wal").toString());
        try (LogbackHarness harness = LogbackHarness.configure(example, variables)) {
            log(harness, 0, 1000);
            await().atMost(LIMIT).until(() -> !sink(harness).health().healthy());
            assertThat(harness.complaints()).allMatch(line -> line.startsWith("WARN "));
            assertThat(harness.complaints())
                    .anyMatch(line -> line.startsWith("WARN cannot send to [" + server.url() + "]: java.net."));
            server.start();
            await().atMost(LIMIT).until(() -> sink(harness).accounting().written() == 1000);
            assertThat(server.count("app-*")).isEqualTo(1000);
            assertThat(sink(harness).health().healthy()).isTrue();
        }
    }

    @Test
    void inAStormOfRefusalsEachEventIsSentAgainUntilItIsTaken() throws Exception {
        server.start("thread_pool.write.queue_size=1", "thread_pool.write.size=1");
        template("{\"index_patterns\":[\"app-*\"],\"template\":{\"settings\":{\"number_of_shards\":6}}}");
        List<Thread> writers = new ArrayList<>();
        AtomicInteger running = new AtomicInteger(1);
        for (int i = 0; i < 2; i++) {
            Thread writer = new Thread(() -> compete(running));
            writers.add(writer);
            writer.start();
        }
        try (LogbackHarness harness = direct(server.url(), "<maxRetryDelay>1 second</maxRetryDelay>")) {
            log(harness, 0, 20_000);
            await().atMost(LIMIT).until(() -> sink(harness).accounting().written() == 20_000);
            assertThat(sink(harness).counts().repeated()).isPositive().isLessThan(2_000_000);
            assertThat(sink(harness).accounting().balance()).isEqualTo("received 20000 = written 20000");
        } finally {
            running.set(0);
            for (Thread writer : writers) {
                writer.join();
            }
        }
        assertThat(server.count("app-*")).isEqualTo(20_000);
        assertThat(letters()).isEmpty();
    }

    /* Other writers, who do not care. */
    private void compete(AtomicInteger running) {
        String bulk = "{\"index\":{\"_index\":\"other\"}}\n{\"a\":1}\n".repeat(2000);
        while (running.get() > 0) {
            try {
                server.ask("POST", "/_bulk", bulk);
            } catch (Exception e) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void poisonIsADeadLetterAndNothingElseIs() throws Exception {
        server.start();
        template("{\"index_patterns\":[\"app-*\"],\"template\":{\"mappings\":{\"properties\":"
                + "{\"amount\":{\"type\":\"long\"}}}}}");
        try (LogbackHarness harness = direct(server.url(), "")) {
            for (int i = 0; i < 1000; i++) {
                harness.logger("a")
                        .atInfo()
                        .addKeyValue("amount", i % 100 == 7 ? "much" : Integer.toString(i))
                        .log("order {}", i);
            }
            await().atMost(LIMIT).until(() -> sink(harness).accounting().queued() == 0);
            assertThat(sink(harness).accounting().balance())
                    .isEqualTo("received 1000 = written 990 + dead-lettered 10");
            assertThat(letters()).hasSize(10).allMatch(line -> line.contains("\\\"amount\\\":\\\"much\\\""));
            assertThat(server.count("app-*")).isEqualTo(990);
        }
    }

    @Test
    void aRequestThatIsTooLargeForItIsHalved() throws Exception {
        server.start("http.max_content_length=100kb");
        try (LogbackHarness harness = direct(server.url(), "")) {
            log(harness, 0, 5_000);
            await().atMost(LIMIT).until(() -> sink(harness).accounting().queued() == 0);
            assertThat(sink(harness).accounting().balance()).isEqualTo("received 5000 = written 5000");
            assertThat(server.count("app-*")).isEqualTo(5_000);
        }
    }

    @Test
    void anIndexThatIsReadOnlyForAWhileGetsEverythingAfterwards() throws Exception {
        server.start();
        try (LogbackHarness harness = direct(server.url(), "<maxRetryDelay>1 second</maxRetryDelay>")) {
            log(harness, 0, 10);
            await().atMost(LIMIT).until(() -> sink(harness).accounting().written() == 10);
            server.ask("PUT", "/app-*/_settings", "{\"index.blocks.read_only_allow_delete\":true}");
            log(harness, 10, 100);
            await().atMost(LIMIT).until(() -> !sink(harness).health().healthy());
            server.ask("PUT", "/app-*/_settings", "{\"index.blocks.read_only_allow_delete\":null}");
            await().atMost(LIMIT).until(() -> sink(harness).accounting().written() == 100);
            assertThat(server.count("app-*")).isEqualTo(100);
            assertThat(letters()).isEmpty();
        }
    }

    @Nested
    @Tag(Torture.TAG)
    class WhenTheJvmIsKilled {

        @Test
        void againAndAgainWithABacklogNothingIsLostAndNothingStoredTwice() throws Exception {
            int runs = Torture.times(5, 20, 200);
            KilledService service =
                    new KilledService(folder, elastic("${URL}", "").replace("name='ELK'", "name='SINK'"), server.url());
            long logged = 0;
            for (int run = 0; run < runs; run++) {
                if (run == 3) {
                    server.start();
                }
                logged += service.kill(run);
            }
            long atLeast = logged;
            try (LogbackHarness harness = service.last()) {
                NetworkAppender sink = harness.appender("SINK", NetworkAppender.class);
                await().atMost(LIMIT)
                        .until(() -> server.count("app-*") >= atLeast
                                && sink.accounting().queued() == 0);
                List<String> missing = new ArrayList<>();
                for (int run = 0; run < runs; run++) {
                    long promised = service.acknowledged(run);
                    long there = server.countOf("app-*", "run-" + run);
                    long distinct = server.distinct("app-*", "run-" + run);
                    if (there < promised || there != distinct) {
                        missing.add("run " + run + ": promised " + promised + ", stored " + there + ", distinct "
                                + distinct);
                    }
                }
                assertThat(missing).isEmpty();
            }
        }
    }

    /* The requests are those of the page. */
    @ParameterizedTest
    @CsvSource({"ecs, 0", "logstash, 1"})
    void aQueryTellsOfWhichRunsEventsAreMissing(String schema, int request) throws Exception {
        Path page = Path.of(System.getProperty("inkfast.root"), "docs", "completeness.md");
        Matcher requests = Pattern.compile("```text\nGET (/app-\\*/_search)\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(page));
        for (int i = 0; i <= request; i++) {
            assertThat(requests.find()).isTrue();
        }
        server.start();
        List<String> runs = new ArrayList<>();
        for (int events : new int[] {500, 300}) {
            try (LogbackHarness harness = LogbackHarness.configure(
                    folder,
                    elastic(server.url(), schema, "") + "<root level='INFO'><appender-ref ref='ELK'/></root>")) {
                runs.add(EventIdentity.of(harness.context()).runId());
                log(harness, 0, events);
                await().atMost(LIMIT).until(() -> sink(harness).accounting().written() == events);
            }
        }
        assertThat(server.count("app-*")).isEqualTo(800);
        assertThat(incomplete(requests)).isEmpty();
        server.ask(
                "POST",
                "/app-*/_delete_by_query",
                "{\"query\":{\"term\":{\"event.id.keyword\":\"" + runs.get(1) + "-17\"}}}");
        assertThat(server.count("app-*")).isEqualTo(799);
        assertThat(incomplete(requests)).singleElement().satisfies(run -> {
            assertThat(run.path("key").asString()).isEqualTo(runs.get(1));
            assertThat(run.path("first").path("value").asLong(-1)).isEqualTo(1);
            assertThat(run.path("last").path("value").asLong(-1)).isEqualTo(300);
            assertThat(run.path("events").path("value").asLong(-1)).isEqualTo(299);
            assertThat(run.path("missing").path("value").asLong(-1)).isEqualTo(1);
        });
    }

    private List<JsonNode> incomplete(Matcher request) throws Exception {
        JsonNode buckets = server.ask("GET", request.group(1), request.group(2))
                .path("aggregations")
                .path("runs")
                .path("buckets");
        assertThat(buckets.isArray()).isTrue();
        List<JsonNode> found = new ArrayList<>();
        buckets.forEach(found::add);
        return found;
    }

    @Test
    void whatLiesInTheIndexIsRedactedAndHasItsId() throws Exception {
        server.start();
        try (LogbackHarness harness = direct(server.url(), "")) {
            harness.logger("a").info("card 4111 1111 1111 1111, password={}", "hunter2-secret");
            await().atMost(LIMIT).until(() -> sink(harness).accounting().written() == 1);
            server.count("app-*");
            JsonNode document = server.find("app-*", "{\"match_all\":{}}", 1).get(0);
            assertThat(document.path("message").asString()).isEqualTo("card ****, password=****");
            assertThat(document.path("event.id").asString()).isNotEmpty();
        }
    }
}
