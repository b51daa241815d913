package io.inkfast.mask;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import io.inkfast.testing.LogbackHarness;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RedactingEncoderTest {

    @TempDir
    Path directory;

    private LogbackHarness with(String inner, String elements) {
        return LogbackHarness.configure(directory, """
                <appender name="SINK" class="%s">
                  <encoder class="io.inkfast.mask.RedactingEncoder">%s%s</encoder>
                </appender>
                <root level="TRACE"><appender-ref ref="SINK"/></root>
                """.formatted(PatternOutput.Sink.class.getName(), inner, elements));
    }

    private static String encoder(String type, String elements) {
        return "<encoder class=\"" + type + "\">" + elements + "</encoder>";
    }

    private static List<String> texts(LogbackHarness harness) {
        return harness.appender("SINK", PatternOutput.Sink.class).texts;
    }

    /** Adds to what it is given what the event does not say. */
    public static final class Careless extends EncoderBase<ILoggingEvent> {

        @Override
        public byte[] encode(ILoggingEvent event) {
            String secret = event.getFormattedMessage().contains("self-test") ? "" : "hunter22";
            return ("{\"text\":\"" + event.getFormattedMessage() + "\",\"login\":{\"password\":\"" + secret
                            + "\",\"n\":[1,2.50]},\"x\":\"\u202e\"}\n")
                    .getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public byte[] headerBytes() {
            return "head".getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public byte[] footerBytes() {
            return null;
        }
    }

    /** Writes no text. */
    public static final class Binary extends EncoderBase<ILoggingEvent> {

        @Override
        public byte[] encode(ILoggingEvent event) {
            return new byte[] {(byte) 0xff, (byte) 0xfe, 1};
        }

        @Override
        public byte[] headerBytes() {
            return null;
        }

        @Override
        public byte[] footerBytes() {
            return null;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "net.logstash.logback.encoder.LogstashEncoder",
                "ch.qos.logback.classic.encoder.JsonEncoder",
                "ch.qos.logback.classic.encoder.PatternLayoutEncoder"
            })
    void letsNoSecretThroughAnyEncoder(String type) {
        String elements = type.endsWith("PatternLayoutEncoder")
                ? "<pattern>%d %thread %logger %msg %kvp %X %marker %property{note} %ex%n</pattern>"
                : "";
        try (LogbackHarness harness = with(encoder(type, elements), "")) {
            Channels.logAll(harness.context());
            assertThat(texts(harness)).hasSize(19).noneMatch(text -> text.contains("withheld:"));
            ChannelsTest.assertNothingIn(texts(harness).toString());
            assertThat(harness.complaints()).isEmpty();
            for (String text : texts(harness)) {
                if (elements.isEmpty()) {
                    assertThat(JsonMapper.shared().readTree(text).isObject()).isTrue();
                    assertThat(text.strip().lines()).hasSize(1);
                }
            }
        }
    }

    @Test
    void searchesJsonByItsStructure() {
        try (LogbackHarness harness = with(encoder(Careless.class.getName(), ""), "")) {
            harness.logger("x").info("hello");
            assertThat(texts(harness))
                    .containsExactly(
                            "{\"text\":\"hello\",\"login\":{\"password\":\"****\",\"n\":[1,2.50]},\"x\":\"\\u202E\"}\n");
            assertThat(harness.appender("SINK", PatternOutput.Sink.class)
                            .getEncoder()
                            .headerBytes())
                    .isEqualTo("head".getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void neutralisesPlainText() {
        String inner =
                encoder("ch.qos.logback.classic.encoder.PatternLayoutEncoder", "<pattern>%level %msg %kvp%n</pattern>");
        try (LogbackHarness harness = with(inner, "")) {
            harness.logger("x").atInfo().addKeyValue("k", "a\nb").log("one\ntwo");
            assertThat(texts(harness)).containsExactly("INFO one\\ntwo k=\"a\\nb\"\n");
        }
    }

    @Test
    void writesCleanEventsAsTheOtherEncoderDoes() {
        try (LogbackHarness ours = with(encoder("net.logstash.logback.encoder.LogstashEncoder", ""), "");
                LogbackHarness plain =
                        LogbackHarness.configure(directory, """
                        <appender name="SINK" class="%s">
                          <encoder class="net.logstash.logback.encoder.LogstashEncoder"/></appender>
                        <root level="TRACE"><appender-ref ref="SINK"/></root>
                        """.formatted(PatternOutput.Sink.class.getName()))) {
            List<JsonNode> lines = new java.util.ArrayList<>();
            for (LogbackHarness each : List.of(ours, plain)) {
                each.context().getMDCAdapter().put("user", "anna");
                each.logger("x").atInfo().addKeyValue("m", Map.of("a", 1)).log("shipped {}", 17);
                lines.add(JsonMapper.shared().readTree(texts(each).get(0)));
            }
            lines.forEach(line -> ((tools.jackson.databind.node.ObjectNode) line).remove("@timestamp"));
            assertThat(lines.get(0)).isEqualTo(lines.get(1));
        }
    }

    @Nested
    class WhenSomethingIsWrong {

        @Test
        void withholdsInTheOthersFormat() {
            String json = encoder("net.logstash.logback.encoder.LogstashEncoder", "");
            try (LogbackHarness harness = with(json, "<redaction><profile>x</profile></redaction>")) {
                harness.logger("x").info("hello");
                assertThat(texts(harness).get(0)).contains("[event withheld: the redaction is misconfigured]");
                assertThat(harness.complaints())
                        .contains("ERROR <profile> [x] is not one of secrets, pci, gdpr, hipaa, strict, none");
            }
        }

        @Test
        void needsAnEncoder() {
            try (LogbackHarness harness = with("", "")) {
                harness.logger("x").info("hello");
                assertThat(texts(harness).get(0)).contains("[event withheld: the redaction is misconfigured]");
                assertThat(harness.complaints()).contains("ERROR <encoder> is required in a RedactingEncoder");
            }
        }

        @Test
        void withholdsWhatIsNotText() {
            try (LogbackHarness harness = with(encoder(Binary.class.getName(), ""), "")) {
                harness.logger("x").info("hello");
                assertThat(texts(harness).get(0))
                        .endsWith(" INFO x - [event withheld: redaction failed java.lang.IllegalStateException]\n");
                assertThat(harness.complaints())
                        .containsExactly("ERROR The content of an event was withheld, because it could not be redacted"
                                + " [java.lang.IllegalStateException]");
            }
        }
    }
}
