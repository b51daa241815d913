package io.inkfast.mask;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA-256 under one key, from any thread: each call works on a copy of a {@link Mac} that already has the key. No
 * thread keeps anything of it.
 */
final class KeyedHash {

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;
    private final Mac prototype;

    KeyedHash(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
        prototype = fresh();
    }

    byte[] of(byte[] data) {
        return copy().doFinal(data);
    }

    private Mac copy() {
        try {
            return (Mac) prototype.clone();
        } catch (CloneNotSupportedException e) {
            // Another provider than Java's own.
            return fresh();
        }
    }

    private Mac fresh() {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
