package io.inkfast.keys;

import com.google.crypto.tink.Aead;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads and writes keysets through Tink, and says in our own words what is wrong. Any thread. */
final class Keysets {

    /** Work with Tink, whose exceptions must not be shown. */
    interface Work<T> {
        T run() throws GeneralSecurityException, KeysetException;
    }

    private static final String NEEDED = "needs com.google.crypto.tink:tink 1.24.0, with"
            + " com.google.protobuf:protobuf-java 4.33.6 or newer; add the first, and inkfast's BOM brings the second";
    /* An optional module is there only if somebody asks for it, and Tink has no descriptor to ask for its own. */
    private static final String ON_MODULE_PATH =
            "; on the module path also --add-modules com.google.crypto.tink,com.google.gson";

    private Keysets() {}

    static TinkKeyset read(KeysetReference reference, UnaryOperator<@Nullable String> environment, KeyUse use)
            throws KeysetException {
        String json = reference.read(environment, use);
        String kms = reference.kms();
        boolean encrypted = KeysetText.isEncrypted(json);
        if (encrypted && kms == null) {
            throw reference.problem("is encrypted; name the key that opens it: " + reference.text() + "?kms=uri");
        }
        if (!encrypted && kms != null) {
            throw reference.problem("is a keyset in clear text; without ?kms= it is read as such");
        }
        List<KeyKind> kinds = KeysetText.kinds(reference, json, use);
        String malformed = "is not a keyset in Tink's JSON format, of " + use.keys() + " with one of them primary";
        return work(reference, () -> {
            if (kms == null) {
                return tried(reference, malformed, () -> TinkKeyset.parse(json, kinds));
            }
            Aead aead = aead(reference, kms);
            return tried(
                    reference,
                    "was not opened by its KMS: it refused, or another key than this one had encrypted it",
                    () -> TinkKeyset.parse(json, kinds, aead));
        });
    }

    static TinkKeyset generated(KeysetReference reference, KeysetPurpose purpose) throws KeysetException {
        return work(reference, () -> TinkKeyset.generate(purpose.kind()));
    }

    /** The public keys of a keyset that has private ones. */
    static TinkKeyset published(KeysetReference reference) throws KeysetException {
        TinkKeyset keyset = read(reference, System::getenv, KeyUse.ANY);
        return switch (keyset.kind()) {
            case HPKE_PRIVATE -> work(reference, keyset::published);
            case HPKE_PUBLIC -> throw reference.problem("holds public keys already");
            case SIV, AEAD ->
                throw reference.problem("holds keys that have no public part; inkfast keys generate --for"
                        + " write-only-host makes some that do");
        };
    }

    /** The id of the primary key, which must be enabled. */
    static int primaryKeyId(KeysetReference reference, List<KeysetKey> keys) throws KeysetException {
        return keys.stream()
                .filter(key -> key.primary() && key.status().equals("ENABLED"))
                .map(KeysetKey::id)
                .findFirst()
                .orElseThrow(
                        () -> reference.problem("has no primary key that is enabled; inkfast keys rotate adds one"));
    }

    /** What the key of a KMS wraps and opens. */
    static SecretWrapper kms(KeysetReference reference, String uri) throws KeysetException {
        return work(reference, () -> TinkKms.wrapper(aead(reference, uri)));
    }

    /** As JSON, encrypted if the reference says so. */
    static String write(KeysetReference reference, TinkKeyset keyset) throws KeysetException {
        String kms = reference.kms();
        return work(reference, () -> {
            if (kms == null) {
                return keyset.json();
            }
            Aead aead = aead(reference, kms);
            return tried(reference, "was not encrypted by its KMS", () -> keyset.json(aead));
        });
    }

    /** Runs work with Tink: what it throws, and that it is not there, become a problem. */
    static <T> T work(KeysetReference reference, Work<T> work) throws KeysetException {
        try {
            return tried(reference, "was refused by Tink", work);
        } catch (LinkageError e) {
            String what = e.getMessage() == null ? "" : ": " + e.getMessage();
            String modules = Keysets.class.getModule().isNamed() ? ON_MODULE_PATH : "";
            throw reference.problem(NEEDED + modules + " (" + e.getClass().getSimpleName() + what + ")");
        }
    }

    private static Aead aead(KeysetReference reference, String uri) throws KeysetException {
        return tried(reference, "could not reach its KMS", () -> TinkKms.key(uri))
                .orElseThrow(
                        () -> reference.problem("needs a Tink KMS client for [" + uri + "] on the class path, such as"
                                + " com.google.crypto.tink:tink-gcpkms or tink-awskms; none there supports it"));
    }

    /* Only the class of what was thrown is said: its text may quote what was read. */
    private static <T> T tried(KeysetReference reference, String problem, Work<T> work) throws KeysetException {
        try {
            return work.run();
        } catch (GeneralSecurityException | RuntimeException e) {
            throw reference.problem(problem + " (" + e.getClass().getSimpleName() + ")");
        }
    }
}
