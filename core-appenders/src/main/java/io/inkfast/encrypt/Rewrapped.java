package io.inkfast.encrypt;

import io.inkfast.keys.EncryptionKeyset;
import io.inkfast.keys.KeysetException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The secrets of a file's sessions, wrapped by another keyset than when it was written, in a file of its own, {@code
 * <file>.key}: ASCII, a line for each session, a blank between two of
 *
 * <pre>
 * INKELOGKEY1
 * file id, 32 hexadecimal digits
 * session, decimal
 * how the secret is wrapped, decimal, as in a KEY frame
 * id of the wrapping key, hexadecimal
 * the wrapped secret, base64 (RFC 4648, section 4)
 * </pre>
 *
 * <p>The log itself is not touched, and need not be there to be rewrapped again.
 */
final class Rewrapped {

    static final Rewrapped NONE = new Rewrapped(Map.of());

    private static final String MAGIC = "INKELOGKEY1";
    private static final String SUFFIX = ".key";

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Wrapped(int mode, int keyId, byte[] secret) {}

    private final Map<String, Wrapped> secrets;

    private Rewrapped(Map<String, Wrapped> secrets) {
        this.secrets = secrets;
    }

    static Path beside(Path log) {
        return log.resolveSibling(log.getFileName() + SUFFIX);
    }

    /** What is in the file beside a log; nothing if there is none. */
    static Rewrapped read(Path log) throws IOException {
        try {
            Map<String, Wrapped> secrets = new HashMap<>();
            for (String line : Files.readAllLines(beside(log), StandardCharsets.US_ASCII)) {
                String[] parts = line.split(" ", -1);
                if (parts.length == 6 && parts[0].equals(MAGIC)) {
                    secrets.put(
                            parts[1] + " " + parts[2],
                            new Wrapped(
                                    Integer.parseInt(parts[3]),
                                    Integer.parseUnsignedInt(parts[4], 16),
                                    Base64.getDecoder().decode(parts[5])));
                }
            }
            return new Rewrapped(secrets);
        } catch (NoSuchFileException e) {
            return NONE;
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw new IOException("[" + beside(log) + "] is not as it was written");
        }
    }

    /** The secret of a session, as it was wrapped again or in the first place; null if the keyset opens neither. */
    byte @Nullable [] unwrap(EncryptionKeyset keyset, KeyBody body, int session) throws KeysetException {
        KeyBody other = apply(body, session);
        byte[] secret = other == null ? null : SessionKeys.unwrap(keyset, other, session);
        return secret == null ? SessionKeys.unwrap(keyset, body, session) : secret;
    }

    /* The body as if it had been wrapped so in the first place. */
    private @Nullable KeyBody apply(KeyBody body, int session) {
        Wrapped other = secrets.get(LogSummary.name(body.file().file()) + " " + session);
        return other == null
                ? null
                : new KeyBody(
                        body.file(),
                        body.suite(),
                        other.mode,
                        other.keyId,
                        other.secret,
                        body.commitment(),
                        body.sessions(),
                        body.before(),
                        body.millis());
    }

    /** The lines of such a file. */
    static final class Lines {
        private final Map<Integer, String> lines = new TreeMap<>();

        void add(KeyBody body, int session, int mode, int keyId, byte[] wrapped) {
            lines.put(
                    session,
                    String.join(
                            " ",
                            MAGIC,
                            LogSummary.name(body.file().file()),
                            Integer.toString(session),
                            Integer.toString(mode),
                            Integer.toHexString(keyId),
                            Base64.getEncoder().encodeToString(wrapped)));
        }

        @Nullable
        String text() {
            return lines.isEmpty() ? null : String.join("\n", lines.values()) + "\n";
        }
    }
}
