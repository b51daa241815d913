package io.inkfast.mask;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.inkfast.internal.Settings;
import io.inkfast.testing.LogbackHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.logstash.logback.composite.AbstractJsonProvider;
import net.logstash.logback.decorate.JsonGeneratorDecorator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.util.JsonGeneratorDelegate;

class SelfTestTest {

    private static final String UNPROTECTED =
            "prints events that no redactor has seen; put it behind a RedactingAppender, or"
                    + " give it a RedactingJsonEncoder or a RedactingPatternLayout";

    @TempDir
    Path directory;

    /** Goes round the redaction: writes where nobody looks any more. */
    public static final class Tunnel implements JsonGeneratorDecorator {

        @Override
        public JsonGenerator decorate(JsonGenerator generator) {
            JsonGenerator bottom = generator;
            while (bottom instanceof JsonGeneratorDelegate delegate) {
                bottom = delegate.delegate();
            }
            return bottom;
        }
    }

    /** Counts the events that it was asked to write. */
    public static final class Counting extends AbstractJsonProvider<ILoggingEvent> {

        @Override
        public void writeTo(JsonGenerator generator, ILoggingEvent event) {
            generator.writeStringProperty("thread_is", event.getThreadName());
        }
    }

    @Nested
    class Canaries {

        @Test
        void areFoundWhereTheyComeOut() {
            Policy policy = new Redaction().compile(new Settings());
            assertThat(Canary.leaks(policy, ILoggingEvent::getFormattedMessage)).isTrue();
            assertThat(Canary.leaks(policy, event -> event.getMDCPropertyMap().toString()))
                    .isTrue();
            assertThat(Canary.leaks(policy, event -> event.getKeyValuePairs().toString()))
                    .isTrue();
            assertThat(Canary.leaks(policy, ILoggingEvent::getThreadName)).isTrue();
            assertThat(Canary.leaks(policy, event -> event.getThrowableProxy().getMessage()))
                    .isTrue();
            assertThat(Canary.leaks(policy, event -> "harmless")).isFalse();
            assertThat(Canary.leaks(policy, event -> {
                        throw new IOException(event.getFormattedMessage());
                    }))
                    .isFalse();
        }

        @Test
        void areOnlyWhatThePolicyForbids() {
            Redaction redaction = new Redaction();
            redaction.addProfile("pci");
            Policy policy = redaction.compile(new Settings());
            try (PatternOutput output =
                    PatternOutput.of(directory, "%msg%n", "<redaction><profile>pci</profile></redaction>", "")) {
                output.logger().info("password=x");
                assertThat(output.last()).isEqualTo("password=x\n");
                assertThat(Canary.leaks(
                                policy,
                                event -> event.getKeyValuePairs().get(0).value.toString()))
                        .isFalse();
            }
        }
    }

    @Test
    void closesTheEncoderThatLetsSomethingThrough() {
        String options = "<decorator class=\"" + Tunnel.class.getName() + "\"/>";
        try (Encoding encoding = Encoding.with(directory, options)) {
            encoding.logger().atInfo().addKeyValue("password", "hunter22").log("hello");
            assertThat(encoding.last())
                    .contains("[event withheld: the redaction is misconfigured]")
                    .doesNotContain("hunter");
            assertThat(encoding.complaints()).contains("ERROR " + Canary.FOUND);
        }
    }

    @Test
    void leavesNoTrace() {
        String options = "<eventId>true</eventId><provider class=\"" + Counting.class.getName() + "\"/>";
        try (Encoding encoding = Encoding.with(directory, options)) {
            assertThat(encoding.sink().lines).isEmpty();
            assertThat(encoding.encoder().getWithheldEvents()).isZero();
            assertThat(encoding.complaints()).isEmpty();
            encoding.logger().info("first");
            assertThat(encoding.last()).containsPattern("\"event.id\":\"[a-z0-9]{16}-1\"");
        }
    }

    @Nested
    class UnprotectedAppenders {

        private LogbackHarness configured(String others, String references) {
            return LogbackHarness.configure(
                    directory, """
                    <appender name="PLAIN" class="%1$s">
                      <encoder class="ch.qos.logback.classic.encoder.PatternLayoutEncoder"><pattern>%%msg%%n</pattern></encoder>
                    </appender>
                    <appender name="JSON" class="%1$s"><encoder class="io.inkfast.mask.RedactingJsonEncoder"/></appender>
                    <appender name="TEXT" class="%1$s">
                      <encoder class="ch.qos.logback.core.encoder.LayoutWrappingEncoder">
                        <layout class="io.inkfast.mask.RedactingPatternLayout"><pattern>%%msg%%n</pattern></layout>
                      </encoder>
                    </appender>
                    <appender name="LIST" class="ch.qos.logback.core.read.ListAppender"/>
                    %2$s
                    <root level="TRACE">%3$s<appender-ref ref="JSON"/></root>
                    """.formatted(PatternOutput.Sink.class.getName(), others, references));
        }

