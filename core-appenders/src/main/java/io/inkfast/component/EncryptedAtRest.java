package io.inkfast.component;

/**
 * An appender of which nothing rests in clear text: what keeps copies of the same events beside it, or in front of it, must
 * not either.
 *
 * @since 0.1.0
 */
public interface EncryptedAtRest {

    /** Whether it encrypts, as it is configured. */
    boolean encrypts();
}
