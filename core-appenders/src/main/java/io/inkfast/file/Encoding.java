package io.inkfast.file;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import io.inkfast.component.EncodedEvent;
import io.inkfast.internal.BatchBuffer;
import java.io.IOException;

/** How events become bytes: as directly as the encoder allows. Any thread, as far as the encoder is for any thread. */
interface Encoding {

    void encode(ILoggingEvent event, BatchBuffer out) throws IOException;

    /** The best way for this encoder; what it has encoded ahead is taken as it is. */
    static Encoding of(Encoder<ILoggingEvent> encoder) {
        Encoding now = direct(encoder);
        return (event, out) -> {
            byte[] ahead = EncodedEvent.bytesOf(event, encoder);
            if (ahead != null) {
                out.write(ahead, 0, ahead.length);
            } else {
                now.encode(EncodedEvent.unwrap(event), out);
            }
        };
    }

    private static Encoding direct(Encoder<ILoggingEvent> encoder) {
        try {
            Encoding streaming = StreamingEncoding.of(encoder);
            if (streaming != null) {
                return streaming;
            }
        } catch (LinkageError e) {
            // The library that defines streaming encoders is optional: without it there are none.
        }
        return (event, out) -> {
            byte[] bytes = encoder.encode(event);
            if (bytes != null) {
                out.write(bytes, 0, bytes.length);
            }
        };
    }
}
