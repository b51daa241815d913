package io.inkfast.benchmarks.pipe;

import java.io.IOException;

/** A logging library, set up to write one file: logging calls go in, lines come out. Any thread. */
public interface Pipe extends AutoCloseable {

    /** A source of events; called on the thread that will use it, since contexts belong to threads. */
    Source source(int producer);

    /** Stops the library, which writes everything that is still on its way, and closes the file. */
    @Override
    void close() throws IOException;

    /** Logs events of one producer; one thread. */
    interface Source {

        /** One logging call. */
        void log(long sequence);
    }
}
