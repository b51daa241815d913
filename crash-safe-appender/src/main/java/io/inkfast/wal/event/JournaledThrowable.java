package io.inkfast.wal.event;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import org.jspecify.annotations.Nullable;

/*
 * A ThrowableProxy, because encoders of others cast to it, and ask it for the exception itself: they get one that prints
 * itself as the original did.
 */
/** An exception out of a record. Immutable; any thread. */
final class JournaledThrowable extends ThrowableProxy {

    private final String className;
    private final @Nullable String message;
    private final @Nullable String overriding;
    private final StackTraceElementProxy[] frames;
    private final int commonFrames;
    private final boolean cyclic;
    private final @Nullable JournaledThrowable cause;
    private final JournaledThrowable[] suppressed;
    private volatile @Nullable Throwable throwable;

    JournaledThrowable(
            String className,
            @Nullable String message,
            @Nullable String overriding,
            StackTraceElementProxy[] frames,
            int commonFrames,
            boolean cyclic,
            @Nullable JournaledThrowable cause,
            JournaledThrowable[] suppressed) {
        super(new Nothing());
        this.className = className;
        this.message = message;
        this.overriding = overriding;
        this.frames = frames;
        this.commonFrames = commonFrames;
        this.cyclic = cyclic;
        this.cause = cause;
        this.suppressed = suppressed;
    }

    @Override
    public String getClassName() {
        return className;
    }

    @Override
    public @Nullable String getMessage() {
        return message;
    }

    @Override
    public @Nullable String getOverridingMessage() {
        return overriding;
    }

    @Override
    public StackTraceElementProxy[] getStackTraceElementProxyArray() {
        return frames;
    }

    @Override
    public int getCommonFrames() {
        return commonFrames;
    }

    @Override
    public boolean isCyclic() {
        return cyclic;
    }

    @Override
    public @Nullable IThrowableProxy getCause() {
        return cause;
    }

    @Override
    public IThrowableProxy[] getSuppressed() {
        return suppressed.clone();
    }

    @Override
    public Throwable getThrowable() {
        Throwable made = throwable;
        if (made == null) {
            made = new Stand(this);
            throwable = made;
        }
        return made;
    }

    /* The classes that the frames were of need not be here. */
    @Override
    public void calculatePackagingData() {}

    /** What every proxy is made of before it is filled. */
    private static final class Nothing extends Throwable {

        private static final long serialVersionUID = 1L;

        Nothing() {
            super(null, null, false, false);
        }
    }

    /** Prints itself as the exception did. */
    private static final class Stand extends Exception {

        private static final long serialVersionUID = 1L;

        private final String className;

        Stand(JournaledThrowable proxy) {
            super(proxy.message, proxy.cause == null ? null : proxy.cause.getThrowable());
            className = proxy.className;
            StackTraceElement[] elements = new StackTraceElement[proxy.frames.length];
            for (int i = 0; i < elements.length; i++) {
                elements[i] = proxy.frames[i].getStackTraceElement();
            }
            setStackTrace(elements);
            for (JournaledThrowable each : proxy.suppressed) {
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
}
