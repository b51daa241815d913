package io.inkfast.keys;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KmsClient;
import com.google.crypto.tink.subtle.AesGcmJce;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.concurrent.atomic.AtomicInteger;

/** A key management service on the class path, for URIs that begin with {@code test-kms://}, until it is closed. */
final class TestKms implements AutoCloseable {

    /** The last character of a URI is the key; if that is an exclamation mark, the service does not answer. */
    public static final class Vault implements KmsClient {

        private boolean credentials;

        @Override
        public boolean doesSupport(String uri) {
            return uri.startsWith("test-kms://");
        }

        @Override
        public KmsClient withCredentials(String path) {
            throw new UnsupportedOperationException();
        }

        @Override
        public KmsClient withDefaultCredentials() {
            credentials = true;
            return this;
        }

        @Override
        public Aead getAead(String uri) throws GeneralSecurityException {
            if (!credentials) {
                throw new GeneralSecurityException("no credentials");
            }
            if (uri.endsWith("!")) {
                return new Silent();
            }
            byte[] key = new byte[16];
            key[0] = (byte) uri.charAt(uri.length() - 1);
            return new Counting(new AesGcmJce(key));
        }
    }

    private record Counting(Aead key) implements Aead {

        @Override
        public byte[] encrypt(byte[] plaintext, byte[] associatedData) throws GeneralSecurityException {
            return key.encrypt(plaintext, associatedData);
        }

        @Override
        public byte[] decrypt(byte[] ciphertext, byte[] associatedData) throws GeneralSecurityException {
            OPENED.incrementAndGet();
            return key.decrypt(ciphertext, associatedData);
        }
    }

    private static final class Silent implements Aead {

        @Override
        public byte[] encrypt(byte[] plaintext, byte[] associatedData) throws GeneralSecurityException {
            throw new GeneralSecurityException("encryption failed", new SocketTimeoutException("secret"));
        }

        @Override
        public byte[] decrypt(byte[] ciphertext, byte[] associatedData) throws GeneralSecurityException {
            throw new GeneralSecurityException("decryption failed", new SocketTimeoutException("secret"));
        }
    }

    /** How often any key was asked to open something. */
    static final AtomicInteger OPENED = new AtomicInteger();

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    static TestKms install(Path folder) throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(KmsClient.class.getName()), Vault.class.getName());
        TestKms kms = new TestKms();
        Thread.currentThread()
                .setContextClassLoader(
                        new URLClassLoader(new URL[] {folder.toUri().toURL()}, kms.before));
        return kms;
    }

    @Override
    public void close() {
        Thread.currentThread().setContextClassLoader(before);
    }
}
