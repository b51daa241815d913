package io.inkfast.benchmarks.flight;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A positional write for each event, over a file of eight megabytes. */
final class ChannelRecorder implements Recorders.Recorder {

    private static final long SIZE = 8L << 20;

    private final FileChannel channel;
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(Recorders.EVENT_BYTES);
    private long position;

    ChannelRecorder(Path directory) throws IOException {
        Files.createDirectories(directory);
        channel =
                FileChannel.open(directory.resolve("channel"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        bytes.put(Recorders.event());
    }

    @Override
    public void record() throws IOException {
        bytes.clear();
        position += channel.write(bytes, position);
        position = position > SIZE - Recorders.EVENT_BYTES ? 0 : position;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
