package io.inkfast.mask;

import static net.logstash.logback.argument.StructuredArguments.kv;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.read.ListAppender;
import io.inkfast.testing.LogbackHarness;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whole configurations with redaction: right they start in silence and redact, with any mistake nothing is seen raw. */
class RedactionConfigurationTest {

    private static final String CARD = "4111111111111111";
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    /** In the event, and not to be seen of one that could not be redacted as it should. */
    private static final String WORD = "xyzzy";

    private static final List<String> SECRETS =
            List.of(CARD, "hunter2", "jane@shop.example", "10.20.30.40", "EMP-4711", "secret note", "abcdefgh");

    private static final String JSON = """
            <configuration>
              <appender name="FILE" class="io.inkfast.file.BatchingFileAppender">
                <file>${LOG_FILE:-logs/app.json}</file>
                <encoder class="io.inkfast.mask.RedactingJsonEncoder">
                  <customFields>{"service":"checkout"}</customFields>
                  <redaction>
                    <profile>secrets, pci, gdpr</profile>
                    <mode>enforce</mode>
                    <keyset>file:${KEYSET_FILE:-keys/redaction.json}</keyset>
                    <field>customerNote</field>
                    <field>order.items[*].serial = keepLast(4)</field>
                    <allow>traceId, orderNumber</allow>
                    <type>email = hash</type>
                    <type>pan = token</type>
                    <type>ip = generalise</type>
                    <pattern>
                      <name>employee</name><literal>EMP-</literal><regex>EMP-[0-9]+</regex><action>mask</action>
                    </pattern>
                    <exceptions>redact</exceptions>
                    <onError>withhold</onError>
                  </redaction>
                </encoder>
              </appender>
              <root level="INFO"><appender-ref ref="FILE"/></root>
            </configuration>
            """;

    private static final String TEXT = """
            <configuration>
              <appender name="CONSOLE" class="ch.qos.logback.core.ConsoleAppender">
                <encoder class="ch.qos.logback.core.encoder.LayoutWrappingEncoder">
                  <layout class="io.inkfast.mask.RedactingPatternLayout">
                    <pattern>%d{ISO8601} %-5level [%thread] %logger{36} - %msg %kvp%n</pattern>
                  </layout>
                </encoder>
              </appender>
              <appender name="LIST" class="ch.qos.logback.core.read.ListAppender"/>
              <appender name="REDACT" class="io.inkfast.mask.RedactingAppender">
                <redaction><profile>secrets,pci</profile></redaction>
                <appender-ref ref="LIST"/>
              </appender>
              <root level="INFO"><appender-ref ref="CONSOLE"/><appender-ref ref="REDACT"/></root>
            </configuration>
            """;

    /* Each element once as users get it wrong; "=" is followed by the text. */
    private static final List<String> WRONG_JSON = List.of(
            "file=",
            "profile=secrets, pci, gdrp",
            "profile=secrets; pci; gdpr",
            "mode=enforced",
            "keyset=file:nowhere/redaction.json",
            "keyset=${UNSET}",
            "field=customerNote = keepLst(4)",
            "field=order.items[*.serial = keepLast(4)",
            "allow=${UNSET}",
            "type=email = hsh",
            "type=emial = hash",
            "name=",
            "name=an employee",
            "literal=${UNSET}",
            "regex=EMP-[0-9",
            "regex=",
            "action=msk",
            "exceptions=redacted",
            "onError=drop");

    private static final Pattern START = Pattern.compile("<([\\w-]+)(?=[ >/])");

    @TempDir
    Path folder;

    private Path log;
    private Map<String, String> variables;

    @BeforeEach
    void keyset() throws IOException {
        log = folder.resolve("app.json");
        variables = Map.of(
                "LOG_FILE",
                log.toString(),
                "KEYSET_FILE",
                TestKeyset.in(folder).path().toString());
    }

    /** All that can be seen of the event, wherever it went. */
    private record Run(List<String> complaints, String seen, List<ILoggingEvent> listed) {}

