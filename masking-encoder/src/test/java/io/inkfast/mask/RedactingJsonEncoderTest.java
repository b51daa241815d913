package io.inkfast.mask;

import static net.logstash.logback.argument.StructuredArguments.kv;
import static net.logstash.logback.argument.StructuredArguments.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.LoggingEventVO;
import io.inkfast.component.EventIdentity;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import net.logstash.logback.encoder.LogstashEncoder;
import net.logstash.logback.marker.Markers;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RedactingJsonEncoderTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    Path directory;

    @Test
    void writesCleanEventsAsLogstashEncoderDoes() {
        String options = """
                <customFields>{"service":"checkout","n":[1,2.50,true,null]}</customFields>
                <includeCallerData>false</includeCallerData>
                <timeZone>UTC</timeZone>""";
        try (Encoding ours = Encoding.with(directory, options);
                Encoding plain = Encoding.of(directory, LogstashEncoder.class.getName(), options)) {
            for (Encoding one : List.of(ours, plain)) {
                one.context().putProperty("region", "eu-1");
            }
            ours.context().getMDCAdapter().put("traceId", "4bf92f3577b34da6a3ce929d0e0e4736");
            ours.logger()
                    .atInfo()
                    .addMarker(Markers.appendRaw("raw", "{\"a\" : 1.0E2}").and(Markers.append("list", List.of(1, 2))))
                    .addKeyValue("order", 17L)
                    .addKeyValue("nested", Map.of("x", new double[] {1.5}))
                    .log("shipped {} to {} in {} ms ☃ 👩\u200d🚀 می\u200cخواهم", kv("item", "book"), "Köln", 42);
            ours.logger().error("failed", new IllegalStateException("no stock", new RuntimeException("db down")));
            for (var event : ours.sink().events) {
                assertThat(new String(plain.sink().events.isEmpty() ? encode(plain, event) : encode(plain, event)))
                        .isEqualTo(new String(encode(ours, event)));
            }
            assertThat(ours.complaints()).isEmpty();
        }
    }

    private static byte[] encode(Encoding encoding, ch.qos.logback.classic.spi.ILoggingEvent event) {
        Encoding.Sink sink = encoding.sink();
        int before = sink.lines.size();
        sink.doAppend(event);
        return sink.lines.get(before).getBytes();
    }

    @Test
    void keepsEachChannelBack() {
        String canary = "c4nary-7f3a";
        try (Encoding encoding = Encoding.with(directory, "")) {
            var log = encoding.logger();
            log.info("password={}", canary);
            log.info("password={} now", canary + " with, more} " + canary);
            log.info("login {}", kv("password", canary));
            log.info("login {}", value("password", canary + " " + canary));
            log.atInfo().addKeyValue("db.Password", canary).log("x");
            log.atInfo()
                    .addKeyValue("credentials", Map.of("a", List.of(canary)))
                    .log("x");
            log.atInfo().addKeyValue("config", Map.of("apiKey", canary)).log("x");
            log.atInfo().addKeyValue("config", new Account("bob", canary)).log("x");
            log.info("x {}", new Account("bob", canary));
            log.info(Markers.append("secret", canary), "x");
            log.info(Markers.appendEntries(Map.of("clientSecret", canary)), "x");
            log.info(Markers.appendRaw("cfg", "{\"pass\\u0077ord\":\"" + canary + "\"}"), "x");
            log.info(Markers.appendRaw("cfg", "password=" + canary + " not json"), "x");
            log.info(Markers.appendFields(new Account("bob", canary)), "x");
            log.info(Markers.appendArray("list", "password=" + canary), "x");
            log.atInfo().addKeyValue("password=" + canary, 1).log("x");
            log.atInfo().addKeyValue("blob", ("password=" + canary).getBytes()).log("x");
            log.error("x", new IllegalStateException("password=" + canary, new RuntimeException("token=" + canary)));
            RuntimeException suppressing = new RuntimeException("x");
            suppressing.addSuppressed(new RuntimeException("{\"password\":\"" + canary + "\"}"));
            log.error("x", suppressing);
            encoding.context().getMDCAdapter().put("apiKey", canary);
            encoding.context().getMDCAdapter().put("note", "password=" + canary);
            log.info("x");
            encoding.context().getMDCAdapter().clear();
            encoding.context().getLogger("password=" + canary).info("x");
            Thread.currentThread().setName("worker password=" + canary);
            log.info("x");
            Thread.currentThread().setName("main");
            encoding.context().putProperty("dbPassword", canary);
            log.info("x");
            assertThat(encoding.sink().lines).hasSize(23).noneMatch(line -> line.contains(canary));
            assertThat(encoding.sink().lines)
                    .allSatisfy(line ->
                            assertThat(JSON.readTree(line).has("message")).isTrue());
            assertThat(encoding.sink().lines).noneMatch(line -> line.contains("withheld"));
            assertThat(encoding.complaints()).isEmpty();
        }
    }

    @Test
    void keepsNumbersBack() {
        try (Encoding encoding = Encoding.with(directory, "")) {
            encoding.logger()
                    .atInfo()
                    .addKeyValue("a", 4111111111111111L)
                    .addKeyValue("b", new java.math.BigInteger("4111111111111111"))
                    .addKeyValue("c", new java.math.BigDecimal("4111111111111111"))
                    .addKeyValue("d", 4.111111111111111E15)
                    .addKeyValue("e", Map.of("4111111111111111", 1))
                    .addKeyValue("pin", 1234)
                    .addKeyValue("f", new long[] {4111111111111111L})
                    .log("x");
            assertThat(encoding.last()).doesNotContain("4111111111111111").doesNotContain("1234");
            JsonNode line = JSON.readTree(encoding.last());
            assertThat(line.get("a").asString()).isEqualTo("****");
            assertThat(line.get("pin").asString()).isEqualTo("****");
        }
    }

    @Test
    void masksTheMessageOfAKeyValueArgument() {
        try (Encoding encoding = Encoding.with(directory, "")) {
            encoding.logger().info("login {} {}", kv("user", "bob"), kv("password", "p@ss, w0rd"));
            JsonNode line = JSON.readTree(encoding.last());
            assertThat(line.get("message").asString()).isEqualTo("login user=bob password=****");
            assertThat(line.get("password").asString()).isEqualTo("****");
        }
    }

    @Test
    void redactsBeforeTheMessageIsSplit() {
        try (Encoding encoding = Encoding.with(directory, "<messageSplitRegex>\\n</messageSplitRegex>")) {
            encoding.logger().info("key -----BEGIN PRIVATE KEY-----\nMIIEvQIBADANB\n-----END PRIVATE KEY-----\nend");
            assertThat(JSON.readTree(encoding.last()).get("message").toString()).isEqualTo("[\"key ****\",\"end\"]");
        }
    }

    @Test
    void leavesMessagesOfExceptionsOutIfAsked() {
        try (Encoding encoding =
                Encoding.with(directory, "<redaction><exceptions>classOnly</exceptions></redaction>")) {
            encoding.logger().error("x", new IllegalStateException("one", new RuntimeException("two")));
            assertThat(JSON.readTree(encoding.last()).get("stack_trace").asString())
                    .startsWith("java.lang.IllegalStateException")
                    .contains("Caused by: java.lang.RuntimeException")
                    .doesNotContain("one")
                    .doesNotContain("two");
        }
    }

    @Test
    void masksFieldsThatTheUserNamesAndNotThoseAllowed() {
        String xml =
                "<redaction><field>customerNote</field><field>sku = mask</field><allow>traceToken, pin</allow></redaction>";
        try (Encoding encoding = Encoding.with(directory, xml)) {
            encoding.logger()
                    .atInfo()
                    .addKeyValue("customer_note", "a b c")
                    .addKeyValue("SKU", 17)
                    .addKeyValue("traceToken", "abc")
                    .addKeyValue("pin", 1234)
                    .log("customer-note=hello sku: 17");
            JsonNode line = JSON.readTree(encoding.last());
            assertThat(line.get("customer_note").asString()).isEqualTo("****");
            assertThat(line.get("SKU").asString()).isEqualTo("****");
            assertThat(line.get("traceToken").asString()).isEqualTo("abc");
            assertThat(line.get("pin").asInt()).isEqualTo(1234);
            assertThat(line.get("message").asString()).isEqualTo("customer-note=**** sku: ****");
            assertThat(encoding.complaints()).isEmpty();
        }
    }

    @Test
    void redactsNothingIfSwitchedOff() {
        try (Encoding encoding = Encoding.with(directory, "<redaction><profile>none</profile></redaction>")) {
            encoding.logger().info("password=hunter2");
            assertThat(encoding.last()).contains("hunter2");
            assertThat(encoding.complaints())
                    .containsExactly("WARN Redaction is switched off by <profile>none</profile>");
        }
    }

    @Test
    void redactsPrefixAndSuffix() {
        String xml = """
                <prefix class="ch.qos.logback.core.encoder.LayoutWrappingEncoder">
                  <layout class="ch.qos.logback.classic.PatternLayout"><pattern>%mdc{password} %msg </pattern></layout>
                </prefix>""";
        try (Encoding encoding = Encoding.with(directory, xml)) {
            encoding.context().getMDCAdapter().put("password", "hunter2");
            encoding.logger().info("token=hunter2 {}", "x");
            assertThat(encoding.last()).startsWith("**** token=**** x{").doesNotContain("hunter2");
        }
    }

    @Nested
    class WhenMisconfigured {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "<redaction><profile>secretz</profile></redaction>",
                    "<redaction><profile>gdprs</profile></redaction>",
                    "<redaction><profil>secrets</profil></redaction>",
                    "<redaction><field>order.items[x]</field></redaction>",
                    "<redaction><field>x = hash</field></redaction>",
                    "<redaction><exceptions>redacted</exceptions></redaction>",
                    "<redaction><onError>pass</onError></redaction>",
                    "<redaction><onMisconfiguration>PASS</onMisconfiguration></redaction>",
                    "<redaction><profile>none, pci</profile></redaction>",
                    "<redaktion><profile>secrets</profile></redaktion>",
                    "<redaction><field>${NO_SUCH_VARIABLE}</field></redaction>",
                    "<eventId>yes</eventId>",
                    "<includeCallerData>yes</includeCallerData>",
                })
        void redactsEverything(String xml) {
            try (Encoding encoding = Encoding.with(directory, xml)) {
                encoding.logger().warn("hello {}", "world", new RuntimeException("boom"));
                JsonNode line = JSON.readTree(encoding.last());
                assertThat(line.propertyNames())
                        .as("%s", encoding.complaints())
                        .containsExactlyInAnyOrder("@timestamp", "@version", "message", "logger_name", "level");
                assertThat(line.get("message").asString())
                        .isEqualTo("[event withheld: the redaction is misconfigured]");
                assertThat(line.get("level").asString()).isEqualTo("WARN");
                assertThat(line.get("logger_name").asString()).isEqualTo("com.shop.Checkout");
                assertThat(encoding.complaints()).anyMatch(c -> c.startsWith("ERROR Everything is redacted until"));
                assertThat(encoding.encoder().getWithheldEvents()).isEqualTo(1);
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"<redaction mode=\"report\"/>", "<redaction><field name=\"x\"/></redaction>"})
        void redactsEverythingForAnAttributeThatLogbackIgnores(String xml) throws Exception {
            try (Encoding encoding = Encoding.scanned(directory, xml)) {
                encoding.logger().warn("hello");
                assertThat(encoding.last()).contains("event withheld").doesNotContain("hello");
                assertThat(encoding.complaints()).anyMatch(c -> c.contains("is ignored by Logback"));
            }
        }

        @Test
        void refusesToStartIfAsked() {
            String xml =
                    "<redaction><profile>x</profile><onMisconfiguration>REFUSE_START</onMisconfiguration></redaction>";
            try (Encoding encoding = Encoding.with(directory, xml)) {
                assertThat(encoding.encoder().isStarted()).isFalse();
                encoding.logger().info("hello");
                assertThat(encoding.last()).contains("event withheld").doesNotContain("hello");
            }
        }
    }

    @Nested
    class WhenRenderingFails {

        @Test
        void keepsTheEventAndWithholdsItsContent() {
            try (Encoding encoding = Encoding.with(directory, "")) {
                encoding.logger().atInfo().addKeyValue("a", new Throwing()).log("hello hunter2");
                String line = encoding.last();
                assertThat(line)
                        .contains("[event withheld: redaction failed ")
                        .doesNotContain("hunter2")
                        .endsWith("\n");
                assertThat(JSON.readTree(line).get("thread_name").asString()).isNotEmpty();
                assertThat(encoding.encoder().getWithheldEvents()).isEqualTo(1);
                assertThat(encoding.complaints()).hasSize(1).noneMatch(c -> c.contains("hunter2"));
                encoding.logger().info("next");
                assertThat(JSON.readTree(encoding.last()).get("message").asString())
                        .isEqualTo("next");
            }
        }

        @Test
        void survivesEndlessRecursionAndLinkageErrors() {
            try (Encoding encoding = Encoding.with(directory, "")) {
                encoding.logger().atInfo().addKeyValue("a", new Endless()).log("x");
                encoding.logger().atInfo().addKeyValue("a", new Broken()).log("x");
                assertThat(encoding.sink().lines).hasSize(2).allMatch(line -> line.contains("event withheld"));
            }
        }

        @Test
        void writesNothingOfABrokenLineIntoTheStream() throws Exception {
            try (Encoding encoding = Encoding.with(directory, "")) {
                encoding.logger()
                        .atInfo()
                        .addKeyValue("a", "x".repeat(100_000))
                        .addKeyValue("b", new Throwing())
                        .log("x");
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                encoding.encoder().encode(encoding.sink().events.get(0), out);
                assertThat(out.toString()).contains("event withheld").doesNotContain("xxx");
            }
        }
    }

    @Test
    void encodesAnEventLoggedWhileAnotherIsEncoded() {
        try (Encoding encoding = Encoding.with(directory, "")) {
            AtomicBoolean once = new AtomicBoolean();
            Object logging = new Object() {
                @Override
                public String toString() {
                    if (once.compareAndSet(false, true)) {
                        LoggingEvent event = new LoggingEvent();
                        event.setLevel(Level.INFO);
                        event.setLoggerName("inner");
                        event.setMessage("password=hunter2");
                        event.setInstant(java.time.Instant.now());
                        event.setThreadName("main");
                        event.setLoggerContext(encoding.context());
                        event.setLoggerContextRemoteView(encoding.context().getLoggerContextRemoteView());
                        event.setMDCPropertyMap(Map.of());
                        assertThat(new String(encoding.encoder().encode(event))).contains("password=****");
                    }
                    return "inner";
                }
            };
            encoding.logger().info("outer {}", logging);
            assertThat(JSON.readTree(encoding.last()).get("message").asString()).isEqualTo("outer inner");
        }
    }

    @Test
    void startsAgainAfterStop() {
        try (Encoding encoding = Encoding.with(directory, "<eventId>true</eventId>")) {
            RedactingJsonEncoder encoder = encoding.encoder();
            encoding.logger().info("x");
            encoder.stop();
            var event = encoding.sink().events.get(0);
            assertThatCode(() -> encoder.encode(event)).doesNotThrowAnyException();
            assertThat(new String(encoder.encode(event))).contains("withheld");
            encoder.start();
            JsonNode line = JSON.readTree(new String(encoder.encode(event)));
            assertThat(line.get("message").asString()).isEqualTo("x");
            assertThat(line.get("event.id").asString()).matches("[0-9a-z]{16}-1");
        }
    }

    @Test
    void writesTheIdFromTheMomentOnInWhichThatIsWanted() {
        String options = "<schema>ecs</schema><fieldNames><message>text</message></fieldNames>";
        try (Encoding encoding = Encoding.with(directory, options)) {
            encoding.logger().atInfo().addKeyValue("event.id", "mine").log("before");
            assertThat(encoding.last()).contains("\"text\":\"before\"").contains("\"event.id\":\"mine\"");
            encoding.encoder().writeEventId();
            encoding.encoder().writeEventId();
            encoding.logger().atInfo().addKeyValue("event.id", "mine").log("password=hunter22 after");
            String run = EventIdentity.of(encoding.context()).runId();
            assertThat(encoding.last())
                    .contains("\"text\":\"password=**** after\"", "\"event.sequence\":1", "\"event.id_1\":\"mine\"")
                    .containsOnlyOnce("\"event.id\":\"" + run + "-1\"");
            encoding.encoder().stop();
            encoding.encoder().start();
            encoding.logger().info("again");
            assertThat(encoding.last())
                    .contains("\"text\":\"again\"")
                    .containsOnlyOnce("\"event.id\":\"" + run + "-2\"");
            assertThat(encoding.complaints()).isEmpty();
        }
    }

    @Test
    void writesTheIdAlsoWhereEverythingIsWithheld() {
        try (Encoding encoding = Encoding.with(directory, "<schema>none</schema>")) {
            encoding.encoder().writeEventId();
            encoding.logger().info("hunter22");
            String run = EventIdentity.of(encoding.context()).runId();
            assertThat(encoding.last())
                    .contains("[event withheld: the redaction is misconfigured]")
                    .contains("\"event.id\":\"" + run + "-1\",\"event.sequence\":1")
                    .doesNotContain("hunter22");
        }
    }

    @Test
    void numbersEventsThatAreNotLogbacksOwn() {
        try (Encoding encoding = Encoding.with(directory, "<eventId>true</eventId>")) {
            encoding.logger().info("x");
            ILoggingEvent foreign = LoggingEventVO.build(plain(encoding));
            String run = EventIdentity.of(encoding.context()).runId();
            for (int number = 2; number < 4; number++) {
                assertThat(new String(encoding.encoder().encode(foreign)))
                        .contains("\"event.id\":\"" + run + "-" + number + "\",\"event.sequence\":" + number);
            }
        }
    }

    private static LoggingEvent plain(Encoding encoding) {
        return new LoggingEvent("x", encoding.context().getLogger("a"), Level.INFO, "m", null, null);
    }

    public record Account(String name, String password) {}

    public static final class Throwing {
        public String getValue() {
            throw new IllegalStateException("hunter2");
        }
    }

    public static final class Endless {
        public Endless getNext() {
            return new Endless();
        }
    }

    public static final class Broken {
        public String getValue() {
            throw new NoClassDefFoundError("hunter2");
        }
    }

    static {
        MDC.clear();
    }
}
