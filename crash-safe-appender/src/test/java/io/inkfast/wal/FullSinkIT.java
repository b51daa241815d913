package io.inkfast.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.inkfast.testing.LogbackHarness;
import io.inkfast.testing.SmallDisk;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Logback's files on a real disk that is full, a tmpfs of one megabyte, behind a journal on another. Mounting needs root. Where
 * that can't be had the test says so and is left out; with {@code -Dinkfast.requireRoot=true} it fails instead.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FullSinkIT {

    private static final int EVENTS = 50;
    private static final String ROLLING = "<rollingPolicy class='ch.qos.logback.core.rolling.FixedWindowRollingPolicy'>"
            + "<fileNamePattern>%s/app.%%i.log</fileNamePattern></rollingPolicy>"
            + "<triggeringPolicy class='ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy'>"
            + "<maxFileSize>1GB</maxFileSize></triggeringPolicy>";

    @TempDir
    Path directory;

    private @Nullable SmallDisk mounted;
    private Path disk;

    @BeforeEach
    void mount() throws Exception {
        mounted = SmallDisk.mount(directory.resolve("disk"), 1, "FullSinkIT");
        disk = mounted.path();
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted != null) {
            mounted.close();
        }
    }

    private LogbackHarness configure(boolean rolling, boolean immediateFlush) {
        return LogbackHarness.configure(
                directory,
                "<appender name='FILE' class='ch.qos.logback.core."
                        + (rolling ? "rolling.RollingFileAppender'>" : "FileAppender'>")
                        + "<file>" + disk.resolve("app.log") + "</file>" + (rolling ? ROLLING.formatted(disk) : "")
                        + "<immediateFlush>" + immediateFlush
                        + "</immediateFlush><encoder><pattern>%msg%n</pattern></encoder></appender>"
                        + "<appender name='WAL' class='io.inkfast.wal.WriteAheadAppender'>"
                        + "<directory>" + directory.resolve("wal") + "</directory><appender-ref ref='FILE'/></appender>"
                        + "<root level='TRACE'><appender-ref ref='WAL'/></root>");
    }

    /* To the last page. */
    private Path fill() throws IOException {
        Path ballast = disk.resolve("ballast");
        try (OutputStream out = Files.newOutputStream(ballast)) {
            for (byte[] page = new byte[4096]; ; ) {
                out.write(page);
            }
        } catch (IOException e) {
            return ballast;
        }
    }

    /* All together are more than a page. */
    private static String line(int i) {
        return String.format("event %02d ", i) + "x".repeat(150) + " end";
    }

    private static List<String> expected() {
        return IntStream.range(0, EVENTS).mapToObj(FullSinkIT::line).toList();
    }

    private static long recoveries(LogbackHarness harness) {
        return harness.statuses().stream()
                .filter(status -> status.startsWith("INFO Recovered from IO failure"))
                .count();
    }

    /* Returns the lines of the file. */
    private List<String> fillsAndFrees(LogbackHarness harness, int before) throws IOException {
        WriteAheadAppender appender = harness.appender("WAL", WriteAheadAppender.class);
        Path ballast = fill();
        for (int i = 0; i < EVENTS; i++) {
            harness.logger("a").error(line(i));
        }
        for (int i = 1; i <= 6; i++) {
            int times = i;
            await().atMost(Duration.ofSeconds(50)).until(() -> recoveries(harness) >= times);
            assertThat(appender.accounting().written())
                    .isLessThanOrEqualTo(Files.readString(disk.resolve("app.log"))
                            .lines()
                            .distinct()
                            .count());
        }
        assertThat(appender.notJournalled()).isZero();
        Files.delete(ballast);
        assertThat(appender.flush(Duration.ofSeconds(60))).isTrue();
        assertThat(appender.accounting().balance())
                .isEqualTo("received " + (EVENTS + before) + " = written " + (EVENTS + before));
        return Files.readAllLines(disk.resolve("app.log"));
    }

    @ParameterizedTest
    @CsvSource({"false,true", "false,false", "true,true", "true,false"})
    void everyLineIsThereOnceThereIsRoom(boolean rolling, boolean immediateFlush) throws IOException {
        try (LogbackHarness harness = configure(rolling, immediateFlush)) {
            List<String> lines = fillsAndFrees(harness, 0);
            assertThat(lines.stream().distinct()).containsExactlyElementsOf(expected());
        }
    }

    @ParameterizedTest
    @CsvSource({"false,true", "false,false", "true,true", "true,false"})
    void theLineBehindOneThatWasTornIsThereOnceMore(boolean rolling, boolean immediateFlush) throws IOException {
        try (LogbackHarness harness = configure(rolling, immediateFlush)) {
            // The file has a page, so there is room for some of them, and a half.
            harness.logger("a").error("first");
            assertThat(harness.appender("WAL", WriteAheadAppender.class).flush(Duration.ofSeconds(20)))
                    .isTrue();
            List<String> lines = fillsAndFrees(harness, 1);
            Predicate<String> torn =
                    line -> !line.equals("first") && !expected().contains(line);
            assertThat(lines.stream().filter(torn))
                    .singleElement()
                    .asString()
                    .matches("event \\d\\d x{0,150}( e?n?)?event \\d\\d x{150} end");
            assertThat(lines.get(0)).isEqualTo("first");
            assertThat(lines.stream().skip(1).filter(torn.negate()).distinct()).containsExactlyElementsOf(expected());
        }
    }
}