    private Run run(String configuration) throws IOException {
        Files.deleteIfExists(log);
        Path xml = Files.writeString(Files.createTempFile(folder, "logback", ".xml"), configuration);
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream console = new ByteArrayOutputStream();
        PrintStream captured = new PrintStream(console, true, StandardCharsets.UTF_8);
        System.setOut(captured);
        System.setErr(captured);
        List<String> complaints;
        List<ILoggingEvent> listed;
        try (LogbackHarness logback = LogbackHarness.configure(xml, variables)) {
            complaints = logback.complaints();
            logback.logger("shop.Payments")
                    .atWarn()
                    .addKeyValue("order", Map.of("items", List.of(Map.of("serial", "abcdefgh6789"))))
                    .addKeyValue("traceId", TRACE)
                    .addKeyValue("customer-note", "secret note")
                    .setCause(new IllegalStateException("password=hunter2"))
                    .log(
                            WORD + " paid with {} by jane@shop.example from 10.20.30.40, EMP-4711 {}",
                            CARD,
                            kv("password", "hunter2"));
            listed = listed(logback);
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        String file = Files.exists(log) ? Files.readString(log) : "";
        return new Run(complaints, file + console.toString(StandardCharsets.UTF_8), listed);
    }

    private static List<ILoggingEvent> listed(LogbackHarness logback) {
        Appender<ILoggingEvent> redact = logback.context().getLogger("ROOT").getAppender("REDACT");
        if (redact instanceof RedactingAppender redacting
                && redacting.getAppender("LIST") instanceof ListAppender<ILoggingEvent> list) {
            return List.copyOf(list.list);
        }
        return List.of();
    }

    /** Each element with a letter less. */
    private static Stream<String> misspelt(String configuration) {
        return START.matcher(configuration)
                .results()
                .filter(found -> !List.of("configuration", "root", "appender").contains(found.group(1)))
                .filter(found -> found.start() < configuration.indexOf("<root"))
                .map(found -> {
                    String name = found.group(1);
                    String typo = name.substring(0, name.length() - 2) + name.charAt(name.length() - 1);
                    String before = configuration.substring(0, found.start() + 1);
                    String behind = configuration.substring(found.end());
                    int close = behind.indexOf("</" + name + ">");
                    int empty = behind.indexOf("/>");
                    boolean isEmpty = empty >= 0 && behind.substring(0, empty).indexOf('>') < 0;
                    return before
                            + typo
                            + (isEmpty
                                    ? behind
                                    : behind.substring(0, close) + "</" + typo
                                            + behind.substring(close + 2 + name.length()));
                });
    }

    private static String with(String configuration, String mistake) {
        String name = mistake.substring(0, mistake.indexOf('='));
        int start = configuration.indexOf("<" + name + ">") + name.length() + 2;
        assertThat(start).isGreaterThan(name.length() + 1);
        return configuration.substring(0, start)
                + mistake.substring(name.length() + 1)
                + configuration.substring(configuration.indexOf("</" + name + ">", start));
    }

    private void refuses(String configuration) throws IOException {
        Run run = run(configuration);
        String seen = run.seen() + run.listed();
        assertThat(run.complaints()).anyMatch(complaint -> complaint.startsWith("ERROR"));
        assertThat(seen).doesNotContain(WORD).doesNotContain(SECRETS);
    }

    @Nested
    class Json {

        @Test
        void startsInSilenceAndDoesWhatItSays() throws IOException {
            Run run = run(JSON);
            assertThat(run.complaints()).isEmpty();
            assertThat(run.seen().lines()).hasSize(1);
            assertThat(run.seen()).doesNotContain(SECRETS);
            JsonNode line = JsonMapper.shared().readTree(run.seen());
            assertThat(line.get("service").asString()).isEqualTo("checkout");
            assertThat(line.get("message").asString())
                    .matches(WORD + " paid with \u2039pan:t1:[\\w-]+\u203a by \u2039email:h1:0badcafe\\.\\w+\u203a from"
                            + " 10\\.20\\.30\\.0, \\*{4} password=\\*{4}");
            assertThat(line.get("customer-note").asString()).isEqualTo("****");
            assertThat(line.get("traceId").asString()).isEqualTo(TRACE);
            assertThat(line.at("/order/items/0/serial").asString()).isEqualTo("****6789");
            assertThat(line.get("stack_trace").asString()).contains("IllegalStateException: password=****");
        }

        @TestFactory
        Stream<DynamicTest> anyElementMisspeltIsRefused() {
            return misspelt(JSON).map(wrong -> DynamicTest.dynamicTest(difference(JSON, wrong), () -> refuses(wrong)));
        }

        @TestFactory
        Stream<DynamicTest> anyWrongValueIsRefused() {
            return WRONG_JSON.stream()
                    .map(mistake -> DynamicTest.dynamicTest(mistake, () -> refuses(with(JSON, mistake))));
        }

        @Test
        void customFieldsThatAreNoJsonAreAnErrorAndTheRestIsRedacted() throws IOException {
            Run run = run(with(JSON, "customFields={\"service\":"));
            assertThat(run.complaints()).anyMatch(complaint -> complaint.contains("customFields"));
            assertThat(run.seen()).doesNotContain(SECRETS);
        }

        @Test
        void aKeysetThatIsNotThereIsNamed() throws IOException {
            assertThat(run(with(JSON, "keyset=file:nowhere/redaction.json")).complaints())
                    .anyMatch(
                            complaint -> complaint.startsWith("ERROR") && complaint.contains("nowhere/redaction.json"));
        }
    }

    @Nested
    class Text {

        @Test
        void startsInSilenceAndDoesWhatItSays() throws IOException {
            Run run = run(TEXT);
            assertThat(run.complaints()).isEmpty();
            assertThat(run.seen())
                    .contains(" WARN  [", "] shop.Payments - " + WORD + " paid with **** by")
                    .contains("password=****", "IllegalStateException: password=****")
                    .doesNotContain(CARD)
                    .doesNotContain("hunter2");
            assertThat(run.listed()).hasSize(1);
            ILoggingEvent event = run.listed().get(0);
            assertThat(event.getFormattedMessage())
                    .startsWith(WORD + " paid with **** by")
                    .endsWith("password=****");
            assertThat(Arrays.toString(event.getArgumentArray()) + event.getMessage() + event.getKeyValuePairs())
                    .doesNotContain(CARD)
                    .doesNotContain("hunter2");
            assertThat(event.getThrowableProxy().getMessage()).isEqualTo("password=****");
        }

        @TestFactory
        Stream<DynamicTest> noElementMisspeltLetsAnythingThrough() {
            return misspelt(TEXT)
                    .map(wrong -> DynamicTest.dynamicTest(difference(TEXT, wrong), () -> nothingRaw(wrong)));
        }

        @TestFactory
        Stream<DynamicTest> noWrongValueLetsAnythingThrough() {
            return Stream.of(
                            with(TEXT, "pattern="),
                            with(TEXT, "pattern=%d{ISO8601} %mesage %msg%n"),
                            with(TEXT, "pattern=%d{ISO8601} %-5level ${UNSET} %msg%n"),
                            with(TEXT, "profile=secrets,pic"),
                            with(TEXT, "profile=${UNSET}"),
                            TEXT.replace("<appender-ref ref=\"LIST\"/>", "<appender-ref ref=\"LSIT\"/>"),
                            TEXT.replace("RedactingPatternLayout", "RedactingPaternLayout"),
                            TEXT.replace("RedactingAppender", "RedactingApender"))
                    .map(wrong -> DynamicTest.dynamicTest(difference(TEXT, wrong), () -> nothingRaw(wrong)));
        }

        /* One of the two may be right and go on, but redacted. */
        private void nothingRaw(String wrong) throws IOException {
            Run run = run(wrong);
            assertThat(run.complaints()).isNotEmpty();
            assertThat(run.seen()).doesNotContain(CARD).doesNotContain("hunter2");
            assertThat(run.listed().toString()).doesNotContain(CARD).doesNotContain("hunter2");
        }
    }

    private static String difference(String right, String wrong) {
        int at = 0;
        while (at < right.length() && right.charAt(at) == wrong.charAt(at)) {
            at++;
        }
        int from = wrong.lastIndexOf('<', at);
        return wrong.substring(Math.max(from, 0), Math.min(wrong.length(), at + 30));
    }
}
