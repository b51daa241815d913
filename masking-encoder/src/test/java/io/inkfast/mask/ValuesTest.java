package io.inkfast.mask;

import static net.logstash.logback.argument.StructuredArguments.entries;
import static net.logstash.logback.argument.StructuredArguments.kv;
import static net.logstash.logback.argument.StructuredArguments.value;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.read.ListAppender;
import io.inkfast.testing.LogbackHarness;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.logstash.logback.marker.Markers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;

/** Each component shows the same of an event. */
class ValuesTest {

    private static final String JSON = "io.inkfast.mask.RedactingJsonEncoder";
    private static final String LAYOUT = "ch.qos.logback.core.encoder.LayoutWrappingEncoder";
    private static final String WRAPPED = "io.inkfast.mask.RedactingEncoder";
    private static final String APPENDER = "io.inkfast.mask.RedactingAppender";

    @TempDir
    Path directory;

    interface Statement {
        void log(Logger logger);
    }

    /** Everything that a component lets be seen of an event, in one text. */
    private String seen(String component, String redaction, Statement statement) {
        String elements = "<redaction>" + redaction + "</redaction>";
        if (component.equals(APPENDER)) {
            return handedOn(elements, statement);
        }
        String all = elements + "<includeNonStructuredArguments>true</includeNonStructuredArguments>";
        if (component.equals(LAYOUT)) {
            all = "<layout class=\"io.inkfast.mask.RedactingPatternLayout\">" + elements
                    + "<pattern>%msg [%mdc] [%kvp] [%marker]%n%ex</pattern></layout>";
        } else if (component.equals(WRAPPED)) {
            all = elements + "<encoder class=\"net.logstash.logback.encoder.LogstashEncoder\">"
                    + "<includeNonStructuredArguments>true</includeNonStructuredArguments></encoder>";
        }
        try (Encoding encoding = Encoding.of(directory, component, all)) {
            encoding.context().getMDCAdapter().put("note", "Zorblax Quux");
            encoding.context().getMDCAdapter().put("acct", "DE2024000123456789");
            encoding.context().getMDCAdapter().put("gone", "canary in the MDC");
            statement.log(encoding.logger());
            assertThat(encoding.complaints()).isEmpty();
            return encoding.last();
        }
    }

    @SuppressWarnings("unchecked")
    private String handedOn(String elements, Statement statement) {
        try (LogbackHarness harness = LogbackHarness.configure(directory, """
                <appender name="LIST" class="ch.qos.logback.core.read.ListAppender"/>
                <appender name="REDACT" class="%s">%s<appender-ref ref="LIST"/></appender>
                <root level="TRACE"><appender-ref ref="REDACT"/></root>
                """.formatted(APPENDER, elements))) {
            harness.context().getMDCAdapter().put("note", "Zorblax Quux");
            harness.context().getMDCAdapter().put("acct", "DE2024000123456789");
            harness.context().getMDCAdapter().put("gone", "canary in the MDC");
            statement.log(harness.logger("com.shop.Checkout"));
            assertThat(harness.complaints()).isEmpty();
            ILoggingEvent event =
                    ((ListAppender<ILoggingEvent>) harness.appender("LIST", ListAppender.class)).list.get(0);
            return event.getFormattedMessage()
                    + Arrays.toString(event.getArgumentArray())
                    + event.getKeyValuePairs()
                    + event.getMDCPropertyMap()
                    + event.getMarkerList()
                    + thrown(event.getThrowableProxy());
        }
    }

    private static String thrown(IThrowableProxy proxy) {
        return proxy == null ? "" : proxy.getMessage() + ((ThrowableProxy) proxy).getThrowable();
    }

    private static void everything(Logger logger) {
        logger.atInfo()
                .addMarker(Markers.append("mk", "Zorblax Quux").and(Markers.appendEntries(Map.of("n", "Zorblax"))))
                .addKeyValue("kn", "Zorblax Quux")
                .addKeyValue("number", 12345678)
                .addKeyValue("list", List.of("Zorblax", 7654321))
                .addKeyValue("failure", new IllegalStateException("Zorblax"))
                .addKeyValue("macAddress", "Quux")
                .setCause(new IllegalStateException("Zorblax Quux", new RuntimeException("Quux")))
                .log(
                        "took {} of {} at {} {} {} {} {}",
                        "Zorblax",
                        kv("s", "Quux"),
                        value("sa", "Zorblax"),
                        entries(Map.of("e", "Quux")),
                        87654321,
                        new IllegalArgumentException("customer Zorblax"),
                        "x");
    }

