package io.inkfast.mask;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.encoder.Encoder;
import io.inkfast.testing.LogbackHarness;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;

/** An encoder configured from XML, and what it made of the events logged. */
final class Encoding implements AutoCloseable {

    /** Keeps the encoded events. */
    public static final class Sink extends AppenderBase<ILoggingEvent> {

        private Encoder<ILoggingEvent> encoder;
        final List<String> lines = new CopyOnWriteArrayList<>();
        final List<byte[]> encoded = new CopyOnWriteArrayList<>();
        final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();

        public void setEncoder(Encoder<ILoggingEvent> encoder) {
            this.encoder = encoder;
        }

        public Encoder<ILoggingEvent> getEncoder() {
            return encoder;
        }

        @Override
        public void stop() {
            super.stop();
            if (encoder != null) {
                encoder.stop();
            }
        }

        @Override
        protected void append(ILoggingEvent event) {
            events.add(event);
            byte[] bytes = encoder.encode(event);
            encoded.add(bytes);
            lines.add(new String(bytes, StandardCharsets.UTF_8));
        }
    }

    private final LogbackHarness harness;

    private Encoding(LogbackHarness harness) {
        this.harness = harness;
    }

    /** With these elements inside the encoder. */
    static Encoding with(Path directory, String elements) {
        return of(directory, RedactingJsonEncoder.class.getName(), elements);
    }

    static Encoding of(Path directory, String encoder, String elements) {
        return new Encoding(
                LogbackHarness.configure(directory, """
                <appender name="SINK" class="%s">
                  <encoder class="%s">%s</encoder>
                </appender>
                <root level="TRACE"><appender-ref ref="SINK"/></root>
                """.formatted(Sink.class.getName(), encoder, elements)));
    }

    /** Where the XML is known to the context, because it is scanned for changes. */
    static Encoding scanned(Path directory, String elements) throws IOException {
        Path xml = Files.createTempFile(directory, "scanned", ".xml");
        Files.writeString(xml, """
                <configuration scan="true" scanPeriod="1 hour">
                <appender name="SINK" class="%s"><encoder class="%s">%s</encoder></appender>
                <root level="TRACE"><appender-ref ref="SINK"/></root>
                </configuration>
                """.formatted(Sink.class.getName(), RedactingJsonEncoder.class.getName(), elements));
        return new Encoding(LogbackHarness.configure(xml, Map.of()));
    }

    LoggerContext context() {
        return harness.context();
    }

    Logger logger() {
        return harness.logger("com.shop.Checkout");
    }

    Sink sink() {
        return harness.appender("SINK", Sink.class);
    }

    RedactingJsonEncoder encoder() {
        return (RedactingJsonEncoder) sink().encoder;
    }

    /** The line of the last event. */
    String last() {
        List<String> lines = sink().lines;
        return lines.get(lines.size() - 1);
    }

    List<String> complaints() {
        return harness.complaints();
    }

    LogbackHarness harness() {
        return harness;
    }

    @Override
    public void close() {
        harness.close();
    }
}
