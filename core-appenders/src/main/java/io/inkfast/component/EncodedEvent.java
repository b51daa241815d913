package io.inkfast.component;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import org.jspecify.annotations.Nullable;

/**
 * An event that was encoded on another thread, ahead of the one that writes.
 *
 * @since 0.1.0
 */
public final class EncodedEvent extends EventView {

    private final Encoder<ILoggingEvent> encoder;
    private final byte[] bytes;

    /**
     * @param encoder made the bytes of this event
     */
    public EncodedEvent(ILoggingEvent event, Encoder<ILoggingEvent> encoder, byte[] bytes) {
        super(event);
        this.encoder = encoder;
        this.bytes = bytes;
    }

    /** The bytes, not to be changed, if this encoder has made them already; else null. */
    public static byte @Nullable [] bytesOf(ILoggingEvent event, Encoder<ILoggingEvent> encoder) {
        return event instanceof EncodedEvent encoded && encoded.encoder == encoder ? encoded.bytes : null;
    }

    /** The event to encode: the one that is shown, if it comes wrapped. */
    public static ILoggingEvent unwrap(ILoggingEvent event) {
        return event instanceof EncodedEvent encoded ? encoded.shown() : event;
    }
}
