package io.inkfast.file;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import io.inkfast.internal.BatchBuffer;
import java.io.IOException;
import net.logstash.logback.encoder.StreamingEncoder;
import org.jspecify.annotations.Nullable;

/** Encodes without an array per event. Not to be loaded where logstash-logback-encoder is absent. */
final class StreamingEncoding implements Encoding {

    private final StreamingEncoder<ILoggingEvent> encoder;

    private StreamingEncoding(StreamingEncoder<ILoggingEvent> encoder) {
        this.encoder = encoder;
    }

    @SuppressWarnings("unchecked") // an encoder of ILoggingEvent streams ILoggingEvent
    static @Nullable Encoding of(Encoder<ILoggingEvent> encoder) {
        return encoder instanceof StreamingEncoder<?>
                ? new StreamingEncoding((StreamingEncoder<ILoggingEvent>) encoder)
                : null;
    }

    @Override
    public void encode(ILoggingEvent event, BatchBuffer out) throws IOException {
        encoder.encode(event, out);
    }
}
