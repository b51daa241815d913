package io.inkfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged command, in a process of its own. */
@Timeout(120)
class PackagedCommandIT {

    private static final Path JAR = Path.of(System.getProperty("inkfast.jar"));

    @TempDir
    Path folder;

    private Path keyset;

    @BeforeEach
    void copyKeyset() throws IOException {
        keyset = CommandLineTest.copy(folder);
    }

    private CommandLineTest.End run(String in, List<String> java, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(java);
        command.addAll(List.of(arguments));
        Path input = Files.writeString(folder.resolve("in"), in);
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(input.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        // No UTF-8 in the environment: the bytes must not depend on it.
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("KEYS", Files.readString(keyset));
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new CommandLineTest.End(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    @Test
    void opensTokensByteForByteInAnyLocale() throws Exception {
        CommandLineTest.End end = run(
                "{\"message\":\"ü " + CommandLineTest.TOKEN + "\"}\n",
                List.of("-jar", JAR.toString()),
                "reveal",
                "--keyset",
                "env:KEYS");
        assertThat(end.err()).startsWith("inkfast: 1 token revealed, 0 could not be");
        assertThat(end.out()).isEqualTo("{\"message\":\"ü Jürgen \\\"J\\\" <j@x.de>\"}\n");
        assertThat(end.exit()).isZero();
    }

    @Test
    void makesAndRotatesKeys() throws Exception {
        Path file = folder.resolve("new.json");
        List<String> jar = List.of("-jar", JAR.toString());
        assertThat(run("", jar, "keys", "generate", "--out", file.toString()).exit())
                .isZero();
        assertThat(run("", jar, "keys", "rotate", file.toString()).out().lines())
                .hasSize(3);
        assertThat(run("", jar, "keys", "generate", "--out", file.toString()).exit())
                .isEqualTo(64);
        assertThat(run("", jar, "--version").out()).startsWith("inkfast 0.1");
    }
}
