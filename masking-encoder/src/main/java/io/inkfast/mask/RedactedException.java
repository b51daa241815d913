package io.inkfast.mask;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import org.jspecify.annotations.Nullable;

/** Stands in for an exception that must not be seen, and prints itself as that one would. */
final class RedactedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String className;

    RedactedException(IThrowableProxy original, @Nullable String message) {
        super(message);
        this.className = original.getClassName();
        StackTraceElementProxy[] frames = original.getStackTraceElementProxyArray();
        StackTraceElement[] elements = new StackTraceElement[frames == null ? 0 : frames.length];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = frames[i].getStackTraceElement();
        }
        setStackTrace(elements);
    }

    /** Once the proxy around it is made: that would follow these for nothing. */
    void complete(@Nullable ThrowableProxy cause, ThrowableProxy[] suppressed) {
        initCause(cause == null ? null : cause.getThrowable());
        for (ThrowableProxy each : suppressed) {
            addSuppressed(each.getThrowable());
        }
    }

    @Override
    public Throwable fillInStackTrace() {
        return this;
    }

    @Override
    @SuppressWarnings("OverrideThrowableToString") // The message is right; the name of the class is not.
    public String toString() {
        return getMessage() == null ? className : className + ": " + getMessage();
    }
}
