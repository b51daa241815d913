package io.inkfast.keys;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.Key;
import com.google.crypto.tink.Parameters;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.AeadKey;
import com.google.crypto.tink.aead.AesCtrHmacAeadKey;
import com.google.crypto.tink.aead.AesEaxKey;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.aead.AesGcmSivKey;
import com.google.crypto.tink.aead.ChaCha20Poly1305Key;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.aead.XAesGcmKey;
import com.google.crypto.tink.aead.XChaCha20Poly1305Key;
import com.google.crypto.tink.daead.AesSivKey;
import com.google.crypto.tink.daead.DeterministicAeadConfig2026;
import com.google.crypto.tink.daead.PredefinedDeterministicAeadParameters;
import com.google.crypto.tink.hybrid.HpkeParameters;
import com.google.crypto.tink.hybrid.HpkePrivateKey;
import com.google.crypto.tink.hybrid.HpkePublicKey;
import com.google.crypto.tink.hybrid.HybridConfig2026;
import com.google.crypto.tink.util.SecretBytes;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;

/** The kinds of key in Tink's terms. Stateless. */
final class TinkKeys {

    private TinkKeys() {}

    /** Registers nothing for the whole JVM, and checks a keyset as a whole when it reads it. */
    static Configuration configuration(KeyKind kind) {
        return switch (kind) {
            case SIV -> DeterministicAeadConfig2026.get();
            case AEAD -> AeadConfig2026.get();
            case HPKE_PRIVATE, HPKE_PUBLIC -> HybridConfig2026.get();
        };
    }

    /** What a new key of the kind is like. */
    static Parameters parameters(KeyKind kind) throws GeneralSecurityException {
        return switch (kind) {
            case SIV -> PredefinedDeterministicAeadParameters.AES256_SIV;
            case AEAD -> PredefinedAeadParameters.AES256_GCM;
            case HPKE_PRIVATE, HPKE_PUBLIC ->
                HpkeParameters.builder()
                        .setKemId(HpkeParameters.KemId.DHKEM_X25519_HKDF_SHA256)
                        .setKdfId(HpkeParameters.KdfId.HKDF_SHA256)
                        .setAeadId(HpkeParameters.AeadId.AES_256_GCM)
                        .setVariant(HpkeParameters.Variant.TINK)
                        .build();
        };
    }

    /** 32 bytes as a key of AES-GCM, whose output says nothing of the key. */
    @AccessesPartialKey
    static Key aesGcm(byte[] bytes) throws GeneralSecurityException {
        return AesGcmKey.builder()
                .setParameters(AesGcmParameters.builder()
                        .setKeySizeBytes(bytes.length)
                        .setIvSizeBytes(12)
                        .setTagSizeBytes(16)
                        .setVariant(AesGcmParameters.Variant.NO_PREFIX)
                        .build())
                .setKeyBytes(SecretBytes.copyFrom(bytes, InsecureSecretKeyAccess.get()))
                .build();
    }

    static @Nullable KeyKind kind(Key key) {
        if (key instanceof AesSivKey) {
            return KeyKind.SIV;
        }
        if (key instanceof AeadKey) {
            return KeyKind.AEAD;
        }
        if (key instanceof HpkePrivateKey) {
            return KeyKind.HPKE_PRIVATE;
        }
        return key instanceof HpkePublicKey ? KeyKind.HPKE_PUBLIC : null;
    }

    /** The kind in the manner of Tink's templates. */
    static String type(Key key) {
        if (key instanceof AesSivKey siv) {
            // Of two keys, one for each half.
            return "AES" + siv.getParameters().getKeySizeBytes() * 4 + "_SIV";
        }
        if (key instanceof HpkePrivateKey hpke) {
            return hpke(hpke.getParameters()) + " (private)";
        }
        if (key instanceof HpkePublicKey hpke) {
            return hpke(hpke.getParameters()) + " (public)";
        }
        return aead(key);
    }

    private static String aead(Key key) {
        if (key instanceof AesGcmKey gcm) {
            return aes(gcm.getParameters().getKeySizeBytes()) + "_GCM";
        }
        if (key instanceof AesGcmSivKey siv) {
            return aes(siv.getParameters().getKeySizeBytes()) + "_GCM_SIV";
        }
        if (key instanceof AesEaxKey eax) {
            return aes(eax.getParameters().getKeySizeBytes()) + "_EAX";
        }
        if (key instanceof AesCtrHmacAeadKey ctr) {
            return aes(ctr.getParameters().getAesKeySizeBytes()) + "_CTR_HMAC_"
                    + ctr.getParameters().getHashType();
        }
        if (key instanceof ChaCha20Poly1305Key) {
            return "CHACHA20_POLY1305";
        }
        if (key instanceof XChaCha20Poly1305Key) {
            return "XCHACHA20_POLY1305";
        }
        return key instanceof XAesGcmKey ? "XAES_256_GCM" : key.getClass().getSimpleName();
    }

    private static String aes(int bytes) {
        return "AES" + bytes * 8;
    }

    /* Of DHKEM_X25519_HKDF_SHA256(0x0020) and AES_256_GCM(0x0002): HPKE_X25519_AES256_GCM. */
    private static String hpke(HpkeParameters parameters) {
        String kem = parameters.getKemId().toString().replaceAll("DHKEM_|_HKDF.*|\\(.*", "");
        String aead = parameters.getAeadId().toString().replaceAll("\\(.*", "").replace("AES_", "AES");
        return "HPKE_" + kem + "_" + aead;
    }
}
