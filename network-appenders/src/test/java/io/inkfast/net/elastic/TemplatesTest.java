package io.inkfast.net.elastic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.inkfast.net.AnsweringServer;
import io.inkfast.net.AnsweringServer.Reply;
import io.inkfast.net.AnsweringServer.Request;
import io.inkfast.testing.LogbackHarness;
import io.inkfast.testing.TestEncoders;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked of a server with {@code setupTemplates}, and in which order. A real one is in samples/elk. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TemplatesTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String SETTINGS = "/_component_template/inkfast-settings";
    private static final String MAPPINGS = "/_component_template/inkfast-mappings";
    private static final String INDEX = "/_index_template/inkfast-logs-app-default";
    private static final String ASK = "?filter_path=*.name,*.*._meta";
    private static final String BULK = "/_bulk?filter_path=items.*.status,items.*.error.type,items.*.error.reason";

    @TempDir
    Path folder;

    private final Map<String, String> templates = new ConcurrentHashMap<>();
    private volatile String root = "{\"version\":{\"distribution\":\"opensearch\",\"number\":\"3.8.0\"}}";
    private AnsweringServer server;

    @BeforeEach
    void serve() throws Exception {
        server = new AnsweringServer(this::answer);
    }

    @AfterEach
    void end() {
        server.close();
    }

    /* What it is asked for by its path: the templates that it has, with their meta data alone. */
    private Reply answer(Request request) {
        String path = request.path().replaceAll("\\?.*", "");
        if (path.equals("/")) {
            return new Reply(200, root);
        }
        if (path.equals("/_bulk")) {
            String item = ",{\"create\":{\"status\":201}}";
            return new Reply(
                    200,
                    "{\"items\":[" + item.repeat(request.lines().size() / 2).substring(1) + "]}");
        }
        if (request.method().equals("PUT")) {
            templates.put(path, request.body());
            return new Reply(200, "{\"acknowledged\":true}");
        }
        String known = templates.get(path);
        return known == null ? new Reply(404, "{}") : new Reply(200, "{\"t\":[{\"name\":\"x\",\"t\":" + known + "}]}");
    }

    private LogbackHarness configure(String index, String more) {
        return LogbackHarness.configure(
                folder,
                "<appender name=\"ELK\" class=\"io.inkfast.net.elastic.ElasticsearchAppender\"><url>" + server.url()
                        + "</url><index>" + index + "</index><encoder class=\"" + TestEncoders.Lines.class.getName()
                        + "\"/><deadLetter>" + folder.resolve("dead")
                        + "</deadLetter><retryDelay>10 ms</retryDelay><maxRetryDelay>50 ms</maxRetryDelay>" + more
                        + "</appender><root level=\"TRACE\"><appender-ref ref=\"ELK\"/></root>");
    }

    private LogbackHarness settingUp() {
        return configure("logs-app-default", "<setupTemplates>true</setupTemplates>");
    }

    private static ElasticsearchAppender appender(LogbackHarness harness) {
        return harness.appender("ELK", ElasticsearchAppender.class);
    }

    private void sendOne(LogbackHarness harness) {
        harness.logger("a").info("x");
        assertThat(appender(harness).flush(LIMIT)).isTrue();
        assertThat(appender(harness).accounting().balance()).isEqualTo("received 1 = written 1");
    }

    private List<String> asked() {
        return server.asked().stream()
                .map(request -> request.method() + " " + request.path())
                .toList();
    }

    @Test
    void byItselfItPutsNothing() {
        try (LogbackHarness harness = configure("logs-app-default", "")) {
            sendOne(harness);
            assertThat(asked()).containsExactly("POST " + BULK);
        }
    }

    @Test
    void theTemplatesAreThereBeforeTheFirstEvent() {
        try (LogbackHarness harness = settingUp()) {
            sendOne(harness);
            harness.logger("a").info("y");
            assertThat(appender(harness).flush(LIMIT)).isTrue();
            assertThat(asked())
                    .containsExactly(
                            "GET /",
                            "GET " + SETTINGS + ASK,
                            "PUT " + SETTINGS,
                            "GET " + MAPPINGS + ASK,
                            "PUT " + MAPPINGS,
                            "GET " + INDEX + ASK,
                            "PUT " + INDEX,
                            "POST " + BULK,
                            "POST " + BULK);
            assertThat(templates.get(INDEX)).contains("\"data_stream\":{}");
            assertThat(templates.get(MAPPINGS)).contains("flat_object");
            assertThat(harness.statuses())
                    .contains("INFO put the template [inkfast-logs-app-default] on [" + server.url() + "]");
            assertThat(harness.complaints()).isEmpty();
        }
    }

    @Test
    void elasticsearchGetsItsOwnMappings() {
        root = "{\"version\":{\"number\":\"9.0.1\"}}";
        try (LogbackHarness harness = settingUp()) {
            sendOne(harness);
            assertThat(templates.get(MAPPINGS)).contains("\"flattened\"").doesNotContain("flat_object");
        }
    }

    @Test
    void theNextStartChangesNothing() {
        try (LogbackHarness harness = settingUp()) {
            sendOne(harness);
        }
        int before = server.asked().size();
        try (LogbackHarness harness = settingUp()) {
            sendOne(harness);
            assertThat(asked().subList(before, asked().size()))
                    .containsExactly(
                            "GET /",
                            "GET " + SETTINGS + ASK,
                            "GET " + MAPPINGS + ASK,
                            "GET " + INDEX + ASK,
                            "POST " + BULK);
        }
    }

    @Test
    void anOlderOneOfOursIsReplaced() {
        templates.put(MAPPINGS, "{\"_meta\":{\"managed_by\":\"inkfast\",\"version\":0}}");
        try (LogbackHarness harness = settingUp()) {
            sendOne(harness);
            assertThat(templates.get(MAPPINGS)).contains("flat_object");
        }
    }

    @Test
    void whatSomebodyElseHasMadeStays() {
        String own = "{\"index_patterns\":[\"logs-*\"],\"_meta\":{\"managed_by\":\"us\",\"version\":0}}";
        templates.put(INDEX, own);
        templates.put(SETTINGS, "{}");
        try (LogbackHarness harness = settingUp()) {
            sendOne(harness);
            assertThat(templates.get(INDEX)).isEqualTo(own);
            assertThat(templates.get(SETTINGS)).isEqualTo("{}");
            assertThat(harness.statuses())
                    .contains("INFO the template [inkfast-logs-app-default] on [" + server.url()
                            + "] is not ours, and stays as it is");
        }
    }

    @ParameterizedTest
    @CsvSource({"GET, 403", "PUT, 403", "PUT, 401", "PUT, 400", "GET, 405", "PUT, 413"})
    void whoMayNotPutThemSendsNothingAndLosesNothing(String method, int status) {
        String path = method.equals("GET") ? "/" : SETTINGS;
        server.behave(request -> request.method().equals(method) ? new Reply(status, "{}") : answer(request));
        try (LogbackHarness harness = settingUp()) {
            harness.logger("a").info("x");
            await().atMost(LIMIT).until(() -> !appender(harness).health().healthy());
            assertThat(harness.complaints())
                    .containsExactly("WARN [" + server.url() + "] does not let us send: HTTP " + status + " to "
                            + method + " " + path + "; events are kept and it is tried again until that is mended");
            server.behave(this::answer);
            assertThat(appender(harness).flush(LIMIT)).isTrue();
            assertThat(templates).containsOnlyKeys(SETTINGS, MAPPINGS, INDEX);
            assertThat(appender(harness).accounting().balance()).isEqualTo("received 1 = written 1");
            assertThat(folder.resolve("dead")).doesNotExist();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void aServerThatIsBusyIsAskedAgain(int status) {
        server.behave(request -> new Reply(status, ""));
        try (LogbackHarness harness = settingUp()) {
            harness.logger("a").info("x");
            await().atMost(LIMIT).until(() -> !appender(harness).health().healthy());
            assertThat(harness.complaints())
                    .containsExactly("WARN cannot send to [" + server.url() + "]: HTTP " + status
                            + " to GET /; events are kept and it is tried again");
            server.behave(this::answer);
            assertThat(appender(harness).flush(LIMIT)).isTrue();
            assertThat(templates).containsOnlyKeys(SETTINGS, MAPPINGS, INDEX);
        }
    }

    @Test
    void whatIsNoSuchServerGetsNothing() {
        root = "<html>";
        try (LogbackHarness harness = settingUp()) {
            harness.logger("a").info("x");
            await().atMost(LIMIT).until(() -> !appender(harness).health().healthy());
            assertThat(appender(harness).health().lastError())
                    .isEqualTo("java.io.IOException (an answer that is not JSON)");
            assertThat(templates).isEmpty();
            root = "{\"version\":{}}";
            assertThat(appender(harness).flush(LIMIT)).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "app | yes | <setupTemplates> [yes] is not one of true, false",
                "%d{yyyy.MM.dd} | true | <setupTemplates> needs an <index> that begins with a name, such as app-%d{yyyy.MM.dd}"
            })
    void whatIsWrongIsSaid(String index, String flag, String problem) {
        try (LogbackHarness harness = configure(index, "<setupTemplates>" + flag + "</setupTemplates>")) {
            assertThat(harness.complaints()).contains("ERROR appender [ELK]: " + problem);
            assertThat(appender(harness).isStarted()).isFalse();
        }
    }
}
