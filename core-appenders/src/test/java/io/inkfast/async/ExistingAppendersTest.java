package io.inkfast.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.rolling.RollingFileAppender;
import io.inkfast.testing.FullDiskAppender;
import io.inkfast.testing.LogbackHarness;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExistingAppendersTest {

    @TempDir
    private Path directory;

    private LogbackHarness configure(String appender, String settings) {
        return LogbackHarness.configure(directory, appender + """
                <appender name="ASYNC" class="io.inkfast.async.AsyncBatchingAppender">
                  %s
                  <appender-ref ref="SINK"/>
                </appender>
                <root level="INFO"><appender-ref ref="ASYNC"/></root>
                """.formatted(settings));
    }

    private String file() {
        return """
               <appender name="SINK" class="ch.qos.logback.core.FileAppender">
                 <file>%s</file>
                 <encoder><pattern>%%msg%%n</pattern></encoder>
               </appender>
               """.formatted(directory.resolve("app.log"));
    }

    @Test
    void aFileIsFlushedOnceForABatchAndAsBeforeAfterStop() throws Exception {
        LogbackHarness logback = configure(file(), "");
        FileAppender<?> sink = (FileAppender<?>)
                logback.appender("ASYNC", AsyncBatchingAppender.class).getAppender("SINK");
        assertThat(sink.isImmediateFlush()).isFalse();
        assertThat(logback.complaints()).isEmpty();
        assertThat(logback.statuses())
                .contains("INFO appender [SINK] is flushed once for a batch, by [ASYNC];"
                        + " <flushPerBatch>false</flushPerBatch> leaves it alone");
        logback.logger("x").info("one");
        assertThat(logback.appender("ASYNC", AsyncBatchingAppender.class).flush(Duration.ofSeconds(20)))
                .isTrue();
        assertThat(Files.readString(directory.resolve("app.log"))).isEqualTo("one\n");
        logback.close();
        assertThat(sink.isImmediateFlush()).isTrue();
        assertThat(sink.getEncoder()).isNotInstanceOf(LookupEncoder.class);
    }

    @Test
    void flushPerBatchCanBeSwitchedOff() {
        try (LogbackHarness logback = configure(file(), "<flushPerBatch>false</flushPerBatch>")) {
            OutputStreamAppender<?> sink = (OutputStreamAppender<?>)
                    logback.appender("ASYNC", AsyncBatchingAppender.class).getAppender("SINK");
            assertThat(sink.isImmediateFlush()).isTrue();
        }
    }

    @Test
    void everyLineSurvivesRollingBehindTheFrontInOrder() throws Exception {
        String rolling = """
                <appender name="SINK" class="ch.qos.logback.core.rolling.RollingFileAppender">
                  <file>%1$s/app.log</file>
                  <encoder><pattern>%%msg%%n</pattern></encoder>
                  <rollingPolicy class="ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy">
                    <fileNamePattern>%1$s/app.%%d{yyyy-MM-dd}.%%i.log</fileNamePattern>
                    <maxFileSize>64KB</maxFileSize>
                  </rollingPolicy>
                </appender>
                """.formatted(directory);
        LogbackHarness logback = configure(rolling, "");
        assertThat(logback.appender("ASYNC", AsyncBatchingAppender.class).getAppender("SINK"))
                .isInstanceOf(RollingFileAppender.class);
        int events = 50_000;
        for (int i = 0; i < events; i++) {
            logback.logger("x").info("event {}", i);
        }
        logback.close();
        List<String> lines = new ArrayList<>();
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(directory)) {
            all.filter(each -> each.toString().endsWith(".log")).forEach(files::add);
        }
        for (Path file : files) {
            lines.addAll(Files.readAllLines(file));
        }
        assertThat(lines.stream()
                        .mapToInt(line -> Integer.parseInt(line.substring(6)))
                        .sorted())
                .containsExactly(
                        java.util.stream.IntStream.range(0, events).boxed().toArray(Integer[]::new));
    }

    @Test
    void whatLogbackDropsWhenItOpensAFileAnewIsNotWritten() throws Exception {
        String full = file().replace("ch.qos.logback.core.FileAppender", "io.inkfast.testing.FullDiskAppender");
        try (LogbackHarness logback = configure(full, "")) {
            AsyncBatchingAppender front = logback.appender("ASYNC", AsyncBatchingAppender.class);
            FullDiskAppender sink = (FullDiskAppender) front.getAppender("SINK");
            sink.setFull(true);
            String recovered = "INFO Recovered from IO failure on file [" + directory.resolve("app.log") + "]";
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                logback.logger("x").info("lost");
                front.flush(Duration.ofSeconds(20));
                return logback.statuses().contains(recovered);
            });
            assertThat(front.accounting().written()).isZero();
            assertThat(front.failedEvents()).extracting(FailedEvent::reason).contains("flush failed", "stream failed");
            sink.setFull(false);
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                logback.logger("x").info("kept");
                front.flush(Duration.ofSeconds(20));
                return front.accounting().written() > 0;
            });
            assertThat(Files.readAllLines(directory.resolve("app.log"))).contains("kept");
            assertThat(front.accounting().balanced()).isTrue();
        }
    }

    @Test
    void theConsoleGetsPiecesThatEndWithALine() throws IOException {
        List<String> writes = new ArrayList<>();
        PrintStream before = System.out;
        System.setOut(new PrintStream(new OutputStream() {
            @Override
            public void write(int b) {
                writes.add(String.valueOf((char) b));
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                writes.add(new String(bytes, offset, length, StandardCharsets.UTF_8));
            }
        }));
        try (LogbackHarness logback = configure("""
                <appender name="SINK" class="ch.qos.logback.core.ConsoleAppender">
                  <encoder><pattern>%msg%n</pattern></encoder>
                </appender>
                """, "<maxWrite>1KB</maxWrite><linger>1 minute</linger>")) {
            for (int i = 0; i < 200; i++) {
                logback.logger("x").info("a line of some length, number {}", i);
            }
            logback.appender("ASYNC", AsyncBatchingAppender.class).flush(Duration.ofSeconds(20));
        } finally {
            System.setOut(before);
        }
        assertThat(writes).hasSizeBetween(6, 20).allMatch(piece -> piece.length() <= 1024 && piece.endsWith("\n"));
    }

    @Test
    void aLineLongerThanAPieceIsPassedOnInSeveral() throws IOException {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        try (PieceStream pieces = new PieceStream(target, 4096, 1000)) {
            pieces.write(("x".repeat(5000) + "\nshort\n").getBytes(StandardCharsets.UTF_8));
        }
        assertThat(target.toString(StandardCharsets.UTF_8)).isEqualTo("x".repeat(5000) + "\nshort\n");
    }

    @Test
    void callerDataThatIsNotCapturedIsSaidAtStart() {
        String pattern = file().replace("%msg%n", "%msg %method%n");
        try (LogbackHarness logback = configure(pattern, "")) {
            assertThat(logback.complaints())
                    .containsExactly("WARN appender [ASYNC]: the encoder of [SINK] prints caller data, which is not"
                            + " captured; set <includeCallerData>true</includeCallerData> here, or take it out there");
        }
    }
}
