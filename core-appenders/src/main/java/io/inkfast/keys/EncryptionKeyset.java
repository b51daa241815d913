package io.inkfast.keys;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.crypto.AEADBadTagException;
import org.jspecify.annotations.Nullable;

/**
 * Keys that wrap the secrets of encrypted logs: an AEAD keyset, which also opens them; an HPKE keyset, whose public keys
 * wrap and whose private keys open; or a key that a KMS keeps. Immutable, any thread.
 *
 * <p>The primary key wraps; every enabled key opens what it had wrapped.
 *
 * @since 0.1.0
 */
public final class EncryptionKeyset {

    /** How secrets are wrapped; the number is part of the file format. */
    public enum Mode {
        /** With a keyset of symmetric keys, by Tink's {@code Aead}. */
        AEAD(1),
        /** With public keys, by Tink's {@code HybridEncrypt} (RFC 9180). */
        HPKE(2),
        /** By a key management service, which is asked each time. */
        KMS(3);

        private final int number;

        Mode(int number) {
            this.number = number;
        }

        public int number() {
            return number;
        }

        /** The mode of that number; null if there is none. */
        public static @Nullable Mode of(int number) {
            for (Mode mode : values()) {
                if (mode.number == number) {
                    return mode;
                }
            }
            return null;
        }
    }

    /* Of the system that was before this one. */
    private static final String BARE_KEY = "LOG_ENCRYPTION_KEY";

    private final KeysetReference reference;
    private final Mode mode;
    private final List<KeysetKey> keys;
    private final int primaryKeyId;
    private final SecretWrapper wrapper;
    private final List<String> warnings;

    private EncryptionKeyset(
            KeysetReference reference,
            Mode mode,
            List<KeysetKey> keys,
            int primaryKeyId,
            SecretWrapper wrapper,
            List<String> warnings) {
        this.reference = reference;
        this.mode = mode;
        this.keys = keys;
        this.primaryKeyId = primaryKeyId;
        this.wrapper = wrapper;
        this.warnings = warnings;
    }

    /**
     * Reads a keyset to write with or to read with. Loads Tink only here. Asks a KMS only to open a keyset, not yet for
     * {@code kms:uri}.
     *
     * @param setting   how messages call the setting, such as {@code <keyset>}
     * @param reference {@code file:path} or {@code env:NAME}, with {@code ?kms=uri} behind it if it is encrypted; or
     *                  {@code kms:uri}. A file in clear text is refused if others than its owner may read it, or, of public
     *                  keys, write it. {@code env:LOG_ENCRYPTION_KEY} may also hold 32 bytes in base64
     * @throws KeysetException if there is no usable keyset, or no Tink; the message is for users
     */
    public static EncryptionKeyset read(String setting, String reference) throws KeysetException {
        return read(KeysetReference.parseWithKmsKey(setting, reference), System::getenv);
    }

    static EncryptionKeyset read(KeysetReference reference, UnaryOperator<@Nullable String> environment)
            throws KeysetException {
        String uri = reference.kmsKey();
        if (uri != null) {
            return new EncryptionKeyset(reference, Mode.KMS, List.of(), 0, Keysets.kms(reference, uri), List.of());
        }
        boolean mayBeBare = BARE_KEY.equals(reference.name()) && reference.kms() == null;
        byte[] bare = mayBeBare ? reference.bareKey(environment) : null;
        if (bare == null) {
            return of(reference, Keysets.read(reference, environment, KeyUse.ENCRYPTION), List.of());
        }
        try {
            String warning =
                    "holds a bare key, which is deprecated because it cannot be rotated; " + KeyUse.ENCRYPTION.command()
                            + " makes a keyset. What this key has encrypted only it can open: keep it";
            return of(
                    reference,
                    Keysets.work(reference, () -> TinkKeyset.ofBareKey(bare)),
                    List.of(reference.setting() + " [" + reference.text() + "] " + warning));
        } finally {
            Arrays.fill(bare, (byte) 0);
        }
    }

