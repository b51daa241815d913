package io.inkfast.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command as it is called, in this process. */
class CommandLineTest {

    static final String TOKEN = "‹email:t1:AQutyv7vOh-XV8DOVk20A_vHtdTBANWkxFEx-V9guDHpv3WpdCRbq9M›";
    static final String HASH = "‹email:h1:0badcafe.v5xd7c7urdj7zb27dkzod6lg›";

    record End(int exit, String out, String err) {}

    @TempDir
    Path folder;

    private Path keyset;

    @BeforeEach
    void copyKeyset() throws IOException {
        keyset = copy(folder);
    }

    static Path copy(Path folder) throws IOException {
        Path path = Files.createFile(
                folder.resolve("keyset.json"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (InputStream in = CommandLineTest.class.getResourceAsStream("keyset.json")) {
            return Files.write(path, in.readAllBytes());
        }
    }

    private static End run(String in, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit = Inkfast.run(Streams.of(new ByteArrayInputStream(in.getBytes(UTF_8)), out, err), arguments);
        return new End(exit, out.toString(UTF_8), err.toString(UTF_8));
    }

    @Nested
    class Keys {

        private static final String HEADER = "id        primary  status     type\n";

        @Test
        void areMadeRotatedListedDisabledAndDeleted() throws IOException {
            String file = folder.resolve("keys/new.json").toString();
            End made = run("", "keys", "generate", "--out", file);
            assertThat(made).returns(0, End::exit).returns("", End::err);
            Matcher first = Pattern.compile(HEADER + "([0-9a-f]{8})  yes      ENABLED    AES256_SIV\n")
                    .matcher(made.out());
            assertThat(first.matches()).isTrue();
            String old = first.group(1);
            assertThat(run("", "keys", "inspect", file).out()).isEqualTo(made.out());
            assertThat(run("", "keys", "inspect", "file:" + file).out()).isEqualTo(made.out());

            Matcher both = Pattern.compile(HEADER + old + "           ENABLED    AES256_SIV\n"
                            + "([0-9a-f]{8})  yes      ENABLED    AES256_SIV\n")
                    .matcher(run("", "keys", "rotate", file).out());
            assertThat(both.matches()).isTrue();
            assertThat(run("", "keys", "disable", file, old).out()).contains(old + "           DISABLED");
            assertThat(run("", "keys", "enable", file, old).out()).contains(old + "           ENABLED");
            assertThat(run("", "keys", "delete", file, old).out())
                    .doesNotContain(old)
                    .contains(both.group(1));
        }

        @Test
        void areNeverShown() throws IOException {
            Matcher value = Pattern.compile("\"value\": \"([^\"]*)").matcher(Files.readString(keyset));
            assertThat(value.find()).isTrue();
            for (String command : new String[] {"inspect", "rotate"}) {
                End end = run("", "keys", command, keyset.toString());
                assertThat(end.out() + end.err()).contains("0badcafe").doesNotContain(value.group(1));
            }
        }

        @Test
        void goToStandardOutputWithoutAFile() throws IOException {
            End made = run("", "keys", "generate");
            assertThat(made.exit()).isZero();
            Files.writeString(keyset, made.out());
            assertThat(run("", "keys", "inspect", keyset.toString()).exit()).isZero();
        }

        @Test
        void areNotOverwrittenUnlessAsked() {
            assertThat(run("", "keys", "generate", "--out", keyset.toString()))
                    .isEqualTo(new End(
                            64,
                            "",
                            "inkfast: --out [file:" + keyset
                                    + "] exists; without its keys nothing that they made can be"
                                    + " opened again. Rotate it instead, or give --force to lose them\n"));
            assertThat(run("", "keys", "generate", "--out", keyset.toString(), "--force")
                            .out())
                    .doesNotContain("0badcafe");
        }

        @ParameterizedTest
        @ValueSource(strings = {"7", "0badcafex", "195939070", "nonsense"})
        void areCalledByTheirIds(String id) {
            assertThat(run("", "keys", "delete", keyset.toString(), id))
                    .returns(64, End::exit)
                    .satisfies(end -> assertThat(end.err())
                            .contains("[" + id + "] is not the id of a key: eight hexadecimal digits, as inspect shows"
                                    + " them"));
        }
    }

    @Nested
    class Reveal {

        @Test
        void opensTokensOfStandardInput() {
            End end = run(
                    "{\"message\":\"" + TOKEN + " " + HASH + "\"}\nplain " + TOKEN + "\nno end",
                    "reveal",
                    "--keyset",
                    "file:" + keyset);
            assertThat(end.exit()).isZero();
            assertThat(end.out())
                    .isEqualTo("{\"message\":\"Jürgen \\\"J\\\" <j@x.de> " + HASH
                            + "\"}\nplain Jürgen \"J\" <j@x.de>\nno end");
            assertThat(end.err())
                    .matches("inkfast: 2 tokens revealed, 0 could not be \\(key missing, or forged\\)\n"
                            + "inkfast: audit time=\\S+Z user=\\S+ keys=0badcafe revealed=2 unopened=0\n");
        }

        @Test
        void opensTokensOfFilesInTheirOrder() throws IOException {
            Path first = Files.writeString(folder.resolve("1.log"), "1 " + TOKEN + "\n");
            Path second = Files.writeString(folder.resolve("2.log"), "2\n");
            End end = run("", "reveal", "--keyset", keyset.toString(), first.toString(), second.toString());
            assertThat(end.out()).isEqualTo("1 Jürgen \"J\" <j@x.de>\n2\n");
            assertThat(end.err()).startsWith("inkfast: 1 token revealed, 0 could not be");
        }

        @Test
        void endsWith1IfSomeStayClosed() {
            run("", "keys", "rotate", keyset.toString());
            run("", "keys", "delete", keyset.toString(), "0badcafe");
            End end = run("a " + TOKEN + "\n", "reveal", "--keyset", keyset.toString());
            assertThat(end.exit()).isEqualTo(1);
            assertThat(end.out()).isEqualTo("a " + TOKEN + "\n");
            assertThat(end.err()).startsWith("inkfast: 0 tokens revealed, 1 could not be (key missing, or forged)\n");
        }

        @Test
        void endsWith64WithoutAUsableKeyset() {
            assertThat(run("x", "reveal", "--keyset", "env:INKFAST_NOT_SET"))
                    .isEqualTo(new End(
                            64,
                            "",
                            "inkfast: keyset [env:INKFAST_NOT_SET] is an environment variable that is not set\n"));
        }

        @Test
        void endsWith64ForAFileThatIsNotThere() {
            Path missing = folder.resolve("no.log");
            End end = run("", "reveal", "--keyset", keyset.toString(), missing.toString());
            assertThat(end.exit()).isEqualTo(64);
            assertThat(end.out()).isEmpty();
            assertThat(end.err()).contains("[" + missing + "] is not a file that can be read");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "keys",
                "reveal",
                "zzz",
                "keys delete",
                "keys generate --nonsense",
                "decrypt --from yesterday",
                "verify --nonsense",
                "salvage x",
                "rewrap",
                "audit --nonsense",
                "flight",
                "flight list /nonsense",
                "dlq list /nonsense",
                "recover /nonsense --out x",
                "wal",
                "wal verify",
                "wal dump --from-lsn x y",
                "archive --older-than x"
            })
    void endsWith64WhenCalledWrongly(String arguments) {
        End end = run("", arguments.isEmpty() ? new String[0] : arguments.split(" "));
        assertThat(end.exit()).isEqualTo(64);
        assertThat(end.out()).isEmpty();
        assertThat(end.err()).contains("Usage: inkfast");
    }

    @Test
    void explainsItself() {
        End end = run("", "--help");
        assertThat(end.exit()).isZero();
        assertThat(end.out()).contains("Usage: inkfast").contains("keys").contains("reveal");
        assertThat(run("", "keys", "rotate", "--help").out()).contains("Usage: inkfast keys rotate");
        assertThat(run("", "reveal", "--version").out()).startsWith("inkfast ");
    }
}
