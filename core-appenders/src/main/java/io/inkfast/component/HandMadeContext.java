package io.inkfast.component;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.Context;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.slf4j.spi.MDCAdapter;

/**
 * A logger context that a program has made itself, and not SLF4J: Logback gives it no MDC adapter, and then every event of
 * it fails as soon as somebody asks for its MDC. To be called from start(), on the configuring thread.
 *
 * @since 0.1.0
 */
public final class HandMadeContext {

    private HandMadeContext() {}

    /** Gives the context SLF4J's MDC if it has none. */
    public static void complete(@Nullable Context context) {
        if (context instanceof LoggerContext loggers && loggers.getMDCAdapter() == null) {
            MDCAdapter adapter = MDC.getMDCAdapter();
            if (adapter != null) {
                loggers.setMDCAdapter(adapter);
            }
        }
    }
}
