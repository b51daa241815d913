package io.inkfast.testing;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.recovery.ResilientFileOutputStream;
import ch.qos.logback.core.util.FileUtil;
import java.io.BufferedOutputStream;
import java.io.File;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicInteger;

/** Logback's file appender, with Logback's own stream and its recovery, on a disk that is full when told so. */
public final class FullDiskAppender extends FileAppender<ILoggingEvent> {

    private final AtomicInteger refused = new AtomicInteger();
    private volatile boolean full;

    public void setFull(boolean full) {
        this.full = full;
    }

    /** How many writes the disk has refused. */
    public int refused() {
        return refused.get();
    }

    @Override
    public void openFile(String name) throws IOException {
        File file = new File(name);
        FileUtil.createMissingParentDirectories(file);
        Stream stream = new Stream(file);
        stream.setContext(getContext());
        setOutputStream(stream);
    }

    /* What Logback opens, also anew, has a buffer, and the disk below it. */
    private final class Stream extends ResilientFileOutputStream {

        Stream(File file) throws IOException {
            super(file, true, 8192);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            if (!(os instanceof Buffer)) {
                os = new Buffer(new Disk(os));
            }
            super.write(bytes, offset, length);
        }
    }

    private static final class Buffer extends BufferedOutputStream {
        Buffer(OutputStream out) {
            super(out);
        }
    }

    private final class Disk extends FilterOutputStream {

        Disk(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (full) {
                refused.incrementAndGet();
                throw new IOException("No space left on device");
            }
            out.write(bytes, offset, length);
        }
    }
}
