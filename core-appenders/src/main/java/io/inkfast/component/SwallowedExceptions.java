package io.inkfast.component;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.util.SimpleTimeBasedGuard;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/*
 * AppenderBase counts the exceptions it swallows, and posts an error for the first five only; UnsynchronizedAppenderBase asks
 * a guard for each whether to post it, and that one says yes some times in half an hour. Neither tells anybody else: the
 * count is read, and the guard replaced by one that takes note. If Logback is a module, and not open to this one, what it
 * does not post stays unknown.
 */
/**
 * Tells of each call of an appender whether Logback's base class swallowed an exception in it. Any thread.
 *
 * @since 0.1.0
 */
public final class SwallowedExceptions {

    private static final @Nullable VarHandle COUNT = handle(AppenderBase.class, "exceptionCount", int.class);
    private static final @Nullable VarHandle GUARD =
            handle(UnsynchronizedAppenderBase.class, "exceptionGuard", SimpleTimeBasedGuard.class);

    private final Appender<ILoggingEvent> appender;
    /* Of each thread: others log to the appender too, and leave nothing behind. */
    private final ThreadLocal<Boolean> swallowed = new ThreadLocal<>();
    private @Nullable Noting noting;

    public SwallowedExceptions(Appender<ILoggingEvent> appender) {
        this.appender = appender;
    }

    /** From now on; before the first call. */
    public synchronized void watch() {
        if (noting == null && GUARD != null && appender instanceof UnsynchronizedAppenderBase) {
            noting = new Noting((SimpleTimeBasedGuard) GUARD.getVolatile(appender), swallowed);
            GUARD.setVolatile(appender, noting);
        }
    }

    /** After the last call. If somebody else watches the appender too, ours is left in the chain. */
    public synchronized void unwatch() {
        if (noting != null && GUARD != null && GUARD.compareAndSet(appender, noting, noting.first)) {
            noting = null;
        }
    }

    /** Hands the event over; whether an exception was swallowed. */
    public boolean append(ILoggingEvent event) {
        if (COUNT != null && appender instanceof AppenderBase) {
            // The base class holds the same lock: what others log to the appender meanwhile is not counted.
            synchronized (appender) {
                int before = (int) COUNT.get(appender);
                appender.doAppend(event);
                return before != (int) COUNT.get(appender);
            }
        }
        swallowed.set(false);
        appender.doAppend(event);
        return Boolean.TRUE.equals(swallowed.get());
    }

    private static @Nullable VarHandle handle(Class<?> type, String field, Class<?> fieldType) {
        try {
            return MethodHandles.privateLookupIn(type, MethodHandles.lookup()).findVarHandle(type, field, fieldType);
        } catch (ReflectiveOperationException | SecurityException e) {
            return null;
        }
    }

    /** A guard that is asked once for each exception. */
    private static final class Noting extends SimpleTimeBasedGuard {

        private final SimpleTimeBasedGuard first;
        private final ThreadLocal<Boolean> swallowed;

        Noting(SimpleTimeBasedGuard first, ThreadLocal<Boolean> swallowed) {
            this.first = first;
            this.swallowed = swallowed;
        }

        @Override
        public synchronized boolean allow() {
            swallowed.set(true);
            return first.allow();
        }
    }
}
