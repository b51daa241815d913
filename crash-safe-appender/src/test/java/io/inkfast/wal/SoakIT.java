package io.inkfast.wal;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.testing.ChildJvm;
import io.inkfast.testing.Torture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Much traffic through a journal and a ring: what a process has of memory and descriptors does not grow with it. */
@Tag(Torture.TAG)
@EnabledOnOs(OS.LINUX)
@Timeout(7200)
class SoakIT {

    private static final int JOURNAL_MEGABYTES = Torture.times(20, 100, 20_000);
    private static final int RING_MEGABYTES = Torture.times(40, 1_024, 40_000);

    /* Compiled code, and what the collector takes when it likes. */
    private static final int SLACK_KILOBYTES = 24 << 10;

    /* A segment that is made, and the directory that is forced, when the sample is taken. */
    private static final int SLACK_DESCRIPTORS = 3;

    @TempDir
    Path folder;

    private record Sample(long kilobytes, long descriptors) {}

    @Test
    void memoryAndDescriptorsStayAsTheyAre() throws Exception {
        Path xml = Files.writeString(
                folder.resolve("logback.xml"),
                "<configuration><appender name='SINK' class='io.inkfast.wal.SoakProcess$Counter'/>"
                        + "<appender name='WAL' class='io.inkfast.wal.WriteAheadAppender'><directory>"
                        + folder.resolve("wal") + "</directory><appender-ref ref='SINK'/></appender>"
                        + "<appender name='RECORDER' class='io.inkfast.recorder.FlightRecorderAppender'><directory>"
                        + folder.resolve("flight") + "</directory><size>8MB</size></appender>"
                        + "<logger name='both' level='TRACE'><appender-ref ref='WAL'/></logger>"
                        + "<root level='TRACE'><appender-ref ref='RECORDER'/></root></configuration>");
        List<String> command = ChildJvm.command(
                SoakProcess.class,
                List.of("-Xms64m", "-XX:+AlwaysPreTouch"),
                xml.toString(),
                Integer.toString(JOURNAL_MEGABYTES),
                Integer.toString(RING_MEGABYTES));
        List<String> said = ChildJvm.lines(command);
        assertThat(said).hasSize(SoakProcess.SAMPLES + 1);
        long taken = Long.parseLong(said.get(SoakProcess.SAMPLES).substring("taken ".length()));
        assertThat(taken * SoakProcess.EVENT_BYTES).isGreaterThan((JOURNAL_MEGABYTES - 1L) << 20);
        List<Sample> samples = said.subList(0, SoakProcess.SAMPLES).stream()
                .map(line -> line.split(" "))
                .map(words -> new Sample(Long.parseLong(words[1]), Long.parseLong(words[2])))
                .toList();
        assertThat(most(samples, true, Sample::kilobytes))
                .as("resident KB: %s", samples)
                .isLessThan(most(samples, false, Sample::kilobytes) + SLACK_KILOBYTES);
        assertThat(most(samples, true, Sample::descriptors))
                .as("descriptors: %s", samples)
                .isLessThanOrEqualTo(most(samples, false, Sample::descriptors) + SLACK_DESCRIPTORS);
    }

    /* In the first quarter, in which all is warmed up, or after it. */
    private static long most(List<Sample> samples, boolean later, ToLongFunction<Sample> of) {
        int quarter = SoakProcess.SAMPLES / 4;
        return samples.subList(later ? quarter : 0, later ? SoakProcess.SAMPLES : quarter).stream()
                .mapToLong(of)
                .max()
                .orElseThrow();
    }
}
