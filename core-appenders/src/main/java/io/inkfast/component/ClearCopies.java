package io.inkfast.component;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.spi.AppenderAttachable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds appenders that encrypt what they write, beside one that keeps a copy in clear text. Any thread.
 *
 * @since 0.1.0
 */
public final class ClearCopies {

    private ClearCopies() {}

    /** One that encrypts, behind this appender; null if there is none. */
    public static @Nullable Appender<?> behind(AppenderAttachable<ILoggingEvent> appender) {
        return encrypting(AttachedAppenders.behind(appender));
    }

    /**
     * Stops an appender that keeps clear copies beside one that encrypts, with an error; or only warns. To be called when
     * everything is attached.
     *
     * @param encrypts whether the appender encrypts itself
     * @param allowed  whether it may keep clear copies all the same
     * @param stopped  called after it was stopped
     */
    public static void check(Appender<ILoggingEvent> appender, boolean encrypts, boolean allowed, Runnable stopped) {
        Appender<?> found = encrypts ? null : beside(appender);
        if (found == null || !appender.isStarted()) {
            return;
        }
        String words = "appender [" + appender.getName() + "]: what it keeps is in clear text, and [" + found.getName()
                + "] beside it encrypts";
        if (allowed) {
            appender.addWarn(words);
        } else {
            appender.addError(words + "; it is stopped: give it a <keyset>, or say <allowClear>true</allowClear>");
            appender.stop();
            stopped.run();
        }
    }

    /* One that encrypts, in the whole configuration; null if there is none. */
    private static @Nullable Appender<?> beside(Appender<ILoggingEvent> appender) {
        return appender.getContext() instanceof LoggerContext context
                ? encrypting(AttachedAppenders.of(context))
                : null;
    }

    private static @Nullable Appender<?> encrypting(List<Appender<ILoggingEvent>> appenders) {
        for (Appender<ILoggingEvent> each : appenders) {
            if (each instanceof EncryptedAtRest encrypted && encrypted.encrypts()) {
                return each;
            }
        }
        return null;
    }
}
