package io.inkfast.encrypt;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The encrypted log, version 1, as docs/encrypted-log-format.md has it. All numbers are little-endian; CRC is CRC-32C (RFC
 * 3720); ids are 16 bytes, of a UUID the most significant byte first.
 *
 * <pre>
 * file    = header frame*
 * header  = magic "INKELOG\n" 8 | major version (1) 2 | minor version (0) 2 | header bytes (64) 4 | file id 16 | stream id 16
 *           | sequence of the file in its stream 8 | flags (0) 4 | CRC of the 60 bytes before 4
 * frame   = frame header 48 | body | CRC of the body 4 | body bytes again 4
 * frame header:
 *    0  4  marker E1 46 52 1E
 *    4  1  type: 1 KEY, 2 DATA, 3 HEARTBEAT, 4 CLOSE, 5 KEY COPY
 *    5  1  flags: 1 deflated before encryption (RFC 1951), 4 times and count hidden
 *    6  2  session: 0, 1, 2 ... in the file
 *    8  8  number: 0, 1, 2 ... in the file
 *   16  8  time of the first event, milliseconds since 1970; 0 if hidden or none
 *   24  8  time of the last event
 *   32  4  number of events that end in the frame; 0 if hidden
 *   36  4  body bytes, up to 16 MiB
 *   40  4  bytes before deflation and encryption, up to 64 MiB
 *   44  4  CRC of the 44 bytes before
 * </pre>
 *
 * <p>A session begins with a KEY frame, whose body is clear (see {@link KeyBody}), and a KEY COPY frame, whose body is the
 * whole KEY frame once more, but for its marker. The body of every other frame is the output of the session's cipher (see
 * {@link Suite}): nonce, ciphertext, tag. It is bound to its place by
 *
 * <pre>
 * associated data = "INKELOG1" 00 | file id 16 | stream id 16 | sequence of the file 8
 *                   | SHA-256 of the session's whole KEY frame 32 | frame header, its first 44 bytes
 * </pre>
 *
 * <p>The plain text of DATA is the encoder's output, one frame after the other; where times are hidden, the first time, the
 * last time and the number of events come before it (8, 8, 4), and are deflated with it. Of CLOSE and HEARTBEAT it is {@link
 * Totals}, which is never deflated and has nothing before it. What begins a session tells its time also where times are hidden.
 *
 * <p>The digest of a file is the root of a Merkle tree with SHA-256 (RFC 6962, section 2.1) over its frames in order. The
 * entry of a KEY or KEY COPY frame is its header, 48 bytes, and body, that of another frame its header and the last 32 bytes
 * of its body; footers are in none.
 */
final class LogFormat {

    static final int VERSION = 1;
    static final int HEADER_BYTES = 64;
    static final int FRAME_HEADER_BYTES = 48;
    static final int FRAME_FOOTER_BYTES = 8;
    static final int BOUND_HEADER_BYTES = 44;
    static final int MOST_BODY_BYTES = 16 << 20;
    static final int MOST_PLAIN_BYTES = 64 << 20;
    static final int MARKER = 0x1E5246E1;
    static final int MARKER_BYTES = 4;
    static final int TAIL_BYTES = 32;
    static final int HIDDEN_BYTES = 8 + 8 + 4;

    static final byte KEY = 1;
    static final byte DATA = 2;
    static final byte HEARTBEAT = 3;
    static final byte CLOSE = 4;
    static final byte KEY_COPY = 5;

    static final int DEFLATED = 1;
    static final int HIDDEN = 4;

    private static final byte[] MAGIC = "INKELOG\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BOUND = "INKELOG1\0".getBytes(StandardCharsets.US_ASCII);

    /** The beginning of a file. */
    record FileHeader(int major, UUID file, UUID stream, long sequence) {

        void write(ByteBuffer out) {
            int start = out.position();
            out.put(MAGIC).putShort((short) major).putShort((short) 0).putInt(HEADER_BYTES);
            putId(out, file);
            putId(out, stream);
            out.putLong(sequence).putInt(0);
            out.putInt(crc(out.array(), out.arrayOffset() + start, HEADER_BYTES - 4));
        }

        /** Whether a file that is shorter than a header begins like one. */
        static boolean begins(LogSource source) throws IOException {
            int length = (int) Math.min(MAGIC.length, source.size());
            byte[] some = new byte[length];
            return source.read(some, 0, length, 0) && Arrays.equals(some, Arrays.copyOf(MAGIC, length));
        }

