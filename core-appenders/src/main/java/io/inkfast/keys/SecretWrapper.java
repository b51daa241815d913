package io.inkfast.keys;

import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;

/**
 * What wraps secrets, and opens them again. Immutable, any thread. Knows no Tink, so that whoever holds one need not.
 *
 * @param unwrap null if only others can open what this wraps
 */
record SecretWrapper(Cipher wrap, @Nullable Cipher unwrap) {

    interface Cipher {
        byte[] apply(byte[] input, byte[] context) throws GeneralSecurityException;
    }
}
