package io.inkfast.mask;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TortureIT {

    @TempDir
    private Path directory;

    @Test
    void textsOfAMillionCharactersAreRedactedInSixtyFourMegabytes() throws Exception {
        Path said = directory.resolve("said.txt");
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Torture.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        boolean done = program.waitFor(120, TimeUnit.SECONDS);
        program.destroyForcibly().waitFor();
        String output = Files.readString(said);
        assertThat(done).as("done within two minutes: %s", output).isTrue();
        assertThat(output).endsWith("0 went wrong" + System.lineSeparator());
    }
}
