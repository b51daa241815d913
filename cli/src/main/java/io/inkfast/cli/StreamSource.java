package io.inkfast.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** One stream, where it is kept: so that a test can fail any step. One thread. */
interface StreamSource extends AutoCloseable {

    /** What time it is there: ids are made by that clock. */
    Instant now() throws IOException;

    /** Whether there is such a stream, be it empty. */
    boolean exists() throws IOException;

    /** The first entries from one id to another, both included, in their order. */
    List<StreamEntry> read(StreamId from, StreamId to, int count) throws IOException;

    /** Removes all entries before an id. How many. */
    long trim(StreamId before) throws IOException;

    @Override
    void close();

    /** It cannot be reached, or does not do what it is asked; the message says what and why, and has no password in it. */
    final class Unavailable extends IOException {

        private static final long serialVersionUID = 1;

        Unavailable(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
