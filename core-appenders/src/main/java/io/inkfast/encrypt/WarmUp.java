package io.inkfast.encrypt;

import java.security.GeneralSecurityException;
import java.util.concurrent.atomic.AtomicBoolean;

/*
 * HotSpot uses the processor's instructions for AES and GHASH only in code that it has compiled because it was called often. A
 * frame is one call: without this the first thousand frames each take thirty times as long, a second of processor time in
 * all. Thousands of small calls take a tenth of that.
 */
/** Has the JVM compile its AES-GCM, once. Any thread. */
final class WarmUp {

    private static final int CALLS = 6000;
    private static final int BYTES = 1024;
    private static final AtomicBoolean DONE = new AtomicBoolean();

    private WarmUp() {}

    /** Returns after about a tenth of a second the first time, and at once from then on. */
    static void gcm() {
        if (!DONE.compareAndSet(false, true)) {
            return;
        }
        try {
            GcmCipher cipher = new GcmCipher(new byte[Suite.AES256_GCM.keyBytes()]);
            byte[] plain = new byte[BYTES];
            byte[] sealed = new byte[cipher.sealedBytes(BYTES)];
            for (int i = 0; i < CALLS; i++) {
                cipher.seal(plain, 0, BYTES, plain, sealed, 0);
            }
        } catch (GeneralSecurityException e) {
            // Whoever encrypts will be told.
            return;
        }
    }
}
