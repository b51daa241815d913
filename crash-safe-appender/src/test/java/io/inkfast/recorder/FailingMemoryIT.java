package io.inkfast.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.testing.Command;
import io.inkfast.testing.LogbackHarness;
import io.inkfast.testing.SmallDisk;
import io.inkfast.testing.Torture;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Memory that fails under the ring, in a process of its own: the process lives, its logging calls return, and it is said
 * once. Some of it needs root, for a disk of its own. Where that can't be had the test says so and is left out; with
 * {@code -Dinkfast.requireRoot=true} it fails instead.
 */
@Tag(Torture.TAG)
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FailingMemoryIT {

    private static final String MEMORY_FAILED =
            "ERROR the memory of the ring has failed (its file was made shorter, or its disk has an error); events are"
                    + " not recorded until the appender is started again";

    @TempDir
    Path folder;

    private Path xml() throws IOException {
        return Files.writeString(
                folder.resolve("logback.xml"),
                "<configuration><appender name=\"RECORDER\" class=\"io.inkfast.recorder.FlightRecorderAppender\">"
                        + "<directory>${FLIGHT_DIR}</directory><size>512KB</size></appender>"
                        + "<root level=\"TRACE\"><appender-ref ref=\"RECORDER\"/></root></configuration>");
    }

    private interface Harm {
        void to(Path ring) throws Exception;
    }

    private void survives(Path directory, String option, Harm harm) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        option,
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        FailingMemoryProgram.class.getName(),
                        xml().toString(),
                        directory.toString())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String ready = said.readLine();
            assertThat(ready).startsWith("ready ");
            harm.to(Path.of(ready.substring(6)));
            List<String> rest = said.lines().toList();
            assertThat(rest).containsExactly("healthy false, thrown 0, exact true", MEMORY_FAILED, "alive");
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Xint", "-XX:TieredStopAtLevel=1", "-XX:+TieredCompilation"})
    void aFileThatIsMadeShorterUnderTheMapEndsTheRecordingAndNothingElse(String option) throws Exception {
        survives(folder.resolve("flight"), option, ring -> {
            try (RandomAccessFile file = new RandomAccessFile(ring.toFile(), "rw")) {
                file.setLength(100_000);
            }
        });
    }

    @Nested
    class OnADiskOfItsOwn {

        private @Nullable SmallDisk mounted;

        private Path mount() throws Exception {
            mounted = SmallDisk.mount(folder.resolve("disk"), 1, "FailingMemoryIT");
            return mounted.path();
        }

        @AfterEach
        void unmount() throws Exception {
            if (mounted != null) {
                mounted.detach();
            }
        }

        @Test
        void aRingThatDoesNotFitIsNotMadeAndTheApplicationGoesOn() throws Exception {
            Path disk = mount();
            fill(disk, 300_000);
            try (LogbackHarness harness = LogbackHarness.configure(xml(), Map.of("FLIGHT_DIR", disk.toString()))) {
                FlightRecorderAppender recorder = harness.appender("RECORDER", FlightRecorderAppender.class);
                harness.logger("a").info("x");
                assertThat(recorder.accounting().balance()).isEqualTo("received 1 = written 0 + failed 1");
                assertThat(harness.complaints())
                        .containsExactly("WARN cannot make a ring in [" + disk
                                + "]: java.io.IOException (No space left on device); events are not recorded until the"
                                + " appender is started again");
                // Nothing of it takes up the room that others need.
                assertThat(FlightDirectory.rings(disk)).isEmpty();
                assertThat(disk.resolve(
                                "flight-00000001-" + ProcessHandle.current().pid() + ".ring.new"))
                        .doesNotExist();
            }
        }

        @Test
        void pagesThatCannotBeHadEndTheRecordingAndNothingElse() throws Exception {
            Path disk = mount();
            survives(disk, "-XX:+TieredCompilation", ring -> {
                // What a disk does that has promised more than it has. The writers may have a page back before it is
                // gone.
                fill(disk, 0);
                for (int i = 0; i < 20; i++) {
                    String said = Command.run(
                            "fallocate", "--punch-hole", "--offset", "131072", "--length", "262144", ring.toString());
                    assertThat(said).isNull();
                    fill(disk, 0);
                }
            });
        }
    }

    private static void fill(Path disk, int leave) throws IOException {
        Path ballast = Files.createTempFile(disk, "ballast", "");
        try (OutputStream out = Files.newOutputStream(ballast)) {
            byte[] page = new byte[4096];
            while (Files.getFileStore(disk).getUsableSpace() > leave) {
                out.write(page);
            }
        } catch (IOException e) {
            // Somebody took the last page: full it is.
            return;
        }
    }
}
