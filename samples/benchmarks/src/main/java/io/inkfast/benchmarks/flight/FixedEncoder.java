package io.inkfast.benchmarks.flight;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import io.inkfast.component.EventRedactor;
import java.io.IOException;
import java.io.OutputStream;
import net.logstash.logback.encoder.StreamingEncoder;
import org.jspecify.annotations.Nullable;

/** Writes the same bytes for every event, which have nothing to redact: what remains is the appender's own. */
final class FixedEncoder extends EncoderBase<ILoggingEvent> implements StreamingEncoder<ILoggingEvent>, EventRedactor {

    private final byte[] bytes;

    FixedEncoder(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        return bytes;
    }

    @Override
    public void encode(ILoggingEvent event, OutputStream out) throws IOException {
        out.write(bytes, 0, bytes.length);
    }

    @Override
    public byte @Nullable [] headerBytes() {
        return null;
    }

    @Override
    public byte @Nullable [] footerBytes() {
        return null;
    }

    @Override
    public String describe(ILoggingEvent event) {
        return "";
    }

    @Override
    public String loggerName(ILoggingEvent event) {
        return "";
    }

    @Override
    public ILoggingEvent freeze(ILoggingEvent event) {
        return event;
    }

    @Override
    public ILoggingEvent redact(ILoggingEvent event) {
        return event;
    }

    @Override
    public Object rules() {
        return FixedEncoder.class;
    }
}
