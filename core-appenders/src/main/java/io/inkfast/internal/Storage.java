package io.inkfast.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The little that Inkfast needs of a file system, so that a test can fail any part of it. {@link FileStorage} is the
 * real one.
 *
 * @since 0.1.0
 */
public interface Storage {

    /** Opens for appending; creates the file and its directories if they are missing. */
    Output open(Path file, boolean truncate) throws IOException;

    /** What the name stands for at this moment; null if for nothing. */
    @Nullable
    Stat stat(Path file) throws IOException;

    /** The last byte of the file, or -1 if it is empty. */
    int lastByte(Path file) throws IOException;

    /**
     * A file's identity and size.
     *
     * @param key  equal for two names of one file; null where the file system knows no such thing
     * @param size in bytes
     */
    record Stat(@Nullable Object key, long size) {}

    /** An open file; every write goes to its end, also after another program has made it shorter. */
    interface Output {

        /** Writes some of the remaining bytes, at least one; moves the position on by as many. */
        int write(ByteBuffer bytes) throws IOException;

        /** Returns when all that was written is on the device. */
        void force() throws IOException;

        void close() throws IOException;
    }
}
