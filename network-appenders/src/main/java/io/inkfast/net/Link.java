package io.inkfast.net;

import java.io.IOException;

/**
 * A connection to one peer, in one protocol. One thread sends; it waits as long as the protocol's own limits say, never for
 * ever.
 *
 * @since 0.1.0
 */
public interface Link {

    /**
     * Sends the messages and waits for the answer. What became of each is said in the batch, also if this throws: then what
     * nothing was said of may or may not have arrived.
     *
     * @throws IOException if the connection is of no use any more; it is closed then, and another one made
     */
    Answer send(Batch batch) throws IOException;

    /**
     * Looks after the connection while there is nothing to send: says whether it can still be used. Called about once a
     * second.
     */
    default boolean isAlive() {
        return true;
    }

    /** How many requests it makes of a batch; then a batch is as large as so many. The sender's thread. */
    default int width() {
        return 1;
    }

    /**
     * Whether, now that it has ended, another one should be made although there is nothing to send: what was written last may
     * not have been read. The first batch on it may be empty. Any thread.
     */
    default boolean owes() {
        return false;
    }

    /** Makes a {@link #send} that waits return soon, with an exception; any thread. */
    void abort();

    /** Ends the connection; does not wait for the peer. */
    void close();
}
