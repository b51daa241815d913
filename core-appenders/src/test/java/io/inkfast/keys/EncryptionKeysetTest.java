package io.inkfast.keys;

import static io.inkfast.keys.EncryptionKeysets.CONTEXT;
import static io.inkfast.keys.EncryptionKeysets.SECRET;
import static io.inkfast.keys.EncryptionKeysets.aead;
import static io.inkfast.keys.EncryptionKeysets.assertProblem;
import static io.inkfast.keys.EncryptionKeysets.assertWrapsAndOpens;
import static io.inkfast.keys.EncryptionKeysets.hybrid;
import static io.inkfast.keys.EncryptionKeysets.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.Parameters;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.hybrid.PredefinedHybridParameters;
import io.inkfast.keys.EncryptionKeyset.Mode;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncryptionKeysetTest {

    @TempDir
    Path temporary;

    @ParameterizedTest
    @EnumSource(Mode.class)
    void modesHaveNumbersThatFilesKeep(Mode mode) {
        assertThat(Mode.of(mode.number())).isEqualTo(mode);
        assertThat(List.of(Mode.AEAD.number(), Mode.HPKE.number(), Mode.KMS.number()))
                .containsExactly(1, 2, 3);
        assertThat(Mode.of(0)).isNull();
        assertThat(Mode.of(4)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"keys/log.json", "kms:", "kms:{\"primaryKeyId\":1}", "kms:MDEyMzQ1Njc4OWFiY2RlZg==", "env:"})
    void doesNotShowWhatCouldBeTheKey(String reference) {
        assertProblem(
                reference,
                Map.of(),
                "<keyset> [not shown, it could be the key itself] is not file:path or env:NAME, with ?kms=uri behind it"
                        + " if it is encrypted; or kms:uri");
    }

    @Nested
    class Symmetric {

        static Stream<Arguments> types() {
            return Stream.of(
                    Arguments.of(PredefinedAeadParameters.AES128_GCM, "AES128_GCM"),
                    Arguments.of(PredefinedAeadParameters.AES256_GCM, "AES256_GCM"),
                    Arguments.of(PredefinedAeadParameters.AES256_EAX, "AES256_EAX"),
                    Arguments.of(PredefinedAeadParameters.AES256_CTR_HMAC_SHA256, "AES256_CTR_HMAC_SHA256"),
                    Arguments.of(PredefinedAeadParameters.CHACHA20_POLY1305, "CHACHA20_POLY1305"),
                    Arguments.of(PredefinedAeadParameters.XCHACHA20_POLY1305, "XCHACHA20_POLY1305"),
                    Arguments.of(PredefinedAeadParameters.XAES_256_GCM_192_BIT_NONCE, "XAES_256_GCM"));
        }

        @ParameterizedTest
        @MethodSource("types")
        void wrapsAndOpens(Parameters parameters, String type) throws Exception {
            EncryptionKeyset keyset = json(aead(parameters));
            assertThat(keyset.mode()).isEqualTo(Mode.AEAD);
            assertThat(keyset.canUnwrap()).isTrue();
            assertThat(keyset.warnings()).isEmpty();
            assertThat(keyset.keys()).containsExactly(new KeysetKey(keyset.primaryKeyId(), true, "ENABLED", type));
            assertWrapsAndOpens(keyset);
        }

        @ParameterizedTest
        @MethodSource("types")
        void isRotatedToAKeyOfTheSameType(Parameters parameters, String type) throws Exception {
            Path file = new KeysetFolder(temporary).write("log.json", aead(parameters));
            EncryptionKeyset before = EncryptionKeyset.read("<keyset>", "file:" + file);
            List<KeysetKey> keys = KeysetFile.of("<file>", "file:" + file).rotate();
            EncryptionKeyset after = EncryptionKeyset.read("<keyset>", "file:" + file);
            assertThat(after.keys())
                    .isEqualTo(keys)
                    .hasSize(2)
                    .allMatch(key -> key.type().equals(type));
            assertThat(after.primaryKeyId()).isNotEqualTo(before.primaryKeyId());
            assertThat(after.unwrap(Mode.AEAD, before.wrap(SECRET, CONTEXT), CONTEXT))
                    .isEqualTo(SECRET);
            assertThat(before.unwrap(Mode.AEAD, after.wrap(SECRET, CONTEXT), CONTEXT))
                    .isNull();
        }

        @Test
        void whosePrimaryIsDisabledIsNamed() throws Exception {
            assertProblem(
                    "env:KEYS",
                    Map.of("KEYS", aead(PredefinedAeadParameters.AES256_GCM).replace("ENABLED", "DISABLED")),
                    "<keyset> [env:KEYS] has no primary key that is enabled; inkfast keys rotate adds one");
        }

        @Test
        @SuppressWarnings("deprecation") // what asks the registry of the JVM is
        void registersNothingForTheWholeJvm() throws Exception {
            assertWrapsAndOpens(json(aead(PredefinedAeadParameters.AES256_GCM)));
            assertThatThrownBy(() -> KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM))
                    .isInstanceOf(GeneralSecurityException.class);
        }
    }

    @Nested
    class OfAnotherKind {

        private static final String NEED =
                "; encryption needs AesGcmKey (template AES256_GCM) or another AEAD, or HpkePublicKey or HpkePrivateKey:"
                        + " inkfast keys generate --for encryption";

        @Test
        void isRefusedIfForPseudonyms() {
            assertProblem(
                    "env:KEYS",
                    Map.of("KEYS", KeysetFolder.fixed()),
                    "<keyset> [env:KEYS] holds a key of type AesSivKey" + NEED);
        }

        @Test
        void isRefusedIfEcies() throws Exception {
            String json = hybrid(PredefinedHybridParameters.ECIES_P256_HKDF_HMAC_SHA256_AES128_GCM);
            assertProblem(
                    "env:KEYS",
                    Map.of("KEYS", json),
                    "<keyset> [env:KEYS] holds a key of type EciesAeadHkdfPrivateKey" + NEED);
        }

        @Test
        void isRefusedIfMixed() throws Exception {
            String symmetric = aead(PredefinedAeadParameters.AES256_GCM);
            String both = KeysetFile.generated("keyset", KeysetPurpose.WRITE_ONLY_HOST)
                    .replace(
                            "\"key\":[",
                            "\"key\":[" + symmetric.substring(symmetric.indexOf("[") + 1, symmetric.lastIndexOf("]"))
                                    + ",");
            assertProblem(
                    "env:KEYS",
                    Map.of("KEYS", both),
                    "<keyset> [env:KEYS] holds keys of kinds that do not go together, one of type HpkePrivateKey");
        }

        @Test
        void isRefusedForPseudonymsIfForEncryption() throws Exception {
            Path file =
                    new KeysetFolder(temporary).write("log.json", aead(PredefinedAeadParameters.XCHACHA20_POLY1305));
            assertThatThrownBy(() -> DeterministicKeyset.read("<keyset>", "file:" + file))
                    .isInstanceOf(KeysetException.class)
                    .hasMessage("<keyset> [file:" + file + "] holds a key of type XChaCha20Poly1305Key; pseudonyms need"
                            + " AesSivKey (template AES256_SIV): inkfast keys generate");
        }

        @Test
        void isNamedWithTheCommandThatMakesTheRightOne() {
            Path file = temporary.resolve("no.json");
            assertProblem(
                    "file:" + file,
                    Map.of(),
                    "<keyset> [file:" + file + "] is a file that does not exist; make one: inkfast keys generate"
                            + " --for encryption --out " + file);
        }
    }
}
