package io.inkfast.wal;

/**
 * An event could not be made as durable as its level demands; only thrown with {@code <onFailure>THROW</onFailure>}. The
 * event is delivered all the same, if that is possible.
 *
 * @since 0.1.0
 */
public final class NotJournalledException extends RuntimeException {

    private static final long serialVersionUID = 1;

    NotJournalledException(String message) {
        super(message);
    }
}
