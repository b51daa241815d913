package io.inkfast.encrypt;

import io.inkfast.encrypt.LogFormat.FrameHeader;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** Decrypts frames of one session. One thread. */
final class OpenedSession {

    private final KeyBody key;
    private final FrameCipher cipher;
    private final byte[] bound;

    /** @param keyFrame the whole KEY frame */
    OpenedSession(KeyBody key, byte[] keyFrame, byte[] secret) throws GeneralSecurityException {
        this.key = key;
        Suite suite = Suite.of(key.suite());
        if (suite == null) {
            throw new GeneralSecurityException("suite " + key.suite() + " is not known");
        }
        cipher = SessionKeys.cipher(secret, suite);
        bound = LogFormat.associatedData(key.file(), Sha256.of(keyFrame, 0, keyFrame.length));
    }

    KeyBody key() {
        return key;
    }

    /** What was encrypted; null if the frame is not genuine. The array has the whole frame. */
    byte @Nullable [] open(FrameHeader header, byte[] frame) {
        System.arraycopy(frame, 0, bound, bound.length - LogFormat.BOUND_HEADER_BYTES, LogFormat.BOUND_HEADER_BYTES);
        try {
            byte[] content = cipher.open(frame, LogFormat.FRAME_HEADER_BYTES, header.bodyBytes(), bound);
            byte[] plain = header.is(LogFormat.DEFLATED) ? inflate(content, header.plainBytes()) : content;
            return plain.length == header.plainBytes() && plain.length >= leastBytes(header) ? plain : null;
        } catch (GeneralSecurityException | DataFormatException | RuntimeException e) {
            return null;
        }
    }

    /* Who has the public key can make frames of his own, also such as no writer makes. */
    private static int leastBytes(FrameHeader header) {
        return header.type() == LogFormat.DATA && header.is(LogFormat.HIDDEN) ? LogFormat.HIDDEN_BYTES : 0;
    }

    private static byte[] inflate(byte[] content, int plainBytes) throws DataFormatException {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(content);
            byte[] plain = new byte[plainBytes];
            int length = 0;
            while (length < plainBytes) {
                int count = inflater.inflate(plain, length, plainBytes - length);
                if (count == 0) {
                    throw new DataFormatException("too short");
                }
                length += count;
            }
            return plain;
        } finally {
            inflater.end();
        }
    }

    /** The contents of a DATA frame. */
    LogFrame frame(FrameHeader header, byte[] plain) {
        String file = LogSummary.name(key.file().file());
        if (!header.is(LogFormat.HIDDEN)) {
            return new LogFrame(
                    file,
                    header.number(),
                    header.session(),
                    header.firstMillis(),
                    header.lastMillis(),
                    header.events(),
                    plain);
        }
        ByteBuffer in = LogFormat.little(plain);
        long first = in.getLong();
        long last = in.getLong();
        int events = in.getInt();
        byte[] bytes = new byte[in.remaining()];
        in.get(bytes);
        return new LogFrame(file, header.number(), header.session(), first, last, events, bytes);
    }
}
