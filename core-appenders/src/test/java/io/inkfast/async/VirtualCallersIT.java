package io.inkfast.async;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On a Java without virtual threads the callers are platform threads; the promise is the same. */
class VirtualCallersIT {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void tenThousandCallersAreDoneWithinAMinuteAndNoFrameOfOursPins(int carriers) throws Exception {
        Path said = directory.resolve("said.txt");
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-Djdk.virtualThreadScheduler.parallelism=" + carriers,
                        "-Djdk.virtualThreadScheduler.maxPoolSize=" + carriers,
                        "-cp",
                        System.getProperty("java.class.path"),
                        VirtualCallers.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        boolean done = program.waitFor(60, TimeUnit.SECONDS);
        program.destroyForcibly().waitFor();
        String output = Files.readString(said);
        assertThat(done).as("done within 60 seconds: %s", output).isTrue();
        boolean virtual = Runtime.version().feature() >= 21;
        assertThat(output).contains("virtual " + virtual + ", pinned by us 0, received 100000 = written 100000");
    }
}
