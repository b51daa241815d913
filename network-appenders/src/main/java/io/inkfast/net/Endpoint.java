package io.inkfast.net;

import java.io.IOException;

/**
 * One of the peers that an appender may send to.
 *
 * @since 0.1.0
 */
public interface Endpoint {

    /** As it stands in the configuration, without a password; for messages. */
    String name();

    /** Connects, within the protocol's own limits; looks the name up anew. The sender's thread. */
    Link connect() throws IOException;

    /** Whether it is only used while none of the others is in order, which are tried again whenever they are due. */
    default boolean isFallback() {
        return false;
    }

    /** Gives back what outlives a connection; called when the appender has stopped. */
    default void close() {}
}
