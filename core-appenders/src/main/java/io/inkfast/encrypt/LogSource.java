package io.inkfast.encrypt;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Where an encrypted log is read from; it may grow meanwhile. */
interface LogSource {

    /** Reads some bytes; -1 at the end. */
    int read(ByteBuffer to, long position) throws IOException;

    long size() throws IOException;

    static LogSource of(FileChannel channel) {
        return new LogSource() {
            @Override
            public int read(ByteBuffer to, long position) throws IOException {
                return channel.read(to, position);
            }

            @Override
            public long size() throws IOException {
                return channel.size();
            }
        };
    }

    static LogSource of(byte[] bytes) {
        return new LogSource() {
            @Override
            public int read(ByteBuffer to, long position) {
                int count = (int) Math.min(to.remaining(), bytes.length - position);
                if (count <= 0) {
                    return -1;
                }
                to.put(bytes, (int) position, count);
                return count;
            }

            @Override
            public long size() {
                return bytes.length;
            }
        };
    }

    /** Reads exactly so many bytes; false if there are not so many. */
    default boolean read(byte[] to, int at, int length, long position) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(to, at, length);
        long next = position;
        while (buffer.hasRemaining()) {
            int count = read(buffer, next);
            if (count < 0) {
                return false;
            }
            next += count;
        }
        return true;
    }
}
