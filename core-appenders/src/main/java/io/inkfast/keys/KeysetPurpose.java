package io.inkfast.keys;

/**
 * What a new keyset is for, and so the kind of its keys.
 *
 * @since 0.1.0
 */
public enum KeysetPurpose {
    /** AES256_SIV: hashes and tokens, {@link DeterministicKeyset}. */
    PSEUDONYMS(KeyKind.SIV),
    /** AES256_GCM: whoever writes encrypted files can read them, {@link EncryptionKeyset}. */
    ENCRYPTION(KeyKind.AEAD),
    /** HPKE: writing takes its public keys only, reading the private ones, {@link EncryptionKeyset}. */
    WRITE_ONLY_HOST(KeyKind.HPKE_PRIVATE);

    private final KeyKind kind;

    KeysetPurpose(KeyKind kind) {
        this.kind = kind;
    }

    KeyKind kind() {
        return kind;
    }
}
