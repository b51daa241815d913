package io.inkfast.component;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import org.jspecify.annotations.Nullable;

/**
 * What an encoder that redacts lends to the appenders in front of it, so that nothing rests unredacted outside the
 * encoder's output. Implementations are safe for any thread, throw nothing, and withhold what they cannot redact.
 *
 * @since 0.1.0
 */
public interface EventRedactor {

    /** One line of text that says what the event said: message, exceptions; redacted. */
    String describe(ILoggingEvent event);

    /** The name of the event's logger, redacted: programs also name loggers after data. */
    String loggerName(ILoggingEvent event);

    /**
     * The event with every argument and key-value that could still change replaced by its redacted JSON; the same
     * instance if nothing could. The given event is not altered. Called on the thread that logs.
     */
    ILoggingEvent freeze(ILoggingEvent event);

    /**
     * Another event in the place of this one, for whoever stores events: every part is redacted, also names of thread and
     * logger and the properties of the context, and none can change any more. Arguments and values of key-values are null,
     * truth values, numbers and texts; structured arguments that write redacted fields; and objects that Jackson writes as
     * redacted JSON and that print themselves redacted. Of an event that cannot be redacted it has time, level, logger and
     * the reason. The given event is not altered. Called on the thread that logs.
     */
    ILoggingEvent redact(ILoggingEvent event);

    /** Equal for redactors that hide the same. */
    Object rules();

    /** To be called when nothing more is redacted by one that was made for an appender; does nothing to one that is lent. */
    default void retire() {}

    /** The redactor of the encoder that an appender has, or of its layout; null if there is none. */
    static @Nullable EventRedactor of(Appender<ILoggingEvent> appender) {
        if (appender instanceof OutputStreamAppender<ILoggingEvent> stream) {
            return ofEncoder(stream.getEncoder());
        }
        if (appender instanceof BatchAppender batching && batching.encoderAhead() != null) {
            return ofEncoder(batching.encoderAhead());
        }
        return ofEncoder(appender);
    }

    /** The redactor that an encoder is, or its layout; null if there is none. */
    static @Nullable EventRedactor ofEncoder(@Nullable Object encoder) {
        Object redacting = encoder instanceof LayoutWrappingEncoder<?> wrapping ? wrapping.getLayout() : encoder;
        return redacting instanceof EventRedactor redactor ? redactor : null;
    }
}
