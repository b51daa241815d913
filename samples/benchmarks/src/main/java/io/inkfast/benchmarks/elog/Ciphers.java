package io.inkfast.benchmarks.elog;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import io.inkfast.benchmarks.pipe.Peer;
import io.inkfast.encrypt.FrameCost;
import io.inkfast.encrypt.Suite;
import io.inkfast.keys.EncryptionKeyset;
import io.inkfast.keys.KeysetException;
import io.inkfast.keys.KeysetFile;
import io.inkfast.keys.KeysetPurpose;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The ways that are compared: frames of a log, and the bare ciphers. */
public final class Ciphers {

    /** How many plain bytes a frame has. */
    public static final int FRAME_BYTES = 64 << 10;

    /** How many frames are read in one pass. */
    public static final int FRAMES = 64;

    /** What the others are compared with. */
    public static final Peer JCA = way("jca-gcm", "AES-256-GCM of the JDK, a random nonce each time, nothing else");

    /** Whole frames. */
    public static final Peer FRAME = new Peer(
            "frame-gcm", Peer.Kind.INKFAST, "", "a frame of an encrypted log: header, checksums, cipher, digest");

    /** All of them, in the order of the table. */
    public static final List<Peer> KNOWN = List.of(
            FRAME,
            JCA,
            way("tink-gcm", "Tink's `Aead`, AES256_GCM"),
            new Peer("frame-xchacha", Peer.Kind.INKFAST, "", "a frame, XCHACHA20_POLY1305"),
            way("tink-xchacha", "Tink's `Aead`, XCHACHA20_POLY1305"),
            new Peer("frame-cbc-hmac", Peer.Kind.INKFAST, "", "a frame, AES256_CBC_HS512"));

    private Ciphers() {}

    /** One of them. */
    public interface Way {

        /** Encrypts one frame. */
        void seal() throws IOException;

        /** Decrypts {@link #FRAMES}. */
        void open() throws IOException;
    }

    private static Peer way(String name, String description) {
        return new Peer(name, Peer.Kind.LOGBACK, "", description);
    }

    /** Makes one; keys go to this directory. */
    public static Way of(Peer peer, Path directory) throws IOException {
        byte[] plain = new byte[FRAME_BYTES];
        new SecureRandom().nextBytes(plain);
        try {
            return switch (peer.name()) {
                case "frame-gcm" -> frames(Suite.AES256_GCM, plain, directory);
                case "frame-xchacha" -> frames(Suite.XCHACHA20_POLY1305, plain, directory);
                case "frame-cbc-hmac" -> frames(Suite.AES256_CBC_HS512, plain, directory);
                case "tink-gcm" -> tink(PredefinedAeadParameters.AES256_GCM, plain);
                case "tink-xchacha" -> tink(PredefinedAeadParameters.XCHACHA20_POLY1305, plain);
                default -> new Bare(plain);
            };
        } catch (GeneralSecurityException | KeysetException e) {
            throw new IOException(e.getMessage());
        }
    }

    private static Way frames(Suite suite, byte[] plain, Path directory) throws IOException, KeysetException {
        String reference = "file:" + directory.resolve("keyset.json");
        KeysetFile.of("keyset", reference).generate(KeysetPurpose.ENCRYPTION, true);
        FrameCost cost = new FrameCost(EncryptionKeyset.read("keyset", reference), suite, plain, FRAMES);
        return new Way() {
            @Override
            public void seal() throws IOException {
                cost.seal();
            }

            @Override
            public void open() throws IOException {
                if (cost.read() != (long) FRAMES * FRAME_BYTES) {
                    throw new IOException("not everything was read");
                }
            }
        };
    }

    private static Way tink(com.google.crypto.tink.Parameters parameters, byte[] plain)
            throws GeneralSecurityException {
        Aead aead = KeysetHandle.generateNew(parameters, AeadConfig2026.get())
                .getPrimitive(AeadConfig2026.get(), Aead.class);
        byte[] bound = new byte[100];
        byte[] sealed = aead.encrypt(plain, bound);
        return new Way() {
            @Override
            public void seal() throws IOException {
                try {
                    aead.encrypt(plain, bound);
                } catch (GeneralSecurityException e) {
                    throw new IOException(e);
                }
            }

            @Override
            public void open() throws IOException {
                try {
                    for (int i = 0; i < FRAMES; i++) {
                        aead.decrypt(sealed, bound);
                    }
                } catch (GeneralSecurityException e) {
                    throw new IOException(e);
                }
            }
        };
    }

    private static final class Bare implements Way {
        private final Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        private final SecretKeySpec key;
        private final SecureRandom random = new SecureRandom();
        private final byte[] nonce = new byte[12];
        private final byte[] bound = new byte[100];
        private final byte[] plain;
        private final byte[] sealed;

        Bare(byte[] plain) throws GeneralSecurityException, IOException {
            byte[] bytes = new byte[32];
            random.nextBytes(bytes);
            key = new SecretKeySpec(bytes, "AES");
            this.plain = plain;
            sealed = new byte[plain.length + 16];
            seal();
        }

        @Override
        public void seal() throws IOException {
            random.nextBytes(nonce);
            try {
                cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, nonce));
                cipher.updateAAD(bound);
                cipher.doFinal(plain, 0, plain.length, sealed, 0);
            } catch (GeneralSecurityException e) {
                throw new IOException(e);
            }
        }

        @Override
        public void open() throws IOException {
            try {
                for (int i = 0; i < FRAMES; i++) {
                    cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(128, nonce));
                    cipher.updateAAD(bound);
                    cipher.doFinal(sealed, 0, sealed.length);
                }
            } catch (GeneralSecurityException e) {
                throw new IOException(e);
            }
        }
    }
}
