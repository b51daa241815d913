package io.inkfast.mask;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import org.jspecify.annotations.Nullable;

/*
 * A ThrowableProxy, because appenders of others cast to it, and ask it for the exception itself: they get one of ours, which
 * prints itself as the original would, redacted. Only an exception with nothing to hide, in what it or any of its causes
 * says of itself, is handed on as it is.
 */
/** An exception, its causes and suppressed ones, all redacted. Immutable. */
final class SafeThrowable extends ThrowableProxy {

    private static final int DEEPEST = 256;
    private static final IThrowableProxy[] NONE = {};

    private final String className;
    private final @Nullable String message;
    private final @Nullable String overriding;
    private final StackTraceElementProxy[] frames;
    private final int commonFrames;
    private final boolean cyclic;
    private final @Nullable IThrowableProxy cause;
    private final IThrowableProxy[] suppressed;

    private SafeThrowable(
            IThrowableProxy original,
            RedactedException exception,
            @Nullable String message,
            @Nullable String overriding,
            @Nullable SafeThrowable cause,
            SafeThrowable[] suppressed) {
        super(exception);
        this.className = original.getClassName();
        this.message = message;
        this.overriding = overriding;
        this.frames = original.getStackTraceElementProxyArray();
        this.commonFrames = original.getCommonFrames();
        this.cyclic = original.isCyclic();
        this.cause = cause;
        this.suppressed = suppressed;
        exception.complete(cause, suppressed);
    }

    static IThrowableProxy of(IThrowableProxy original, Sanitizer sanitizer) {
        return clean(original, sanitizer, 0) ? original : copy(original, sanitizer, 0);
    }

    private static boolean clean(@Nullable IThrowableProxy proxy, Sanitizer sanitizer, int depth) {
        if (proxy == null) {
            return true;
        }
        if (depth > DEEPEST
                || !clean(proxy.getMessage(), sanitizer)
                || !clean(proxy.getOverridingMessage(), sanitizer)) {
            return false;
        }
        try {
            Throwable thrown = proxy instanceof ThrowableProxy own ? own.getThrowable() : null;
            if (thrown != null
                    && !(clean(thrown.getLocalizedMessage(), sanitizer)
                            && (clean(thrown.toString(), sanitizer)
                                    || thrown.toString()
                                            .equals(thrown.getClass().getName())))) {
                return false;
            }
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            return false;
        }
        IThrowableProxy[] suppressed = proxy.getSuppressed();
        if (suppressed != null) {
            for (IThrowableProxy each : suppressed) {
                if (!clean(each, sanitizer, depth + 1)) {
                    return false;
                }
            }
        }
        return clean(proxy.getCause(), sanitizer, depth + 1);
    }

    private static boolean clean(@Nullable String text, Sanitizer sanitizer) {
        return text == null || text.equals(sanitizer.exceptionText(text));
    }

    private static SafeThrowable copy(IThrowableProxy original, Sanitizer sanitizer, int depth) {
        boolean deep = depth > DEEPEST;
        String message = deep ? "[withheld]" : sanitizer.exceptionText(original.getMessage());
        String overriding = deep ? null : sanitizer.exceptionText(original.getOverridingMessage());
        IThrowableProxy[] before = deep || original.getSuppressed() == null ? NONE : original.getSuppressed();
        SafeThrowable[] suppressed = new SafeThrowable[before.length];
        for (int i = 0; i < suppressed.length; i++) {
            suppressed[i] = copy(before[i], sanitizer, depth + 1);
        }
        IThrowableProxy cause = deep ? null : original.getCause();
        return new SafeThrowable(
                original,
                new RedactedException(original, message),
                message,
                overriding,
                cause == null ? null : copy(cause, sanitizer, depth + 1),
                suppressed);
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
}
