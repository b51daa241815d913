package io.inkfast.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/**
 * Writes to a file from its beginning on. Closing is the file's owner's business. One thread.
 *
 * @since 0.1.0
 */
public final class PositionalStream extends OutputStream {

    private final Directory.Binary file;
    private long position;

    public PositionalStream(Directory.Binary file) {
        this.file = file;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        for (ByteBuffer left = ByteBuffer.wrap(bytes, offset, length); left.hasRemaining(); ) {
            position += file.write(left, position);
        }
    }
}
