package io.inkfast.mask;

import static net.logstash.logback.argument.StructuredArguments.kv;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import io.inkfast.component.EventIdentity;
import io.inkfast.component.Identified;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import net.logstash.logback.marker.Markers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MarkerFactory;
import org.slf4j.event.KeyValuePair;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SchemaTest {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final String PID = String.valueOf(ProcessHandle.current().pid());
    private static final String CANARY = "c4nary-7f3a";

    @TempDir
    Path directory;

    private Encoding encoding;

    private void configure(String elements) {
        encoding = Encoding.with(directory, elements);
        assertThat(encoding.complaints()).isEmpty();
    }

    @AfterEach
    void close() {
        encoding.close();
    }

    private String line(LoggingEvent event) {
        String line = new String(encoding.encoder().encode(event), StandardCharsets.UTF_8);
        assertThat(line).endsWith(System.lineSeparator()).doesNotContain("withheld");
        JSON.readTree(line);
        return line.strip().replace(":" + PID, ":4242");
    }

    private static LoggingEvent event(String message, Object... arguments) {
        return eventOf("worker-1", message, arguments);
    }

    private static LoggingEvent eventOf(String thread, String message, Object... arguments) {
        LoggingEvent event = new LoggingEvent();
        event.setLevel(Level.WARN);
        event.setInstant(Instant.parse("2026-03-01T10:00:00.100200300Z"));
        event.setLoggerName("com.shop.Checkout");
        event.setThreadName(thread);
        event.setMessage(message);
        event.setArgumentArray(arguments);
        event.setMDCPropertyMap(new LinkedHashMap<>());
        event.setCallerData(
                new StackTraceElement[] {new StackTraceElement("com.shop.Checkout", "pay", "Checkout.java", 42)});
        return event;
    }

    private static LoggingEvent failing(String message) {
        Throwable cause = new IllegalArgumentException("no stock");
        Throwable thrown = new IllegalStateException("order failed", cause);
        StackTraceElement[] frames = {new StackTraceElement("com.shop.Checkout", "pay", "Checkout.java", 42)};
        cause.setStackTrace(frames);
        thrown.setStackTrace(frames);
        LoggingEvent event = event(message);
        event.setThrowableProxy(new ThrowableProxy(thrown));
        return event;
    }

    private static LoggingEvent mdc(LoggingEvent event, String... namesAndValues) {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            event.getMDCPropertyMap().put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return event;
    }

    private static LoggingEvent pairs(LoggingEvent event, Object... namesAndValues) {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            event.addKeyValuePair(new KeyValuePair((String) namesAndValues[i], namesAndValues[i + 1]));
        }
        return event;
    }

    @Nested
    class Ecs {

        @Test
        void writesTheFourNamesInFrontAndTimeInUtc() {
            configure("<schema>ecs</schema><timeZone>Asia/Tokyo</timeZone>");
            assertThat(line(event("hello"))).isEqualTo("""
                    {"@timestamp":"2026-03-01T10:00:00.100Z","log.level":"WARN","message":"hello",\
                    "ecs.version":"8.11.0","process.pid":4242,"process.thread.name":"worker-1",\
                    "log.logger":"com.shop.Checkout"}""");
        }

        @Test
        void writesEverythingAnEventBrings() {
            configure("<schema>ECS</schema><includeCallerData>true</includeCallerData>"
                    + "<customFields>{\"region\":\"eu\"}</customFields>");
            encoding.context().putProperty("service", "shop");
            encoding.context().putProperty("service.version", "1.2");
            encoding.context().putProperty("service.environment", "test");
            encoding.context().putProperty("rack.row", "7");
            LoggingEvent event = pairs(
                    mdc(event("paid {}", kv("cart", 3)), "a.b*c\\d", "x", "traceId", "4bf92f3577b34da6"), "n", 5L);
            event.addMarker(MarkerFactory.getMarker("AUDIT"));
            event.addMarker(Markers.append("via", "card"));
            event.setSequenceNumber(17);
            assertThat(line(event)).isEqualTo("""
                    {"@timestamp":"2026-03-01T10:00:00.100Z","log.level":"WARN","message":"paid cart=3",\
                    "ecs.version":"8.11.0","process.pid":4242,"event.sequence":17,"process.thread.name":"worker-1",\
                    "log.logger":"com.shop.Checkout","log.origin.function":"pay","log.origin.file.name":"Checkout.java",\
                    "log.origin.file.line":42,"service.name":"shop","service.version":"1.2","service.environment":"test",\
                    "event.dataset":"shop","region":"eu","labels.rack_row":"7","labels.a_b_c_d":"x",\
                    "trace.id":"4bf92f3577b34da6","n":5,"tags":["AUDIT"],"via":"card","cart":3}""");
        }

        @Test
        void writesAnExceptionWithItsCause() {
            configure("<schema>ecs</schema>");
            JsonNode line = JSON.readTree(line(failing("oh")));
            assertThat(line.propertyNames())
                    .containsExactly(
                            "@timestamp",
                            "log.level",
                            "message",
                            "ecs.version",
                            "process.pid",
                            "process.thread.name",
                            "log.logger",
                            "error.type",
                            "error.message",
                            "error.stack_trace");
            assertThat(line.get("error.type").asString()).isEqualTo("java.lang.IllegalStateException");
            assertThat(line.get("error.message").asString()).isEqualTo("order failed");
            assertThat(line.get("error.stack_trace").asString())
                    .startsWith("java.lang.IllegalStateException: order failed")
                    .contains("Caused by: java.lang.IllegalArgumentException: no stock");
        }

        @Test
        void numbersEvents() {
            configure("<schema>ecs</schema><eventId>true</eventId>");
            String run = EventIdentity.of(encoding.context()).runId();
            assertThat(line(event("x")))
                    .contains("\"process.pid\":4242,\"event.sequence\":1,")
                    .endsWith(",\"event.id\":\"" + run + "-1\",\"service.ephemeral_id\":\"" + run + "\"}");
            assertThat(line(pairs(event("y"), "event.sequence", 7, "service.ephemeral_id", "z")))
                    .contains("\"event.sequence\":2,", "\"event.sequence_1\":7", "\"service.ephemeral_id_1\":\"z\"");
        }

        @Test
        void namesTheRunInWhichTheEventWasLogged() {
            configure("<schema>ecs</schema><eventId>true</eventId>");
            assertThat(line(new OfAnEarlierRun()))
                    .contains("\"event.sequence\":17,")
                    .contains("\"event.id\":\"0123456789abcdef-17\",\"service.ephemeral_id\":\"0123456789abcdef\"");
        }

        @Test
        void namesTheDatasetOfTheDataStream() {
            configure("<schema>ecs</schema>");
            encoding.context().putProperty("service.name", "shop");
            assertThat(line(event("x"))).contains("\"event.dataset\":\"shop\"");
            encoding.context().putProperty("data_stream.dataset", "shop.orders");
            assertThat(line(event("x")))
                    .contains("\"event.dataset\":\"shop.orders\"", "\"data_stream.dataset\":\"shop.orders\"");
        }

        @Test
        void knowsTheTransactionByEachOfItsNames() {
            configure("<schema>ecs</schema>");
            for (String name : new String[] {"transactionId", "transaction_id", "transaction.id"}) {
                assertThat(line(mdc(event("x"), name, "t-1"))).contains(",\"transaction.id\":\"t-1\"}");
            }
        }

        @Test
        void letsNoDataTakeItsNamesOrTheirGroups() {
            configure("<schema>ecs</schema>");
            LoggingEvent event = pairs(
                    mdc(event("x"), "a.b", "1", "a_b", "2"),
                    "log.level",
                    "FAKE",
                    "error",
                    "text",
                    "error.type",
                    "y",
                    "@timestamp",
                    0,
                    "labels.a_b",
                    3);
            assertThat(line(event))
                    .endsWith("\"log.logger\":\"com.shop.Checkout\",\"labels.a_b\":\"1\",\"labels.a_b_1\":\"2\","
                            + "\"log.level_1\":\"FAKE\",\"error_1\":\"text\",\"error.type_1\":\"y\",\"@timestamp_1\":0,"
                            + "\"labels.a_b_2\":3}");
        }

        @Test
        void leavesAllowedNamesInLabels() {
            configure("<schema>ecs</schema><redaction><allow>apiKey</allow></redaction>");
            assertThat(line(mdc(event("x"), "apiKey", "public", "my.token", "hidden")))
                    .contains("\"labels.apiKey\":\"public\"")
                    .contains("\"labels.my_token\":\"****\"");
        }

        @Test
        void takesTheServiceFromCustomFields() {
            configure("<schema>ecs</schema><customFields>{\"service.name\":\"own\"}</customFields>");
            assertThat(line(pairs(event("x"), "service.name", "other")))
                    .endsWith(",\"service.name\":\"own\",\"service.name_1\":\"other\"}");
        }
    }

    @Nested
    class Application {

        @Test
        void writesTheContextAndTheRestAtTheTop() {
            configure("<schema>application</schema><includeCallerData>true</includeCallerData>");
            encoding.context().putProperty("service", "shop");
            encoding.context().putProperty("environment", "test");
            LoggingEvent event = pairs(
                    mdc(event("paid"), "correlationId", "c-1", "session_id", "s-1", "tenant", "t"),
                    "user_id",
                    7,
                    "duration_ms",
                    12.5);
            event.addMarker(MarkerFactory.getMarker("AUDIT"));
            assertThat(line(event)).isEqualTo("""
                    {"timestamp":"2026-03-01T10:00:00.100Z","level":"WARN","logger":"com.shop.Checkout",\
                    "message":"paid","module":"com.shop.Checkout","function":"pay","line":42,\
                    "context":{"correlation_id":"c-1","user_id":7,"session_id":"s-1","service_name":"shop"},\
                    "environment":"test","tenant":"t","duration_ms":12.5,"tags":["AUDIT"]}""");
        }

        @Test
        void writesNoEmptyContext() {
            configure("<schema>application</schema>");
            assertThat(line(event("x"))).isEqualTo("""
                    {"timestamp":"2026-03-01T10:00:00.100Z","level":"WARN","logger":"com.shop.Checkout","message":"x"}""");
        }

        @Test
        void writesAnExceptionWithItsCause() {
            configure("<schema>application</schema>");
            JsonNode exception = JSON.readTree(line(failing("oh"))).get("exception");
            assertThat(exception.propertyNames()).containsExactly("type", "message", "traceback");
            assertThat(exception.get("traceback").asString())
                    .contains("Caused by: ")
                    .contains("no stock");
        }

        @Test
        void letsNoDataTakeItsNames() {
            configure("<schema>application</schema><includeCallerData>true</includeCallerData>");
            LoggingEvent event = pairs(
                    event("x", kv("context", 1)), "timestamp", 1, "level", 2, "logger", 3, "line", 4, "exception", 5);
            assertThat(line(event))
                    .endsWith(",\"timestamp_1\":1,\"level_1\":2,\"logger_1\":3,\"line_1\":4,\"exception_1\":5,"
                            + "\"context_1\":1}");
        }

        @Test
        void keepsAValueThatLostAgainstAnother() {
            configure("<schema>application</schema>");
            LoggingEvent event = pairs(mdc(event("x"), "user_id", "mdc"), "user_id", "first", "userId", "second");
            assertThat(line(event))
                    .endsWith("\"context\":{\"user_id\":\"first\"},\"user_id\":\"mdc\",\"userId\":\"second\"}");
        }
    }

    @Nested
    class Gateway {

        @Test
        void writesCustomerAssetProcessAndThread() {
            configure("<schema>gateway</schema>");
            encoding.context().putProperty("service", "edge");
            LoggingEvent event = pairs(mdc(event("up"), "customer_id", "c-9"), "assetId", 12, "port", 502);
            assertThat(line(event)).isEqualTo("""
                    {"timestamp":"2026-03-01T10:00:00.100Z","level":"WARN","component":"com.shop.Checkout",\
                    "customer_id":"c-9","asset_id":12,"message":"up","process":{"name":"edge","id":4242},\
                    "thread":{"name":"worker-1"},"port":502}""");
        }

        @Test
        @SuppressWarnings("deprecation") // threadId() is of Java 19
        void knowsTheIdOfItsOwnThread() {
            configure("<schema>gateway</schema>");
            LoggingEvent event = eventOf(Thread.currentThread().getName(), "x");
            assertThat(JSON.readTree(line(event)).get("thread").get("id").asLong())
                    .isEqualTo(Thread.currentThread().getId());
        }

        @Test
        void namesTheComponentThatTheEventNames() {
            configure("<schema>gateway</schema>");
            assertThat(line(pairs(event("x"), "component", "auth"))).contains("\"component\":\"auth\",\"message\"");
            assertThat(line(pairs(event("x", kv("component", "fake")), "process", 1)))
                    .contains("\"component\":\"com.shop.Checkout\",")
                    .endsWith(",\"process_1\":1,\"component_1\":\"fake\"}");
        }

        @Test
        void writesOnlyTheKeysOfAComponent() {
            configure("<schema>gateway</schema><includeKeyValueKeyName>request_id</includeKeyValueKeyName>"
                    + "<includeMdcKeyName>method</includeMdcKeyName>");
            LoggingEvent event = pairs(
                    mdc(event("x"), "method", "GET", "other", "y", "customer_id", "c"), "request_id", "r", "more", 1);
            assertThat(line(event))
                    .contains("\"customer_id\":\"c\",")
                    .endsWith("\"thread\":{\"name\":\"worker-1\"},\"method\":\"GET\",\"request_id\":\"r\"}");
        }
    }

    @Nested
    class Metrics {

        @Test
        void writesAMetricWithoutItsMessage() {
            configure("<schema>metrics</schema>");
            LoggingEvent event = pairs(
                    event("cpu is high"),
                    "component",
                    "poller",
                    "metric_name",
                    "cpu",
                    "metric_value",
                    0.93,
                    "metric_unit",
                    "ratio",
                    "metric_tags",
                    Map.of("host", "a"),
                    "metric_tag_core",
                    3,
                    "metric_tag_host",
                    "b",
                    "run",
                    1);
            assertThat(line(event)).isEqualTo("""
                    {"timestamp":"2026-03-01T10:00:00.100Z","component":"poller",\
                    "metric":{"name":"cpu","value":0.93,"unit":"ratio","tags":{"host":"a","core":3,"host_1":"b"}},\
                    "run":1}""");
        }

        @Test
        void showsTheValueOfAMetricWhoseNameIsAWordOfSecrets() {
            configure("<schema>metrics</schema>");
            assertThat(line(pairs(event("x"), "metric_name", "password.resets", "metric_value", 3)))
                    .contains("{\"name\":\"password.resets\",\"value\":3}");
        }

        @Test
        void losesNothingOfAnEventThatIsNoMetric() {
            configure("<schema>metrics</schema>");
            assertThat(line(pairs(failing("oh"), "metric_value", 1, "metric_tag_a", 2)))
                    .startsWith("""
                            {"timestamp":"2026-03-01T10:00:00.100Z","component":"com.shop.Checkout","level":"WARN",\
                            "message":"oh","exception":{"type":"java.lang.IllegalStateException",""")
                    .endsWith("},\"metric_value\":1,\"metric_tag_a\":2}");
        }

        @Test
        void letsNoDataTakeItsNames() {
            configure("<schema>metrics</schema>");
            assertThat(line(pairs(event("x"), "metric_name", "n", "metric_name", "m", "metric", 1, "message", 2)))
                    .endsWith("\"metric\":{\"name\":\"n\"},\"metric_name\":\"m\",\"metric_1\":1,\"message_1\":2}");
        }
    }

    @Nested
    class Every {

        @ParameterizedTest
        @ValueSource(strings = {"ecs", "application", "gateway", "metrics"})
        void redactsEveryPart(String schema) {
            configure("<schema>" + schema + "</schema><includeCallerData>true</includeCallerData>");
            encoding.context().putProperty("dbPassword", CANARY);
            encoding.context().putProperty("service", "password=" + CANARY);
            LoggingEvent event = eventOf("password=" + CANARY, "password={}", CANARY, kv("password", CANARY));
            mdc(event, "a.password", CANARY, "correlation_id", "password=" + CANARY, "customer_id", "token=" + CANARY);
            pairs(event, "secret", CANARY, "user_id", "password=" + CANARY, "component", "password=" + CANARY);
            pairs(event, "metric_name", "password=" + CANARY, "metric_value", Map.of("password", CANARY));
            pairs(
                    event,
                    "metric_tag_password",
                    CANARY,
                    "metric_tags",
                    Map.of("apiKey", CANARY, "x", "token=" + CANARY));
            pairs(event, "password=" + CANARY, 1);
            event.setLoggerName("password=" + CANARY);
            event.addMarker(MarkerFactory.getMarker("password=" + CANARY));
            event.addMarker(Markers.append("apiKey", CANARY));
            event.setThrowableProxy(new ThrowableProxy(
                    new IllegalStateException("password=" + CANARY, new RuntimeException("token=" + CANARY))));
            assertThat(line(event)).doesNotContain(CANARY).contains("****");
        }

        @ParameterizedTest
        @ValueSource(strings = {"ecs", "application", "gateway", "metrics"})
        void writesEachHostileNameOnceOnOneLine(String schema) {
            configure("<schema>" + schema + "</schema>");
            LoggingEvent event = event("x\ny");
            String[] names = {"", "\n", "\"", "\\", "a.b", "a_b", "a*b", "\u202e", "message", "context", "metric"};
            for (String name : names) {
                pairs(event, name, 1, name, "two");
            }
            mdc(event, "", "1", "\n", "2", "\"}", "3", "a.b", "4", "a_b", "5", "message", "6", "\u0085", "7");
            assertThat(line(event))
                    .doesNotContain("\n")
                    .doesNotContain("\u202e")
                    .doesNotContain("\u0085");
        }

        @ParameterizedTest
        @ValueSource(strings = {"ecs", "application", "gateway", "metrics"})
        void keepsNamesThatTheUserGave(String schema) {
            configure(
                    "<schema>" + schema + "</schema><timestampPattern>[UNIX_TIMESTAMP_AS_NUMBER]</timestampPattern>"
                            + "<fieldNames><message>msg</message><level>[ignore]</level><mdc>mdc</mdc><tags>labels</tags>"
                            + "</fieldNames><provider class=\"net.logstash.logback.composite.loggingevent.RawMessageJsonProvider\"/>");
            LoggingEvent event = mdc(event("hello"), "a.b", "1");
            event.addMarker(MarkerFactory.getMarker("AUDIT"));
            assertThat(line(event))
                    .contains(
                            "timestamp\":1772359200100,",
                            "\"msg\":\"hello\"",
                            "\"mdc\":{\"a.b\":\"1\"}",
                            "\"raw_message\":\"hello\"")
                    .contains("\"labels\":[\"AUDIT\"]")
                    .doesNotContain("WARN");
        }

        @ParameterizedTest
        @ValueSource(strings = {"ecs", "application", "gateway", "metrics"})
        void leavesOutWhatIsSwitchedOff(String schema) {
            configure("<schema>" + schema + "</schema><includeMdc>false</includeMdc><includeTags>false</includeTags>"
                    + "<includeContext>false</includeContext><excludeKeyValueKeyName>user_id</excludeKeyValueKeyName>");
            encoding.context().putProperty("service", "hidden");
            LoggingEvent event = pairs(mdc(event("x"), "customer_id", "hidden"), "user_id", "hidden", "kept", 1);
            event.addMarker(MarkerFactory.getMarker("hidden"));
            assertThat(line(event)).doesNotContain("hidden").contains("\"kept\":1");
        }

        @ParameterizedTest
        @ValueSource(strings = {"ecs", "application", "gateway", "metrics"})
        void writesTheSameAfterARestart(String schema) {
            configure("<schema>" + schema + "</schema><eventId>true</eventId>");
            LoggingEvent event = failing("x");
            event.setSequenceNumber(5);
            String before = line(event);
            encoding.encoder().stop();
            encoding.encoder().start();
            assertThat(line(event)).isEqualTo(before);
        }

        @Test
        void logstashIsTheDefault() {
            configure("<schema>logstash</schema><timeZone>UTC</timeZone>");
            String named = line(pairs(failing("x"), "metric_name", "n", "user_id", 1));
            encoding.close();
            configure("<timeZone>UTC</timeZone>");
            assertThat(line(pairs(failing("x"), "metric_name", "n", "user_id", 1)))
                    .isEqualTo(named);
            assertThat(named).startsWith("{\"@timestamp\":\"2026-03-01T10:00:00.1002003Z\",\"@version\":\"1\",");
        }
    }

    /** As it comes out of a journal. */
    private static final class OfAnEarlierRun extends LoggingEvent implements Identified {

        OfAnEarlierRun() {
            setLevel(Level.WARN);
            setLoggerName("a");
            setThreadName("b");
            setMessage("c");
            setSequenceNumber(17);
            setMDCPropertyMap(Map.of());
        }

        @Override
        public String eventId() {
            return "0123456789abcdef-17";
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"logstash", "application", "gateway", "metrics"})
    void whereTheIdIsWrittenItsNumberIsToo(String schema) {
        configure("<schema>" + schema + "</schema><eventId>true</eventId>");
        String run = EventIdentity.of(encoding.context()).runId();
        assertThat(line(event("x"))).endsWith(",\"event.id\":\"" + run + "-1\",\"event.sequence\":1}");
        assertThat(line(pairs(event("x"), "event.sequence", 9)))
                .contains("\"event.sequence_1\":9")
                .endsWith(",\"event.sequence\":2}");
        encoding.close();
        configure("<schema>" + schema + "</schema>");
        assertThat(line(pairs(event("x"), "event.sequence", 9))).contains("\"event.sequence\":9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"secrets", "pci", "gdpr", "hipaa", "strict"})
    void noProfileHidesWhoAnEventIs(String profile) {
        configure(
                "<schema>ecs</schema><eventId>true</eventId><redaction><profile>" + profile + "</profile></redaction>");
        String run = EventIdentity.of(encoding.context()).runId();
        Random random = new Random(5);
        for (long most = 10; most < 10_000_000_000_000L; most *= 10) {
            for (int i = 0; i < 300; i++) {
                LoggingEvent event = event("x");
                long number = random.nextLong(most / 10, most);
                event.setSequenceNumber(number);
                String line = new String(encoding.encoder().encode(event), StandardCharsets.UTF_8);
                assertThat(line)
                        .contains("\"event.sequence\":" + number + ",")
                        .contains(
                                "\"event.id\":\"" + run + "-" + number + "\",\"service.ephemeral_id\":\"" + run + "\"");
            }
        }
    }

    @Test
    void withheldEventsHaveTheNamesOfTheSchema() {
        configure("<schema>ecs</schema><eventId>true</eventId>");
        LoggingEvent event = pairs(event("x"), "bad", new Object() {
            public String getX() {
                throw new IllegalStateException(CANARY);
            }
        });
        String line = new String(encoding.encoder().encode(event), StandardCharsets.UTF_8);
        assertThat(JSON.readTree(line).propertyNames())
                .containsExactly(
                        "@timestamp",
                        "log.level",
                        "message",
                        "ecs.version",
                        "log.logger",
                        "process.thread.name",
                        "event.id",
                        "event.sequence",
                        "service.ephemeral_id");
        assertThat(line)
                .startsWith("{\"@timestamp\":\"2026-03-01T10:00:00.100Z\",\"log.level\":\"WARN\",")
                .contains("withheld", "\"event.sequence\":1,")
                .doesNotContain(CANARY);
    }

    @Test
    void redactsEverythingWhereTheNameIsUnknown() {
        encoding = Encoding.with(directory, "<schema>aplication</schema>");
        assertThat(encoding.complaints())
                .element(0)
                .asString()
                .contains(
                        "<schema> [aplication] is not one of logstash, ecs, application, gateway, metrics; did you mean application?");
        assertThat(new String(encoding.encoder().encode(event(CANARY)), StandardCharsets.UTF_8))
                .contains("[event withheld: the redaction is misconfigured]")
                .doesNotContain(CANARY);
    }
}
