package io.inkfast.encrypt;

import io.inkfast.encrypt.LogFormat.FrameHeader;
import io.inkfast.keys.EncryptionKeyset;
import io.inkfast.keys.KeysetException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/** Begins sessions: each has a secret of its own, which the keyset wraps. One thread at a time. */
final class SessionMaker {

    private final EncryptionKeyset keyset;
    private final Suite suite;
    private final @Nullable Deflater deflater;
    private final boolean hides;
    private final SecureRandom random = new SecureRandom();

    SessionMaker(EncryptionKeyset keyset, Suite suite, boolean compresses, boolean hides) {
        this.keyset = keyset;
        this.suite = suite;
        this.hides = hides;
        deflater = compresses ? new Deflater(Deflater.BEST_SPEED, true) : null;
    }

    /** Adds the frames with which a session begins. */
    Session begin(
            FrameBuffer out,
            FrameFile file,
            KeyBody.@Nullable Earlier earlier,
            KeyBody.@Nullable Before before,
            long millis,
            long nanos)
            throws IOException {
        byte[] secret = new byte[SessionKeys.SECRET_BYTES];
        random.nextBytes(secret);
        int session = file.nextSession();
        try {
            byte[] wrapped = keyset.wrap(secret, SessionKeys.context(file.header(), session));
            KeyBody body = new KeyBody(
                    file.header(),
                    suite.number(),
                    keyset.mode().number(),
                    keyset.primaryKeyId(),
                    wrapped,
                    SessionKeys.commitment(secret, file.header(), session),
                    earlier,
                    before,
                    millis);
            FrameCipher cipher = SessionKeys.cipher(secret, suite);
            byte[] key = clear(out, file, LogFormat.KEY, session, millis, body.toBytes());
            // Without its marker, so that nobody who looks for a frame finds it there.
            byte[] copy = Arrays.copyOfRange(key, LogFormat.MARKER_BYTES, key.length);
            clear(out, file, LogFormat.KEY_COPY, session, millis, copy);
            byte[] bound = LogFormat.associatedData(file.header(), Sha256.of(key, 0, key.length));
            return new Session(session, cipher, bound, deflater, hides, nanos);
        } catch (KeysetException e) {
            throw new IOException(e.getMessage());
        } catch (GeneralSecurityException e) {
            throw new IOException("no session can be begun: " + e.getClass().getSimpleName());
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private static byte[] clear(FrameBuffer out, FrameFile file, byte type, int session, long millis, byte[] body) {
        FrameHeader header =
                new FrameHeader(type, 0, session, file.frames(), millis, millis, 0, body.length, body.length);
        ByteBuffer frame = out.room(header.bytes());
        int start = frame.position();
        header.write(frame);
        frame.put(body);
        LogFormat.writeFooter(frame, body.length);
        file.add(header, out.array(), start);
        return Arrays.copyOfRange(out.array(), start, frame.position());
    }
}
