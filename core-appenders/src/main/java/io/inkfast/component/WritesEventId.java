package io.inkfast.component;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import java.lang.reflect.InvocationTargetException;
import org.jspecify.annotations.Nullable;

/**
 * An encoder that can write {@code event.id}. An appender whose events may arrive twice switches that on, so that whoever
 * reads them can tell.
 *
 * @since 0.1.0
 */
public interface WritesEventId {

    /** From now on the id is written, whatever the configuration says. Any thread. */
    void writeEventId();

    /**
     * Switches it on in the encoder of this appender, and of all behind it; to be called before they get events. Encoders
     * that cannot write it are left alone.
     */
    static void switchOn(Appender<ILoggingEvent> appender) {
        if (encoder(appender) instanceof WritesEventId encoder) {
            encoder.writeEventId();
        }
        for (Appender<ILoggingEvent> behind : AttachedAppenders.behind(appender)) {
            if (encoder(behind) instanceof WritesEventId encoder) {
                encoder.writeEventId();
            }
        }
    }

    /* Appenders with encoders have no type in common. */
    private static @Nullable Object encoder(Appender<ILoggingEvent> appender) {
        try {
            Object found = appender.getClass().getMethod("getEncoder").invoke(appender);
            return found instanceof EncoderFront front ? front.encoder() : found;
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            return null;
        }
    }
}
