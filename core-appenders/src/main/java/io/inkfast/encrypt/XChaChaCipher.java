package io.inkfast.encrypt;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.XChaCha20Poly1305Key;
import com.google.crypto.tink.util.SecretBytes;
import java.security.GeneralSecurityException;
import java.util.Arrays;

/** XChaCha20-Poly1305, in Tink's hands: nonce 24, ciphertext, tag 16. */
final class XChaChaCipher implements FrameCipher {

    private static final int NONCE = 24;
    private static final int TAG = 16;

    private final Aead cipher;

    @AccessesPartialKey // it is made of bytes that we have anyway
    XChaChaCipher(byte[] key) throws GeneralSecurityException {
        XChaCha20Poly1305Key bare =
                XChaCha20Poly1305Key.create(SecretBytes.copyFrom(key, InsecureSecretKeyAccess.get()));
        cipher = KeysetHandle.newBuilder()
                .addEntry(KeysetHandle.importKey(bare).withFixedId(1).makePrimary())
                .build()
                .getPrimitive(AeadConfig2026.get(), Aead.class);
    }

    @Override
    public int sealedBytes(int plainBytes) {
        return NONCE + plainBytes + TAG;
    }

    @Override
    public void seal(byte[] plain, int from, int length, byte[] bound, byte[] out, int at)
            throws GeneralSecurityException {
        byte[] sealed = cipher.encrypt(Arrays.copyOfRange(plain, from, from + length), bound);
        System.arraycopy(sealed, 0, out, at, sealed.length);
    }

    @Override
    public byte[] open(byte[] sealed, int from, int length, byte[] bound) throws GeneralSecurityException {
        return cipher.decrypt(Arrays.copyOfRange(sealed, from, from + length), bound);
    }
}
