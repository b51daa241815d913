package io.inkfast.wal;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.testing.ChildJvm;
import io.inkfast.testing.LogbackHarness;
import io.inkfast.testing.Torture;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes that log from four threads are killed with signal 9, one after another, in the same directory; what a call had
 * returned for is in the file in the end.
 */
@Tag(Torture.TAG)
@Timeout(value = 60, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KilledProcessIT {

    private static final int THREADS = 4;
    private static final Pattern MESSAGE = Pattern.compile(
            "\"message\":\"([\\w-]+-\\d+-\\d+) [^\"]*\".*\"event\\.?id\":\"([^\"]+)\"", Pattern.CASE_INSENSITIVE);

    @TempDir
    Path directory;

    private final Random random = new Random(3);

    private Path configuration() throws IOException {
        Path xml = directory.resolve("logback.xml");
        Files.writeString(
                xml,
                "<configuration><appender name='FILE' class='io.inkfast.file.BatchingFileAppender'><file>"
                        + directory.resolve("app.json")
                        + "</file><encoder class='io.inkfast.mask.RedactingJsonEncoder'><eventId>true</eventId></encoder>"
                        + "</appender><appender name='WAL' class='io.inkfast.wal.WriteAheadAppender'><directory>"
                        + directory.resolve("wal") + "</directory><diskLevel>ERROR</diskLevel><osLevel>TRACE</osLevel>"
                        + "<appender-ref ref='FILE'/></appender>"
                        + "<root level='INFO'><appender-ref ref='WAL'/></root></configuration>");
        return xml;
    }

    @Test
    void everyEventWhoseCallReturnedIsDelivered() throws Exception {
        int cycles = Torture.times(6, 6, 300);
        Path xml = configuration();
        ChildJvm jvm = ChildJvm.archived(directory, KilledProcess.class, xml.toString(), "1", "warm", "100");
        Set<String> acked = new HashSet<>();
        for (int cycle = 0; cycle < cycles; cycle++) {
            acked.addAll(run(jvm, xml, "c" + cycle));
        }
        try (LogbackHarness last = LogbackHarness.configure(xml, Map.of())) {
            assertThat(last.complaints()).isEmpty();
            assertThat(last.appender("WAL", WriteAheadAppender.class).flush(Duration.ofSeconds(60)))
                    .isTrue();
            assertThat(last.complaints()).isEmpty();
        }
        check(acked, cycles);
    }

    @Test
    void aProcessThatEndsWithoutStoppingLogbackDeliversOnceWhatItLoggedInItsHooksToo() throws Exception {
        Path xml = configuration();
        Process process = ChildJvm.start(ExitingProcess.class, xml.toString(), "2000");
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        List<String> first = Files.readAllLines(directory.resolve("app.json"), StandardCharsets.UTF_8);
        try (LogbackHarness last = LogbackHarness.configure(xml, Map.of())) {
            assertThat(last.appender("WAL", WriteAheadAppender.class).flush(Duration.ofSeconds(60)))
                    .isTrue();
        }
        List<String> all = Files.readAllLines(directory.resolve("app.json"), StandardCharsets.UTF_8);
        assertThat(first).hasSizeGreaterThanOrEqualTo(2000);
        // The JVM may end before it is noted that the hook's event was delivered; then it comes again.
        assertThat(all.subList(2000, all.size()))
                .hasSizeBetween(1, 2)
                .allMatch(line -> line.contains("\"message\":\"c0-0-2000 in a hook\""));
        assertThat(all.subList(0, 2000)).allMatch(line -> line.contains(" some words"));
    }

    private void check(Set<String> acked, int cycles) throws IOException {
        Map<String, String> idOf = new HashMap<>();
        Set<String> missing = new HashSet<>(acked);
        long lines = 0;
        int cut = 0;
        for (String line : Files.readAllLines(directory.resolve("app.json"), StandardCharsets.UTF_8)) {
            lines++;
            assertThat(line).startsWith("{").doesNotContain("hunter2");
            if (!line.endsWith("}")) {
                cut++;
                continue;
            }
            Matcher matcher = MESSAGE.matcher(line);
            assertThat(matcher.find()).as(line).isTrue();
            String before = idOf.putIfAbsent(matcher.group(1), matcher.group(2));
            // A repeat has the same id.
            assertThat(before == null || before.equals(matcher.group(2)))
                    .as(line)
                    .isTrue();
            missing.remove(matcher.group(1));
        }
        assertThat(missing)
                .as("of %d acknowledged, in %d lines", acked.size(), lines)
                .isEmpty();
        assertThat(acked).hasSizeGreaterThan(100);
        assertThat(new HashSet<>(idOf.values())).hasSize(idOf.size());
    }

    /* The identities of the events whose call had returned. */
    private Set<String> run(ChildJvm jvm, Path xml, String cycle) throws Exception {
        Process process = new ProcessBuilder(
                        jvm.command(KilledProcess.class, xml.toString(), Integer.toString(THREADS), cycle))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Set<String> acked = new HashSet<>();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = out.readLine();
            assertThat(line).isEqualTo("ready");
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(50 + random.nextInt(400));
            while (System.nanoTime() < end && (line = out.readLine()) != null) {
                note(line, acked);
            }
            // Not by the process itself, which would close the stream with what is still in it.
            process.toHandle().destroyForcibly();
            while ((line = out.readLine()) != null) {
                note(line, acked);
            }
        }
        process.waitFor();
        return acked;
    }

    /* The last line may be cut by the kill. */
    private static void note(String line, Set<String> acked) {
        Matcher matcher = Pattern.compile("acked (c\\d+-\\d+-\\d+)").matcher(line);
        if (matcher.matches()) {
            acked.add(matcher.group(1));
        }
    }
}