    @ParameterizedTest
    @ValueSource(strings = {JSON, LAYOUT, WRAPPED, APPENDER})
    void nothingUnlistedPassesUnderProfileStrict(String component) {
        assertThat(seen(component, "<profile>strict</profile>", ValuesTest::everything))
                .contains("took **** of s=**** at ****")
                .contains("java.lang.IllegalArgumentException")
                .doesNotContain("Zorblax")
                .doesNotContain("Quux")
                .doesNotContain("7654321")
                .doesNotContain("12345678");
    }

    @ParameterizedTest
    @ValueSource(strings = {JSON, LAYOUT, WRAPPED, APPENDER})
    void whatIsListedPassesUnderProfileStrict(String component) {
        String redaction = "<profile>strict</profile><allow>note, mk, sa, kn, order</allow>";
        assertThat(seen(
                        component,
                        redaction,
                        logger -> logger.atInfo()
                                .addMarker(Markers.append("mk", "marked"))
                                .addKeyValue("kn", "kept")
                                .addKeyValue("order", Map.of("x", "canary"))
                                .addKeyValue("safe", Safe.of("harmless"))
                                .log("took {} {}", value("sa", "shown"), 4711)))
                .contains("took shown ****", "Zorblax Quux", "marked", "kept", "harmless")
                .doesNotContain("canary")
                .doesNotContain("4711");
    }

    @ParameterizedTest
    @ValueSource(strings = {JSON, LAYOUT, WRAPPED, APPENDER})
    void theActionOfAFieldHoldsWhereverItsNameIs(String component) {
        String redaction = "<field>acct = keepLast(4)</field><field>gone = remove</field>";
        String seen = seen(
                component,
                redaction,
                logger -> logger.atInfo()
                        .addKeyValue("acct", "DE2024000126666")
                        .addKeyValue("gone", "canary")
                        .addMarker(Markers.append("acct", "DE2024000127777"))
                        .log("x {}", kv("acct", "DE2024000125555")));
        assertThat(seen)
                .contains("****6789", "****6666", "****7777", "x acct=****5555")
                .doesNotContain("gone")
                .doesNotContain("canary")
                .doesNotContain("DE2024");
    }

    @ParameterizedTest
    @ValueSource(strings = {JSON, LAYOUT, WRAPPED, APPENDER})
    void exceptionsWithoutTheirMessagesHaveNoneAsArgumentsAndKeyValuesEither(String component) {
        assertThat(seen(
                        component,
                        "<exceptions>classOnly</exceptions>",
                        logger -> logger.atInfo()
                                .addKeyValue("failure", new IllegalStateException("canary :"))
                                .setCause(new IllegalStateException("canary", new RuntimeException("canary :")))
                                .log("failed {} after {}", new IllegalArgumentException("canary :"), 3)))
                .contains("failed java.lang.IllegalArgumentException after 3", "java.lang.IllegalStateException")
                .doesNotContain("canary :");
    }

    @Test
    void exceptionsWithoutTheirMessagesHaveNoneInsideOfObjects() {
        assertThat(seen(
                        JSON,
                        "<exceptions>classOnly</exceptions>",
                        logger -> logger.atInfo()
                                .addKeyValue("list", List.of(new IllegalStateException("canary :")))
                                .log("x")))
                .contains("\"list\":[\"java.lang.IllegalStateException\"]")
                .doesNotContain("canary :");
    }

    @Test
    void aNameThatIsOnlyKnownToBeNoSecretIsNotListed() {
        String seen = seen(
                JSON,
                "<profile>strict</profile>",
                logger -> logger.atInfo()
                        .addKeyValue("macAddress", "canary")
                        .addKeyValue("hasPassword", "canary")
                        .log("passwordPolicy={}", "canary"));
        assertThat(seen)
                .contains("\"macAddress\":\"****\"", "passwordPolicy=****")
                .doesNotContain("canary");
    }

    @Test
    void aValueDoesNotWaitForEverForTheNameThatTellsWhatItIs() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("value", "canary");
        for (int i = 0; i < 70; i++) {
            object.put("x" + i, i);
        }
        object.put("name", "password");
        assertThat(seen(
                        JSON,
                        "",
                        logger -> logger.atInfo().addKeyValue("o", object).log("x")))
                .contains("\"value\":\"****\"", "\"x69\":69")
                .doesNotContain("canary\"");
    }
}
