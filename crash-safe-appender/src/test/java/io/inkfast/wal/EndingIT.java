package io.inkfast.wal;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.testing.ChildJvm;
import io.inkfast.testing.LogbackHarness;
import io.inkfast.testing.Torture;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Processes that end with no hook run, right after a call has returned: what was an error is delivered by the next one. */
@Tag(Torture.TAG)
@Timeout(value = 60, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EndingIT {

    private static final String DOWN = "-Dinkfast.test.down=true";
    private static final String CRASH_REPORT = "hs_err.log";

    @TempDir
    Path folder;

    @BeforeEach
    void reset() {
        SwitchedAppender.reset();
    }

    @ParameterizedTest
    @CsvSource({
        "halt, -XX:+UseSerialGC, false",
        "memory, -XX:+ExitOnOutOfMemoryError, false",
        "memory, -XX:+CrashOnOutOfMemoryError, true",
        "crash, -XX:+UseSerialGC, true"
    })
    void everyErrorWhoseCallReturnedIsDelivered(String way, String option, boolean isCrash) throws Exception {
        for (int round = 0; round < Torture.times(1, 1, 20); round++) {
            SwitchedAppender.reset();
            Path own = Files.createDirectory(folder.resolve("round-" + round));
            Path xml = Files.writeString(
                    own.resolve("logback.xml"),
                    "<configuration><appender name='SINK' class='io.inkfast.wal.SwitchedAppender'/>"
                            + "<appender name='WAL' class='io.inkfast.wal.WriteAheadAppender'><directory>"
                            + own.resolve("wal") + "</directory><appender-ref ref='SINK'/></appender>"
                            + "<root level='INFO'><appender-ref ref='WAL'/></root></configuration>");
            end(own, xml, way, option);
            assertThat(Files.exists(own.resolve(CRASH_REPORT))).isEqualTo(isCrash);
            try (LogbackHarness next = LogbackHarness.configure(xml, Map.of())) {
                assertThat(next.appender("WAL", WriteAheadAppender.class).flush(Duration.ofSeconds(60)))
                        .isTrue();
                assertThat(next.complaints()).isEmpty();
            }
            assertThat(SwitchedAppender.TAKEN).containsExactlyInAnyOrderElementsOf(errors());
        }
    }

    /* Its sink is down, so nothing but the journal can have what it logs. */
    private static void end(Path own, Path xml, String way, String option) throws Exception {
        Path said = own.resolve("said.txt");
        Process process = new ProcessBuilder(ChildJvm.command(
                        EndingProcess.class,
                        List.of(
                                DOWN,
                                option,
                                "-XX:ErrorFile=" + own.resolve(CRASH_REPORT),
                                "-XX:-CreateCoredumpOnCrash"),
                        xml.toString(),
                        way))
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        String words = Files.readString(said, StandardCharsets.UTF_8);
        if (way.equals("halt")) {
            assertThat(process.exitValue()).as(words).isEqualTo(EndingProcess.HALTED);
        } else {
            assertThat(words).contains(EndingProcess.RETURNED);
        }
    }

    private static Set<String> errors() {
        Set<String> errors = new HashSet<>();
        for (int thread = 0; thread < EndingProcess.THREADS; thread++) {
            for (int i = 0; i < EndingProcess.EVENTS; i++) {
                errors.add(EndingProcess.text(thread, i));
            }
        }
        return errors;
    }
}
