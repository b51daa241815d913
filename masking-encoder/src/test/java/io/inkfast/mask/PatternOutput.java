package io.inkfast.mask;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.encoder.Encoder;
import io.inkfast.testing.LogbackHarness;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;

/** A pattern behind an encoder, configured from XML, and what it printed. */
final class PatternOutput implements AutoCloseable {

    /** Keeps what its encoder makes. */
    public static final class Sink extends AppenderBase<ILoggingEvent> {

        private Encoder<ILoggingEvent> encoder;
        final List<String> texts = new CopyOnWriteArrayList<>();

        public void setEncoder(Encoder<ILoggingEvent> encoder) {
            this.encoder = encoder;
        }

        public Encoder<ILoggingEvent> getEncoder() {
            return encoder;
        }

        @Override
        protected void append(ILoggingEvent event) {
            texts.add(new String(encoder.encode(event), StandardCharsets.UTF_8));
        }
    }

    private final LogbackHarness harness;

    private PatternOutput(LogbackHarness harness) {
        this.harness = harness;
    }

    /** In a RedactingPatternLayout. */
    static PatternOutput of(Path directory, String pattern) {
        return of(directory, pattern, "", "");
    }

    static PatternOutput of(Path directory, String pattern, String elements, String before) {
        return new PatternOutput(
                LogbackHarness.configure(directory, """
                %s
                <appender name="SINK" class="%s">
                  <encoder class="ch.qos.logback.core.encoder.LayoutWrappingEncoder">
                    <layout class="io.inkfast.mask.RedactingPatternLayout"><pattern>%s</pattern>%s</layout>
                  </encoder>
                </appender>
                <root level="TRACE"><appender-ref ref="SINK"/></root>
                """.formatted(before, Sink.class.getName(), pattern, elements)));
    }

    /** In Logback's own encoder, with the conversion word redact. */
    static PatternOutput plain(Path directory, String pattern) {
        return new PatternOutput(LogbackHarness.configure(directory, """
                <conversionRule conversionWord="redact" class="io.inkfast.mask.RedactingConverter"/>
                <appender name="SINK" class="%s">
                  <encoder><pattern>%s</pattern></encoder>
                </appender>
                <root level="TRACE"><appender-ref ref="SINK"/></root>
                """.formatted(Sink.class.getName(), pattern)
                .replace("<encoder>", "<encoder class=\"ch.qos.logback.classic.encoder.PatternLayoutEncoder\">")));
    }

    Logger logger() {
        return harness.logger("com.shop.Checkout");
    }

    LoggerContext context() {
        return harness.context();
    }

    LogbackHarness harness() {
        return harness;
    }

    /** What was printed last. */
    String last() {
        List<String> texts = harness.appender("SINK", Sink.class).texts;
        return texts.get(texts.size() - 1);
    }

    @Override
    public void close() {
        harness.close();
    }
}
