package io.inkfast.encrypt;

import java.security.GeneralSecurityException;

/** Encrypts the bodies of frames under one key, and proves that they are genuine. One thread. */
interface FrameCipher {

    /** How long the body is of so many plain bytes. */
    int sealedBytes(int plainBytes);

    /**
     * Encrypts, with a nonce of its own.
     *
     * @param bound what {@link #open} must be told again
     * @param out   gets {@link #sealedBytes} at {@code at}; another array than {@code plain}
     */
    void seal(byte[] plain, int from, int length, byte[] bound, byte[] out, int at) throws GeneralSecurityException;

    /**
     * Decrypts.
     *
     * @throws GeneralSecurityException if these are not the bytes that {@link #seal} made of it
     */
    byte[] open(byte[] sealed, int from, int length, byte[] bound) throws GeneralSecurityException;
}
