package io.inkfast.benchmarks.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/** A system call for each record, or two, over a file of 64 megabytes that was filled with zeros. */
final class PlainFile implements Journals.Way {

    private static final int SIZE = 64 << 20;
    private static final int PIECE = 1 << 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final FileChannel channel;
    private final boolean sync;
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(Journals.RECORD_BYTES);
    private long position;

    PlainFile(Path directory, boolean sync) throws IOException {
        this.sync = sync;
        Files.createDirectories(directory);
        channel = FileChannel.open(directory.resolve("plain"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        ByteBuffer zeros = ByteBuffer.allocateDirect(PIECE);
        for (long at = 0; at < SIZE; at += PIECE) {
            channel.write(zeros.clear(), at);
        }
        channel.force(true);
    }

    @Override
    public void append(byte[] record) throws IOException {
        lock.lock();
        try {
            bytes.clear().put(record).flip();
            position += channel.write(bytes, position);
            position = position > SIZE - Journals.RECORD_BYTES ? 0 : position;
            if (sync) {
                channel.force(false);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
