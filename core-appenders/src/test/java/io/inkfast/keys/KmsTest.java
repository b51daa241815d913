package io.inkfast.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KmsClient;
import com.google.crypto.tink.subtle.AesGcmJce;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keysets that a key management service encrypts. */
class KmsTest {

    /** A service on the class path: the last character of its URIs is its key. */
    public static final class Vault implements KmsClient {

        private boolean credentials;

        @Override
        public boolean doesSupport(String uri) {
            return uri.startsWith("test-kms://");
        }

        @Override
        public KmsClient withCredentials(String path) {
            throw new UnsupportedOperationException();
        }

        @Override
        public KmsClient withDefaultCredentials() {
            credentials = true;
            return this;
        }

        @Override
        public Aead getAead(String uri) throws GeneralSecurityException {
            if (!credentials) {
                throw new GeneralSecurityException("no credentials");
            }
            byte[] key = new byte[16];
            key[0] = (byte) uri.charAt(uri.length() - 1);
            return new AesGcmJce(key);
        }
    }

    @TempDir
    Path temporary;

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    @BeforeEach
    void install() throws Exception {
        Path services = Files.createDirectories(temporary.resolve("META-INF/services"));
        Files.writeString(services.resolve(KmsClient.class.getName()), Vault.class.getName());
        Thread.currentThread()
                .setContextClassLoader(
                        new URLClassLoader(new URL[] {temporary.toUri().toURL()}, before));
    }

    @AfterEach
    void remove() {
        Thread.currentThread().setContextClassLoader(before);
    }

    @Test
    void encryptsWhatIsWrittenAndOpensWhatIsRead() throws Exception {
        String reference = "file:" + temporary.resolve("keyset.json") + "?kms=test-kms://a";
        KeysetFile file = KeysetFile.of("<file>", reference);
        file.generate(KeysetPurpose.PSEUDONYMS, false);
        assertThat(Files.readString(temporary.resolve("keyset.json")))
                .contains("encryptedKeyset")
                .doesNotContain("keyData");
        assertThat(file.rotate()).hasSize(2);
        assertThat(DeterministicKeyset.read("<keyset>", reference).keys()).hasSize(2);
    }

    @Test
    void withAnotherKeyOpensNothing() throws Exception {
        Path path = temporary.resolve("keyset.json");
        KeysetFile.of("<file>", "file:" + path + "?kms=test-kms://a").generate(KeysetPurpose.PSEUDONYMS, false);
        assertThatThrownBy(() -> DeterministicKeyset.read("<keyset>", "file:" + path + "?kms=test-kms://b"))
                .isInstanceOf(KeysetException.class)
                .hasNoCause()
                .hasMessage("<keyset> [file:" + path + "?kms=test-kms://b] was not opened by its KMS: it refused, or"
                        + " another key than this one had encrypted it (AEADBadTagException)");
    }

    @Test
    void thatNobodySupportsIsNamed() throws Exception {
        Path path = temporary.resolve("keyset.json");
        KeysetFile.of("<file>", "file:" + path + "?kms=test-kms://a").generate(KeysetPurpose.PSEUDONYMS, false);
        assertThatThrownBy(() -> DeterministicKeyset.read("<keyset>", "file:" + path + "?kms=gcp-kms://x"))
                .isInstanceOf(KeysetException.class)
                .hasMessage(
                        "<keyset> [file:" + path + "?kms=gcp-kms://x] needs a Tink KMS client for [gcp-kms://x] on the"
                                + " class path, such as com.google.crypto.tink:tink-gcpkms or tink-awskms; none there supports"
                                + " it");
    }

    @Test
    void isAskedForWhereTheKeysetIsEncrypted() throws Exception {
        Path path = temporary.resolve("keyset.json");
        KeysetFile.of("<file>", "file:" + path + "?kms=test-kms://a").generate(KeysetPurpose.PSEUDONYMS, false);
        assertThatThrownBy(() -> DeterministicKeyset.read("<keyset>", "file:" + path))
                .isInstanceOf(KeysetException.class)
                .hasMessage("<keyset> [file:" + path + "] is encrypted; name the key that opens it: file:" + path
                        + "?kms=uri");
    }

    @Test
    void isRefusedWhereTheKeysetIsClear() throws Exception {
        Path path = new KeysetFolder(temporary).write("keyset.json", KeysetFolder.fixed());
        assertThatThrownBy(() -> DeterministicKeyset.read("<keyset>", "file:" + path + "?kms=test-kms://a"))
                .isInstanceOf(KeysetException.class)
                .hasMessage("<keyset> [file:" + path
                        + "?kms=test-kms://a] is a keyset in clear text; without ?kms= it is" + " read as such");
    }
}
