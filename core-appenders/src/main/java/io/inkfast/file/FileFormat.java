package io.inkfast.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a file of a {@link BatchingFileAppender} consists of, if not of the encoder's bytes one after another: of encrypted
 * frames, say. The appender writes everything that is returned here, in order, each byte once; when it finds that somebody
 * else has changed, moved or deleted the file, it forgets what was under way and calls {@link #begin} again.
 *
 * <p>Called under the lock of the file: one thread at a time. What is thrown is taken for a failure of the file: it is
 * shown, events are kept, and it is tried again.
 *
 * @since 0.1.0
 */
public interface FileFormat {

    /**
     * A file is open, to be appended to: a new one, or one whose last writer may have died in the middle.
     *
     * @param header what the encoder wants at the beginning of a file; may be empty
     * @return what comes next in it; null if the file was repaired or moved away, and is to be opened once more
     */
    byte @Nullable [] begin(Path file, long size, byte[] header) throws IOException;

    /**
     * Makes bytes of the file out of encoded events, or of a part of one that is very long.
     *
     * @param bytes       has them, between {@code from} and {@code to}; not to be changed
     * @param events      how many events end there
     * @param firstMillis the time of the first event, milliseconds since 1970
     * @param lastMillis  the time of the last one
     * @return the bytes, in an array of its own, valid until the next call
     */
    ByteBuffer seal(byte[] bytes, int from, int to, int events, long firstMillis, long lastMillis) throws IOException;

    /** What is to be written though no event comes; empty if nothing. Called a few times a second. */
    byte[] idle() throws IOException;

    /**
     * The end of the file.
     *
     * @param rolled whether another file follows
     * @param footer what the encoder wants at the end of a file; may be empty
     */
    byte[] end(boolean rolled, byte[] footer) throws IOException;
}
