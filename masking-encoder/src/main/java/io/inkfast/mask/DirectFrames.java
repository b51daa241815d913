package io.inkfast.mask;

import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.core.CoreConstants;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/*
 * A frame is code: it is searched once and then kept, by itself and with those around it. The elements of a throwable that
 * is logged again are the same objects, and of one that is thrown again at the same place equal ones.
 */
/** The frames of stack traces, one on a line. One thread. */
final class DirectFrames {

    private static final int FRAMES = 1024;
    private static final int TRACES = 32;
    private static final int MOST_BYTES = 8 * 1024;
    private static final String LINE_END =
            CoreConstants.LINE_SEPARATOR.replace("\r", "\\r").replace("\n", "\\n");
    private static final byte[] TAB = DirectWriter.ascii("\\t");

    private final @Nullable StackTraceElement[] elements = new StackTraceElement[FRAMES];
    private final byte[] @Nullable [] frames = new byte[FRAMES][];
    private final @Nullable Trace[] traces = new Trace[TRACES];

    /** Frames that were written together. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Trace(int indent, StackTraceElement[] elements, byte[] json) {

        /* An equal element is replaced by the one that came, which is likely to come again. */
        boolean is(StackTraceElementProxy[] steps, int count, int tabs) {
            if (count != elements.length || indent != tabs) {
                return false;
            }
            for (int i = 0; i < count; i++) {
                StackTraceElement element = steps[i].getStackTraceElement();
                if (!element.equals(elements[i]) || steps[i].getClassPackagingData() != null) {
                    return false;
                }
                elements[i] = element;
            }
            return true;
        }
    }

    /** Forgets everything. */
    void forget() {
        Arrays.fill(elements, null);
        Arrays.fill(traces, null);
    }

    static void indent(int tabs, DirectWriter to) {
        for (int i = 0; i < tabs; i++) {
            to.line.raw(TAB);
        }
    }

    /** Writes so many frames, with tabs before each; false if Jackson must. */
    boolean write(StackTraceElementProxy[] steps, int count, int tabs, DirectWriter to) {
        if (count <= 0) {
            return true;
        }
        int slot = (hash(steps[0].getStackTraceElement()) + count) & (TRACES - 1);
        Trace trace = traces[slot];
        if (trace != null && trace.is(steps, count, tabs)) {
            to.line.raw(trace.json);
            return true;
        }
        int start = to.line.size();
        int notes = to.notes();
        StackTraceElement[] written = new StackTraceElement[count];
        for (int i = 0; i < count; i++) {
            indent(tabs, to);
            if (steps[i].getClassPackagingData() != null || !frame(steps[i], to)) {
                return false;
            }
            written[i] = steps[i].getStackTraceElement();
        }
        if (to.notes() == notes && to.line.size() - start <= MOST_BYTES) {
            traces[slot] = new Trace(tabs, written, to.line.since(start));
        }
        return true;
    }

    private boolean frame(StackTraceElementProxy step, DirectWriter to) {
        StackTraceElement element = step.getStackTraceElement();
        int hash = hash(element);
        int slot = (hash ^ (hash >>> 10)) & (FRAMES - 1);
        byte[] frame = element.equals(elements[slot]) ? frames[slot] : null;
        if (frame == null) {
            String text = step.getSTEAsString();
            String safe = to.redactor == null ? text : to.redactor.text(text);
            if (!isPlain(safe)) {
                return false;
            }
            frame = DirectWriter.ascii(safe + LINE_END);
            elements[slot] = element;
            frames[slot] = frame;
        }
        to.line.raw(frame);
        return true;
    }

    static boolean isPlain(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c < 0x7F && c != '"' && c != '\\');
    }

    private static int hash(StackTraceElement element) {
        return element.getMethodName().hashCode() * 31
                + element.getClassName().hashCode()
                + element.getLineNumber() * 131;
    }
}
