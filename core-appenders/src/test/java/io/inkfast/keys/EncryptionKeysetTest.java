package io.inkfast.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.Parameters;
import com.google.crypto.tink.Registry;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.hybrid.HpkeParameters;
import com.google.crypto.tink.hybrid.HybridConfig2026;
import com.google.crypto.tink.hybrid.PredefinedHybridParameters;
import com.google.crypto.tink.subtle.AesGcmJce;
import io.inkfast.keys.EncryptionKeyset.Mode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncryptionKeysetTest {

    private static final byte[] SECRET = "0123456789abcdef0123456789ABCDEF".getBytes(UTF_8);
    private static final byte[] CONTEXT = "file 1, session 2".getBytes(UTF_8);
    private static final byte[] OTHER = "file 1, session 3".getBytes(UTF_8);

    @TempDir
    Path temporary;

    private static EncryptionKeyset read(String reference, Map<String, String> environment) throws KeysetException {
        return EncryptionKeyset.read(KeysetReference.parseWithKmsKey("<keyset>", reference), environment::get);
    }

    private static EncryptionKeyset json(String json) throws KeysetException {
        return read("env:KEYS", Map.of("KEYS", json));
    }

    private static void assertProblem(String reference, Map<String, String> environment, String message) {
        assertThatThrownBy(() -> read(reference, environment))
                .isInstanceOf(KeysetException.class)
                .hasNoCause()
                .hasMessage(message);
    }

    private static String aead(Parameters parameters) throws Exception {
        return TinkJsonProtoKeysetFormat.serializeKeyset(
                KeysetHandle.generateNew(parameters, AeadConfig2026.get()),
                AeadConfig2026.get(),
                InsecureSecretKeyAccess.get());
    }

    private static String hybrid(Parameters parameters) throws Exception {
        return TinkJsonProtoKeysetFormat.serializeKeyset(
                KeysetHandle.generateNew(parameters, HybridConfig2026.get()),
                HybridConfig2026.get(),
                InsecureSecretKeyAccess.get());
    }

    private static void assertWrapsAndOpens(EncryptionKeyset keyset) throws KeysetException {
        byte[] wrapped = keyset.wrap(SECRET, CONTEXT);
        assertThat(keyset.wrap(SECRET, CONTEXT)).isNotEqualTo(wrapped);
        assertThat(keyset.unwrap(keyset.mode(), wrapped, CONTEXT)).isEqualTo(SECRET);
        assertThat(keyset.unwrap(keyset.mode(), wrapped, OTHER)).isNull();
        for (Mode mode : Mode.values()) {
            if (mode != keyset.mode()) {
                assertThat(keyset.unwrap(mode, wrapped, CONTEXT)).isNull();
            }
        }
        for (int at = 0; at < wrapped.length; at++) {
            byte[] flipped = wrapped.clone();
            flipped[at] ^= 1;
            assertThat(keyset.unwrap(keyset.mode(), flipped, CONTEXT)).isNull();
            assertThat(keyset.unwrap(keyset.mode(), Arrays.copyOf(wrapped, at), CONTEXT))
                    .isNull();
        }
    }

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
            assertThat(keyset.canWrap()).isTrue();
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
        void registersNothingForTheWholeJvm() throws Exception {
            assertWrapsAndOpens(json(aead(PredefinedAeadParameters.AES256_GCM)));
            assertThatThrownBy(() -> Registry.getKeyManager(
                            "type.googleapis.com/google.crypto.tink.AesGcmKey", com.google.crypto.tink.Aead.class))
                    .isInstanceOf(java.security.GeneralSecurityException.class);
        }
    }

    @Nested
    class Asymmetric {

        private Path privateKeys;
        private Path publicKeys;

        @BeforeEach
        void make() throws KeysetException {
            privateKeys = temporary.resolve("private.json");
            publicKeys = temporary.resolve("public.json");
            KeysetFile.of("--out", "file:" + privateKeys).generate(KeysetPurpose.WRITE_ONLY_HOST, false);
            publish();
        }

        private void publish() throws KeysetException {
            KeysetFile.of("--out", "file:" + publicKeys).publish("keyset", "file:" + privateKeys);
        }

        private EncryptionKeyset reader() throws KeysetException {
            return EncryptionKeyset.read("<keyset>", "file:" + privateKeys);
        }

        private EncryptionKeyset writer() throws KeysetException {
            return EncryptionKeyset.read("<keyset>", "file:" + publicKeys);
        }

        @Test
        void wrapsWithPublicKeysWhatOnlyPrivateOnesOpen() throws KeysetException {
            byte[] wrapped = writer().wrap(SECRET, CONTEXT);
            assertThat(writer().mode()).isEqualTo(Mode.HPKE);
            assertThat(writer().canWrap()).isTrue();
            assertThat(writer().canUnwrap()).isFalse();
            assertThat(writer().unwrap(Mode.HPKE, wrapped, CONTEXT)).isNull();
            assertThat(reader().unwrap(Mode.HPKE, wrapped, CONTEXT)).isEqualTo(SECRET);
            assertThat(reader().unwrap(Mode.HPKE, wrapped, OTHER)).isNull();
            assertThat(writer().primaryKeyId()).isEqualTo(reader().primaryKeyId());
            assertThat(writer().keys()).extracting(KeysetKey::type).containsExactly("HPKE_X25519_AES256_GCM (public)");
        }

        @Test
        void wrapsAndOpensWithPrivateKeys() throws KeysetException {
            assertThat(reader().canWrap()).isTrue();
            assertThat(reader().canUnwrap()).isTrue();
            assertThat(reader().keys()).extracting(KeysetKey::type).containsExactly("HPKE_X25519_AES256_GCM (private)");
            assertWrapsAndOpens(reader());
        }

        @Test
        void opensWithOldKeysAfterARotation() throws KeysetException {
            EncryptionKeyset before = writer();
            KeysetFile.of("<file>", "file:" + privateKeys).rotate();
            publish();
            assertThat(writer().keys()).hasSize(2);
            assertThat(writer().primaryKeyId())
                    .isEqualTo(reader().primaryKeyId())
                    .isNotEqualTo(before.primaryKeyId());
            assertThat(reader().unwrap(Mode.HPKE, before.wrap(SECRET, CONTEXT), CONTEXT))
                    .isEqualTo(SECRET);
            assertThat(reader().unwrap(Mode.HPKE, writer().wrap(SECRET, CONTEXT), CONTEXT))
                    .isEqualTo(SECRET);
            KeysetFile.of("<file>", "file:" + privateKeys).delete(before.primaryKeyId());
            assertThat(reader().unwrap(Mode.HPKE, before.wrap(SECRET, CONTEXT), CONTEXT))
                    .isNull();
        }

        @ParameterizedTest
        @ValueSource(strings = {"rw-r--r--", "rw-r-----", "r--r--r--"})
        void publicKeysMayBeReadByOthers(String permissions) throws Exception {
            String json = java.nio.file.Files.readString(publicKeys);
            Path file = new KeysetFolder(temporary).write("copy.json", json, permissions);
            assertThat(EncryptionKeyset.read("<keyset>", "file:" + file).canUnwrap())
                    .isFalse();
        }

        @ParameterizedTest
        @ValueSource(strings = {"rw-rw-r--", "rw-r--rw-"})
        void publicKeysMustNotBeChangedByOthers(String permissions) throws Exception {
            String json = java.nio.file.Files.readString(publicKeys);
            Path file = new KeysetFolder(temporary).write("copy.json", json, permissions);
            assertProblem(
                    "file:" + file,
                    Map.of(),
                    "<keyset> [file:" + file + "] can be changed by others than its owner; run: chmod go-w " + file);
        }

        @Test
        void privateKeysMustNotBeReadByOthers() throws Exception {
            String json = java.nio.file.Files.readString(privateKeys);
            Path file = new KeysetFolder(temporary).write("copy.json", json, "rw-r--r--");
            assertProblem(
                    "file:" + file,
                    Map.of(),
                    "<keyset> [file:" + file + "] can be read by others than its owner; run: chmod 600 " + file);
        }

        @Test
        void privateKeysDoNotHideBesidePublicOnes() throws Exception {
            String json = java.nio.file.Files.readString(privateKeys);
            String disguised = json.replace("\"typeUrl\":\"type", "\"typeUrl\":\"\\u0074ype")
                    .replace("\"key\":[", "\"key\":[" + firstKey(publicKeys) + ",");
            Path file = new KeysetFolder(temporary).write("mixed.json", disguised, "rw-r--r--");
            assertProblem(
                    "file:" + file,
                    Map.of(),
                    "<keyset> [file:" + file + "] is not a keyset in Tink's JSON format, of AEAD or HPKE keys with one"
                            + " of them primary (GeneralSecurityException)");
        }

        private String firstKey(Path file) throws Exception {
            String json = java.nio.file.Files.readString(file);
            return json.substring(json.indexOf("[") + 1, json.lastIndexOf("]"))
                    .replaceAll("\"keyId\":\\d+", "\"keyId\":7");
        }

        @Test
        void ofOtherCurvesAndCiphersIsTaken() throws Exception {
            EncryptionKeyset keyset = json(hybrid(HpkeParameters.builder()
                    .setKemId(HpkeParameters.KemId.DHKEM_P256_HKDF_SHA256)
                    .setKdfId(HpkeParameters.KdfId.HKDF_SHA256)
                    .setAeadId(HpkeParameters.AeadId.CHACHA20_POLY1305)
                    .setVariant(HpkeParameters.Variant.NO_PREFIX)
                    .build()));
            assertThat(keyset.keys())
                    .extracting(KeysetKey::type)
                    .containsExactly("HPKE_P256_CHACHA20_POLY1305 (private)");
            assertWrapsAndOpens(keyset);
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

    @Nested
    class Bare {

        private final String bare = Base64.getEncoder().encodeToString(SECRET);
        private final Map<String, String> environment = Map.of("LOG_ENCRYPTION_KEY", " " + bare + "\n", "KEYS", bare);

        @Test
        void isTakenFromTheVariableOfTheOlderSystemWithAWarning() throws Exception {
            EncryptionKeyset keyset = read("env:LOG_ENCRYPTION_KEY", environment);
            assertWrapsAndOpens(keyset);
            assertThat(keyset.keys()).containsExactly(new KeysetKey(1, true, "ENABLED", "AES256_GCM"));
            assertThat(keyset.warnings())
                    .containsExactly(
                            "<keyset> [env:LOG_ENCRYPTION_KEY] holds a bare key, which is deprecated because it"
                                    + " cannot be rotated; inkfast keys generate --for encryption makes a keyset. What this key has"
                                    + " encrypted only it can open: keep it");
        }

        @Test
        void isPlainAesGcm() throws Exception {
            byte[] wrapped = read("env:LOG_ENCRYPTION_KEY", environment).wrap(SECRET, CONTEXT);
            assertThat(wrapped).hasSize(12 + 32 + 16);
            assertThat(new AesGcmJce(SECRET).decrypt(wrapped, CONTEXT)).isEqualTo(SECRET);
        }

        @ParameterizedTest
        @ValueSource(strings = {"env:KEYS", "env:LOG_ENCRYPTION_KEY?kms=test-kms://a"})
        void isRefusedElsewhere(String reference) {
            assertProblem(
                    reference,
                    environment,
                    "<keyset> [" + reference
                            + "] holds 32 bytes in base64 and no keyset; make one: inkfast keys generate"
                            + " --for encryption");
        }

        @Test
        void isRefusedForPseudonyms() throws KeysetException {
            KeysetReference reference = KeysetReference.parse("<keyset>", "env:LOG_ENCRYPTION_KEY");
            assertThatThrownBy(() -> Keysets.read(reference, environment::get, KeyUse.PSEUDONYMS))
                    .isInstanceOf(KeysetException.class)
                    .hasMessage("<keyset> [env:LOG_ENCRYPTION_KEY] holds 32 bytes in base64 and no keyset; make one:"
                            + " inkfast keys generate");
        }

        @ParameterizedTest
        @ValueSource(ints = {16, 31, 33, 48})
        void isRefusedInAnotherLength(int length) {
            byte[] key = new byte[length];
            Arrays.fill(key, (byte) 200);
            assertProblem(
                    "env:LOG_ENCRYPTION_KEY",
                    Map.of("LOG_ENCRYPTION_KEY", Base64.getEncoder().encodeToString(key)),
                    "<keyset> [env:LOG_ENCRYPTION_KEY] is not a keyset in Tink's JSON format, of AEAD or HPKE keys with"
                            + " one of them primary (GeneralSecurityException)");
        }

        @Test
        void isNotJsonOf32Bytes() {
            String json = Base64.getEncoder().encodeToString("{\"primaryKeyId\":1,\"key\":[],\"a\":1}".getBytes(UTF_8));
            assertThat(json).hasSize(44);
            assertProblem(
                    "env:LOG_ENCRYPTION_KEY",
                    Map.of("LOG_ENCRYPTION_KEY", json),
                    "<keyset> [env:LOG_ENCRYPTION_KEY] is not a keyset in Tink's JSON format, of AEAD or HPKE keys with"
                            + " one of them primary (GeneralSecurityException)");
        }

        @Test
        void isNotNeededWhereTheVariableHoldsAKeyset() throws Exception {
            EncryptionKeyset keyset = read(
                    "env:LOG_ENCRYPTION_KEY", Map.of("LOG_ENCRYPTION_KEY", aead(PredefinedAeadParameters.AES256_GCM)));
            assertThat(keyset.warnings()).isEmpty();
            assertWrapsAndOpens(keyset);
        }
    }
}
