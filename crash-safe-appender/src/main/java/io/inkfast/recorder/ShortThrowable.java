package io.inkfast.recorder;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import java.util.Arrays;
import org.jspecify.annotations.NullUnmarked;

/** An exception with its first frames only, its first causes, and nothing suppressed; its messages are whole. */
@NullUnmarked // as Logback's interface
final class ShortThrowable implements IThrowableProxy {

    private static final int FRAMES = 12;
    private static final int CAUSES = 3;

    private final IThrowableProxy whole;
    private final int depth;

    ShortThrowable(IThrowableProxy whole, int depth) {
        this.whole = whole;
        this.depth = depth;
    }

    @Override
    public String getMessage() {
        return whole.getMessage();
    }

    @Override
    public String getOverridingMessage() {
        return whole.getOverridingMessage();
    }

    @Override
    public String getClassName() {
        return whole.getClassName();
    }

    @Override
    public StackTraceElementProxy[] getStackTraceElementProxyArray() {
        StackTraceElementProxy[] frames = whole.getStackTraceElementProxyArray();
        return frames == null || frames.length <= FRAMES ? frames : Arrays.copyOf(frames, FRAMES);
    }

    @Override
    public int getCommonFrames() {
        return 0;
    }

    @Override
    public IThrowableProxy getCause() {
        IThrowableProxy cause = whole.getCause();
        return cause == null || depth == CAUSES ? null : new ShortThrowable(cause, depth + 1);
    }

    @Override
    public IThrowableProxy[] getSuppressed() {
        return new IThrowableProxy[0];
    }

    @Override
    public boolean isCyclic() {
        return whole.isCyclic();
    }
}
