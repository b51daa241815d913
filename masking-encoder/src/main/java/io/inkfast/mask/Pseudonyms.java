package io.inkfast.mask;

import io.inkfast.keys.DeterministicKeyset;
import io.inkfast.keys.KeysetException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts names in the place of values: hashes, which only tell whether two values are equal, and tokens, which whoever has
 * the keyset can open. Both are equal for equal values, and so let one count and join, and guess where few values are
 * possible and their frequency is known; both differ between types. {@link PseudonymFormat} says how they look,
 * {@link Canonical} which values a hash takes for equal; a token keeps a value as it was written. Any thread.
 */
final class Pseudonyms {

    /** Stands for a value of which no token can be made. */
    static final String MASK = "****";

    /** Longest value that becomes a token, in bytes of UTF-8. */
    static final int MAX_VALUE = 2048;

    private static final String CHECK = "check";
    private static final String CLOSE = String.valueOf(PseudonymFormat.CLOSE);

    private final DeterministicKeyset keyset;
    private final int primary;
    private final KeyedHash check;
    private final Map<Integer, KeyedHash> checks;

    /* By type: those that a configuration names, and so few. */
    private final Map<String, KeyedHash> hashes = new ConcurrentHashMap<>();

    Pseudonyms(DeterministicKeyset keyset) {
        this.keyset = keyset;
        primary = keyset.primaryKeyId();
        check = new KeyedHash(keyset.derive(CHECK));
        Map<Integer, KeyedHash> each = new HashMap<>();
        for (int id : keyset.keyIds()) {
            byte[] key = keyset.derive(CHECK, id);
            if (key != null) {
                each.put(id, new KeyedHash(key));
            }
        }
        checks = Map.copyOf(each);
    }

    /**
     * Reads the keyset.
     *
     * @param setting how messages call the setting, such as {@code <keyset>}
     */
    static Pseudonyms of(String setting, String reference) throws KeysetException {
        return new Pseudonyms(DeterministicKeyset.read(setting, reference));
    }

    /** Whether a type can be written in a pseudonym; others must be refused where they are configured. */
    static boolean isType(String type) {
        return PseudonymFormat.isType(type);
    }

    DeterministicKeyset keyset() {
        return keyset;
    }

    /** A name for the value that cannot be turned back, of the primary key. Takes values of any length. */
    String hash(String type, String value) {
        KeyedHash hash = hashes.computeIfAbsent(type, each -> new KeyedHash(keyset.derive("hash/" + each)));
        byte[] canonical = Canonical.form(type, value).getBytes(StandardCharsets.UTF_8);
        String tag = PseudonymFormat.base32(hash.of(canonical), PseudonymFormat.TAG);
        return PseudonymFormat.hash(type, primary, tag, check(check, type, tag));
    }

    /**
     * A name for the value from which {@link #reveal} makes the value again. {@link #MASK} for a value longer than
     * {@link #MAX_VALUE}, and for one with half a surrogate pair, which UTF-8 could not give back.
     */
    String token(String type, String value) {
        byte[] plain = value.length() > MAX_VALUE ? null : utf8(value);
        return plain == null || plain.length > MAX_VALUE
                ? MASK
                : PseudonymFormat.token(type, keyset.encrypt(plain, associatedData(type)));
    }

    /**
     * If a genuine token or hash, of any enabled key, begins at {@code at}: the index behind its closing bracket. Else -1,
     * also for one that is forged or cut off.
     */
    int genuineEnd(char[] text, int at, int limit) {
        if (at >= limit || text[at] != PseudonymFormat.OPEN) {
            return -1;
        }
        PseudonymFormat.Found found = PseudonymFormat.read(CharBuffer.wrap(text), at + 1, limit, CLOSE);
        return found != null && genuine(found) ? found.end() : -1;
    }

    /** The value behind a token; null if it is none, or none of an enabled key. */
    @Nullable
    String reveal(String token) {
        if (token.isEmpty() || token.charAt(0) != PseudonymFormat.OPEN) {
            return null;
        }
        PseudonymFormat.Found found = PseudonymFormat.read(token, 1, token.length(), CLOSE);
        return found == null || found.end() != token.length() ? null : reveal(found);
    }

    /** As {@link #reveal(String)}; also null for a hash. */
    @Nullable
    String reveal(PseudonymFormat.Found found) {
        byte[] ciphertext = found.token() ? found.ciphertext() : null;
        byte[] plain = ciphertext == null ? null : keyset.decrypt(ciphertext, associatedData(found.type()));
        return plain == null ? null : new String(plain, StandardCharsets.UTF_8);
    }

    private boolean genuine(PseudonymFormat.Found found) {
        if (found.token()) {
            return reveal(found) != null;
        }
        KeyedHash key = checks.get(found.keyId());
        return key != null && MessageDigest.isEqual(ascii(check(key, found.type(), found.tag())), ascii(found.check()));
    }

    private static String check(KeyedHash key, String type, String tag) {
        return PseudonymFormat.base32(key.of(ascii(type + ':' + tag)), PseudonymFormat.CHECK);
    }

    private static byte[] associatedData(String type) {
        return ascii("inkfast/" + type);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte @Nullable [] utf8(String value) {
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(value));
            byte[] exact = new byte[bytes.remaining()];
            bytes.get(exact);
            return exact;
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
