package io.inkfast.recorder;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Context;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import io.inkfast.component.EncodedEvent;
import io.inkfast.component.EventRedactor;
import io.inkfast.internal.BatchBuffer;
import io.inkfast.mask.RedactingEncoder;
import io.inkfast.mask.RedactingJsonEncoder;
import java.io.IOException;
import net.logstash.logback.encoder.StreamingEncoder;
import org.jspecify.annotations.Nullable;

/**
 * From an event to the bytes of a record, redacted. Any thread.
 *
 * @param encoder  redacts
 * @param redactor what it lends; null if it lends nothing
 */
record Encoding(Encoder<ILoggingEvent> encoder, @Nullable EventRedactor redactor) {

    /** With this encoder; one that does not redact is put behind one that does. Null stands for JSON. */
    static Encoding of(@Nullable Encoder<ILoggingEvent> configured, @Nullable Context context) {
        if (configured == null) {
            RedactingJsonEncoder json = new RedactingJsonEncoder();
            json.setContext(context);
            return new Encoding(json, json);
        }
        EventRedactor redactor = redactorOf(configured);
        if (redactor != null) {
            return new Encoding(configured, redactor);
        }
        RedactingEncoder redacting = new RedactingEncoder();
        redacting.setContext(context);
        redacting.setEncoder(configured);
        return new Encoding(redacting, redacting);
    }

    private static @Nullable EventRedactor redactorOf(Encoder<ILoggingEvent> encoder) {
        Object redacting = encoder instanceof LayoutWrappingEncoder<?> layout ? layout.getLayout() : encoder;
        return redacting instanceof EventRedactor redactor ? redactor : null;
    }

    /** Whether the configured encoder had to be put behind another one. */
    boolean wraps(@Nullable Encoder<ILoggingEvent> configured) {
        return configured != null && configured != encoder;
    }

    /** Whether it runs now, and the one that was configured as well. */
    boolean start(@Nullable Encoder<ILoggingEvent> configured) {
        return (configured == null || isStarted(configured)) && isStarted(encoder);
    }

    private static boolean isStarted(Encoder<ILoggingEvent> encoder) {
        if (!encoder.isStarted()) {
            encoder.start();
        }
        return encoder.isStarted();
    }

    @SuppressWarnings("unchecked") // an encoder of ILoggingEvent streams ILoggingEvent
    void encode(ILoggingEvent event, BatchBuffer out) throws IOException {
        byte[] ahead = EncodedEvent.bytesOf(event, encoder);
        if (ahead != null) {
            out.write(ahead, 0, ahead.length);
        } else if (encoder instanceof StreamingEncoder<?>) {
            ((StreamingEncoder<ILoggingEvent>) encoder).encode(EncodedEvent.unwrap(event), out);
        } else {
            byte[] bytes = encoder.encode(EncodedEvent.unwrap(event));
            if (bytes != null) {
                out.write(bytes, 0, bytes.length);
            }
        }
    }
}
