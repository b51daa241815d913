package io.inkfast.encrypt;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** SHA-256 and what is made of it. Any thread. */
final class Sha256 {

    private static final String HMAC = "HmacSHA256";

    private Sha256() {}

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static byte[] of(byte[] bytes, int from, int length) {
        MessageDigest digest = digest();
        digest.update(bytes, from, length);
        return digest.digest();
    }

    static byte[] hmac(byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + HMAC, e);
        }
    }

    /** HKDF-Expand (RFC 5869, section 2.3) of a key that is uniform already. */
    static byte[] expand(byte[] key, byte[] info, int length) {
        byte[] out = new byte[length];
        byte[] block = {};
        for (int done = 0, i = 1; done < length; i++) {
            block = hmac(key, block, info, new byte[] {(byte) i});
            int count = Math.min(block.length, length - done);
            System.arraycopy(block, 0, out, done, count);
            done += count;
        }
        return out;
    }
}
