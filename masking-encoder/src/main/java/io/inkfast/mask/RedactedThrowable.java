package io.inkfast.mask;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/*
 * A ThrowableProxy, because encoders cast to it for hashes and class names. Its constructor is given an empty throwable of
 * ours first where the original has none.
 */
/** An exception whose message, and those of its causes and suppressed ones, are redacted. Immutable. */
final class RedactedThrowable extends ThrowableProxy {

    private static final int DEEPEST = 256;

    private final IThrowableProxy original;
    private final @Nullable String message;
    private final @Nullable String overriding;
    private final @Nullable IThrowableProxy cause;
    private final IThrowableProxy[] suppressed;

    private RedactedThrowable(
            IThrowableProxy original,
            @Nullable String message,
            @Nullable String overriding,
            @Nullable IThrowableProxy cause,
            IThrowableProxy[] suppressed) {
        super(new Throwable(null, null, false, false) {
            private static final long serialVersionUID = 1L;
        });
        this.original = original;
        this.message = message;
        this.overriding = overriding;
        this.cause = cause;
        this.suppressed = suppressed;
    }

    /** The same instance if there is nothing to redact in it. */
    static IThrowableProxy of(IThrowableProxy original, Redactor redactor) {
        return of(original, redactor, 0);
    }

    private static IThrowableProxy of(IThrowableProxy original, Redactor redactor, int depth) {
        if (depth > DEEPEST) {
            return new RedactedThrowable(original, "[withheld]", null, null, new IThrowableProxy[0]);
        }
        String message = redactor.values().exceptionText(original.getMessage());
        String overriding = redactor.values().exceptionText(original.getOverridingMessage());
        IThrowableProxy[] before = original.getSuppressed();
        IThrowableProxy[] suppressed = before == null ? new IThrowableProxy[0] : before.clone();
        boolean changed = !Objects.equals(message, original.getMessage())
                || !Objects.equals(overriding, original.getOverridingMessage());
        for (int i = 0; i < suppressed.length; i++) {
            IThrowableProxy redacted = of(suppressed[i], redactor, depth + 1);
            changed |= redacted != suppressed[i];
            suppressed[i] = redacted;
        }
        IThrowableProxy cause = original.getCause();
        IThrowableProxy redactedCause = cause == null ? null : of(cause, redactor, depth + 1);
        changed |= redactedCause != cause;
        return changed ? new RedactedThrowable(original, message, overriding, redactedCause, suppressed) : original;
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
    public String getClassName() {
        return original.getClassName();
    }

    @Override
    public StackTraceElementProxy[] getStackTraceElementProxyArray() {
        return original.getStackTraceElementProxyArray();
    }

    @Override
    public int getCommonFrames() {
        return original.getCommonFrames();
    }

    @Override
    public boolean isCyclic() {
        return original.isCyclic();
    }

    @Override
    public @Nullable IThrowableProxy getCause() {
        return cause;
    }

    @Override
    public IThrowableProxy[] getSuppressed() {
        return suppressed.clone();
    }

    /* What encoders make hashes and class names of; its message is never asked for. */
    @Override
    public Throwable getThrowable() {
        return original instanceof ThrowableProxy own && own.getThrowable() != null
                ? own.getThrowable()
                : super.getThrowable();
    }
}
