package io.inkfast.encrypt;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Frames, one after the other, in one array that grows. One thread. */
final class FrameBuffer {

    private byte[] bytes = new byte[1024];
    private ByteBuffer out = LogFormat.little(bytes);

    FrameBuffer clear() {
        out.clear();
        return this;
    }

    void file(LogFormat.FileHeader header) {
        header.write(room(LogFormat.HEADER_BYTES));
    }

    /** To write so many bytes to, at its position. */
    ByteBuffer room(int count) {
        if (out.remaining() < count) {
            int position = out.position();
            bytes = Arrays.copyOf(bytes, Math.max(position + count, 2 * bytes.length));
            out = LogFormat.little(bytes).position(position);
        }
        return out;
    }

    /** What {@link #room} writes to; its positions are places in here. */
    byte[] array() {
        return bytes;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, out.position());
    }

    ByteBuffer toBuffer() {
        return ByteBuffer.wrap(bytes, 0, out.position());
    }
}
