package io.inkfast.recorder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/** Where the bytes of a ring are read from: its file, or the memory of the process that writes it. */
@FunctionalInterface
interface RingSource {

    /** Fills the array with the bytes from {@code position} on; with zeros, where a file that was cut off has none. */
    void read(byte[] into, int position) throws IOException;

    static RingSource of(FileChannel channel) {
        return (into, position) -> {
            ByteBuffer buffer = ByteBuffer.wrap(into);
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, position + (long) buffer.position()) < 0) {
                    Arrays.fill(into, buffer.position(), into.length, (byte) 0);
                    return;
                }
            }
        };
    }

    static RingSource of(ByteBuffer map) {
        return (into, position) -> {
            try {
                map.get(position, into);
            } catch (InternalError e) {
                throw new IOException("the memory of the ring has failed", e);
            }
        };
    }
}
