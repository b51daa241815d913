package io.inkfast.keys;

/**
 * A keyset that cannot be used. The message is for users: it names the setting, its value and what is allowed. It carries
 * no key bytes, nor a cause: what a parser says may quote what it read.
 *
 * @since 0.1.0
 */
public final class KeysetException extends Exception {

    private static final long serialVersionUID = 1L;

    KeysetException(String message) {
        super(message);
    }
}
