package io.inkfast.net;

import java.io.IOException;

/**
 * A message does not fit into a datagram, or into as many as the protocol allows.
 *
 * @since 0.1.0
 */
public final class DatagramTooLargeException extends IOException {

    private static final long serialVersionUID = 1;

    public DatagramTooLargeException(int bytes) {
        super(bytes + " bytes are too large for datagrams");
    }
}
