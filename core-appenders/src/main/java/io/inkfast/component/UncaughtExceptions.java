package io.inkfast.component;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.Context;
import io.inkfast.internal.Registration;
import java.lang.Thread.UncaughtExceptionHandler;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/*
 * Who comes later puts his handler on top of ours, and keeps it. So ours stays where it is when it is closed, passes on
 * what comes, and holds on to nothing; it is taken away only from the top.
 */
/**
 * The JVM's default handler of uncaught exceptions while an appender wants that: what ends a thread is logged, as an error
 * of the logger {@value #LOGGER}, and the appenders are flushed. Then the handler that was there before is called; where
 * there was none, the JVM's own message goes to standard error. One handler for each context, however many appenders of it
 * ask. Any thread.
 *
 * @since 0.1.0
 */
public final class UncaughtExceptions implements Registration {

    /** The name of the logger. */
    public static final String LOGGER = "io.inkfast.uncaught";

    private final Handler handler;
    private final Notices notices;
    private final Runnable flush;

    private UncaughtExceptions(Handler handler, Notices notices, Runnable flush) {
        this.handler = handler;
        this.notices = notices;
        this.flush = flush;
    }

    /**
     * Logs what threads of the JVM end with, from now on.
     *
     * @param flush called when it was logged, on the thread that ends; must not take for ever
     * @return null if the context has no loggers
     */
    public static @Nullable UncaughtExceptions log(Context context, Notices notices, Runnable flush) {
        return context instanceof LoggerContext loggers ? register(loggers, notices, flush) : null;
    }

    private static synchronized UncaughtExceptions register(LoggerContext context, Notices notices, Runnable flush) {
        Handler handler = context.getObject(LOGGER) instanceof Handler known && known.context != null ? known : null;
        if (handler == null) {
            handler = new Handler(context, Thread.getDefaultUncaughtExceptionHandler());
            context.putObject(LOGGER, handler);
            Thread.setDefaultUncaughtExceptionHandler(handler);
        }
        UncaughtExceptions registered = new UncaughtExceptions(handler, notices, flush);
        handler.askers.add(registered);
        return registered;
    }

    @Override
    public void close() {
        remove(this);
    }

    private static synchronized void remove(UncaughtExceptions registered) {
        Handler handler = registered.handler;
        handler.askers.remove(registered);
        if (!handler.askers.isEmpty()) {
            return;
        }
        handler.context = null;
        while (Thread.getDefaultUncaughtExceptionHandler() instanceof Handler top && top.context == null) {
            Thread.setDefaultUncaughtExceptionHandler(top.before);
        }
    }

    private static final class Handler implements UncaughtExceptionHandler {

        private final List<UncaughtExceptions> askers = new CopyOnWriteArrayList<>();
        private final @Nullable UncaughtExceptionHandler before;
        private volatile @Nullable LoggerContext context;

        Handler(LoggerContext context, @Nullable UncaughtExceptionHandler before) {
            this.context = context;
            this.before = before;
        }

        @Override
        public void uncaughtException(Thread thread, Throwable uncaught) {
            try {
                LoggerContext loggers = context;
                if (loggers != null) {
                    log(loggers, thread, uncaught);
                }
            } finally {
                passOn(thread, uncaught);
            }
        }

        private void log(LoggerContext loggers, Thread thread, Throwable uncaught) {
            attempt(() -> loggers.getLogger(LOGGER)
                    .error("thread [{}] ends with an uncaught exception", thread.getName(), uncaught));
            for (UncaughtExceptions each : askers) {
                attempt(each.flush);
            }
        }

        /* What ends the thread is told of though logging it fails. */
        private void attempt(Runnable step) {
            try {
                step.run();
            } catch (Throwable e) {
                tell(e);
            }
        }

        private void tell(Throwable failure) {
            try {
                for (UncaughtExceptions each : askers) {
                    each.notices.error(
                            "uncaught",
                            "an uncaught exception could not be logged: "
                                    + failure.getClass().getName());
                }
            } catch (Throwable e) {
                // Memory is used up, or the stack. What matters is the exception itself, which is passed on.
                return;
            }
        }

        /* As ThreadGroup does, which is asked only when there is no default handler. */
        private void passOn(Thread thread, Throwable uncaught) {
            if (before != null) {
                before.uncaughtException(thread, uncaught);
            } else {
                System.err.print("Exception in thread \"" + thread.getName() + "\" ");
                uncaught.printStackTrace(System.err);
            }
        }
    }
}
