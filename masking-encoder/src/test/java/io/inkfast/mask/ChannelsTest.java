package io.inkfast.mask;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.LoggingEventVO;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.read.ListAppender;
import io.inkfast.testing.LogbackHarness;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No secret leaves through any channel of an event, nor in a status. */
class ChannelsTest {

    private static final String PATTERN = "%d %level [%thread] %logger %contextName %msg %X %kvp %maskedKvp{a} %marker"
            + " %caller{1} %property{password} %property{note} %prefix(%X{password} %logger) %replace(%msg){'x','y'}"
            + " %highlight(%msg) %xEx %rEx %ex{full}%n";

    @TempDir
    Path directory;

    /** Renders everything that an event can be asked for. */
    public static final class Curious extends AppenderBase<ILoggingEvent> {

        final StringBuilder seen = new StringBuilder();

        @Override
        protected void append(ILoggingEvent event) {
            seen.append(event).append(event.getMessage()).append(event.getFormattedMessage());
            seen.append(Arrays.toString(event.getArgumentArray())).append(event.getKeyValuePairs());
            seen.append(event.getMDCPropertyMap()).append(event.getMarkerList()).append(event.getLoggerContextVO());
            seen.append(event.getThreadName()).append(event.getLoggerName());
            IThrowableProxy thrown = event.getThrowableProxy();
            if (thrown != null) {
                StringWriter text = new StringWriter();
                ((ThrowableProxy) thrown).getThrowable().printStackTrace(new PrintWriter(text));
                seen.append(text).append(ch.qos.logback.classic.spi.ThrowableProxyUtil.asString(thrown));
            }
            if (event.getKeyValuePairs() != null) {
                return; // SLF4J's pairs are not serializable.
            }
            try {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                new ObjectOutputStream(bytes).writeObject(LoggingEventVO.build(event));
                seen.append(bytes.toString(StandardCharsets.ISO_8859_1));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void notThroughTheAppender() {
        try (LogbackHarness harness = LogbackHarness.configure(directory, """
                <appender name="CURIOUS" class="%s"/>
                <appender name="LIST" class="ch.qos.logback.core.read.ListAppender"/>
                <appender name="JSON" class="%s">
                  <encoder class="net.logstash.logback.encoder.LogstashEncoder">
                    <includeNonStructuredArguments>true</includeNonStructuredArguments>
                    <includeContext>false</includeContext></encoder></appender>
                <appender name="TEXT" class="%s">
                  <encoder class="ch.qos.logback.classic.encoder.PatternLayoutEncoder"><pattern>%s</pattern></encoder>
                </appender>
                <appender name="REDACT" class="io.inkfast.mask.RedactingAppender">
                  <appender-ref ref="CURIOUS"/><appender-ref ref="LIST"/>
                  <appender-ref ref="JSON"/><appender-ref ref="TEXT"/></appender>
                <root level="TRACE"><appender-ref ref="REDACT"/></root>
                """.formatted(
                        Curious.class.getName(),
                        PatternOutput.Sink.class.getName(),
                        PatternOutput.Sink.class.getName(),
                        PATTERN.replace("%property{password} ", "")))) {
            Channels.logAll(harness.context());
            harness.appender("CURIOUS", Curious.class)
                    .seen
                    .append(harness.appender("JSON", PatternOutput.Sink.class).texts)
                    .append(harness.appender("TEXT", PatternOutput.Sink.class).texts);
            assertNothingIn(harness.appender("CURIOUS", Curious.class).seen.toString());
            List<?> kept = harness.appender("LIST", ListAppender.class).list;
            assertThat(kept).hasSize(19);
            assertThat(harness.appender("REDACT", RedactingAppender.class).getWithheldEvents())
                    .isZero();
            assertNothingIn(harness.statuses().toString());
            assertThat(harness.complaints()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"%.-30msg %msg%n", PATTERN})
    void notThroughTheLayout(String pattern) {
        try (PatternOutput output = PatternOutput.of(directory, pattern)) {
            Channels.logAll(output.context());
            var sink = output.harness().appender("SINK", PatternOutput.Sink.class);
            assertThat(sink.texts).hasSize(19);
            assertNothingIn(sink.texts.toString());
            assertThat(sink.texts).noneMatch(text -> text.contains("withheld:"));
            assertThat(output.harness().complaints()).isEmpty();
        }
    }

    @Test
    void notThroughTheConverter() {
        try (PatternOutput output = PatternOutput.plain(directory, "%d %redact(" + PATTERN + ")")) {
            Channels.logAll(output.context());
            assertNothingIn(output.harness()
                    .appender("SINK", PatternOutput.Sink.class)
                    .texts
                    .toString());
            assertThat(output.harness().complaints()).isEmpty();
        }
    }

    @Test
    void notThroughTheJsonEncoder() {
        try (Encoding encoding =
                Encoding.with(directory, "<includeNonStructuredArguments>true</includeNonStructuredArguments>")) {
            Channels.logAll(encoding.context());
            assertThat(encoding.sink().lines).hasSize(19);
            assertNothingIn(encoding.sink().lines.toString());
        }
    }

    static void assertNothingIn(String text) {
        for (String secret : List.of(Channels.CARD, Channels.TOKEN, Channels.WORD, "48151623", "4.111111111111111")) {
            int at = text.indexOf(secret);
            assertThat(at < 0 ? "" : text.substring(Math.max(0, at - 200), Math.min(text.length(), at + 60)))
                    .isEmpty();
        }
    }
}
