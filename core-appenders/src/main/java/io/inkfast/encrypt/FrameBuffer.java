package io.inkfast.encrypt;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Frames, one after the other, in one array that grows. One thread. */
final class FrameBuffer {

    private ByteBuffer out = LogFormat.little(new byte[1024]);

    FrameBuffer clear() {
        out.clear();
        return this;
    }

    void file(LogFormat.FileHeader header) {
        header.write(room(LogFormat.HEADER_BYTES));
    }

    /** To write so many bytes to, at its position. */
    ByteBuffer room(int bytes) {
        if (out.remaining() < bytes) {
            int position = out.position();
            byte[] more = Arrays.copyOf(out.array(), Math.max(position + bytes, 2 * out.capacity()));
            out = LogFormat.little(more).position(position);
        }
        return out;
    }

    byte[] toBytes() {
        return Arrays.copyOf(out.array(), out.position());
    }

    ByteBuffer toBuffer() {
        return ByteBuffer.wrap(out.array(), 0, out.position());
    }
}
