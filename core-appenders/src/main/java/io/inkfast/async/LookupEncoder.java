package io.inkfast.async;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import io.inkfast.component.EncodedEvent;
import io.inkfast.component.EncoderFront;

/** Stands before the encoder of an existing appender, and saves it the events that were encoded ahead. Any thread. */
final class LookupEncoder extends ContextAwareBase implements Encoder<ILoggingEvent>, EncoderFront {

    private final Encoder<ILoggingEvent> encoder;

    LookupEncoder(Encoder<ILoggingEvent> encoder) {
        this.encoder = encoder;
    }

    @Override
    public Encoder<ILoggingEvent> encoder() {
        return encoder;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        byte[] ahead = EncodedEvent.bytesOf(event, encoder);
        return ahead != null ? ahead : encoder.encode(EncodedEvent.unwrap(event));
    }

    @Override
    public byte[] headerBytes() {
        return encoder.headerBytes();
    }

    @Override
    public byte[] footerBytes() {
        return encoder.footerBytes();
    }

    @Override
    public void start() {
        encoder.start();
    }

    @Override
    public void stop() {
        encoder.stop();
    }

    @Override
    public boolean isStarted() {
        return encoder.isStarted();
    }
}
