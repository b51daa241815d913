package io.inkfast.encrypt;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/*
 * Random nonces, though a counter would do: a virtual machine may be copied with the key in its memory. A key makes 2^24
 * frames at most, so that two nonces meet with a probability of 2^-49.
 */
/** AES-256-GCM: nonce 12, ciphertext, tag 16. */
final class GcmCipher implements FrameCipher {

    private static final int NONCE = 12;
    private static final int TAG = 16;

    private final Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();
    private final byte[] nonce = new byte[NONCE];

    GcmCipher(byte[] key) throws GeneralSecurityException {
        this.key = new SecretKeySpec(key, "AES");
    }

    @Override
    public int sealedBytes(int plainBytes) {
        return NONCE + plainBytes + TAG;
    }

    @Override
    public void seal(byte[] plain, int from, int length, byte[] bound, byte[] out, int at)
            throws GeneralSecurityException {
        random.nextBytes(nonce);
        cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(8 * TAG, nonce));
        cipher.updateAAD(bound);
        System.arraycopy(nonce, 0, out, at, NONCE);
        cipher.doFinal(plain, from, length, out, at + NONCE);
    }

    @Override
    public byte[] open(byte[] sealed, int from, int length, byte[] bound) throws GeneralSecurityException {
        if (length < NONCE + TAG) {
            throw new AEADBadTagException("too short");
        }
        cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(8 * TAG, sealed, from, NONCE));
        cipher.updateAAD(bound);
        return cipher.doFinal(sealed, from + NONCE, length - NONCE);
    }
}
