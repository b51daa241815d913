package io.inkfast.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.inkfast.testing.LogbackHarness;
import io.inkfast.testing.Torture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ways in which a process can end, and what its recorder says of that afterwards. */
@Tag(Torture.TAG)
@Timeout(120)
class EndingIT {

    @TempDir
    Path folder;

    private Path directory() {
        return folder.resolve("flight");
    }

    private Path xml() throws IOException {
        return Files.writeString(
                folder.resolve("logback.xml"),
                "<configuration><appender name=\"RECORDER\" class=\"io.inkfast.recorder.FlightRecorderAppender\">"
                        + "<directory>${FLIGHT_DIR}</directory><size>512KB</size><dumpOn>ERROR</dumpOn>"
                        + "<encoder><pattern>%msg%n</pattern></encoder></appender>"
                        + "<root level=\"TRACE\"><appender-ref ref=\"RECORDER\"/></root></configuration>");
    }

    private Process start(String way) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-XX:ErrorFile=" + folder.resolve("hs_err.log"),
                        "-XX:-CreateCoredumpOnCrash",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        EndingProgram.class.getName(),
                        xml().toString(),
                        directory().toString(),
                        way)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said.txt").toFile())
                .start();
    }

    /* Once it has the last event. */
    private Path ring() {
        return await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> FlightDirectory.rings(directory()).stream()
                                .findFirst()
                                .orElse(null),
                        this::hasAll);
    }

    private boolean hasAll(Path ring) {
        try {
            return ring != null && FlightDirectory.lines(ring).contains("last");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "return, CLEAN",
        "exit, CLEAN",
        "stop, CLEAN",
        "throw, CLEAN",
        "halt, UNCLEAN",
        "memory, UNCLEAN",
        "crash, UNCLEAN",
        "term, CLEAN"
    })
    void everyEventIsThereAndOnlyAnEndWithoutAWordIsCalledOne(String way, FlightRing.State state) throws Exception {
        Process process = start(way);
        if (way.equals("crash") || way.equals("term")) {
            ring();
            // HotSpot takes a signal 11 from outside for a fault of its own, and dies of it.
            String signal = way.equals("crash") ? "-11" : "-15";
            new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        Path ring = ring();
        assertThat(FlightDirectory.lines(ring)).startsWith("first", "second", "last");
        assertThat(FlightDirectory.state(ring)).isEqualTo(state);
        if (state == FlightRing.State.CLEAN) {
            // The dump for the error was asked for, and the process waits for it.
            Path dump = FlightDirectory.dumps(directory()).get(0);
            assertThat(Files.readAllLines(dump)).containsExactly("first", "second", "last");
        }
    }

    @Test
    void aLivingProcessIsReadAndLeftAlone() throws Exception {
        Process process = start("wait");
        try {
            Path ring = ring();
            assertThat(FlightDirectory.state(ring)).isEqualTo(FlightRing.State.LIVE);
            try (LogbackHarness own = LogbackHarness.configure(
                    xml(), Map.of("FLIGHT_DIR", directory().toString()))) {
                FlightRecorderAppender recorder = own.appender("RECORDER", FlightRecorderAppender.class);
                assertThat(recorder.flush(Duration.ofSeconds(30))).isTrue();
                assertThat(own.complaints()).isEmpty();
            }
            assertThat(FlightDirectory.state(ring)).isEqualTo(FlightRing.State.LIVE);
            assertThat(FlightRing.delete(ring)).isFalse();
        } finally {
            process.destroyForcibly().waitFor();
        }
        Path ring = FlightDirectory.rings(directory()).get(0);
        assertThat(FlightDirectory.state(ring)).isEqualTo(FlightRing.State.UNCLEAN);
        assertThat(FlightRing.delete(ring)).isTrue();
    }
}
