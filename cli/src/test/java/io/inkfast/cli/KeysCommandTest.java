package io.inkfast.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.cli.CommandLineTest.End;
import io.inkfast.keys.EncryptionKeyset;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keysets for encrypted files, as the command makes them. */
class KeysCommandTest {

    private static final String HEADER = "id        primary  status     type\n";
    private static final String PRIVATE = "HPKE_X25519_AES256_GCM (private)";
    private static final String PUBLIC = "HPKE_X25519_AES256_GCM (public)";

    @TempDir
    Path folder;

    private static End run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit = Inkfast.run(Streams.of(InputStream.nullInputStream(), out, err), arguments);
        return new End(exit, out.toString(UTF_8), err.toString(UTF_8));
    }

    private static String only(String text, String type) {
        Matcher line = Pattern.compile(HEADER + "([0-9a-f]{8})  yes      ENABLED    " + Pattern.quote(type) + "\n")
                .matcher(text);
        assertThat(line.matches()).as(text).isTrue();
        return line.group(1);
    }

    @ParameterizedTest
    @CsvSource({"pseudonyms, AES256_SIV", "encryption, AES256_GCM", "write-only-host, HPKE_X25519_AES256_GCM (private)"
    })
    void makesRotatesListsAndThinsKeysetsForEveryPurpose(String purpose, String type) {
        String file = folder.resolve("new.json").toString();
        End made = run("keys", "generate", "--for", purpose, "--out", file);
        assertThat(made).returns(0, End::exit).returns("", End::err);
        String old = only(made.out(), type);
        assertThat(run("keys", "inspect", file).out()).isEqualTo(made.out());
        assertThat(run("keys", "rotate", file).out())
                .matches(HEADER + old + "           ENABLED    " + Pattern.quote(type) + "\n"
                        + "[0-9a-f]{8}  yes      ENABLED    " + Pattern.quote(type) + "\n");
        assertThat(run("keys", "disable", file, old).out()).contains(old + "           DISABLED");
        assertThat(run("keys", "enable", file, old).out()).contains(old + "           ENABLED");
        only(run("keys", "delete", file, old).out(), type);
    }

    @Test
    void writesToStandardOutputWhatItIsAskedFor() {
        End made = run("keys", "generate", "--for", "encryption");
        assertThat(made.out()).contains("AesGcmKey");
        assertThat(run("keys", "generate").out()).contains("AesSivKey");
    }

    @Test
    void namesThePurposesThereAre() {
        End end = run("keys", "generate", "--for", "files");
        assertThat(end.exit()).isEqualTo(64);
        assertThat(end.err()).contains("[files] is not pseudonyms, encryption or write-only-host");
    }

    @Test
    void takesNoKeyOfAKmsForAKeyset() {
        assertThat(run("keys", "inspect", "kms:gcp-kms://x"))
                .isEqualTo(new End(
                        64,
                        "",
                        "inkfast: keyset [kms:gcp-kms://x] is a key of a KMS and no keyset; it must be file:path or"
                                + " env:NAME, with ?kms=uri behind it if it is encrypted\n"));
    }

    @Nested
    class Public {

        private String keys;
        private String id;

        @BeforeEach
        void make() {
            keys = folder.resolve("reader.json").toString();
            id = only(
                    run("keys", "generate", "--for", "write-only-host", "--out", keys)
                            .out(),
                    PRIVATE);
        }

        @Test
        void copiesThePublicKeysOfAKeysetAlsoOverOlderOnes() throws Exception {
            String file = folder.resolve("writer.json").toString();
            assertThat(only(run("keys", "public", keys, "--out", file).out(), PUBLIC))
                    .isEqualTo(id);
            assertThat(only(run("keys", "inspect", file).out(), PUBLIC)).isEqualTo(id);
            assertThat(EncryptionKeyset.read("<keyset>", "file:" + file).canUnwrap())
                    .isFalse();
            run("keys", "rotate", keys);
            assertThat(run("keys", "public", keys, "--out", file).out())
                    .contains(id + "           ENABLED    " + PUBLIC);
        }

        @Test
        void writesThemToStandardOutputWithoutAFile() throws Exception {
            End end = run("keys", "public", keys);
            assertThat(end).returns(0, End::exit).returns("", End::err);
            Matcher value = Pattern.compile("\"value\":\"([^\"]*)").matcher(Files.readString(Path.of(keys)));
            assertThat(value.find()).isTrue();
            assertThat(end.out()).contains("HpkePublicKey").doesNotContain(value.group(1));
        }

        @Test
        void doesNotOverwritePrivateOnes() throws Exception {
            String before = Files.readString(Path.of(keys));
            End end = run("keys", "public", keys, "--out", keys);
            assertThat(end.exit()).isEqualTo(64);
            assertThat(end.err())
                    .isEqualTo(
                            "inkfast: --out [file:" + keys + "] exists, and holds something else than public keys\n");
            assertThat(Path.of(keys)).hasContent(before);
        }
    }
}
