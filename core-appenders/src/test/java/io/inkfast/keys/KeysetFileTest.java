package io.inkfast.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeysetFileTest {

    private static final byte[] VALUE = "value".getBytes(UTF_8);
    private static final byte[] TYPE = "inkfast/email".getBytes(UTF_8);

    @TempDir
    Path temporary;

    private Path path;
    private KeysetFile file;

    @BeforeEach
    void name() throws KeysetException {
        path = temporary.resolve("keys/redaction.json");
        file = KeysetFile.of("--out", "file:" + path);
    }

    private DeterministicKeyset read() throws KeysetException {
        return DeterministicKeyset.read("<keyset>", "file:" + path);
    }

    @Test
    void isMadeForItsOwnerOnlyWithItsFolders() throws Exception {
        List<KeysetKey> keys = file.generate(KeysetPurpose.PSEUDONYMS, false);
        assertThat(keys).singleElement().satisfies(key -> {
            assertThat(key.primary()).isTrue();
            assertThat(key.type()).isEqualTo("AES256_SIV");
        });
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
        assertThat(read().keys()).isEqualTo(keys);
        assertThat(temporary.resolve("keys").toFile().list()).containsExactly("redaction.json");
    }

    @Test
    void isNotOverwrittenUnlessAsked() throws Exception {
        file.generate(KeysetPurpose.PSEUDONYMS, false);
        String before = Files.readString(path);
        assertThatThrownBy(() -> file.generate(KeysetPurpose.PSEUDONYMS, false))
                .isInstanceOf(KeysetException.class)
                .hasMessage("--out [file:" + path + "] exists; without its keys nothing that they made can be opened"
                        + " again. Rotate it instead, or give --force to lose them");
        assertThat(path).hasContent(before);
        file.generate(KeysetPurpose.PSEUDONYMS, true);
        assertThat(Files.readString(path)).isNotEqualTo(before);
    }

    @Test
    void isNotChangedTwiceAtATime() throws Exception {
        file.generate(KeysetPurpose.PSEUDONYMS, false);
        Path other = Files.createFile(Path.of(path + ".new"));
        assertThatThrownBy(file::rotate)
                .isInstanceOf(KeysetException.class)
                .hasMessage("--out [file:" + path
                        + "] is being changed; if no other command is at work, one was killed:" + " remove " + other);
        assertThat(other).exists();
    }

    @Test
    void isChangedBehindALink() throws Exception {
        file.generate(KeysetPurpose.PSEUDONYMS, false);
        Path link = Files.createSymbolicLink(temporary.resolve("link"), path);
        KeysetFile.of("<file>", "file:" + link).rotate();
        assertThat(link).isSymbolicLink();
        assertThat(read().keys()).hasSize(2);
    }

    @Test
    void isNoVariable() {
        assertThatThrownBy(() -> KeysetFile.of("<file>", "env:KEYS"))
                .isInstanceOf(KeysetException.class)
                .hasMessage(
                        "<file> [env:KEYS] is not a file; what is in a variable is changed where the variable is set");
    }

    @Nested
    class Rotated {

        private DeterministicKeyset before;
        private DeterministicKeyset after;
        private int old;

        @BeforeEach
        void rotate() throws KeysetException {
            file.generate(KeysetPurpose.PSEUDONYMS, false);
            before = read();
            old = before.primaryKeyId();
            file.rotate();
            after = read();
        }

        @Test
        void makesNewValuesWithTheNewKeyAndOpensOldOnes() {
            assertThat(after.primaryKeyId()).isNotEqualTo(old);
            assertThat(after.keyIds()).containsExactlyInAnyOrder(old, after.primaryKeyId());
            assertThat(after.decrypt(before.encrypt(VALUE, TYPE), TYPE)).isEqualTo(VALUE);
            assertThat(after.encrypt(VALUE, TYPE)).isNotEqualTo(before.encrypt(VALUE, TYPE));
            assertThat(after.derive("hash/email", old)).isEqualTo(before.derive("hash/email"));
            assertThat(after.derive("hash/email")).isNotEqualTo(before.derive("hash/email"));
        }

        @Test
        void keepsAKeyThatIsDisabledButDoesNotUseIt() throws KeysetException {
            file.enable(old, false);
            assertThat(read().keys()).extracting(KeysetKey::status).containsExactly("DISABLED", "ENABLED");
            assertThat(read().decrypt(before.encrypt(VALUE, TYPE), TYPE)).isNull();
            assertThat(read().derive("hash/email", old)).isNull();
            file.enable(old, true);
            assertThat(read().decrypt(before.encrypt(VALUE, TYPE), TYPE)).isEqualTo(VALUE);
        }

        @Test
        void losesAKeyThatIsDeleted() throws KeysetException {
            file.delete(old);
            assertThat(read().keyIds()).containsExactly(after.primaryKeyId());
            assertThat(read().decrypt(before.encrypt(VALUE, TYPE), TYPE)).isNull();
        }

        @Test
        void keepsItsPrimary() {
            String primary = KeysetKey.name(after.primaryKeyId());
            assertThatThrownBy(() -> file.delete(after.primaryKeyId()))
                    .isInstanceOf(KeysetException.class)
                    .hasMessage("--out [file:" + path + "] has [" + primary + "] as its primary key, which cannot be"
                            + " deleted; inkfast keys rotate makes another the primary");
            assertThatThrownBy(() -> file.enable(after.primaryKeyId(), false))
                    .isInstanceOf(KeysetException.class)
                    .hasMessageContaining("cannot be disabled");
        }

        @Test
        void namesItsKeysWhenThereIsNoSuchKey() {
            assertThatThrownBy(() -> file.delete(1))
                    .isInstanceOf(KeysetException.class)
                    .hasMessage("--out [file:" + path + "] has no key [00000001]; its keys are " + KeysetKey.name(old)
                            + ", " + KeysetKey.name(after.primaryKeyId()));
        }
    }

    @Nested
    class OfPublicKeys {

        private Path original;

        @BeforeEach
        void publish() throws Exception {
            original = temporary.resolve("private.json");
            KeysetFile.of("<file>", "file:" + original).generate(KeysetPurpose.WRITE_ONLY_HOST, false);
            file.publish("keyset", "file:" + original);
        }

        @Test
        void isForEverybodyToRead() throws Exception {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rw-r--r--");
            assertThat(Files.readString(path)).contains("HpkePublicKey").doesNotContain("Private", "PRIVATE");
            assertThat(Files.readString(path)).isEqualTo(KeysetFile.published("keyset", "file:" + original) + "\n");
            assertThat(temporary.resolve("keys").toFile().list()).containsExactly("redaction.json");
        }

        @Test
        void isReplaced() throws Exception {
            KeysetFile.of("<file>", "file:" + original).rotate();
            assertThat(file.publish("keyset", "file:" + original)).hasSize(2);
            assertThat(KeysetFile.keys("keyset", "file:" + path)).hasSize(2);
        }

        @Test
        void replacesNothingElse() throws Exception {
            String before = Files.readString(original);
            assertThatThrownBy(() -> KeysetFile.of("--out", "file:" + original).publish("keyset", "file:" + original))
                    .isInstanceOf(KeysetException.class)
                    .hasMessage("--out [file:" + original + "] exists, and holds something else than public keys");
            assertThat(original).hasContent(before);
        }

        @Test
        void isRotatedWhereThePrivateKeysAre() {
            assertThatThrownBy(file::rotate)
                    .isInstanceOf(KeysetException.class)
                    .hasMessage("--out [file:" + path
                            + "] holds public keys; rotate the private ones, and then: inkfast keys public");
        }

        @Test
        void isMadeOfPrivateKeysOnly() throws Exception {
            assertThatThrownBy(() -> KeysetFile.published("keyset", "file:" + path))
                    .isInstanceOf(KeysetException.class)
                    .hasMessage("keyset [file:" + path + "] holds public keys already");
            KeysetFile.of("<file>", "file:" + original).generate(KeysetPurpose.ENCRYPTION, true);
            assertThatThrownBy(() -> file.publish("keyset", "file:" + original))
                    .isInstanceOf(KeysetException.class)
                    .hasMessage("keyset [file:" + original + "] holds keys that have no public part; inkfast keys"
                            + " generate --for write-only-host makes some that do");
        }
    }

    @ParameterizedTest
    @CsvSource({"ENCRYPTION, AES256_GCM", "WRITE_ONLY_HOST, HPKE_X25519_AES256_GCM (private)", "PSEUDONYMS, AES256_SIV"
    })
    void isRotatedAlsoIfItsPrimaryIsDisabled(KeysetPurpose purpose, String type) throws Exception {
        file.generate(purpose, false);
        Files.writeString(path, Files.readString(path).replace("ENABLED", "DISABLED"));
        assertThat(file.rotate()).extracting(KeysetKey::status).containsExactly("DISABLED", "ENABLED");
        assertThat(KeysetFile.keys("keyset", "file:" + path))
                .extracting(KeysetKey::type)
                .containsExactly(type, type);
    }
}
