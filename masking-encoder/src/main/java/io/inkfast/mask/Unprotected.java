package io.inkfast.mask;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.Context;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.helpers.NOPAppender;
import ch.qos.logback.core.read.ListAppender;
import ch.qos.logback.core.spi.AppenderAttachable;
import ch.qos.logback.core.spi.ConfigurationEvent;
import ch.qos.logback.core.spi.ConfigurationEventListener;
import ch.qos.logback.core.spi.ContextAware;
import io.inkfast.component.AppenderHolder;
import io.inkfast.component.EncoderFront;
import io.inkfast.component.EventRedactor;
import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/*
 * Encoders start before their appenders, and appenders before they are attached to loggers. Joran says when it has read
 * everything; a program that configures by hand has done so by its first event.
 */
/**
 * Where one appender redacts, says which others do not: once each, when the context is configured. An appender with others
 * behind it is judged by those; one that keeps events in memory, or nothing, is not meant. Any thread.
 */
final class Unprotected implements ConfigurationEventListener {

    private static final String KEY = Unprotected.class.getName();

    private final LoggerContext context;
    private final ContextAware reporter;
    private final Set<String> told = new HashSet<>();
    private volatile boolean checked;

    private Unprotected(LoggerContext context, ContextAware reporter) {
        this.context = context;
        this.reporter = reporter;
    }

    /** The watch over the context of a component that redacts; null if it has none. A reset begins a new one. */
    static @Nullable Unprotected watch(ContextAware component) {
        Context context = component.getContext();
        if (!(context instanceof LoggerContext own)) {
            return null;
        }
        synchronized (Unprotected.class) {
            if (own.getObject(KEY) instanceof Unprotected known) {
                return known;
            }
            Unprotected made = new Unprotected(own, component);
            own.putObject(KEY, made);
            own.addConfigurationEventListener(made);
            return made;
        }
    }

    @Override
    public void listen(ConfigurationEvent event) {
        if (event.getEventType() == ConfigurationEvent.EventType.CONFIGURATION_ENDED_SUCCESSFULLY
                || event.getEventType() == ConfigurationEvent.EventType.CONFIGURATION_ENDED_WITH_XML_PARSING_ERRORS) {
            context.removeConfigurationEventListener(this);
            if (context.getObject(KEY) == this) {
                check();
            }
        }
    }

    /** To be called for every event. */
    void event() {
        if (!checked) {
            check();
        }
    }

    private synchronized void check() {
        checked = true;
        Set<Object> seen = new HashSet<>();
        for (Logger logger : context.getLoggerList()) {
            judgeAll(logger, seen);
        }
    }

    private void judgeAll(AppenderAttachable<?> parent, Set<Object> seen) {
        for (Iterator<? extends Appender<?>> it = parent.iteratorForAppenders(); it.hasNext(); ) {
            Appender<?> appender = it.next();
            if (!seen.add(appender) || (appender instanceof AppenderHolder holder && holder.redacts())) {
                continue;
            }
            if (appender instanceof AppenderAttachable<?> front) {
                judgeAll(front, seen);
            } else if (!keeps(appender) && !redacts(appender) && told.add(String.valueOf(appender.getName()))) {
                reporter.addWarn("appender [" + appender.getName() + "] prints events that no redactor has seen; put it"
                        + " behind a RedactingAppender, or give it a RedactingJsonEncoder or a RedactingPatternLayout");
            }
        }
    }

    private static boolean keeps(Appender<?> appender) {
        return appender instanceof ListAppender || appender instanceof NOPAppender;
    }

    private static boolean redacts(Appender<?> appender) {
        if (appender instanceof EventRedactor) {
            return true;
        }
        Object found = part(appender, "getEncoder");
        Object encoder = found instanceof EncoderFront front ? front.encoder() : found;
        Object layout = encoder instanceof LayoutWrappingEncoder<?> wrapping ? wrapping.getLayout() : null;
        // The subject of a mail has a pattern of its own.
        boolean more = isMail(appender.getClass());
        return encoder instanceof EventRedactor
                || layout instanceof EventRedactor
                || (!more && part(appender, "getLayout") instanceof EventRedactor);
    }

    private static boolean isMail(@Nullable Class<?> type) {
        return type != null
                && (type.getName().equals("ch.qos.logback.core.net.SMTPAppenderBase") || isMail(type.getSuperclass()));
    }

    private static @Nullable Object part(Appender<?> appender, String getter) {
        try {
            Method method = appender.getClass().getMethod(getter);
            return method.invoke(appender);
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            // It has none, or keeps it to itself: then nobody knows what it prints.
            return null;
        }
    }
}
