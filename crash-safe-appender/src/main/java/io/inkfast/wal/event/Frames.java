package io.inkfast.wal.event;

import io.inkfast.internal.BatchBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/*
 * A StackTraceElement that the JVM made leaves out the names of its own class loaders and the versions of its own modules
 * when it prints itself, which one that we make does not. So what would not be printed is not kept.
 */
/** Writes and reads the frames of {@link EventRecord}. Any thread. */
final class Frames {

    /** A frame has at least so many. */
    static final int LEAST_BYTES = 8;

    private static final int MOST_MODULES = 1_000;
    private static final Map<String, Boolean> PRINTS_VERSION = new ConcurrentHashMap<>();

    private Frames() {}

    static void write(BatchBuffer out, StackTraceElement frame, int more) {
        String loader = frame.getClassLoaderName();
        String module = frame.getModuleName();
        String version = frame.getModuleVersion();
        boolean hasLoader = loader != null && !loader.isEmpty() && printsLoader(frame, loader);
        boolean hasModule = module != null && !module.isEmpty();
        boolean hasVersion = hasModule && version != null && printsVersion(frame, module);
        out.write(more
                | (hasLoader ? EventRecord.HAS_LOADER : 0)
                | (hasModule ? EventRecord.HAS_MODULE : 0)
                | (hasVersion ? EventRecord.HAS_VERSION : 0));
        Primitives.text(out, frame.getClassName());
        Primitives.text(out, frame.getMethodName());
        Primitives.text(out, frame.getFileName());
        Primitives.fourBytes(out, frame.getLineNumber());
        if (hasLoader) {
            Primitives.text(out, loader);
        }
        if (hasModule) {
            Primitives.text(out, module);
        }
        if (hasVersion) {
            Primitives.text(out, version);
        }
    }

    private static boolean printsLoader(StackTraceElement frame, String loader) {
        boolean known = loader.equals("app") || loader.equals("platform");
        return !known && frame.toString().startsWith(loader + '/');
    }

    /* A module always prints it or never does. */
    private static boolean printsVersion(StackTraceElement frame, String module) {
        Boolean known = PRINTS_VERSION.get(module);
        if (known == null) {
            known = frame.toString().contains(module + '@' + frame.getModuleVersion() + '/');
            if (PRINTS_VERSION.size() < MOST_MODULES) {
                PRINTS_VERSION.put(module, known);
            }
        }
        return known;
    }

    /** Reads one behind its flags. */
    static StackTraceElement read(RecordReader reader, int flags) throws DamagedEventException {
        String type = reader.textThatIs();
        String method = reader.textThatIs();
        String file = reader.text();
        int line = reader.fourBytes();
        String loader = (flags & EventRecord.HAS_LOADER) == 0 ? null : reader.textThatIs();
        String module = (flags & EventRecord.HAS_MODULE) == 0 ? null : reader.textThatIs();
        String version = (flags & EventRecord.HAS_VERSION) == 0 ? null : reader.textThatIs();
        return new StackTraceElement(loader, module, version, type, method, file, line);
    }

    static void write(BatchBuffer out, StackTraceElement[] frames) {
        Primitives.count(out, frames.length);
        for (StackTraceElement frame : frames) {
            write(out, frame, 0);
        }
    }

    static StackTraceElement[] read(RecordReader reader) throws DamagedEventException {
        StackTraceElement[] frames = new StackTraceElement[reader.count(LEAST_BYTES)];
        for (int i = 0; i < frames.length; i++) {
            frames[i] = read(reader, reader.oneByte());
        }
        return frames;
    }
}
