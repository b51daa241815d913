package io.inkfast.keys;

import static io.inkfast.keys.KeyKind.AEAD;
import static io.inkfast.keys.KeyKind.HPKE_PRIVATE;
import static io.inkfast.keys.KeyKind.HPKE_PUBLIC;
import static io.inkfast.keys.KeyKind.SIV;

import java.util.List;

/** Who asks for a keyset, and so what it may hold and how one is made. */
enum KeyUse {
    PSEUDONYMS(
            "AES256_SIV keys",
            "pseudonyms need AesSivKey (template AES256_SIV): inkfast keys generate",
            "inkfast keys generate"),
    ENCRYPTION(
            "AEAD or HPKE keys",
            "encryption needs AesGcmKey (template AES256_GCM) or another AEAD, or HpkePublicKey or HpkePrivateKey:"
                    + " inkfast keys generate --for encryption",
            "inkfast keys generate --for encryption"),
    /** Files of keysets are changed whatever they are for. */
    ANY("AES-SIV, AEAD or HPKE keys", "inkfast knows keys for AES-SIV, AEAD and HPKE", "inkfast keys generate");

    private final String keys;
    private final String need;
    private final String command;

    KeyUse(String keys, String need, String command) {
        this.keys = keys;
        this.need = need;
        this.command = command;
    }

    List<KeyKind> kinds() {
        return switch (this) {
            case PSEUDONYMS -> List.of(SIV);
            case ENCRYPTION -> List.of(AEAD, HPKE_PRIVATE, HPKE_PUBLIC);
            case ANY -> List.of(SIV, AEAD, HPKE_PRIVATE, HPKE_PUBLIC);
        };
    }

    /** What a keyset may hold, in words. */
    String keys() {
        return keys;
    }

    /** What to do where it holds something else. */
    String need() {
        return need;
    }

    /** What makes such a keyset. */
    String command() {
        return command;
    }
}
