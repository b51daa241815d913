package io.inkfast.encrypt;

import io.inkfast.encrypt.LogFormat.FrameHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/** Encrypts frames under one key. One thread at a time. */
final class Session {

    private static final long MOST_FRAMES = 1L << 24;
    private static final long MOST_BYTES = 64L << 30;
    private static final long MOST_NANOS = TimeUnit.HOURS.toNanos(24);

    private final int number;
    private final FrameCipher cipher;
    private final byte[] bound;
    private final @Nullable Deflater deflater;
    private final boolean hides;
    private final long begun;
    private final FrameBuffer buffer = new FrameBuffer();
    private byte[] plain = new byte[0];
    private long frames;
    private long bytes;

    /**
     * @param bound    what all frames are bound to; the header of each goes to its end
     * @param deflater null if nothing is compressed
     * @param hides    whether times and the number of events are encrypted, too
     */
    Session(int number, FrameCipher cipher, byte[] bound, @Nullable Deflater deflater, boolean hides, long nanos) {
        this.number = number;
        this.cipher = cipher;
        this.bound = bound;
        this.deflater = deflater;
        this.hides = hides;
        begun = nanos;
    }

    /** Used again for each frame. */
    FrameBuffer buffer() {
        return buffer.clear();
    }

    /** Whether this key has been used enough. */
    boolean isSpent(long nanos) {
        return frames >= MOST_FRAMES || bytes >= MOST_BYTES || nanos - begun >= MOST_NANOS;
    }

    /** Adds a frame of the encoder's bytes. */
    void data(
            FrameBuffer out,
            FrameFile file,
            byte[] from,
            int start,
            int length,
            int events,
            long firstMillis,
            long lastMillis)
            throws IOException {
        byte[] content = from;
        int at = start;
        int count = length;
        int flags = 0;
        if (hides) {
            content = room(LogFormat.HIDDEN_BYTES + length);
            LogFormat.little(content)
                    .putLong(firstMillis)
                    .putLong(lastMillis)
                    .putInt(events)
                    .put(from, start, length);
            at = 0;
            count = LogFormat.HIDDEN_BYTES + length;
            flags |= LogFormat.HIDDEN;
        }
        int plainBytes = count;
        byte[] deflated = deflate(content, at, count);
        if (deflated != null) {
            content = deflated;
            at = 0;
            count = deflated.length;
            flags |= LogFormat.DEFLATED;
        }
        FrameHeader header = new FrameHeader(
                LogFormat.DATA,
                flags,
                number,
                file.frames(),
                hides ? 0 : firstMillis,
                hides ? 0 : lastMillis,
                hides ? 0 : events,
                cipher.sealedBytes(count),
                plainBytes);
        add(out, file, header, content, at, count);
    }

    /** Adds a frame that says what the file holds. */
    void totals(FrameBuffer out, FrameFile file, byte type, byte reason, UUID next, long millis) throws IOException {
        byte[] content = file.totals(reason, next).toBytes();
        long time = hides ? 0 : millis;
        FrameHeader header = new FrameHeader(
                type,
                hides ? LogFormat.HIDDEN : 0,
                number,
                file.frames(),
                time,
                time,
                0,
                cipher.sealedBytes(content.length),
                content.length);
        add(out, file, header, content, 0, content.length);
    }

    private void add(FrameBuffer out, FrameFile file, FrameHeader header, byte[] content, int at, int count)
            throws IOException {
        if (header.bodyBytes() > LogFormat.MOST_BODY_BYTES || header.plainBytes() > LogFormat.MOST_PLAIN_BYTES) {
            throw new IOException("a frame of " + header.plainBytes() + " bytes is too large");
        }
        ByteBuffer frame = out.room(header.bytes());
        int start = frame.position();
        header.write(frame);
        System.arraycopy(
                out.array(), start, bound, bound.length - LogFormat.BOUND_HEADER_BYTES, LogFormat.BOUND_HEADER_BYTES);
        int body = frame.position();
        try {
            cipher.seal(content, at, count, bound, out.array(), body);
        } catch (GeneralSecurityException e) {
            frame.position(start);
            throw new IOException("a frame cannot be encrypted: " + e.getClass().getSimpleName());
        }
        frame.position(body + header.bodyBytes());
        LogFormat.writeFooter(frame, header.bodyBytes());
        file.add(header, out.array(), start);
        frames++;
        bytes += header.bodyBytes();
    }

    private byte[] room(int length) {
        if (plain.length < length) {
            plain = new byte[length + length / 2];
        }
        return plain;
    }

    /* Null if that makes it no shorter. */
    private byte @Nullable [] deflate(byte[] content, int at, int count) {
        Deflater to = deflater;
        if (to == null) {
            return null;
        }
        to.reset();
        to.setInput(content, at, count);
        to.finish();
        byte[] out = new byte[count];
        int length = to.deflate(out);
        return to.finished() && length < count ? Arrays.copyOf(out, length) : null;
    }
}
