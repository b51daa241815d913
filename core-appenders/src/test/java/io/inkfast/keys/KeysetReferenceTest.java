package io.inkfast.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a keyset may come from, and what is said when it cannot be used. */
class KeysetReferenceTest {

    @TempDir
    Path temporary;

    private KeysetFolder folder;

    @BeforeEach
    void makeFolder() {
        folder = new KeysetFolder(temporary);
    }

    private static DeterministicKeyset read(String reference, Map<String, String> environment) throws KeysetException {
        KeysetReference parsed = KeysetReference.parse("<keyset>", reference);
        return DeterministicKeyset.of(parsed, Keysets.read(parsed, environment::get, KeyUse.PSEUDONYMS));
    }

    private static void assertProblem(String reference, Map<String, String> environment, String message) {
        assertThatThrownBy(() -> read(reference, environment))
                .isInstanceOf(KeysetException.class)
                .hasNoCause()
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"primaryKeyId\":1}",
                "keys/redaction.json",
                "env:",
                "env:no blanks",
                "env:EkAAAQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyAhIiMkJSYnKCkqKywtLi8w",
                "file:{\"primaryKeyId\":1}",
                "file:",
                "vault:secret"
            })
    void doesNotShowWhatCouldBeTheKey(String reference) {
        assertProblem(
                reference,
                Map.of(),
                "<keyset> [not shown, it could be the key itself] is not file:path or env:NAME, with ?kms=uri behind it"
                        + " if it is encrypted");
    }

    @Nested
    class File {

        @Test
        void isReadIfOnlyItsOwnerMay() throws Exception {
            Path file = folder.write("keyset.json", KeysetFolder.fixed());
            assertThat(read("file:" + file, Map.of()).primaryKeyId()).isEqualTo(0x0badcafe);
            assertThat(DeterministicKeyset.read("<keyset>", " file:" + file + " ")
                            .primaryKeyId())
                    .isEqualTo(0x0badcafe);
        }

        @ParameterizedTest
        @ValueSource(strings = {"rw-r-----", "rw----r--", "rwx--x---", "rw--w----"})
        void isRefusedIfOthersMayTouchIt(String permissions) throws Exception {
            Path file = folder.write("keyset.json", KeysetFolder.fixed(), permissions);
            assertProblem(
                    "file:" + file,
                    Map.of(),
                    "<keyset> [file:" + file + "] can be read by others than its owner; run: chmod 600 " + file);
        }

        @Test
        void isNamedAsAShellTakesIt() throws Exception {
            Path file = folder.write("Bob's keys.json", KeysetFolder.fixed(), "rw-r--r--");
            assertProblem(
                    "file:" + file,
                    Map.of(),
                    "<keyset> [file:" + file + "] can be read by others than its owner; run: chmod 600 '" + temporary
                            + "/Bob'\\''s keys.json'");
        }

        @Test
        void isLookedAtBehindALink() throws Exception {
            Path file = folder.write("keyset.json", KeysetFolder.fixed(), "rw-r--r--");
            Path link = Files.createSymbolicLink(temporary.resolve("link.json"), file);
            assertProblem(
                    "file:" + link,
                    Map.of(),
                    "<keyset> [file:" + link + "] can be read by others than its owner; run: chmod 600 " + link);
        }

        @Test
        void thatIsMissingIsNamed() {
            Path file = temporary.resolve("no.json");
            assertProblem(
                    "file:" + file,
                    Map.of(),
                    "<keyset> [file:" + file + "] is a file that does not exist; make one: inkfast keys generate --out "
                            + file);
        }

        @Test
        void thatIsEmptyIsNamed() throws Exception {
            Path file = folder.write("keyset.json", "\n");
            assertProblem(
                    "file:" + file,
                    Map.of(),
                    "<keyset> [file:" + file + "] is an empty file; make one: inkfast keys generate --out " + file);
        }

        @Test
        void thatIsAFolderIsNamed() {
            assertProblem(
                    "file:" + temporary,
                    Map.of(),
                    "<keyset> [file:" + temporary + "] is a folder; name the file in it");
        }
    }

    @Nested
    class Variable {

        @Test
        void holdsTheJson() throws Exception {
            assertThat(read("env:KEYS", Map.of("KEYS", KeysetFolder.fixed())).primaryKeyId())
                    .isEqualTo(0x0badcafe);
        }

        @Test
        void holdsBase64OfIt() throws Exception {
            byte[] json = KeysetFolder.fixed().getBytes(StandardCharsets.UTF_8);
            String wrapped = Base64.getMimeEncoder().encodeToString(json);
            assertThat(read("env:KEYS", Map.of("KEYS", wrapped)).primaryKeyId()).isEqualTo(0x0badcafe);
        }

        @Test
        void thatIsNotSetIsNamed() {
            assertProblem("env:KEYS", Map.of(), "<keyset> [env:KEYS] is an environment variable that is not set");
        }

        @Test
        void thatIsEmptyIsNamed() {
            assertProblem("env:KEYS", Map.of("KEYS", " "), "<keyset> [env:KEYS] is an empty variable");
        }
    }

    @Nested
    class Content {

        private static final String MALFORMED =
                "<keyset> [env:KEYS] is not a keyset in Tink's JSON format, of AES256_SIV keys with one of them"
                        + " primary (GeneralSecurityException)";

        @ParameterizedTest
        @ValueSource(
                strings = {"{", "{}", "{\"key\":[]}", "{\"key\":[{\"secret\":1}]}", "{\"primaryKeyId\":1,\"key\":7}"})
        void thatIsNoKeysetIsNeverQuoted(String json) {
            assertProblem("env:KEYS", Map.of("KEYS", json), MALFORMED);
        }

        @Test
        void thatIsCutOffAnywhereIsRefusedWithoutAKeyByte() {
            String json = KeysetFolder.fixed();
            for (int end = 1; end < json.stripTrailing().length(); end++) {
                String cut = json.substring(0, end);
                assertThatThrownBy(() -> read("env:KEYS", Map.of("KEYS", cut)))
                        .isInstanceOf(KeysetException.class)
                        .hasNoCause()
                        .message()
                        .startsWith("<keyset> [env:KEYS] is ")
                        .doesNotContain("EkAAAQ");
            }
        }

        @Test
        void ofAnotherPrimitiveIsNamed() {
            assertProblem(
                    "env:KEYS",
                    Map.of("KEYS", KeysetFolder.fixed().replace("tink.AesSivKey", "tink.AesGcmKey")),
                    "<keyset> [env:KEYS] holds a key of type AesGcmKey; pseudonyms need AesSivKey (template AES256_SIV):"
                            + " inkfast keys generate");
        }

        @Test
        void withoutAPrimaryIsRefused() {
            assertProblem(
                    "env:KEYS",
                    Map.of("KEYS", KeysetFolder.fixed().replace("\"primaryKeyId\": 195939070", "\"primaryKeyId\": 5")),
                    MALFORMED);
        }

        @Test
        void whosePrimaryIsDisabledIsNamed() {
            assertProblem(
                    "env:KEYS",
                    Map.of("KEYS", KeysetFolder.fixed().replace("ENABLED", "DISABLED")),
                    "<keyset> [env:KEYS] has no primary key that is enabled; inkfast keys rotate adds one");
        }

        @Test
        void withAShortKeyIsNamed() {
            byte[] key = new byte[34];
            key[0] = 0x12;
            key[1] = 0x20;
            String json = KeysetFolder.fixed()
                    .replaceAll(
                            "\"value\": \"[^\"]*\"",
                            "\"value\": \"" + Base64.getEncoder().encodeToString(key) + "\"");
            assertProblem(
                    "env:KEYS",
                    Map.of("KEYS", json),
                    "<keyset> [env:KEYS] holds a key shorter than 64 bytes; pseudonyms need the template AES256_SIV");
        }
    }
}
