package io.inkfast.keys;

import com.google.crypto.tink.DeterministicAead;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Keys that encrypt the same bytes to the same bytes (AES-SIV, RFC 5297), and from which further keys are derived.
 * Immutable, any thread.
 *
 * <p>Equality of what is encrypted can be seen, and nothing else. The primary key encrypts; every enabled key decrypts.
 *
 * @since 0.1.0
 */
public final class DeterministicKeyset {

    private static final String DERIVE = "inkfast/derive/";

    private final List<KeysetKey> keys;
    private final int primaryKeyId;
    private final DeterministicAead cipher;
    private final Map<Integer, DeterministicAead> ciphers;

    private DeterministicKeyset(TinkKeyset keyset, List<KeysetKey> keys, int primaryKeyId)
            throws GeneralSecurityException {
        this.keys = keys;
        this.primaryKeyId = primaryKeyId;
        cipher = keyset.cipher();
        ciphers = Map.copyOf(keyset.ciphers());
        // Whatever of Tink is missing is noticed here, and not in a logging call.
        cipher.decryptDeterministically(cipher.encryptDeterministically(new byte[1], new byte[0]), new byte[0]);
    }

    /**
     * Reads a keyset from where the reference says.
     *
     * @param setting   how messages call the setting, such as {@code <keyset>}
     * @param reference {@code file:path} or {@code env:NAME}, with {@code ?kms=uri} behind it if it is encrypted; a file in
     *                  clear text is refused if others than its owner may read it
     * @throws KeysetException if there is no usable keyset, or no Tink; the message is for users
     */
    public static DeterministicKeyset read(String setting, String reference) throws KeysetException {
        KeysetReference parsed = KeysetReference.parse(setting, reference);
        return of(parsed, Keysets.read(parsed, System::getenv, KeyUse.PSEUDONYMS));
    }

    static DeterministicKeyset of(KeysetReference reference, TinkKeyset keyset) throws KeysetException {
        return Keysets.work(reference, () -> {
            List<KeysetKey> keys = keyset.keys();
            int primaryKeyId = Keysets.primaryKeyId(reference, keys);
            if (keys.stream().anyMatch(key -> !key.type().equals("AES256_SIV"))) {
                throw reference.problem("holds a key shorter than 64 bytes; pseudonyms need the template AES256_SIV");
            }
            return new DeterministicKeyset(keyset, keys, primaryKeyId);
        });
    }

    /** All keys, also those that are not enabled. */
    public List<KeysetKey> keys() {
        return keys;
    }

    /** The key that encrypts, and from which {@link #derive(String)} derives. */
    public int primaryKeyId() {
        return primaryKeyId;
    }

    /** The enabled keys. */
    public Set<Integer> keyIds() {
        return ciphers.keySet();
    }

    /**
     * Encrypts with the primary key.
     *
     * @param associatedData what {@link #decrypt} must be told again; must not begin with {@code inkfast/derive/}
     */
    public byte[] encrypt(byte[] plain, byte[] associatedData) {
        if (new String(associatedData, StandardCharsets.ISO_8859_1).startsWith(DERIVE)) {
            throw new IllegalArgumentException("associated data that begins with " + DERIVE + " is for derived keys");
        }
        return encrypted(cipher, plain, associatedData);
    }

    /** Decrypts with whichever enabled key fits; null if none does, or if these are not bytes that encrypt made. */
    public byte @Nullable [] decrypt(byte[] ciphertext, byte[] associatedData) {
        try {
            return cipher.decryptDeterministically(ciphertext, associatedData);
        } catch (GeneralSecurityException | RuntimeException e) {
            return null;
        }
    }

    /**
     * A key of 32 bytes that only the primary key and the label determine. Equal labels give equal keys; who knows some of
     * them learns nothing of the others, nor of the keyset.
     */
    public byte[] derive(String label) {
        return derived(cipher, label);
    }

    /** As {@link #derive(String)}, from any enabled key; null if there is none of that id. */
    public byte @Nullable [] derive(String label, int keyId) {
        DeterministicAead one = ciphers.get(keyId);
        return one == null ? null : derived(one, label);
    }

    /*
     * AES-SIV's first block is S2V(associated data, plain text), a pseudo-random function of both (RFC 5297, section 7),
     * and the rest is AES-CTR under a second key with that block as its start. With the plain text fixed, the whole is a
     * pseudo-random function of the label, as long as no two labels meet in one of 2^126 blocks. HKDF (RFC 5869) makes 32
     * uniform bytes of it. Tokens cannot collide with it: encrypt refuses this associated data.
     */
    private static byte[] derived(DeterministicAead cipher, String label) {
        byte[] input = encrypted(cipher, new byte[32], utf8(DERIVE + "v1/" + label));
        byte[] extracted = hmac(utf8(DERIVE + "v1"), input);
        byte[] info = utf8(label + "\u0001");
        return hmac(extracted, info);
    }

    private static byte[] encrypted(DeterministicAead cipher, byte[] plain, byte[] associatedData) {
        try {
            return cipher.encryptDeterministically(plain, associatedData);
        } catch (GeneralSecurityException e) {
            // Without a cause, which could end in a log.
            throw new IllegalStateException("AES-SIV failed: " + e.getClass().getSimpleName());
        }
    }

    private static byte[] hmac(byte[] key, byte[] data) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
