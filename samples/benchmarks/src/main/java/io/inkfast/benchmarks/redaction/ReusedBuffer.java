package io.inkfast.benchmarks.redaction;

import java.io.OutputStream;
import java.util.Objects;

/** A stream into a block of memory that begins again where it is full. One thread. */
public final class ReusedBuffer extends OutputStream {

    private final byte[] block = new byte[1 << 16];
    private int at;
    private long written;

    /** Called by whoever measures. */
    public ReusedBuffer() {}

    @Override
    public void write(int b) {
        begin(1);
        block[at++] = (byte) b;
        written++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        begin(length);
        System.arraycopy(bytes, offset, block, at, length);
        at += length;
        written += length;
    }

    /** Bytes written in all. */
    public long written() {
        return written;
    }

    private void begin(int length) {
        if (length > block.length - at) {
            at = 0;
        }
    }
}
