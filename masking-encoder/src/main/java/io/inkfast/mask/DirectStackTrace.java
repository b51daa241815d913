package io.inkfast.mask;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.core.CoreConstants;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/*
 * The format is that of ThrowableProxyConverter. Frames are kept. Of the first lines, only the message is searched each
 * time, together with the class name if that announces something.
 */
/** A stack trace as Logback's own converters write it. */
final class DirectStackTrace implements DirectPart {

    private static final int TYPES = 64;
    private static final int DEEPEST = 64;
    private static final String LINE_END =
            CoreConstants.LINE_SEPARATOR.replace("\r", "\\r").replace("\n", "\\n");
    private static final byte[] LINE_END_BYTES = DirectWriter.ascii(LINE_END);

    private final byte[] name;
    private final DirectFrames frames = new DirectFrames();
    private final @Nullable String[] typeNames = new String[TYPES];
    private final byte[] @Nullable [] types = new byte[TYPES][];
    private int version;

    DirectStackTrace(String name) {
        this.name = DirectWriter.ascii('"' + name + "\":");
    }

    @Override
    public boolean write(ILoggingEvent event, DirectWriter to) {
        IThrowableProxy throwable = event.getThrowableProxy();
        if (throwable == null) {
            return true;
        }
        if (version != to.version()) {
            version = to.version();
            frames.forget();
            Arrays.fill(typeNames, null);
        }
        to.line.name(name);
        to.line.raw('"');
        boolean written = append(throwable, "", 1, 0, to);
        to.line.raw('"');
        return written;
    }

    private boolean append(IThrowableProxy throwable, String prefix, int indent, int depth, DirectWriter to) {
        DirectFrames.indent(indent - 1, to);
        if (depth > DEEPEST || !to.line.text(prefix, true) || !message(throwable, to)) {
            return false;
        }
        to.line.raw(LINE_END_BYTES);
        if (!steps(throwable, indent, to)) {
            return false;
        }
        IThrowableProxy[] suppressed = throwable.getSuppressed();
        if (suppressed != null) {
            for (IThrowableProxy one : suppressed) {
                if (!append(one, CoreConstants.SUPPRESSED, indent + 1, depth + 1, to)) {
                    return false;
                }
            }
        }
        IThrowableProxy cause = throwable.getCause();
        return cause == null || append(cause, CoreConstants.CAUSED_BY, indent, depth + 1, to);
    }

    private boolean message(IThrowableProxy throwable, DirectWriter to) {
        byte[] type = throwable.getClassName() == null ? null : type(throwable.getClassName(), to);
        if (type == null || throwable.isCyclic() || throwable.getOverridingMessage() != null) {
            return false;
        }
        to.line.raw(type);
        Redactor redactor = to.redactor;
        String message = throwable.getMessage();
        if (redactor == null) {
            return to.line.text(String.valueOf(message), false);
        }
        if (message == null || redactor.classOnly()) {
            return to.line.text("null", true);
        }
        String safe = redactor.text(message);
        return to.line.text(safe, redactor.isAscii(safe));
    }

    /* A class name with the colon behind it; null if it announces something, or is not plain. */
    private byte @Nullable [] type(String name, DirectWriter to) {
        int slot = name.hashCode() & (TYPES - 1);
        if (!name.equals(typeNames[slot])) {
            Redactor redactor = to.redactor;
            boolean harmless = redactor == null
                    || (!redactor.name(name).sensitive()
                            && redactor.name(name).shown().equals(name));
            typeNames[slot] = name;
            types[slot] = harmless && DirectFrames.isPlain(name) ? DirectWriter.ascii(name + ": ") : null;
        }
        return types[slot];
    }

    private boolean steps(IThrowableProxy throwable, int indent, DirectWriter to) {
        StackTraceElementProxy[] steps = throwable.getStackTraceElementProxyArray();
        int common = throwable.getCommonFrames();
        if (!frames.write(steps, steps.length - Math.max(common, 0), indent, to)) {
            return false;
        }
        if (common > 0) {
            DirectFrames.indent(indent, to);
            to.line.raw(DirectWriter.ascii("... "));
            to.line.number(common);
            to.line.raw(DirectWriter.ascii(" common frames omitted" + LINE_END));
        }
        return true;
    }
}
