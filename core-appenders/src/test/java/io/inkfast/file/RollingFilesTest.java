package io.inkfast.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.core.rolling.TriggeringPolicyBase;
import io.inkfast.testing.LogbackHarness;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RollingFilesTest {

    private static final String LINES = "<encoder class=\"io.inkfast.testing.TestEncoders$Lines\"/>";
    private static final String ROLLING = "ch.qos.logback.core.rolling.";

    @TempDir
    Path directory;

    private LogbackHarness configure(String elements) {
        return LogbackHarness.configure(
                directory,
                "<appender name=\"FILE\" class=\"io.inkfast.file.BatchingFileAppender\">" + elements
                        + "</appender><root level=\"DEBUG\"><appender-ref ref=\"FILE\"/></root>");
    }

    private String file() {
        return "<file>" + directory + "/app.log</file>";
    }

    private String policy(String type, String pattern, String more) {
        return "<rollingPolicy class=\"" + ROLLING + type + "\"><fileNamePattern>" + directory + "/" + pattern
                + "</fileNamePattern>" + more + "</rollingPolicy>";
    }

    private static BatchingFileAppender appender(LogbackHarness harness) {
        return harness.appender("FILE", BatchingFileAppender.class);
    }

    private static void log(LogbackHarness harness, int from, int to) {
        for (int i = from; i < to; i++) {
            harness.logger("a").info(line(i));
        }
    }

    /* Ten bytes with the line end. */
    private static String line(int i) {
        return String.format("line-%04d", i);
    }

    private static List<String> lines(int from, int to) {
        return IntStream.range(from, to).mapToObj(RollingFilesTest::line).toList();
    }

    private List<Path> logs() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(path -> path.getFileName().toString().startsWith("app"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private List<String> allLines() {
        List<String> lines = new ArrayList<>();
        for (Path path : logs()) {
            lines.addAll(read(path));
        }
        return lines.stream().sorted().collect(Collectors.toList());
    }

    private static List<String> read(Path path) {
        try {
            if (!path.toString().endsWith(".gz")) {
                return Files.readAllLines(path);
            }
            try (BufferedReader in = new BufferedReader(
                    new InputStreamReader(new GZIPInputStream(Files.newInputStream(path)), StandardCharsets.UTF_8))) {
                return in.lines().toList();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void rollsBySizeExactlyAtTheEvent() throws IOException {
        try (LogbackHarness harness = configure(file()
                + LINES
                + policy(
                        "SizeAndTimeBasedRollingPolicy", "app.%d{yyyy-MM}.%i.log", "<maxFileSize>100</maxFileSize>"))) {
            log(harness, 0, 1005);
            List<Path> logs = logs();
            assertThat(logs).hasSize(101);
            for (Path path : logs) {
                assertThat(Files.size(path)).isEqualTo(path.endsWith("app.log") ? 50 : 100);
            }
            assertThat(allLines()).isEqualTo(lines(0, 1005));
            assertThat(harness.complaints()).isEmpty();
            assertThat(appender(harness).accounting().balance()).isEqualTo("received 1005 = written 1005");
        }
    }

    @Test
    void leavesAFullFileToTheEventThatHasNoRoomInIt() {
        try (LogbackHarness harness = configure(file()
                + LINES
                + policy("SizeAndTimeBasedRollingPolicy", "app.%d{yyyy-MM}.%i.log", "<maxFileSize>20</maxFileSize>"))) {
            log(harness, 0, 2);
            // More often than the clock asks in a minute.
            FileGate<?> gate = appender(harness).gate();
            for (int i = 0; i < 300; i++) {
                gate.tick();
            }
            assertThat(logs()).hasSize(1);
            log(harness, 2, 3);
            assertThat(read(logs().get(0))).isEqualTo(lines(0, 2));
        }
    }

    @Test
    void countsWhatIsInTheFileAtStart() throws IOException {
        Files.writeString(directory.resolve("app.log"), "x".repeat(94) + "\n");
        try (LogbackHarness harness = configure(file()
                + LINES
                + policy(
                        "SizeAndTimeBasedRollingPolicy", "app.%d{yyyy-MM}.%i.log", "<maxFileSize>100</maxFileSize>"))) {
            log(harness, 0, 2);
            assertThat(Files.readString(directory.resolve("app.log"))).isEqualTo("line-0001\n");
        }
    }

    @Test
    void takesElementsInAnyOrder() {
        try (LogbackHarness harness = configure("<triggeringPolicy class=\"" + ROLLING
                + "SizeBasedTriggeringPolicy\"><maxFileSize>20</maxFileSize></triggeringPolicy>"
                + policy("FixedWindowRollingPolicy", "app.%i.log", "<minIndex>1</minIndex><maxIndex>9</maxIndex>")
                + LINES
                + file())) {
            log(harness, 0, 11);
            assertThat(harness.complaints()).isEmpty();
            assertThat(logs()).hasSize(6);
            assertThat(read(directory.resolve("app.5.log"))).isEqualTo(lines(0, 2));
            assertThat(read(directory.resolve("app.1.log"))).isEqualTo(lines(8, 10));
            assertThat(read(directory.resolve("app.log"))).isEqualTo(lines(10, 11));
        }
    }

    @Test
    void lacksNoFileNameIfThePolicyHasOne() {
        try (LogbackHarness harness = configure(LINES
                + policy("SizeAndTimeBasedRollingPolicy", "app.%d{yyyy-MM}.%i.log", "<maxFileSize>20</maxFileSize>"))) {
            log(harness, 0, 5);
            assertThat(harness.complaints()).isEmpty();
            assertThat(logs()).hasSize(3);
            assertThat(logs().get(0).toString()).endsWith(".0.log");
            assertThat(allLines()).isEqualTo(lines(0, 5));
            assertThat(appender(harness).getFile()).endsWith(".2.log");
        }
    }

    @Test
    void keepsEveryLineWhenItRollsManyTimesInASecond() {
        try (LogbackHarness harness = configure(file()
                + LINES
                + policy(
                        "SizeAndTimeBasedRollingPolicy", "app.%d{HH-mm-ss}.%i.log", "<maxFileSize>30</maxFileSize>"))) {
            log(harness, 0, 3000);
            assertThat(harness.complaints()).isEmpty();
        }
        // Not before: the clock may roll a file while it is read.
        assertThat(allLines()).isEqualTo(lines(0, 3000));
    }

    @Test
    void rollsOnTheClockWithoutAnEvent() {
        try (LogbackHarness harness =
                configure(file() + LINES + policy("TimeBasedRollingPolicy", "app.%d{yyyy-MM-dd_HH-mm-ss}.log", ""))) {
            log(harness, 0, 1);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> logs().size() == 2 && read(logs().get(1)).isEmpty());
            assertThat(read(logs().get(0))).isEqualTo(lines(0, 1));
            log(harness, 1, 2);
            assertThat(harness.complaints()).isEmpty();
        }
        assertThat(allLines()).isEqualTo(lines(0, 2));
    }

    @Test
    void compressesAndKeepsEveryLine() {
        try (LogbackHarness harness = configure(file()
                + LINES
                + policy(
                        "SizeAndTimeBasedRollingPolicy",
                        "app.%d{yyyy-MM}.%i.log.gz",
                        "<maxFileSize>100</maxFileSize>"))) {
            log(harness, 0, 95);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> logs().stream()
                                            .filter(path -> path.toString().endsWith(".gz"))
                                            .count()
                                    == 9
                            && logs().size() == 10);
            assertThat(allLines()).isEqualTo(lines(0, 95));
            assertThat(harness.complaints()).isEmpty();
        }
    }

    @Test
    void leavesRetentionToThePolicy() throws IOException {
        Files.writeString(directory.resolve("app.2001-01-01_00-00-00.0.log"), "old\n");
        try (LogbackHarness harness = configure(
                file()
                        + LINES
                        + policy(
                                "SizeAndTimeBasedRollingPolicy",
                                "app.%d{yyyy-MM-dd_HH-mm-ss}.%i.log",
                                "<maxFileSize>1KB</maxFileSize><maxHistory>100</maxHistory><totalSizeCap>3KB</totalSizeCap>"))) {
            await().pollInterval(Duration.ofMillis(300))
                    .atMost(Duration.ofSeconds(40))
                    .until(() -> {
                        log(harness, 0, 500);
                        return logs().stream()
                                        .mapToLong(path -> path.toFile().length())
                                        .sum()
                                < 5 * 1024;
                    });
            assertThat(appender(harness).accounting().balanced()).isTrue();
        }
    }

    @Test
    void putsHeaderAndFooterIntoEveryFile() throws IOException {
        try (LogbackHarness harness = configure(file()
                + "<encoder class=\"io.inkfast.testing.TestEncoders$Framed\"/>"
                + policy("SizeAndTimeBasedRollingPolicy", "app.%d{yyyy-MM}.%i.log", "<maxFileSize>20</maxFileSize>"))) {
            log(harness, 0, 4);
        }
        for (Path path : logs()) {
            assertThat(read(path)).startsWith("<log>").endsWith("</log>").hasSize(4);
        }
        assertThat(logs()).hasSize(2);
    }

    @Test
    void rollsWhenAsked() {
        try (LogbackHarness harness = configure(file()
                + LINES
                + policy(
                        "SizeAndTimeBasedRollingPolicy", "app.%d{yyyy-MM}.%i.log", "<maxFileSize>1MB</maxFileSize>"))) {
            log(harness, 0, 2);
            appender(harness).rollover();
            log(harness, 2, 3);
            appender(harness).rollover();
            log(harness, 3, 4);
            assertThat(logs()).hasSize(3);
            assertThat(read(logs().get(0))).isEqualTo(lines(0, 2));
            assertThat(read(logs().get(1))).isEqualTo(lines(2, 3));
            assertThat(read(directory.resolve("app.log"))).isEqualTo(lines(3, 4));
        }
    }

    @Test
    void refusesToRollWithinAPeriodThatHasOneArchive() {
        try (LogbackHarness harness =
                configure(file() + LINES + policy("TimeBasedRollingPolicy", "app.%d{yyyy-MM}.log", ""))) {
            log(harness, 0, 2);
            appender(harness).rollover();
            assertThat(read(directory.resolve("app.log"))).isEqualTo(lines(0, 2));
            assertThat(harness.complaints())
                    .containsExactly("WARN cannot roll within a period of the <rollingPolicy>; that needs a"
                            + " SizeAndTimeBasedRollingPolicy");
        }
    }

    @Test
    void asksAForeignTriggerOnceForEachEventAndShowsItTheEvent() {
        try (LogbackHarness harness = configure(file()
                + LINES
                + policy("FixedWindowRollingPolicy", "app.%i.log", "")
                + "<triggeringPolicy class=\"" + AtWord.class.getName() + "\"/>")) {
            log(harness, 0, 2);
            harness.logger("a").info("roll");
            assertThat(read(directory.resolve("app.1.log"))).isEqualTo(lines(0, 2));
            assertThat(read(directory.resolve("app.log"))).containsExactly("roll");
            assertThat(((AtWord) (Object) appender(harness).getTriggeringPolicy()).asked)
                    .isEqualTo(3);
        }
    }

    @Test
    void givesASecondWriterNamesOfItsOwn() {
        String pid = "." + ProcessHandle.current().pid();
        String elements = file()
                + LINES
                + policy("SizeAndTimeBasedRollingPolicy", "app.%d{yyyy-MM}.%i.log", "<maxFileSize>20</maxFileSize>");
        try (LogbackHarness first = configure(elements);
                LogbackHarness second = configure(elements)) {
            log(first, 0, 3);
            log(second, 3, 8);
            log(first, 8, 10);
            assertThat(allLines()).isEqualTo(lines(0, 10));
            assertThat(read(directory.resolve("app.log" + pid))).isEqualTo(lines(7, 8));
            assertThat(logs().stream()
                            .filter(path -> path.toString().endsWith(pid))
                            .count())
                    .isEqualTo(3);
            assertThat(first.complaints()).isEmpty();
        }
    }

    @Test
    void neverOverwritesAnArchive() throws IOException {
        Path old = directory.resolve("app.2001-01.log");
        Files.writeString(old, "older\n");
        Path log = directory.resolve("app.log");
        Files.writeString(log, "old\n");
        Files.setLastModifiedTime(log, java.nio.file.attribute.FileTime.fromMillis(980_000_000_000L));
        try (LogbackHarness harness =
                configure(file() + LINES + policy("TimeBasedRollingPolicy", "app.%d{yyyy-MM}.log", ""))) {
            log(harness, 0, 1);
            assertThat(read(old)).containsExactly("old");
            assertThat(read(directory.resolve("app.2001-01.log.1"))).containsExactly("older");
            assertThat(read(log)).isEqualTo(lines(0, 1));
            assertThat(harness.complaints())
                    .containsExactly("WARN [" + old + "] exists already; it is kept as [" + old + ".1]");
        }
    }

    @Test
    void startsAgainWithItsPolicies() {
        try (LogbackHarness harness = configure(file()
                + LINES
                + policy("SizeAndTimeBasedRollingPolicy", "app.%d{yyyy-MM}.%i.log", "<maxFileSize>20</maxFileSize>"))) {
            log(harness, 0, 3);
            appender(harness).stop();
            appender(harness).start();
            log(harness, 3, 6);
            assertThat(allLines()).isEqualTo(lines(0, 6));
            assertThat(logs()).hasSize(3);
            assertThat(harness.complaints()).isEmpty();
        }
    }

    /** Rolls before the event that says so. */
    public static final class AtWord extends TriggeringPolicyBase<ch.qos.logback.classic.spi.ILoggingEvent> {
        int asked;

        @Override
        public boolean isTriggeringEvent(File file, ch.qos.logback.classic.spi.ILoggingEvent event) {
            asked++;
            return event.getMessage().equals("roll");
        }
    }
}
