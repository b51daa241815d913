package io.inkfast.keys;

import org.jspecify.annotations.Nullable;

/** Which keys can stand together in one keyset. Knows no Tink. */
enum KeyKind {
    SIV,
    AEAD,
    HPKE_PRIVATE,
    HPKE_PUBLIC;

    /** The kind of a type as Tink's text names it; null for those that are of no use here. */
    static @Nullable KeyKind of(String type) {
        return switch (type) {
            case "AesSivKey" -> SIV;
            case "AesGcmKey",
                    "AesGcmSivKey",
                    "AesEaxKey",
                    "AesCtrHmacAeadKey",
                    "ChaCha20Poly1305Key",
                    "XChaCha20Poly1305Key",
                    "XAesGcmKey" -> AEAD;
            case "HpkePrivateKey" -> HPKE_PRIVATE;
            case "HpkePublicKey" -> HPKE_PUBLIC;
            default -> null;
        };
    }
}
