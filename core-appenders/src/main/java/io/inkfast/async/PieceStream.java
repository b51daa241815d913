package io.inkfast.async;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Collects bytes and passes them on in pieces that end with a line, each no longer than a bound: what a container
 * runtime reads from a pipe in one go. A line longer than the bound is passed on in several. Any thread.
 */
final class PieceStream extends OutputStream {

    private final OutputStream target;
    private final byte[] buffer;
    private final int maxPiece;
    private int size;

    /**
     * @param maxPiece the bound in bytes; 0 for none
     */
    PieceStream(OutputStream target, int bufferBytes, int maxPiece) {
        this.target = target;
        this.buffer = new byte[Math.max(bufferBytes, maxPiece)];
        this.maxPiece = maxPiece == 0 ? buffer.length : maxPiece;
    }

    @Override
    public synchronized void write(int b) throws IOException {
        if (size == buffer.length) {
            pass();
        }
        buffer[size++] = (byte) b;
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        int from = offset;
        int left = length;
        while (left > 0) {
            if (size == buffer.length) {
                pass();
            }
            int part = Math.min(left, buffer.length - size);
            System.arraycopy(bytes, from, buffer, size, part);
            size += part;
            from += part;
            left -= part;
        }
    }

    @Override
    public synchronized void flush() throws IOException {
        pass();
        target.flush();
    }

    @Override
    public synchronized void close() throws IOException {
        flush();
        target.close();
    }

    /* Whatever happens the buffer is empty afterwards: bytes that a stream refused would be sent twice. */
    private void pass() throws IOException {
        int from = 0;
        int end = size;
        size = 0;
        while (from < end) {
            int piece = Math.min(maxPiece, end - from);
            if (from + piece < end) {
                piece = upToLineEnd(from, piece);
            }
            target.write(buffer, from, piece);
            target.flush();
            from += piece;
        }
    }

    private int upToLineEnd(int from, int piece) {
        for (int length = piece; length > 0; length--) {
            if (buffer[from + length - 1] == '\n') {
                return length;
            }
        }
        return piece;
    }
}
