package io.inkfast.keys;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.DeterministicAead;
import com.google.crypto.tink.HybridDecrypt;
import com.google.crypto.tink.HybridEncrypt;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeyStatus;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.Parameters;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * A keyset in Tink's hands, whose keys are all of one kind. Immutable, any thread. What it throws may quote key bytes and
 * must not be shown; {@link Keysets} sees to it, and loads this class within {@link Keysets#work}, which knows what to say
 * when there is no Tink.
 */
final class TinkKeyset {

    private interface Parser {
        KeysetHandle parse(Configuration configuration) throws GeneralSecurityException;
    }

    private final KeysetHandle handle;
    private final KeyKind kind;
    private final Configuration configuration;

    private TinkKeyset(KeysetHandle handle, KeyKind kind) {
        this.handle = handle;
        this.kind = kind;
        this.configuration = TinkKeys.configuration(kind);
    }

    /** @param kinds those that it may be of, at least one */
    static TinkKeyset parse(String json, List<KeyKind> kinds) throws GeneralSecurityException {
        return parse(
                kinds,
                () -> true,
                configuration ->
                        TinkJsonProtoKeysetFormat.parseKeyset(json, configuration, InsecureSecretKeyAccess.get()));
    }

    static TinkKeyset parse(String json, List<KeyKind> kinds, Aead kms) throws GeneralSecurityException {
        TinkKms.Opened opened = new TinkKms.Opened(kms);
        return parse(
                kinds,
                opened::isOpen,
                configuration ->
                        TinkJsonProtoKeysetFormat.parseEncryptedKeyset(json, opened, new byte[0], configuration));
    }

    private static TinkKeyset parse(List<KeyKind> kinds, BooleanSupplier again, Parser parser)
            throws GeneralSecurityException {
        GeneralSecurityException failure = new GeneralSecurityException("of no kind");
        for (KeyKind kind : kinds) {
            try {
                return parsed(kind, parser);
            } catch (GeneralSecurityException e) {
                failure = e;
                if (!again.getAsBoolean()) {
                    break;
                }
            }
        }
        throw failure;
    }

    private static TinkKeyset parsed(KeyKind kind, Parser parser) throws GeneralSecurityException {
        KeysetHandle handle = parser.parse(TinkKeys.configuration(kind));
        for (int i = 0; i < handle.size(); i++) {
            if (TinkKeys.kind(handle.getAt(i).getKey()) != kind) {
                throw new GeneralSecurityException("of another kind");
            }
        }
        return new TinkKeyset(handle, kind);
    }

    static TinkKeyset generate(KeyKind kind) throws GeneralSecurityException {
        return new TinkKeyset(KeysetHandle.generateNew(TinkKeys.parameters(kind), TinkKeys.configuration(kind)), kind);
    }

    /** A keyset of the one key of AES-GCM that these 32 bytes are. */
    static TinkKeyset ofBareKey(byte[] bytes) throws GeneralSecurityException {
        KeysetHandle handle = KeysetHandle.newBuilder()
                .setConfiguration(TinkKeys.configuration(KeyKind.AEAD))
                .addEntry(KeysetHandle.importKey(TinkKeys.aesGcm(bytes))
                        .withFixedId(1)
                        .makePrimary())
                .build();
        return new TinkKeyset(handle, KeyKind.AEAD);
    }

    KeyKind kind() {
        return kind;
    }

    String json() throws GeneralSecurityException {
        return TinkJsonProtoKeysetFormat.serializeKeyset(handle, configuration, InsecureSecretKeyAccess.get());
    }

    String json(Aead kms) throws GeneralSecurityException {
        return TinkJsonProtoKeysetFormat.serializeEncryptedKeyset(handle, kms, new byte[0], configuration);
    }

    List<KeysetKey> keys() {
        List<KeysetKey> keys = new ArrayList<>();
        for (int i = 0; i < handle.size(); i++) {
            KeysetHandle.Entry entry = handle.getAt(i);
            keys.add(new KeysetKey(
                    entry.getId(), entry.isPrimary(), entry.getStatus().toString(), TinkKeys.type(entry.getKey())));
        }
        return List.copyOf(keys);
    }

    /** All enabled keys as one: encrypts with the primary, decrypts with the one that fits. */
    DeterministicAead cipher() throws GeneralSecurityException {
        return handle.getPrimitive(configuration, DeterministicAead.class);
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
                ciphers.put(entry.getId(), alone.getPrimitive(configuration, DeterministicAead.class));
            }
        }
        return ciphers;
    }

    /** Wraps with the primary, unwraps with any enabled key. */
    SecretWrapper wrapper() throws GeneralSecurityException {
        return switch (kind) {
            case AEAD -> TinkKms.wrapper(handle.getPrimitive(configuration, Aead.class));
            case HPKE_PUBLIC -> new SecretWrapper(encrypt(handle), null);
            case HPKE_PRIVATE ->
                new SecretWrapper(
                        encrypt(handle.getPublicKeysetHandle()),
                        handle.getPrimitive(configuration, HybridDecrypt.class)::decrypt);
            case SIV -> throw new GeneralSecurityException("not for secrets");
        };
    }

    private SecretWrapper.Cipher encrypt(KeysetHandle keys) throws GeneralSecurityException {
        return keys.getPrimitive(configuration, HybridEncrypt.class)::encrypt;
    }

    /** The public keys of private ones. */
    TinkKeyset published() throws GeneralSecurityException {
        return new TinkKeyset(handle.getPublicKeysetHandle(), KeyKind.HPKE_PUBLIC);
    }

    /** With a new primary key; the old ones stay. */
    TinkKeyset rotated() throws GeneralSecurityException {
        return new TinkKeyset(
                KeysetHandle.newBuilder(handle)
                        .setConfiguration(configuration)
                        .addEntry(KeysetHandle.generateEntryFromParameters(nextParameters())
                                .withRandomId()
                                .makePrimary())
                        .build(),
                kind);
    }

    /* As the primary is, which may be disabled. A short key of AES-SIV is of no use to anybody. */
    private Parameters nextParameters() throws GeneralSecurityException {
        for (int i = 0; i < handle.size(); i++) {
            if (handle.getAt(i).isPrimary() && kind != KeyKind.SIV) {
                return handle.getAt(i).getKey().getParameters();
            }
        }
        return TinkKeys.parameters(kind);
    }

    TinkKeyset without(int id) throws GeneralSecurityException {
        return new TinkKeyset(
                KeysetHandle.newBuilder(handle).deleteAt(index(id)).build(), kind);
    }

    TinkKeyset enabled(int id, boolean enabled) throws GeneralSecurityException {
        KeysetHandle.Builder builder = KeysetHandle.newBuilder(handle);
        builder.getAt(index(id)).setStatus(enabled ? KeyStatus.ENABLED : KeyStatus.DISABLED);
        return new TinkKeyset(builder.build(), kind);
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
