package io.inkfast.keys;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KmsClient;
import com.google.crypto.tink.KmsClients;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Keys that a key management service keeps. Stateless. */
final class TinkKms {

    private TinkKms() {}

    /**
     * The key behind a URI, or nothing if no client knows it. Tink itself asks only those that a program registered; those
     * on the class path, with their default credentials, come second: logging is configured before programs begin.
     */
    static Optional<Aead> key(String uri) throws GeneralSecurityException {
        Optional<KmsClient> client = client(uri);
        return client.isPresent() ? Optional.of(client.get().getAead(uri)) : Optional.empty();
    }

    private static Optional<KmsClient> client(String uri) throws GeneralSecurityException {
        try {
            return Optional.of(KmsClients.get(uri));
        } catch (GeneralSecurityException e) {
            // Here, because the descriptor may only name services that are always there.
            TinkKms.class.getModule().addUses(KmsClient.class);
            for (KmsClient client : ServiceLoader.load(KmsClient.class)) {
                if (client.doesSupport(uri)) {
                    return Optional.of(client.withDefaultCredentials());
                }
            }
            return Optional.empty();
        }
    }

    static SecretWrapper wrapper(Aead key) {
        return new SecretWrapper(key::encrypt, key::decrypt);
    }

    /** One keyset opened by a service that is asked once, however often the keyset is parsed. One thread. */
    static final class Opened implements Aead {

        private final Aead service;
        private byte @Nullable [] plain;

        Opened(Aead service) {
            this.service = service;
        }

        boolean isOpen() {
            return plain != null;
        }

        @Override
        public byte[] encrypt(byte[] plaintext, byte[] associatedData) throws GeneralSecurityException {
            return service.encrypt(plaintext, associatedData);
        }

        @Override
        public byte[] decrypt(byte[] ciphertext, byte[] associatedData) throws GeneralSecurityException {
            byte[] known = plain;
            if (known == null) {
                known = service.decrypt(ciphertext, associatedData);
                plain = known;
            }
            return known.clone();
        }
    }
}
