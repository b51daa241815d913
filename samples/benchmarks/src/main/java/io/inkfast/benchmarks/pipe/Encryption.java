package io.inkfast.benchmarks.pipe;

import io.inkfast.encrypt.EncryptedLogReader;
import io.inkfast.encrypt.LogFrame;
import io.inkfast.keys.EncryptionKeyset;
import io.inkfast.keys.KeysetException;
import io.inkfast.keys.KeysetFile;
import io.inkfast.keys.KeysetPurpose;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The key of the peers that encrypt, and the way back to what they have encrypted. */
public final class Encryption {

    private static final byte[] MAGIC = {'I', 'N', 'K', 'E', 'L', 'O', 'G', '\n'};

    private Encryption() {}

    /** A reference to a keyset for this file, in another directory. It is made when it is asked for first. */
    static String keyset(Path file) {
        Path directory = file.toAbsolutePath().resolveSibling("keys");
        String reference = "file:" + directory.resolve("keyset.json");
        try {
            if (!Files.exists(directory)) {
                KeysetFile.of("keyset", reference).generate(KeysetPurpose.ENCRYPTION, false);
            }
            return reference;
        } catch (KeysetException e) {
            throw new IllegalStateException(e.getMessage());
        }
    }

    /** Whether a file is an encrypted log. */
    public static boolean isEncrypted(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(MAGIC.length), MAGIC);
        }
    }

    /** What was encrypted. */
    public static InputStream decrypted(Path file) throws IOException {
        try {
            EncryptedLogReader reader = EncryptedLogReader.open(file, EncryptionKeyset.read("keyset", keyset(file)));
            return new Frames(reader);
        } catch (KeysetException e) {
            throw new IOException(e.getMessage());
        }
    }

    private static final class Frames extends InputStream {
        private final EncryptedLogReader reader;
        private byte[] frame = {};
        private int at;

        Frames(EncryptedLogReader reader) {
            this.reader = reader;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            while (at == frame.length) {
                LogFrame next = next();
                if (next == null) {
                    return -1;
                }
                frame = next.bytes();
                at = 0;
            }
            int count = Math.min(length, frame.length - at);
            System.arraycopy(frame, at, to, offset, count);
            at += count;
            return count;
        }

        private @Nullable LogFrame next() throws IOException {
            try {
                return reader.next();
            } catch (KeysetException e) {
                throw new IOException(e.getMessage());
            }
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }
}
