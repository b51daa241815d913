package io.inkfast.keys;

import com.google.crypto.tink.Aead;
import java.security.GeneralSecurityException;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    private static final Pattern TYPE =
            Pattern.compile("\"typeUrl\"\\s*:\\s*\"type\\.googleapis\\.com/google\\.crypto\\.tink\\.(\\w{1,64})\"");

    private Keysets() {}

    static TinkKeyset read(KeysetReference reference, UnaryOperator<@Nullable String> environment)
            throws KeysetException {
        String json = reference.read(environment);
        String kms = reference.kms();
        boolean encrypted = json.contains("\"encryptedKeyset\"");
        if (encrypted && kms == null) {
            throw reference.problem("is encrypted; name the key that opens it: " + reference.text() + "?kms=uri");
        }
        if (!encrypted && kms != null) {
            throw reference.problem("is a keyset in clear text; without ?kms= it is read as such");
        }
        assertType(reference, json);
        String malformed = "is not a keyset in Tink's JSON format, of AES256_SIV keys with one of them primary";
        return work(reference, () -> {
            if (kms == null) {
                return tried(reference, malformed, () -> TinkKeyset.parse(json));
            }
            Aead aead = aead(reference, kms);
            return tried(
                    reference,
                    "was not opened by its KMS: it refused, or another key than this one had encrypted it",
                    () -> TinkKeyset.parse(json, aead));
        });
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
        return tried(reference, "could not reach its KMS", () -> TinkKeyset.kms(uri))
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

    /* Asked of the text, because Tink's answer to a key it does not expect is the same as to a broken one. */
    private static void assertType(KeysetReference reference, String json) throws KeysetException {
        Matcher type = TYPE.matcher(json);
        while (type.find()) {
            if (!type.group(1).equals("AesSivKey")) {
                throw reference.problem("holds a key of type " + type.group(1)
                        + "; pseudonyms need AesSivKey (template AES256_SIV): inkfast keys generate");
            }
        }
    }
}
