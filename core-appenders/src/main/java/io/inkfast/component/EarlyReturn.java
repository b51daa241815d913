package io.inkfast.component;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.spi.AppenderAttachable;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;

/**
 * Names appenders in front of one that must be called by the thread that logs, if they may return before it: Logback's
 * {@code AsyncAppender}, say. Our own front refuses to start instead. Any thread.
 *
 * @since 0.1.0
 */
public final class EarlyReturn {

    private final Appender<ILoggingEvent> appender;
    private final Set<Object> seen = new HashSet<>();

    private EarlyReturn(Appender<ILoggingEvent> appender) {
        this.appender = appender;
    }

    /** Warns of those in front of this appender; to be called when everything is attached. */
    public static void check(Appender<ILoggingEvent> appender) {
        if (appender.getContext() instanceof LoggerContext context) {
            EarlyReturn check = new EarlyReturn(appender);
            for (Logger logger : context.getLoggerList()) {
                check.lookBehind(logger);
            }
        }
    }

    private void lookBehind(AppenderAttachable<ILoggingEvent> parent) {
        for (Iterator<Appender<ILoggingEvent>> it = parent.iteratorForAppenders(); it.hasNext(); ) {
            Appender<ILoggingEvent> each = it.next();
            if (seen.add(each) && each instanceof AppenderAttachable<?>) {
                @SuppressWarnings("unchecked") // what it hands on is what it gets
                AppenderAttachable<ILoggingEvent> front = (AppenderAttachable<ILoggingEvent>) each;
                if (front.isAttached(appender) && each.isStarted() && !(each instanceof AnsweringAppender)) {
                    appender.addWarn("appender [" + appender.getName() + "]: [" + each.getName()
                            + "] in front of it may return to the application before the event is safe, and lose what"
                            + " it holds when the process dies; let loggers refer to [" + appender.getName()
                            + "] directly");
                }
                lookBehind(front);
            }
        }
    }
}
