package io.inkfast.keys;

import io.inkfast.internal.BatchBuffer;
import io.inkfast.internal.Pool;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/*
 * Random nonces, not a counter: a virtual machine may be copied with the key in its memory. So a key must not be used too
 * often, and each epoch of 2^24 records has another one.
 */
/**
 * Encrypts records that rest somewhere of their own, in a journal or a ring, with AES-256-GCM under a secret that was made for
 * one run and is wrapped by a keyset. Any thread.
 *
 * <pre>
 * sealed record = F1 1 | id of the secret 8 | epoch 4, big-endian | nonce 12 | ciphertext | tag 16
 * key of epoch  = HMAC-SHA-256(secret, "inkseal1 epoch" | epoch 4 | 01), which is HKDF-Expand (RFC 5869)
 * id            = the first 8 bytes of HMAC-SHA-256(secret, "inkseal1 id" | 01)
 * associated data = the first 13 bytes | purpose, ASCII
 * </pre>
 *
 * <p>The secret itself rests as a text, {@code "seal"} in the JSON that stands before the records: mode, id of the wrapping
 * key in hexadecimal digits, and the wrapped secret in base64url, with dots between; the context of the wrapping is {@code
 * "inkseal1 " | purpose}.
 *
 * @since 0.1.0
 */
public final class RecordSeal {

    /** What is sealed; a record of one purpose is none of another. */
    public enum Purpose {
        JOURNAL("journal"),
        RING("ring"),
        DEAD_LETTER("dead letter");

        private final String label;

        Purpose(String label) {
            this.label = label;
        }
    }

    /** How many bytes a sealed record is longer than it was. */
    public static final int OVERHEAD = 1 + 8 + 4 + 12 + 16;

    private static final byte SEALED = (byte) 0xF1;
    private static final int HEADER = 1 + 8 + 4;
    private static final int NONCE = 12;
    private static final int TAG = 16;
    private static final int EPOCH_BITS = 24;
    private static final String HMAC = "HmacSHA256";

    private record Key(int epoch, SecretKeySpec key) {}

    private final byte[] secret;
    private final String text;
    private final byte[] id;
    private final byte[] purpose;
    private final SecureRandom random = new SecureRandom();
    private final Pool<Cipher> ciphers = new Pool<>(16);
    private final AtomicLong sealed = new AtomicLong();
    private volatile Key key;

    private RecordSeal(byte[] secret, String text, Purpose purpose) {
        this.secret = secret;
        this.text = text;
        this.purpose = ascii(purpose.label);
        id = Arrays.copyOf(expand("inkseal1 id", new byte[0]), 8);
        key = key(0);
    }

    /** One with a new secret. */
    public static RecordSeal create(EncryptionKeyset keyset, Purpose purpose) throws KeysetException {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        byte[] wrapped = keyset.wrap(secret, context(purpose));
        String text = keyset.mode().number() + "." + KeysetKey.name(keyset.primaryKeyId()) + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(wrapped);
        return new RecordSeal(secret, text, purpose);
    }

    /* Null if the keyset does not open it, or this is no such text. */
    static @Nullable RecordSeal open(EncryptionKeyset keyset, String text, Purpose purpose) throws KeysetException {
        String[] parts = text.split("\\.", -1);
        try {
            EncryptionKeyset.Mode mode = EncryptionKeyset.Mode.of(Integer.parseInt(parts[0]));
            byte[] wrapped = Base64.getUrlDecoder().decode(parts[parts.length - 1]);
            byte[] secret = mode == null || parts.length != 3 ? null : keyset.unwrap(mode, wrapped, context(purpose));
            return secret == null ? null : new RecordSeal(secret, text, purpose);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static byte[] context(Purpose purpose) {
        return ascii("inkseal1 " + purpose.label);
    }

    /** What has to be kept to open its records again, with the keyset, as a member of a JSON object: {@code "seal":"..."}. */
    public String member() {
        return "\"seal\":\"" + text + "\"";
    }

    /** Whether these bytes say that they are a sealed record. */
    public static boolean isSealed(byte[] bytes, int from, int length) {
        return length >= OVERHEAD && bytes[from] == SEALED;
    }

    /** Whether a sealed record is one of this seal. */
    public boolean isOwn(byte[] bytes, int from) {
        return Arrays.equals(bytes, from + 1, from + 1 + id.length, id, 0, id.length);
    }

    /** Adds the record that is in the buffer, from {@code start} to its end, once more behind that end, sealed. */
    public void seal(BatchBuffer buffer, int start) {
        int length = buffer.size() - start;
        byte[] array = buffer.room(length + OVERHEAD);
        int at = buffer.size();
        Key now = key();
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        ByteBuffer.wrap(array, at, HEADER).put(SEALED).put(id).putInt(now.epoch);
        System.arraycopy(nonce, 0, array, at + HEADER, NONCE);
        try {
            Cipher cipher = cipher();
            cipher.init(Cipher.ENCRYPT_MODE, now.key, new GCMParameterSpec(8 * TAG, nonce));
            cipher.updateAAD(array, at, HEADER);
            cipher.updateAAD(purpose);
            cipher.doFinal(array, start, length, array, at + HEADER + NONCE);
            ciphers.give(cipher);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "a record cannot be sealed: " + e.getClass().getSimpleName());
        }
        buffer.added(length + OVERHEAD);
    }

    /** What a sealed record was; null if it is not genuine, or of another seal. */
    public byte @Nullable [] open(byte[] bytes, int from, int length) {
        if (!isSealed(bytes, from, length) || !isOwn(bytes, from)) {
            return null;
        }
        int epoch = ByteBuffer.wrap(bytes).getInt(from + 1 + id.length);
        Key known = key;
        SecretKeySpec used = known.epoch == epoch ? known.key : key(epoch).key;
        try {
            Cipher cipher = cipher();
            cipher.init(Cipher.DECRYPT_MODE, used, new GCMParameterSpec(8 * TAG, bytes, from + HEADER, NONCE));
            cipher.updateAAD(bytes, from, HEADER);
            cipher.updateAAD(purpose);
            int content = from + HEADER + NONCE;
            byte[] plain = cipher.doFinal(bytes, content, from + length - content);
            ciphers.give(cipher);
            return plain;
        } catch (GeneralSecurityException e) {
            return null;
        }
    }

    private Cipher cipher() throws GeneralSecurityException {
        Cipher kept = ciphers.take();
        return kept == null ? Cipher.getInstance("AES/GCM/NoPadding") : kept;
    }

    private Key key() {
        int epoch = (int) (sealed.getAndIncrement() >>> EPOCH_BITS);
        Key known = key;
        if (known.epoch == epoch) {
            return known;
        }
        Key next = key(epoch);
        key = next;
        return next;
    }

    private Key key(int epoch) {
        byte[] bytes =
                expand("inkseal1 epoch", ByteBuffer.allocate(4).putInt(epoch).array());
        return new Key(epoch, new SecretKeySpec(bytes, "AES"));
    }

    private byte[] expand(String label, byte[] more) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret, HMAC));
            mac.update(ascii(label));
            mac.update(more);
            return mac.doFinal(new byte[] {1});
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + HMAC, e);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