        /** Null if these bytes are none. */
        static @Nullable FileHeader read(byte[] bytes, int at) {
            ByteBuffer in = little(bytes).position(at);
            for (byte each : MAGIC) {
                if (in.get() != each) {
                    return null;
                }
            }
            int major = in.getShort();
            in.position(at + 16);
            FileHeader header = new FileHeader(major, id(in), id(in), in.getLong());
            return in.getInt(at + HEADER_BYTES - 4) == crc(bytes, at, HEADER_BYTES - 4) ? header : null;
        }
    }

    /** The beginning of a frame. */
    record FrameHeader(
            byte type,
            int flags,
            int session,
            long number,
            long firstMillis,
            long lastMillis,
            int events,
            int bodyBytes,
            int plainBytes) {

        void write(ByteBuffer out) {
            int start = out.position();
            out.putInt(MARKER)
                    .put(type)
                    .put((byte) flags)
                    .putShort((short) session)
                    .putLong(number);
            out.putLong(firstMillis)
                    .putLong(lastMillis)
                    .putInt(events)
                    .putInt(bodyBytes)
                    .putInt(plainBytes);
            out.putInt(crc(out.array(), out.arrayOffset() + start, BOUND_HEADER_BYTES));
        }

        /** Null if these bytes are none. */
        static @Nullable FrameHeader read(byte[] bytes, int at) {
            ByteBuffer in = little(bytes);
            if (in.getInt(at) != MARKER || in.getInt(at + BOUND_HEADER_BYTES) != crc(bytes, at, BOUND_HEADER_BYTES)) {
                return null;
            }
            FrameHeader header = new FrameHeader(
                    in.get(at + 4),
                    in.get(at + 5) & 0xff,
                    in.getShort(at + 6) & 0xffff,
                    in.getLong(at + 8),
                    in.getLong(at + 16),
                    in.getLong(at + 24),
                    in.getInt(at + 32),
                    in.getInt(at + 36),
                    in.getInt(at + 40));
            boolean sane = header.bodyBytes >= 0
                    && header.bodyBytes <= MOST_BODY_BYTES
                    && header.plainBytes >= 0
                    && header.plainBytes <= MOST_PLAIN_BYTES
                    && header.events >= 0
                    && header.number >= 0;
            return sane ? header : null;
        }

        /** Of the whole frame. */
        int bytes() {
            return FRAME_HEADER_BYTES + bodyBytes + FRAME_FOOTER_BYTES;
        }

        boolean isClear() {
            return type == KEY || type == KEY_COPY;
        }

        boolean is(int flag) {
            return (flags & flag) != 0;
        }
    }

    private LogFormat() {}

    /** The end of a frame, behind its body. */
    static void writeFooter(ByteBuffer out, int bodyBytes) {
        int body = out.arrayOffset() + out.position() - bodyBytes;
        out.putInt(crc(out.array(), body, bodyBytes)).putInt(bodyBytes);
    }

    /** Whether the footer of a frame fits to its body and its header. */
    static boolean isWhole(byte[] bytes, int body, int bodyBytes) {
        ByteBuffer in = little(bytes);
        int footer = body + bodyBytes;
        return in.getInt(footer + 4) == bodyBytes && in.getInt(footer) == crc(bytes, body, bodyBytes);
    }

    /** What the cipher is told of every frame of a session; the frame's header follows, {@link #BOUND_HEADER_BYTES} of it. */
    static byte[] associatedData(FileHeader file, byte[] keyFrameDigest) {
        byte[] bound = new byte[BOUND.length + 16 + 16 + 8 + keyFrameDigest.length + BOUND_HEADER_BYTES];
        ByteBuffer out = little(bound).put(BOUND);
        putId(out, file.file());
        putId(out, file.stream());
        out.putLong(file.sequence()).put(keyFrameDigest);
        return bound;
    }

    static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    static void putId(ByteBuffer out, UUID id) {
        ByteOrder order = out.order();
        out.order(ByteOrder.BIG_ENDIAN);
        out.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
        out.order(order);
    }

    static UUID id(ByteBuffer in) {
        ByteOrder order = in.order();
        in.order(ByteOrder.BIG_ENDIAN);
        UUID id = new UUID(in.getLong(), in.getLong());
        in.order(order);
        return id;
    }

    static int crc(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }
}
