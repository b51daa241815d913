package io.inkfast.samples.elk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.inkfast.net.NetworkAppender;
import io.inkfast.testing.LogbackHarness;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The index templates on a real OpenSearch. */
@Timeout(600)
class TemplatesIT {

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

    private static JsonNode template(String index) throws Exception {
        return server.ask("GET", "/_index_template/inkfast-" + index, "");
    }

    private LogbackHarness configure(String index) {
        return LogbackHarness.configure(
                folder,
                "<appender name='ELK' class='io.inkfast.net.elastic.ElasticsearchAppender'><url>" + server.url()
                        + "</url><index>" + index + "</index><setupTemplates>true</setupTemplates>"
                        + "<encoder class='io.inkfast.mask.RedactingJsonEncoder'/></appender>"
                        + "<root level='INFO'><appender-ref ref='ELK'/></root>");
    }

    private static void sendOne(LogbackHarness harness) {
        harness.logger("shop.Orders")
                .atInfo()
                .addKeyValue("labels", Map.of("team", "shop"))
                .addKeyValue("day", "2026-11-26")
                .log("order {} is paid", 7);
        NetworkAppender sink = harness.appender("ELK", NetworkAppender.class);
        await().atMost(LIMIT).until(() -> sink.accounting().written() == 1);
        assertThat(harness.complaints()).isEmpty();
    }

    private static JsonNode properties(String index) throws Exception {
        return server.ask("GET", "/" + index + "/_mapping", "")
                .iterator()
                .next()
                .at("/mappings/properties");
    }

    private static String type(JsonNode properties, String field) {
        return properties.path(field).path("type").asString();
    }

    private static void assertMappings(String index) throws Exception {
        JsonNode properties = properties(index);
        assertThat(type(properties, "@timestamp")).isEqualTo("date_nanos");
        assertThat(type(properties, "message")).isEqualTo("text");
        assertThat(type(properties, "labels")).isEqualTo("flat_object");
        assertThat(type(properties, "logger_name")).isEqualTo("keyword");
        assertThat(type(properties, "day")).isEqualTo("keyword");
        assertThat(properties.at("/logger_name/ignore_above").asInt()).isEqualTo(1024);
        JsonNode settings = server.ask("GET", "/" + index + "/_settings", "")
                .iterator()
                .next()
                .at("/settings/index/mapping");
        assertThat(settings.at("/total_fields/limit").asString()).isEqualTo("2000");
        assertThat(settings.path("ignore_malformed").asString()).isEqualTo("true");
    }

    @Test
    void theFirstEventMakesADataStreamWithItsMappings() throws Exception {
        String stream = "logs-first-default";
        try (LogbackHarness harness = configure(stream)) {
            sendOne(harness);
            JsonNode streams = server.ask("GET", "/_data_stream/" + stream, "").path("data_streams");
            assertThat(streams.size()).isEqualTo(1);
            assertThat(streams.at("/0/template").asString()).isEqualTo("inkfast-" + stream);
            assertMappings(stream);
            assertThat(server.count(stream)).isEqualTo(1);
            assertThat(server.find(stream, "{\"term\":{\"labels.team\":\"shop\"}}", 2))
                    .hasSize(1);
            assertThat(server.find(stream, "{\"match\":{\"message\":\"paid\"}}", 2))
                    .hasSize(1);
        }
    }

    @Test
    void anIndexWithADateIsAnIndexWithTheSameMappings() throws Exception {
        try (LogbackHarness harness = configure("dated-%d{yyyy.MM.dd}")) {
            sendOne(harness);
            assertThat(server.ask("GET", "/_data_stream/dated-*", "")
                            .path("data_streams")
                            .size())
                    .isZero();
            assertMappings("dated-*");
        }
    }

    @Test
    void theNextStartChangesNothing() throws Exception {
        String stream = "logs-next-default";
        try (LogbackHarness harness = configure(stream)) {
            sendOne(harness);
        }
        JsonNode before = template(stream);
        try (LogbackHarness harness = configure(stream)) {
            sendOne(harness);
            assertThat(harness.statuses()).noneMatch(line -> line.contains("put the template"));
        }
        assertThat(template(stream)).isEqualTo(before);
        assertThat(server.count(stream)).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"logs-own-default | ", "logs-ours-default | ,\"_meta\":{\"managed_by\":\"inkfast\",\"version\":1}"
            })
    void whatAUserHasMadeOfItStays(String stream, String meta) throws Exception {
        server.ask(
                "PUT",
                "/_index_template/inkfast-" + stream,
                "{\"index_patterns\":[\"" + stream
                        + "\"],\"priority\":500,\"data_stream\":{},\"template\":{\"mappings\":"
                        + "{\"properties\":{\"message\":{\"type\":\"keyword\"}}}}" + (meta == null ? "" : meta) + "}");
        try (LogbackHarness harness = configure(stream)) {
            sendOne(harness);
            assertThat(template(stream)
                            .at("/index_templates/0/index_template/priority")
                            .asInt())
                    .isEqualTo(500);
            assertThat(type(properties(stream), "message")).isEqualTo("keyword");
        }
    }

    @Test
    void patternsThatOverlapAreTakenBoth() throws Exception {
        for (String index : new String[] {"over-%d{yyyy.MM.dd}", "over-web-%d{yyyy.MM.dd}"}) {
            try (LogbackHarness harness = configure(index)) {
                sendOne(harness);
            }
        }
        assertThat(template("over*").path("index_templates").size()).isEqualTo(2);
    }
}
