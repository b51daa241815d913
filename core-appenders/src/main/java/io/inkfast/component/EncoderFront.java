package io.inkfast.component;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;

/**
 * An encoder that stands before another one while an appender runs, so that whoever asks the appender for its encoder can
 * find the one that was configured.
 *
 * @since 0.1.0
 */
public interface EncoderFront {

    /** The encoder behind it. */
    Encoder<ILoggingEvent> encoder();
}