    private static EncryptionKeyset of(KeysetReference reference, TinkKeyset keyset, List<String> warnings)
            throws KeysetException {
        return Keysets.work(reference, () -> {
            List<KeysetKey> keys = keyset.keys();
            int primaryKeyId = Keysets.primaryKeyId(reference, keys);
            SecretWrapper wrapper = keyset.wrapper();
            // Whatever of Tink is missing is noticed here, and not when a file begins.
            byte[] wrapped = wrapper.wrap().apply(new byte[32], new byte[0]);
            if (wrapper.unwrap() != null) {
                wrapper.unwrap().apply(wrapped, new byte[0]);
            }
            Mode mode = keyset.kind() == KeyKind.AEAD ? Mode.AEAD : Mode.HPKE;
            return new EncryptionKeyset(reference, mode, keys, primaryKeyId, wrapper, warnings);
        });
    }

    /** How {@link #wrap} wraps. */
    public Mode mode() {
        return mode;
    }

    /** All keys, also those that are not enabled; none for a KMS, which keeps its own list. */
    public List<KeysetKey> keys() {
        return keys;
    }

    /** The key that wraps; 0 for a KMS. */
    public int primaryKeyId() {
        return primaryKeyId;
    }

    /** Whether {@link #unwrap} can succeed: not with public keys. */
    public boolean canUnwrap() {
        return wrapper.unwrap() != null;
    }

    /**
     * Wraps a secret with the primary key. May take as long as a KMS takes to answer.
     *
     * @param context what {@link #unwrap} must be told again; authenticated, not secret, and not part of the result
     * @throws KeysetException if the KMS does not do it; the message is for users
     */
    public byte[] wrap(byte[] secret, byte[] context) throws KeysetException {
        return Keysets.work(reference, () -> {
            try {
                return wrapper.wrap().apply(secret, context);
            } catch (GeneralSecurityException | RuntimeException e) {
                throw reference.problem((mode == Mode.KMS
                                ? "did not wrap a secret: its KMS refused, or could not be reached"
                                : "did not wrap a secret")
                        + thrown(e));
            }
        });
    }

    /**
     * Opens what {@link #wrap} made, here or wherever there was the same key. May take as long as a KMS takes to answer.
     *
     * @param mode    the mode it was wrapped in
     * @param context as it was when it was wrapped
     * @return the secret; null if no enabled key of this keyset opens it
     * @throws KeysetException if a KMS does not say why it did not open it; the message is for users
     */
    public byte @Nullable [] unwrap(Mode mode, byte[] wrapped, byte[] context) throws KeysetException {
        SecretWrapper.Cipher unwrap = wrapper.unwrap();
        if (mode != this.mode || unwrap == null) {
            return null;
        }
        return Keysets.work(reference, () -> opened(unwrap, wrapped, context)).orElse(null);
    }

    private Optional<byte[]> opened(SecretWrapper.Cipher unwrap, byte[] wrapped, byte[] context)
            throws KeysetException {
        try {
            return Optional.of(unwrap.apply(wrapped, context));
        } catch (GeneralSecurityException | RuntimeException e) {
            if (mode != Mode.KMS || e instanceof AEADBadTagException) {
                return Optional.empty();
            }
            throw reference.problem(
                    "did not open a secret: its KMS refused, could not be reached, or had wrapped it with another key"
                            + thrown(e));
        }
    }

    /* Clients of a KMS hide in the cause whether it was the network. Texts may quote anything. */
    private static String thrown(Exception e) {
        Throwable cause = e.getCause();
        return " (" + e.getClass().getSimpleName()
                + (cause == null ? "" : ": " + cause.getClass().getSimpleName()) + ")";
    }

    /** What the user should be told at start; empty if all is well. */
    public List<String> warnings() {
        return warnings;
    }
}
