package io.inkfast.encrypt;

import io.inkfast.encrypt.LogFormat.FileHeader;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The clear body of a KEY frame: fields, each of type 2, length 4, value. Fields of other types are passed over. What is
 * wrapped, and what the commitment is, {@link SessionKeys} says.
 *
 * <pre>
 *  1  the header of the file once more, 64 bytes
 *  2  suite 2: 1 AES256_GCM, 3 XCHACHA20_POLY1305, 4 AES256_CBC_HS512
 *  3  how the secret is wrapped 1: 1 by a Tink AEAD keyset, 2 by a Tink HPKE public key, 3 by a KMS
 *  4  id of the wrapping key 4, 0 of a KMS
 *  5  the wrapped secret of the session
 *  6  the key commitment 32
 *  7  the sessions before this one in the file: number of the last frame 8 | digest over those frames 32 | bytes of a torn
 *     end that were taken away before this session 8
 *  8  the file before this one in the stream: id 16 | sequence 8 | frames 8 | digest 32 | how it ended 1: 0 not closed,
 *     1 rolled, 2 stopped
 *  9  time of the session's beginning, milliseconds since 1970, 8
 * </pre>
 *
 * @param sessions null in the first session of a file
 * @param before   null in other sessions than the first, and where it is not known
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record KeyBody(
        FileHeader file,
        int suite,
        int mode,
        int keyId,
        byte[] wrapped,
        byte[] commitment,
        @Nullable Earlier sessions,
        @Nullable Before before,
        long millis) {

    private static final int FIELD = 6;

    /** What stands in the file before a session. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Earlier(long lastFrame, byte[] digest, long discarded) {}

    /** The file before. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Before(UUID file, long sequence, long frames, byte[] digest, int end) {

        static final int BYTES = 16 + 8 + 8 + FrameTree.BYTES + 1;

        void write(ByteBuffer out) {
            LogFormat.putId(out, file);
            out.putLong(sequence).putLong(frames).put(digest).put((byte) end);
        }

        static Before read(ByteBuffer in) {
            return new Before(LogFormat.id(in), in.getLong(), in.getLong(), digestOf(in), in.get());
        }
    }

    private static byte[] digestOf(ByteBuffer value) {
        byte[] digest = new byte[FrameTree.BYTES];
        value.get(digest);
        return digest;
    }

    byte[] toBytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteBuffer header = LogFormat.little(new byte[LogFormat.HEADER_BYTES]);
        file.write(header);
        field(out, 1, header);
        field(out, 2, buffer(2).putShort((short) suite));
        field(out, 3, buffer(1).put((byte) mode));
        field(out, 4, buffer(4).putInt(keyId));
        field(out, 5, buffer(wrapped.length).put(wrapped));
        field(out, 6, buffer(commitment.length).put(commitment));
        if (sessions != null) {
            field(
                    out,
                    7,
                    buffer(48).putLong(sessions.lastFrame).put(sessions.digest).putLong(sessions.discarded));
        }
        if (before != null) {
            ByteBuffer value = buffer(Before.BYTES);
            before.write(value);
            field(out, 8, value);
        }
        field(out, 9, buffer(8).putLong(millis));
        return out.toByteArray();
    }

    private static ByteBuffer buffer(int bytes) {
        return LogFormat.little(new byte[bytes]);
    }

    private static void field(ByteArrayOutputStream out, int type, ByteBuffer value) {
        byte[] field = new byte[FIELD + value.capacity()];
        LogFormat.little(field).putShort((short) type).putInt(value.capacity()).put(value.flip());
        out.writeBytes(field);
    }

    /** Null if these bytes are none. */
    static @Nullable KeyBody of(byte[] bytes, int from, int length) {
        try {
            return new Parser().parse(LogFormat.little(bytes).position(from).limit(from + length));
        } catch (RuntimeException e) {
            // Fields that are too short, or reach beyond the end.
            return null;
        }
    }

    private static final class Parser {
        private @Nullable FileHeader file;
        private int suite;
        private int mode;
        private int keyId;
        private byte @Nullable [] wrapped;
        private byte @Nullable [] commitment;
        private @Nullable Earlier sessions;
        private @Nullable Before before;
        private long millis;

        @Nullable
        KeyBody parse(ByteBuffer in) {
            while (in.hasRemaining()) {
                int type = in.getShort();
                int length = in.getInt();
                if (length < 0 || length > in.remaining()) {
                    return null;
                }
                byte[] bytes = new byte[length];
                in.get(bytes);
                take(type, bytes);
            }
            return file == null || wrapped == null || commitment == null
                    ? null
                    : new KeyBody(file, suite, mode, keyId, wrapped, commitment, sessions, before, millis);
        }

        private void take(int type, byte[] bytes) {
            ByteBuffer value = LogFormat.little(bytes);
            switch (type) {
                case 1 -> file = FileHeader.read(bytes, 0);
                case 2 -> suite = value.getShort();
                case 3 -> mode = value.get();
                case 4 -> keyId = value.getInt();
                case 5 -> wrapped = bytes;
                case 6 -> commitment = bytes;
                case 7 -> sessions = new Earlier(value.getLong(), digestOf(value), value.getLong());
                case 8 -> before = Before.read(value);
                case 9 -> millis = value.getLong();
                default -> {
                    // Of a later minor version.
                }
            }
        }
    }
}
