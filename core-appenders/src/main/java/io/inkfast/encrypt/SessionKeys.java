package io.inkfast.encrypt;

import io.inkfast.encrypt.LogFormat.FileHeader;
import io.inkfast.keys.EncryptionKeyset;
import io.inkfast.keys.KeysetException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * What is derived from the secret of a session, 32 random bytes, with HKDF-Expand (RFC 5869) under SHA-256:
 *
 * <pre>
 * key of the cipher = expand("inkelog1 frames" | suite 2, 32 or, for suite 4, 64)
 * commitment        = HMAC-SHA-256(expand("inkelog1 commit", 32), "commit" | file id 16 | session 2)
 * context           = "INKELOG1 key" | file id 16 | stream id 16 | session 2
 * </pre>
 *
 * <p>The secret itself is wrapped by the user's keyset, with the context: the associated data of an AEAD or a KMS, the info of
 * HPKE. The commitment tells a wrong key from damage.
 */
final class SessionKeys {

    static final int SECRET_BYTES = 32;

    private SessionKeys() {}

    static FrameCipher cipher(byte[] secret, Suite suite) throws GeneralSecurityException {
        byte[] info = LogFormat.little(new byte[17])
                .put(ascii("inkelog1 frames"))
                .putShort((short) suite.number())
                .array();
        return suite.cipher(Sha256.expand(secret, info, suite.keyBytes()));
    }

    static byte[] commitment(byte[] secret, FileHeader file, int session) {
        byte[] bound = new byte[6 + 16 + 2];
        ByteBuffer out = LogFormat.little(bound).put(ascii("commit"));
        LogFormat.putId(out, file.file());
        out.putShort((short) session);
        return Sha256.hmac(Sha256.expand(secret, ascii("inkelog1 commit"), 32), bound);
    }

    static byte[] context(FileHeader file, int session) {
        byte[] context = new byte[12 + 32 + 2];
        ByteBuffer out = LogFormat.little(context).put(ascii("INKELOG1 key"));
        LogFormat.putId(out, file.file());
        LogFormat.putId(out, file.stream());
        out.putShort((short) session);
        return context;
    }

    /** The secret of a session; null if the keyset does not open it. */
    static byte @Nullable [] unwrap(EncryptionKeyset keyset, KeyBody body, int session) throws KeysetException {
        EncryptionKeyset.Mode mode = EncryptionKeyset.Mode.of(body.mode());
        byte[] secret = mode == null ? null : keyset.unwrap(mode, body.wrapped(), context(body.file(), session));
        boolean fits =
                secret != null && MessageDigest.isEqual(commitment(secret, body.file(), session), body.commitment());
        return fits ? secret : null;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
