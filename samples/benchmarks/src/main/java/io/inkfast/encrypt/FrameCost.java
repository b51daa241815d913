package io.inkfast.encrypt;

import io.inkfast.keys.EncryptionKeyset;
import io.inkfast.keys.KeysetException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Makes frames of the same bytes, and reads them, without any file. One thread. */
public final class FrameCost {

    private final FrameWriter writer;
    private final byte[] plain;
    private final byte[] log;
    private final EncryptionKeyset keyset;

    /** @param frames how many a log has that is read */
    public FrameCost(EncryptionKeyset keyset, Suite suite, byte[] plain, int frames) throws IOException {
        this.keyset = keyset;
        this.plain = plain;
        writer = writer(keyset, suite);
        begin(writer);
        FrameWriter other = writer(keyset, suite);
        FrameBuffer all = new FrameBuffer();
        append(all, begin(other));
        for (int i = 0; i < frames; i++) {
            append(all, ByteBuffer.wrap(bytes(other.seal(plain, 0, plain.length, 300, 1, 2))));
        }
        log = all.toBytes();
    }

    private static FrameWriter writer(EncryptionKeyset keyset, Suite suite) {
        return new FrameWriter(
                new SessionMaker(keyset, suite, false, false),
                new FrameWriter.Report() {
                    @Override
                    public void cut(Path file, Path torn, long bytes) {}

                    @Override
                    public void setAside(Path file, Path aside) {}
                },
                System::nanoTime,
                System::currentTimeMillis,
                0,
                false);
    }

    private static ByteBuffer begin(FrameWriter writer) throws IOException {
        byte[] beginning = writer.begin(Path.of("none"), 0, new byte[0]);
        if (beginning == null) {
            throw new IOException("no file");
        }
        return ByteBuffer.wrap(beginning);
    }

    private static byte[] bytes(ByteBuffer frame) {
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        return bytes;
    }

    private static void append(FrameBuffer all, ByteBuffer bytes) {
        all.room(bytes.remaining()).put(bytes);
    }

    /** Makes one. */
    public void seal() throws IOException {
        writer.seal(plain, 0, plain.length, 300, 1, 2);
    }

    /** Reads the log; how many bytes were in it. */
    public long read() throws IOException {
        long bytes = 0;
        try (EncryptedLogReader reader = new EncryptedLogReader(LogSource.of(log), null, keyset, Rewrapped.NONE)) {
            for (LogFrame frame = reader.next(); frame != null; frame = reader.next()) {
                bytes += frame.bytes().length;
            }
        } catch (KeysetException e) {
            throw new IOException(e.getMessage());
        }
        return bytes;
    }
}
