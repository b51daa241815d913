package io.inkfast.component;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.spi.AppenderAttachable;

/**
 * Names appenders in front of one that must be called by the thread that logs, if they may return before it: Logback's
 * {@code AsyncAppender}, say. Our own front refuses to start instead. Any thread.
 *
 * @since 0.1.0
 */
public final class EarlyReturn {

    private EarlyReturn() {}

    /** Warns of those in front of this appender; to be called when everything is attached. */
    public static void check(Appender<ILoggingEvent> appender) {
        if (appender.getContext() instanceof LoggerContext context) {
            for (Appender<ILoggingEvent> each : AttachedAppenders.of(context)) {
                if (isInFront(each, appender) && each.isStarted() && !(each instanceof AnsweringAppender)) {
                    appender.addWarn("appender [" + appender.getName() + "]: [" + each.getName()
                            + "] in front of it may return to the application before the event is safe, and lose what"
                            + " it holds when the process dies; let loggers refer to [" + appender.getName()
                            + "] directly");
                }
            }
        }
    }

    private static boolean isInFront(Appender<ILoggingEvent> front, Appender<ILoggingEvent> appender) {
        if (!(front instanceof AppenderAttachable<?>)) {
            return false;
        }
        @SuppressWarnings("unchecked") // what it hands on is what it gets
        AppenderAttachable<ILoggingEvent> holder = (AppenderAttachable<ILoggingEvent>) front;
        return holder.isAttached(appender);
    }
}
