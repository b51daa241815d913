package io.inkfast.wal;

import ch.qos.logback.core.FileAppender;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/*
 * Logback makes a new stream for each file that it opens. The file is opened a second time when that is seen, so what was
 * written to it can be forced when it has another name, or none.
 */
/** Forces the files of one of Logback's appenders: the one it writes, and those that have rolled away since. One thread. */
final class LogbackFiles {

    /** A file, opened once more. */
    interface Forced {
        void force() throws IOException;

        void close() throws IOException;
    }

    /** Opens files. */
    @FunctionalInterface
    interface Opener {
        Forced open(Path file) throws IOException;
    }

    /** Files of the machine. */
    static final Opener SYSTEM = file -> new Channel(FileChannel.open(file, StandardOpenOption.WRITE));

    private final FileAppender<?> appender;
    private final Opener opener;
    private final Deque<Forced> rolled = new ArrayDeque<>();
    private @Nullable Forced active;
    private @Nullable OutputStream stream;
    private boolean unforced;

    LogbackFiles(FileAppender<?> appender, Opener opener) {
        this.appender = appender;
        this.opener = opener;
    }

    /** An event was written. */
    @SuppressWarnings("ReferenceEquality") // another stream is another file
    void written() {
        unforced = true;
        if (appender.getOutputStream() != stream) {
            leave();
            reopen();
        }
    }

    /** The stream was at fault: it may have opened another file under the name since. */
    void failed() {
        stream = null;
    }

    /** Returns when what was written is on the device; what it throws for is not asked again, which would be confirmed. */
    void force() throws IOException {
        if (!unforced) {
            return;
        }
        // A sink may have left the flag set, and an interrupt closes the file.
        Thread.interrupted();
        while (!rolled.isEmpty()) {
            Forced file = rolled.removeFirst();
            try {
                file.force();
            } finally {
                closeQuietly(file);
            }
        }
        Forced file = active == null ? open() : active;
        active = file;
        try {
            if (file != null) {
                file.force();
            }
        } catch (IOException e) {
            active = null;
            file.close();
            throw e;
        }
        unforced = false;
    }

    void close() {
        leave();
        for (Forced file : rolled) {
            closeQuietly(file);
        }
        rolled.clear();
    }

    private void leave() {
        if (active != null) {
            rolled.add(active);
            active = null;
        }
        stream = null;
    }

    /* If that fails, it is tried again when it is to be forced. */
    private void reopen() {
        try {
            Thread.interrupted();
            active = open();
        } catch (IOException e) {
            active = null;
        }
        stream = appender.getOutputStream();
    }

    private @Nullable Forced open() throws IOException {
        return appender.getFile() == null ? null : opener.open(Path.of(appender.getFile()));
    }

    private static void closeQuietly(Forced file) {
        try {
            file.close();
        } catch (IOException e) {
            // What counts was forced before.
            return;
        }
    }

    private record Channel(FileChannel channel) implements Forced {

        @Override
        public void force() throws IOException {
            channel.force(false);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
