package io.inkfast.mask;

import static net.logstash.logback.argument.StructuredArguments.kv;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.joran.JoranConfigurator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Everything a user may say inside the element redaction: right it starts in silence, wrong nothing leaks. */
class RedactionElementsTest {

    private static final String CARD = "4111111111111111";
    private static final Pattern ELEMENT = Pattern.compile("<(\\w+)>");

    @TempDir
    Path directory;

    private String elements() throws Exception {
        String keyset = Files.exists(directory.resolve("keyset.json"))
                ? "file:" + directory.resolve("keyset.json")
                : TestKeyset.in(directory).reference();
        return """
                <redaction>
                  <profile>secrets, pci, gdpr</profile>
                  <profile>hipaa</profile>
                  <keyset>%s</keyset>
                  <field>customerNote</field>
                  <field>order.items[*].serial = keepLast(4)</field>
                  <field>/tenant = remove</field>
                  <allow>traceId, orderNumber</allow>
                  <type>email = hash</type>
                  <type>pan = token</type>
                  <type>ip = generalise</type>
                  <exceptions>classOnly</exceptions>
                  <onError>withhold</onError>
                  <onMisconfiguration>REDACT_ALL</onMisconfiguration>
                </redaction>
                """.formatted(keyset);
    }

    private static void log(Encoding encoding) {
        encoding.logger()
                .atInfo()
                .addKeyValue("order", Map.of("items", List.of(Map.of("serial", "abcdefgh6789"))))
                .addKeyValue("tenant", "acme")
                .addKeyValue("inner", Map.of("tenant", "acme"))
                .addKeyValue("traceId", "4bf92f3577b34da6a3ce929d0e0e4736")
                .addKeyValue("customer-note", "canary")
                .setCause(new IllegalStateException("canary"))
                .log("paid with {} {}", CARD, kv("customerNote", "canary"));
    }

    @Test
    void doesWhatItSays() throws Exception {
        try (Encoding encoding = Encoding.with(directory, elements())) {
            log(encoding);
            assertThat(encoding.complaints()).isEmpty();
            JsonNode line = JsonMapper.shared().readTree(encoding.last());
            String message = line.get("message").asString();
            assertThat(message).matches("paid with \u2039pan:t1:[\\w-]+\u203a customerNote=\\*\\*\\*\\*");
            assertThat(TestPseudonyms.reveal(directory, message.substring(10, message.indexOf('\u203a') + 1)))
                    .isEqualTo(CARD);
            assertThat(encoding.last())
                    .contains("\"order\":{\"items\":[{\"serial\":\"****6789\"}]}", "\"inner\":{\"tenant\":\"acme\"}")
                    .contains("4bf92f3577b34da6a3ce929d0e0e4736", "IllegalStateException")
                    .doesNotContain("canary")
                    .doesNotContain(CARD);
            assertThat(line.has("tenant")).isFalse();
        }
    }

    @TestFactory
    Stream<DynamicTest> eachElementMisspeltRedactsEverything() throws Exception {
        String right = elements();
        return ELEMENT.matcher(right)
                .results()
                .filter(found -> !found.group(1).equals("redaction"))
                .map(found -> {
                    int close = right.indexOf("</" + found.group(1) + ">", found.end());
                    String name = found.group(1);
                    String wrong =
                            right.substring(0, found.start()) + "<" + name + "x>" + right.substring(found.end(), close)
                                    + "</" + name + "x>" + right.substring(close + name.length() + 3);
                    return DynamicTest.dynamicTest(
                            name + " at " + found.start(), () -> refuses(wrong, "<" + name + "x>"));
                });
    }

    @TestFactory
    Stream<DynamicTest> eachValueThatIsWrongRedactsEverything() throws Exception {
        String right = elements();
        return ELEMENT.matcher(right)
                .results()
                .filter(found -> !List.of("redaction", "allow").contains(found.group(1)))
                .map(found -> {
                    int close = right.indexOf("</" + found.group(1) + ">", found.end());
                    String name = found.group(1);
                    String wrong = right.substring(0, found.end()) + "x[" + right.substring(close);
                    return DynamicTest.dynamicTest(
                            name + " at " + found.start(), () -> refuses(wrong, "<" + name + ">"));
                });
    }

    private void refuses(String elements, String named) {
        try (Encoding encoding = Encoding.with(directory, elements)) {
            log(encoding);
            assertThat(encoding.complaints()).anyMatch(complaint -> complaint.contains(named));
            assertThat(encoding.last())
                    .contains("event withheld")
                    .doesNotContain("canary")
                    .doesNotContain(CARD)
                    .doesNotContain("paid");
        }
    }

    @Test
    void aReloadWithAMistakeRedactsEverythingAndACorrectedOneNothingMore() throws Exception {
        try (Encoding encoding = Encoding.scanned(directory, elements())) {
            log(encoding);
            assertThat(encoding.last()).contains("paid with");
            reload(encoding, elements().replace("email = hash", "emai = hash"));
            log(encoding);
            assertThat(encoding.last()).contains("event withheld").doesNotContain("paid");
            reload(encoding, elements().replace("<allow>", "<alow>").replace("</allow>", "</alow>"));
            log(encoding);
            assertThat(encoding.last()).contains("event withheld").doesNotContain("paid");
            reload(encoding, elements());
            log(encoding);
            assertThat(encoding.last()).contains("paid with");
        }
    }

    /* As Logback does when it sees that the file has changed. */
    private void reload(Encoding encoding, String elements) throws Exception {
        Path xml = Files.writeString(Files.createTempFile(directory, "changed", ".xml"), """
                <configuration>
                <appender name="SINK" class="%s"><encoder class="%s">%s</encoder></appender>
                <root level="TRACE"><appender-ref ref="SINK"/></root>
                </configuration>
                """.formatted(
                        Encoding.Sink.class.getName(), RedactingJsonEncoder.class.getName(), elements));
        encoding.context().reset();
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(encoding.context());
        configurator.doConfigure(xml.toUri().toURL());
    }
}
