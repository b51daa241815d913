package io.inkfast.wal.event;

import ch.qos.logback.classic.spi.ClassPackagingData;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import io.inkfast.internal.BatchBuffer;
import java.util.ArrayList;
import java.util.List;

/** Writes and reads the throwables of {@link EventRecord}. Any thread. */
@SuppressWarnings("deprecation") // Packaging data is on its way out, and printed until then.
final class Throwables {

    private static final StackTraceElementProxy[] NO_FRAMES = {};
    private static final IThrowableProxy[] NONE = {};

    private Throwables() {}

    static void write(BatchBuffer out, IThrowableProxy throwable) {
        write(out, throwable, 1);
    }

    private static void write(BatchBuffer out, IThrowableProxy throwable, int depth) {
        boolean deepest = depth == EventRecord.DEEPEST_THROWABLE;
        IThrowableProxy cause = deepest ? null : throwable.getCause();
        out.write((cause == null ? 0 : EventRecord.HAS_CAUSE) | (throwable.isCyclic() ? EventRecord.CYCLIC : 0));
        Primitives.text(out, String.valueOf(throwable.getClassName()));
        Primitives.text(out, throwable.getMessage());
        Primitives.text(out, throwable.getOverridingMessage());
        Primitives.count(out, Math.max(0, throwable.getCommonFrames()));
        StackTraceElementProxy[] frames = throwable.getStackTraceElementProxyArray();
        frames = frames == null ? NO_FRAMES : frames;
        Primitives.count(out, frames.length);
        for (StackTraceElementProxy frame : frames) {
            write(out, frame);
        }
        IThrowableProxy[] suppressed = deepest ? NONE : throwable.getSuppressed();
        suppressed = suppressed == null ? NONE : suppressed;
        Primitives.count(out, suppressed.length);
        for (IThrowableProxy each : suppressed) {
            write(out, each, depth + 1);
        }
        if (cause != null) {
            write(out, cause, depth + 1);
        }
    }

    private static void write(BatchBuffer out, StackTraceElementProxy frame) {
        ClassPackagingData packaging = frame.getClassPackagingData();
        if (packaging == null) {
            Frames.write(out, frame.getStackTraceElement(), 0);
            return;
        }
        int exact = packaging.isExact() ? EventRecord.EXACT : 0;
        Frames.write(out, frame.getStackTraceElement(), EventRecord.HAS_PACKAGING | exact);
        Primitives.text(out, packaging.getCodeLocation());
        Primitives.text(out, packaging.getVersion());
    }

    static JournaledThrowable read(RecordReader reader) throws DamagedEventException {
        return read(reader, 1);
    }

    private static JournaledThrowable read(RecordReader reader, int depth) throws DamagedEventException {
        if (depth > EventRecord.DEEPEST_THROWABLE) {
            throw new DamagedEventException("an exception in the record is too deep");
        }
        int flags = reader.oneByte();
        String className = reader.textThatIs();
        String message = reader.text();
        String overriding = reader.text();
        int commonFrames = reader.number();
        StackTraceElementProxy[] frames = new StackTraceElementProxy[reader.count(Frames.LEAST_BYTES)];
        for (int i = 0; i < frames.length; i++) {
            frames[i] = frame(reader);
        }
        if (commonFrames > frames.length) {
            throw new DamagedEventException("an exception in the record has fewer frames than in common");
        }
        // Not an array: each level could promise as many as there are bytes.
        List<JournaledThrowable> suppressed = new ArrayList<>(0);
        for (int count = reader.count(); count > 0; count--) {
            suppressed.add(read(reader, depth + 1));
        }
        JournaledThrowable cause = (flags & EventRecord.HAS_CAUSE) == 0 ? null : read(reader, depth + 1);
        boolean cyclic = (flags & EventRecord.CYCLIC) != 0;
        return new JournaledThrowable(
                className,
                message,
                overriding,
                frames,
                commonFrames,
                cyclic,
                cause,
                suppressed.toArray(new JournaledThrowable[0]));
    }

    private static StackTraceElementProxy frame(RecordReader reader) throws DamagedEventException {
        int flags = reader.oneByte();
        StackTraceElementProxy frame = new StackTraceElementProxy(Frames.read(reader, flags));
        if ((flags & EventRecord.HAS_PACKAGING) != 0) {
            String location = reader.text();
            String version = reader.text();
            frame.setClassPackagingData(new ClassPackagingData(location, version, (flags & EventRecord.EXACT) != 0));
        }
        return frame;
    }
}
