package io.inkfast.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkfast.keys.EncryptionKeyset.Mode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Keysets that a key management service encrypts. */
class KmsTest {

    private static final byte[] SECRET = "0123456789abcdef0123456789ABCDEF".getBytes(UTF_8);
    private static final byte[] CONTEXT = {7};

    @TempDir
    Path temporary;

    private TestKms kms;

    @BeforeEach
    void install() throws Exception {
        kms = TestKms.install(temporary);
    }

    @AfterEach
    void remove() {
        kms.close();
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

    @ParameterizedTest
    @EnumSource(KeysetPurpose.class)
    void encryptsKeysetsOfEveryKind(KeysetPurpose purpose) throws Exception {
        String reference = "file:" + temporary.resolve("keyset.json") + "?kms=test-kms://a";
        KeysetFile file = KeysetFile.of("<file>", reference);
        int old = file.generate(purpose, false).get(0).id();
        file.rotate();
        file.enable(old, false);
        file.enable(old, true);
        assertThat(KeysetFile.keys("keyset", reference)).hasSize(2);
        assertThat(file.delete(old)).hasSize(1);
        assertThat(Files.readString(temporary.resolve("keyset.json")))
                .contains("encryptedKeyset")
                .doesNotContain("keyData");
    }

    @ParameterizedTest
    @EnumSource(names = {"ENCRYPTION", "WRITE_ONLY_HOST"})
    void needsNotBeToldTheKindAndIsAskedOnce(KeysetPurpose purpose) throws Exception {
        Path path = temporary.resolve("keyset.json");
        String reference = "file:" + path + "?kms=test-kms://a";
        KeysetFile.of("<file>", reference).generate(purpose, false);
        Files.writeString(path, Files.readString(path).replaceAll(",\"keysetInfo\".*", "}"));
        assertThat(Files.readString(path)).doesNotContain("typeUrl");
        int before = TestKms.OPENED.get();
        assertThat(EncryptionKeyset.read("<keyset>", reference).canUnwrap()).isTrue();
        assertThat(TestKms.OPENED).hasValue(before + 1);
    }

    @Nested
    class ThatWrapsByItself {

        @Test
        void wrapsAndOpens() throws Exception {
            EncryptionKeyset keyset = EncryptionKeyset.read("<keyset>", " kms:test-kms://a ");
            assertThat(keyset.mode()).isEqualTo(Mode.KMS);
            assertThat(keyset.canUnwrap()).isTrue();
            assertThat(keyset.keys()).isEmpty();
            assertThat(keyset.primaryKeyId()).isZero();
            byte[] wrapped = keyset.wrap(SECRET, CONTEXT);
            assertThat(keyset.unwrap(Mode.KMS, wrapped, CONTEXT)).isEqualTo(SECRET);
            assertThat(keyset.unwrap(Mode.AEAD, wrapped, CONTEXT)).isNull();
            assertThat(keyset.unwrap(Mode.KMS, wrapped, new byte[1])).isNull();
            assertThat(EncryptionKeyset.read("<keyset>", "kms:test-kms://b").unwrap(Mode.KMS, wrapped, CONTEXT))
                    .isNull();
        }

        @Test
        void isNamedWhenItDoesNotAnswer() throws Exception {
            EncryptionKeyset keyset = EncryptionKeyset.read("<keyset>", "kms:test-kms://a!");
            assertThatThrownBy(() -> keyset.wrap(SECRET, CONTEXT))
                    .isInstanceOf(KeysetException.class)
                    .hasNoCause()
                    .hasMessage("<keyset> [kms:test-kms://a!] did not wrap a secret: its KMS refused, or could not be"
                            + " reached (GeneralSecurityException: SocketTimeoutException)");
            assertThatThrownBy(() -> keyset.unwrap(Mode.KMS, new byte[60], CONTEXT))
                    .isInstanceOf(KeysetException.class)
                    .hasNoCause()
                    .hasMessage("<keyset> [kms:test-kms://a!] did not open a secret: its KMS refused, could not be"
                            + " reached, or had wrapped it with another key (GeneralSecurityException:"
                            + " SocketTimeoutException)");
        }

        @Test
        void thatNobodySupportsIsNamed() {
            assertThatThrownBy(() -> EncryptionKeyset.read("<keyset>", "kms:gcp-kms://x"))
                    .isInstanceOf(KeysetException.class)
                    .hasMessage(
                            "<keyset> [kms:gcp-kms://x] needs a Tink KMS client for [gcp-kms://x] on the class path,"
                                    + " such as com.google.crypto.tink:tink-gcpkms or tink-awskms; none there supports it");
        }

        @Test
        void isNoKeyset() {
            String message =
                    " [kms:test-kms://a] is a key of a KMS and no keyset; it must be file:path or env:NAME, with"
                            + " ?kms=uri behind it if it is encrypted";
            assertThatThrownBy(() -> DeterministicKeyset.read("<keyset>", "kms:test-kms://a"))
                    .isInstanceOf(KeysetException.class)
                    .hasMessage("<keyset>" + message);
            assertThatThrownBy(() -> KeysetFile.of("--out", "kms:test-kms://a"))
                    .isInstanceOf(KeysetException.class)
                    .hasMessage("--out" + message);
        }
    }
}