        private static List<String> complaints(LogbackHarness harness) {
            return harness.complaints().stream()
                    .filter(line -> !line.contains("not referenced"))
                    .toList();
        }

        @Test
        void areNamedOnceWhenEverythingIsConfigured() {
            String references = "<appender-ref ref=\"PLAIN\"/><appender-ref ref=\"TEXT\"/><appender-ref ref=\"LIST\"/>";
            try (LogbackHarness harness = configured("", references)) {
                assertThat(complaints(harness)).containsExactly("WARN appender [PLAIN] " + UNPROTECTED);
                harness.logger("x").info("x");
                assertThat(complaints(harness)).hasSize(1);
            }
        }

        @Test
        void areFoundBehindFronts() {
            String front = """
                    <appender name="ASYNC" class="io.inkfast.async.AsyncBatchingAppender">
                      <appender-ref ref="TEXT"/><appender-ref ref="%s"/>
                    </appender>""";
            try (LogbackHarness harness = configured(front.formatted("PLAIN"), "<appender-ref ref=\"ASYNC\"/>")) {
                assertThat(complaints(harness)).containsExactly("WARN appender [PLAIN] " + UNPROTECTED);
            }
            try (LogbackHarness harness = configured(front.formatted("LIST"), "<appender-ref ref=\"ASYNC\"/>")) {
                assertThat(complaints(harness)).isEmpty();
            }
        }

        @Test
        void areNotThoseWhoseEncoderTheFrontStandsBefore() {
            try (LogbackHarness harness =
                    LogbackHarness.configure(directory, """
                    <appender name="FILE" class="ch.qos.logback.core.FileAppender"><file>%s</file>
                      <encoder class="io.inkfast.mask.RedactingJsonEncoder"/></appender>
                    <appender name="ASYNC" class="io.inkfast.async.AsyncBatchingAppender">
                      <appender-ref ref="FILE"/></appender>
                    <root level="TRACE"><appender-ref ref="ASYNC"/></root>
                    """.formatted(directory.resolve("front.json")))) {
                assertThat(complaints(harness)).isEmpty();
            }
        }

        @Test
        void areProtectedBehindARedactingAppender() {
            String redact = "<appender name=\"REDACT\" class=\"io.inkfast.mask.RedactingAppender\">"
                    + "<appender-ref ref=\"PLAIN\"/></appender>";
            try (LogbackHarness harness = configured(redact, "<appender-ref ref=\"REDACT\"/>")) {
                assertThat(complaints(harness)).isEmpty();
            }
        }

        @Test
        void areNamedAtTheFirstEventIfAProgramConfigures() {
            try (LogbackHarness harness = LogbackHarness.configure(directory, "")) {
                var context = harness.context();
                RedactingJsonEncoder encoder = new RedactingJsonEncoder();
                encoder.setContext(context);
                encoder.start();
                PatternOutput.Sink sink = new PatternOutput.Sink();
                sink.setContext(context);
                sink.setEncoder(encoder);
                sink.start();
                Encoding.Sink plain = new Encoding.Sink();
                plain.setContext(context);
                plain.setName("HAND");
                context.getLogger("ROOT").addAppender(sink);
                context.getLogger("ROOT").addAppender(plain);
                assertThat(complaints(harness)).isEmpty();
                harness.logger("x").info("x");
                assertThat(complaints(harness)).contains("WARN appender [HAND] " + UNPROTECTED);
            }
        }

        @Test
        void areLookedForAgainAfterAReset() throws IOException {
            try (LogbackHarness harness = configured("", "<appender-ref ref=\"TEXT\"/>")) {
                assertThat(complaints(harness)).isEmpty();
                Path xml = Files.createTempFile(directory, "again", ".xml");
                Files.writeString(xml, """
                        <configuration>
                          <appender name="OTHER" class="ch.qos.logback.core.FileAppender">
                            <file>%s</file><encoder><pattern>%%msg%%n</pattern></encoder></appender>
                          <appender name="JSON" class="%s"><encoder class="io.inkfast.mask.RedactingJsonEncoder"/></appender>
                          <root><appender-ref ref="OTHER"/><appender-ref ref="JSON"/></root>
                        </configuration>""".formatted(directory.resolve("x.log"), PatternOutput.Sink.class.getName()));
                harness.reconfigure(xml);
                assertThat(complaints(harness)).containsExactly("WARN appender [OTHER] " + UNPROTECTED);
            }
        }
    }
}
