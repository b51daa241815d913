package io.inkfast.mask;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.core.CoreConstants;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/*
 * The format is that of ThrowableProxyConverter. A frame is code: it is searched once and then kept. Of the first lines,
 * only the message is searched each time, together with the class name if that announces something.
 */
/** A stack trace as Logback's own converters write it. */
final class DirectStackTrace implements DirectPart {

    private static final int FRAMES = 1024;
    private static final int DEEPEST = 64;

    private final byte[] name;
    private final String lineEnd = CoreConstants.LINE_SEPARATOR;
    private final @Nullable StackTraceElement[] elements = new StackTraceElement[FRAMES];
    private final @Nullable String[] frames = new String[FRAMES];
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
            Arrays.fill(elements, null);
        }
        to.line.name(name);
        to.line.raw('"');
        boolean written = append(throwable, "", 1, 0, to);
        to.line.raw('"');
        return written;
    }

    private boolean append(IThrowableProxy throwable, String prefix, int indent, int depth, DirectWriter to) {
        if (depth > DEEPEST
                || !indent(indent - 1, to)
                || !to.line.text(prefix, true)
                || !message(throwable, to)
                || !to.line.text(lineEnd, true)
                || !frames(throwable, indent, to)) {
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

    private static boolean message(IThrowableProxy throwable, DirectWriter to) {
        Redactor redactor = to.redactor;
        String type = throwable.getClassName();
        if (throwable.isCyclic() || throwable.getOverridingMessage() != null || type == null) {
            return false;
        }
        String message = throwable.getMessage();
        if (redactor == null) {
            return to.line.text(type, false) && to.line.text(": ", true) && to.line.text(String.valueOf(message), false);
        }
        if (redactor.name(type).sensitive() || !redactor.name(type).shown().equals(type)) {
            return false;
        }
        if (message == null || redactor.classOnly()) {
            return to.line.text(type, false) && to.line.text(": null", true);
        }
        String safe = redactor.text(message);
        return to.line.text(type, false)
                && to.line.text(": ", true)
                && to.line.text(safe, redactor.isAscii(safe));
    }

    private boolean frames(IThrowableProxy throwable, int indent, DirectWriter to) {
        StackTraceElementProxy[] steps = throwable.getStackTraceElementProxyArray();
        int common = throwable.getCommonFrames();
        for (int i = 0; i < steps.length - Math.max(common, 0); i++) {
            if (steps[i].getClassPackagingData() != null || !indent(indent, to) || !frame(steps[i], to)) {
                return false;
            }
        }
        return common <= 0
                || (indent(indent, to)
                        && to.line.text("... " + common + " common frames omitted", true)
                        && to.line.text(lineEnd, true));
    }

    private boolean frame(StackTraceElementProxy step, DirectWriter to) {
        StackTraceElement element = step.getStackTraceElement();
        int slot = slot(element);
        String frame = element.equals(elements[slot]) ? frames[slot] : null;
        if (frame == null) {
            String text = step.getSTEAsString();
            String safe = to.redactor == null ? text : to.redactor.text(text);
            if (!safe.chars().allMatch(c -> c >= ' ' && c < 0x7F)) {
                return false;
            }
            frame = safe + lineEnd;
            elements[slot] = element;
            frames[slot] = frame;
        }
        return to.line.text(frame, true);
    }

    private static int slot(StackTraceElement element) {
        int hash = element.getMethodName().hashCode() * 31
                + element.getClassName().hashCode()
                + element.getLineNumber() * 131;
        return (hash ^ (hash >>> 10)) & (FRAMES - 1);
    }

    private static boolean indent(int tabs, DirectWriter to) {
        for (int i = 0; i < tabs; i++) {
            if (!to.line.text("\t", true)) {
                return false;
            }
        }
        return true;
    }
}
