package io.inkfast.component;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.spi.AppenderAttachable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * The appenders that events may reach, each once, also where they lead round in a circle: one that others are attached to
 * comes before those. Any thread.
 *
 * @since 0.1.0
 */
public final class AttachedAppenders {

    private final List<Appender<ILoggingEvent>> found = new ArrayList<>();
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private AttachedAppenders() {}

    /** Those of all loggers. */
    public static List<Appender<ILoggingEvent>> of(LoggerContext context) {
        AttachedAppenders walk = new AttachedAppenders();
        for (Logger logger : context.getLoggerList()) {
            walk.walk(logger);
        }
        return walk.found;
    }

    /** Those behind an appender; none if it is not of the kind. */
    public static List<Appender<ILoggingEvent>> behind(Object appender) {
        AttachedAppenders walk = new AttachedAppenders();
        if (appender instanceof AppenderAttachable<?> front) {
            walk.walk(front);
        }
        return walk.found;
    }

    /** Whether an appender is that one, or that one is somewhere behind it. */
    public static boolean leads(Object from, Object target) {
        return from == target || behind(from).stream().anyMatch(each -> each == target);
    }

    private void walk(AppenderAttachable<?> parent) {
        for (Iterator<?> it = parent.iteratorForAppenders(); it.hasNext(); ) {
            @SuppressWarnings("unchecked") // appenders of a classic context take logging events
            Appender<ILoggingEvent> each = (Appender<ILoggingEvent>) it.next();
            if (seen.add(each)) {
                found.add(each);
                if (each instanceof AppenderAttachable<?> front) {
                    walk(front);
                }
            }
        }
    }
}
