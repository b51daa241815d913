package io.inkfast.keys;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.DeterministicAead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeyStatus;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.KmsClient;
import com.google.crypto.tink.KmsClients;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.daead.AesSivKey;
import com.google.crypto.tink.daead.DeterministicAeadConfig2026;
import com.google.crypto.tink.daead.PredefinedDeterministicAeadParameters;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * A keyset of AES-SIV keys, in Tink's hands. Immutable, any thread. What it throws may quote key bytes and must not be
 * shown; {@link Keysets} sees to it, and loads this class within {@link Keysets#work}, which knows what to say when there
 * is no Tink.
 */
final class TinkKeyset {

    /* Registers nothing for the whole JVM, and checks a keyset as a whole when it reads it. */
    private static final Configuration CONFIGURATION = DeterministicAeadConfig2026.get();

    private final KeysetHandle handle;

    private TinkKeyset(KeysetHandle handle) {
        this.handle = handle;
    }

    static TinkKeyset parse(String json) throws GeneralSecurityException {
        return new TinkKeyset(
                TinkJsonProtoKeysetFormat.parseKeyset(json, CONFIGURATION, InsecureSecretKeyAccess.get()));
    }

    static TinkKeyset parse(String json, Aead kms) throws GeneralSecurityException {
        return new TinkKeyset(TinkJsonProtoKeysetFormat.parseEncryptedKeyset(json, kms, new byte[0], CONFIGURATION));
    }

    static TinkKeyset generate() throws GeneralSecurityException {
        return new TinkKeyset(
                KeysetHandle.generateNew(PredefinedDeterministicAeadParameters.AES256_SIV, CONFIGURATION));
    }

    /**
     * The KMS behind a URI, or nothing if no client knows it. Tink itself asks only those that a program registered; those
     * on the class path, with their default credentials, come second: logging is configured before programs begin.
     */
    static Optional<Aead> kms(String uri) throws GeneralSecurityException {
        Optional<KmsClient> client = client(uri);
        return client.isPresent() ? Optional.of(client.get().getAead(uri)) : Optional.empty();
    }

    private static Optional<KmsClient> client(String uri) throws GeneralSecurityException {
        try {
            return Optional.of(KmsClients.get(uri));
        } catch (GeneralSecurityException e) {
            // Here, because the descriptor may only name services that are always there.
            TinkKeyset.class.getModule().addUses(KmsClient.class);
            for (KmsClient client : ServiceLoader.load(KmsClient.class)) {
                if (client.doesSupport(uri)) {
                    return Optional.of(client.withDefaultCredentials());
                }
            }
            return Optional.empty();
        }
    }

    String json() throws GeneralSecurityException {
        return TinkJsonProtoKeysetFormat.serializeKeyset(handle, CONFIGURATION, InsecureSecretKeyAccess.get());
    }

    String json(Aead kms) throws GeneralSecurityException {
        return TinkJsonProtoKeysetFormat.serializeEncryptedKeyset(handle, kms, new byte[0], CONFIGURATION);
    }

    List<KeysetKey> keys() {
        List<KeysetKey> keys = new ArrayList<>();
        for (int i = 0; i < handle.size(); i++) {
            KeysetHandle.Entry entry = handle.getAt(i);
            keys.add(new KeysetKey(
                    entry.getId(), entry.isPrimary(), entry.getStatus().toString(), type(entry)));
        }
        return keys;
    }

    private static String type(KeysetHandle.Entry entry) {
        return entry.getKey() instanceof AesSivKey key
                ? "AES" + key.getParameters().getKeySizeBytes() * 4 + "_SIV"
                : entry.getKey().getClass().getSimpleName();
    }

    /** All enabled keys as one: encrypts with the primary, decrypts with the one that fits. */
    DeterministicAead cipher() throws GeneralSecurityException {
        return handle.getPrimitive(CONFIGURATION, DeterministicAead.class);
    }

    /** Each enabled key by itself. */
    Map<Integer, DeterministicAead> ciphers() throws GeneralSecurityException {
        Map<Integer, DeterministicAead> ciphers = new LinkedHashMap<>();
        for (int i = 0; i < handle.size(); i++) {
            KeysetHandle.Entry entry = handle.getAt(i);
            if (entry.getStatus() == KeyStatus.ENABLED) {
                KeysetHandle alone = KeysetHandle.newBuilder()
                        .addEntry(KeysetHandle.importKey(entry.getKey())
                                .withFixedId(entry.getId())
                                .makePrimary())
                        .build();
                ciphers.put(entry.getId(), alone.getPrimitive(CONFIGURATION, DeterministicAead.class));
            }
        }
        return ciphers;
    }

    /** With a new primary key; the old ones stay. */
    TinkKeyset rotated() throws GeneralSecurityException {
        return new TinkKeyset(KeysetHandle.newBuilder(handle)
                .setConfiguration(CONFIGURATION)
                .addEntry(KeysetHandle.generateEntryFromParameters(PredefinedDeterministicAeadParameters.AES256_SIV)
                        .withRandomId()
                        .makePrimary())
                .build());
    }

    TinkKeyset without(int id) throws GeneralSecurityException {
        return new TinkKeyset(
                KeysetHandle.newBuilder(handle).deleteAt(index(id)).build());
    }

    TinkKeyset enabled(int id, boolean enabled) throws GeneralSecurityException {
        KeysetHandle.Builder builder = KeysetHandle.newBuilder(handle);
        builder.getAt(index(id)).setStatus(enabled ? KeyStatus.ENABLED : KeyStatus.DISABLED);
        return new TinkKeyset(builder.build());
    }

    private int index(int id) throws GeneralSecurityException {
        for (int i = 0; i < handle.size(); i++) {
            if (handle.getAt(i).getId() == id) {
                return i;
            }
        }
        throw new GeneralSecurityException("no such key");
    }
}
