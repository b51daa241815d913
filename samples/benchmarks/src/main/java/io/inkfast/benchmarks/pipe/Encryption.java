package io.inkfast.benchmarks.pipe;

import io.inkfast.encrypt.EncryptedLogReader;
import io.inkfast.encrypt.LogFrame;
import io.inkfast.keys.EncryptionKeyset;
import io.inkfast.keys.KeysetException;
import io.inkfast.keys.KeysetFile;
import io.inkfast.keys.KeysetPurpose;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.Objects;
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
            return new SequenceInputStream(new Frames(reader));
        } catch (KeysetException e) {
            throw new IOException(e.getMessage());
        }
    }

    private static final class Frames implements Enumeration<InputStream> {
        private final EncryptedLogReader reader;
        private @Nullable LogFrame next;

        Frames(EncryptedLogReader reader) {
            this.reader = reader;
            next = read();
        }

        private @Nullable LogFrame read() {
            try {
                LogFrame frame = reader.next();
                if (frame == null) {
                    reader.close();
                }
                return frame;
            } catch (IOException | KeysetException e) {
                throw new IllegalStateException(e.getMessage());
            }
        }

        @Override
        public boolean hasMoreElements() {
            return next != null;
        }

        @Override
        public InputStream nextElement() {
            InputStream bytes =
                    new ByteArrayInputStream(Objects.requireNonNull(next).bytes());
            next = read();
            return bytes;
        }
    }
}
