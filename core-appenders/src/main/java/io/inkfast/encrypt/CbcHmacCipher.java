package io.inkfast.encrypt;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A256CBC-HS512 (RFC 7518, section 5.2.5): initialisation vector 16, ciphertext with PKCS #7 padding, tag 32. The first
 * half of the key is for HMAC-SHA-512, the second for AES-256; the tag is checked before anything is decrypted.
 */
final class CbcHmacCipher implements FrameCipher {

    private static final int IV = 16;
    private static final int TAG = 32;
    private static final int BLOCK = 16;
    private static final String HMAC = "HmacSHA512";

    private final Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
    private final Mac mac = Mac.getInstance(HMAC);
    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();
    private final byte[] iv = new byte[IV];

    CbcHmacCipher(byte[] key) throws GeneralSecurityException {
        int half = key.length / 2;
        mac.init(new SecretKeySpec(key, 0, half, HMAC));
        this.key = new SecretKeySpec(key, half, half, "AES");
    }

    @Override
    public int sealedBytes(int plainBytes) {
        return IV + (plainBytes / BLOCK + 1) * BLOCK + TAG;
    }

    @Override
    public void seal(byte[] plain, int from, int length, byte[] bound, byte[] out, int at)
            throws GeneralSecurityException {
        random.nextBytes(iv);
        seal(iv, plain, from, length, bound, out, at);
    }

    void seal(byte[] vector, byte[] plain, int from, int length, byte[] bound, byte[] out, int at)
            throws GeneralSecurityException {
        System.arraycopy(vector, 0, out, at, IV);
        cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(vector));
        int encrypted = cipher.doFinal(plain, from, length, out, at + IV);
        System.arraycopy(tag(bound, out, at, IV + encrypted), 0, out, at + IV + encrypted, TAG);
    }

    @Override
    public byte[] open(byte[] sealed, int from, int length, byte[] bound) throws GeneralSecurityException {
        int tagged = length - TAG;
        if (tagged < IV + BLOCK) {
            throw new AEADBadTagException("too short");
        }
        byte[] found = Arrays.copyOfRange(sealed, from + tagged, from + length);
        if (!MessageDigest.isEqual(found, tag(bound, sealed, from, tagged))) {
            throw new AEADBadTagException("tag mismatch");
        }
        cipher.init(Cipher.DECRYPT_MODE, key, new IvParameterSpec(sealed, from, IV));
        return cipher.doFinal(sealed, from + IV, tagged - IV);
    }

    private byte[] tag(byte[] bound, byte[] sealed, int from, int length) {
        mac.update(bound);
        mac.update(sealed, from, length);
        // The length of the associated data in bits, most significant byte first.
        mac.update(ByteBuffer.allocate(8).putLong(8L * bound.length).array());
        return Arrays.copyOf(mac.doFinal(), TAG);
    }
}
