package io.inkfast.component;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.spi.AppenderAttachable;
import ch.qos.logback.core.spi.AppenderAttachableImpl;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An appender that refers to others: what Logback asks of it is passed on to what holds them.
 *
 * @since 0.1.0
 */
public interface AppenderHolder extends AppenderAttachable<ILoggingEvent> {

    /** What holds the appenders; the same one always. */
    AppenderAttachableImpl<ILoggingEvent> sinks();

    /** Whether the appenders get events that this one has redacted. */
    default boolean redacts() {
        return false;
    }

    /** The appenders at this moment. */
    default List<Appender<ILoggingEvent>> attached() {
        List<Appender<ILoggingEvent>> attached = new ArrayList<>();
        iteratorForAppenders().forEachRemaining(attached::add);
        return attached;
    }

    @Override
    default void addAppender(Appender<ILoggingEvent> appender) {
        sinks().addAppender(appender);
    }

    @Override
    default Iterator<Appender<ILoggingEvent>> iteratorForAppenders() {
        return sinks().iteratorForAppenders();
    }

    @Override
    default @Nullable Appender<ILoggingEvent> getAppender(String name) {
        return sinks().getAppender(name);
    }

    @Override
    default boolean isAttached(Appender<ILoggingEvent> appender) {
        return sinks().isAttached(appender);
    }

    @Override
    default void detachAndStopAllAppenders() {
        sinks().detachAndStopAllAppenders();
    }

    @Override
    default boolean detachAppender(Appender<ILoggingEvent> appender) {
        return sinks().detachAppender(appender);
    }

    @Override
    default boolean detachAppender(String name) {
        return sinks().detachAppender(name);
    }
}
