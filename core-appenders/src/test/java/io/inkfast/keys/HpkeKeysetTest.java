package io.inkfast.keys;

import static io.inkfast.keys.EncryptionKeysets.CONTEXT;
import static io.inkfast.keys.EncryptionKeysets.OTHER;
import static io.inkfast.keys.EncryptionKeysets.SECRET;
import static io.inkfast.keys.EncryptionKeysets.assertProblem;
import static io.inkfast.keys.EncryptionKeysets.assertWrapsAndOpens;
import static io.inkfast.keys.EncryptionKeysets.hybrid;
import static io.inkfast.keys.EncryptionKeysets.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.crypto.tink.hybrid.HpkeParameters;
import io.inkfast.keys.EncryptionKeyset.Mode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keysets whose public keys wrap what only their private keys open. */
class HpkeKeysetTest {

    @TempDir
    Path temporary;

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
        assertThat(writer().canUnwrap()).isFalse();
        assertThat(writer().unwrap(Mode.HPKE, wrapped, CONTEXT)).isNull();
        assertThat(reader().unwrap(Mode.HPKE, wrapped, CONTEXT)).isEqualTo(SECRET);
        assertThat(reader().unwrap(Mode.HPKE, wrapped, OTHER)).isNull();
        assertThat(writer().primaryKeyId()).isEqualTo(reader().primaryKeyId());
        assertThat(writer().keys()).extracting(KeysetKey::type).containsExactly("HPKE_X25519_AES256_GCM (public)");
    }

    @Test
    void wrapsAndOpensWithPrivateKeys() throws KeysetException {
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
        assertThat(writer().primaryKeyId()).isEqualTo(reader().primaryKeyId()).isNotEqualTo(before.primaryKeyId());
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
        String json = Files.readString(publicKeys);
        Path file = new KeysetFolder(temporary).write("copy.json", json, permissions);
        assertThat(EncryptionKeyset.read("<keyset>", "file:" + file).canUnwrap())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-rw-r--", "rw-r--rw-"})
    void publicKeysMustNotBeChangedByOthers(String permissions) throws Exception {
        String json = Files.readString(publicKeys);
        Path file = new KeysetFolder(temporary).write("copy.json", json, permissions);
        assertProblem(
                "file:" + file,
                Map.of(),
                "<keyset> [file:" + file + "] can be changed by others than its owner; run: chmod go-w " + file);
    }

    @Test
    void privateKeysMustNotBeReadByOthers() throws Exception {
        String json = Files.readString(privateKeys);
        Path file = new KeysetFolder(temporary).write("copy.json", json, "rw-r--r--");
        assertProblem(
                "file:" + file,
                Map.of(),
                "<keyset> [file:" + file + "] can be read by others than its owner; run: chmod 600 " + file);
    }

    @Test
    void privateKeysDoNotHideBesidePublicOnes() throws Exception {
        String json = Files.readString(privateKeys);
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
        String json = Files.readString(file);
        return json.substring(json.indexOf("[") + 1, json.lastIndexOf("]")).replaceAll("\"keyId\":\\d+", "\"keyId\":7");
    }

    @Test
    void ofOtherCurvesAndCiphersIsTaken() throws Exception {
        EncryptionKeyset keyset = json(hybrid(HpkeParameters.builder()
                .setKemId(HpkeParameters.KemId.DHKEM_P256_HKDF_SHA256)
                .setKdfId(HpkeParameters.KdfId.HKDF_SHA256)
                .setAeadId(HpkeParameters.AeadId.CHACHA20_POLY1305)
                .setVariant(HpkeParameters.Variant.NO_PREFIX)
                .build()));
        assertThat(keyset.keys()).extracting(KeysetKey::type).containsExactly("HPKE_P256_CHACHA20_POLY1305 (private)");
        assertWrapsAndOpens(keyset);
    }
}
