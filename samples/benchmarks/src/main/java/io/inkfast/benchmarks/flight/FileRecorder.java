package io.inkfast.benchmarks.flight;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** Seek and write for each event, over a file of eight megabytes. */
final class FileRecorder implements Recorders.Recorder {

    private static final long SIZE = 8L << 20;

    private final RandomAccessFile file;
    private final byte[] bytes = Recorders.event();
    private long position;

    FileRecorder(Path directory) throws IOException {
        Files.createDirectories(directory);
        file = new RandomAccessFile(directory.resolve("file").toFile(), "rw");
    }

    @Override
    public void record() throws IOException {
        file.seek(position);
        file.write(bytes);
        position += bytes.length;
        position = position > SIZE - bytes.length ? 0 : position;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
