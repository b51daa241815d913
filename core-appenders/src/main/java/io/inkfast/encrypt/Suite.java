package io.inkfast.encrypt;

import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;

/**
 * How frames are encrypted. The number is part of the file format.
 *
 * @since 0.1.0
 */
public enum Suite {
    /** AES-256 in Galois/Counter Mode (NIST SP 800-38D), nonce of 12 random bytes, tag of 16. The fastest; default. */
    AES256_GCM(1, 32),

    /** XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha), nonce of 24 random bytes, tag of 16; from Google Tink. */
    XCHACHA20_POLY1305(3, 32),

    /** AES-256-CBC with HMAC-SHA-512 (A256CBC-HS512 of RFC 7518), initialisation vector of 16 bytes, tag of 32. */
    AES256_CBC_HS512(4, 64);

    private final int number;
    private final int keyBytes;

    Suite(int number, int keyBytes) {
        this.number = number;
        this.keyBytes = keyBytes;
    }

    int number() {
        return number;
    }

    int keyBytes() {
        return keyBytes;
    }

    static @Nullable Suite of(int number) {
        for (Suite suite : values()) {
            if (suite.number == number) {
                return suite;
            }
        }
        return null;
    }

    /** A cipher under this key, for one thread. */
    FrameCipher cipher(byte[] key) throws GeneralSecurityException {
        return switch (this) {
            case AES256_GCM -> new GcmCipher(key);
            case XCHACHA20_POLY1305 -> new XChaChaCipher(key);
            case AES256_CBC_HS512 -> new CbcHmacCipher(key);
        };
    }
}
