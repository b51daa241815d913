package io.inkfast.wal;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.encoder.Encoder;
import io.inkfast.component.EventIdentity;
import io.inkfast.component.Managed;
import io.inkfast.testing.LogbackHarness;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may arrive twice carries its id, whatever the configuration of the encoder says. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EventIdTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** An appender that nobody but Joran knows. */
    public static final class Unknown extends AppenderBase<ILoggingEvent> {

        static final List<String> LINES = new CopyOnWriteArrayList<>();
        private Encoder<ILoggingEvent> encoder;

        public void setEncoder(Encoder<ILoggingEvent> encoder) {
            this.encoder = encoder;
        }

        public Encoder<ILoggingEvent> getEncoder() {
            return encoder;
        }

        @Override
        public void stop() {
            super.stop();
            encoder.stop();
        }

        @Override
        protected void append(ILoggingEvent event) {
            LINES.add(new String(encoder.encode(event), StandardCharsets.UTF_8).strip());
        }
    }

    @TempDir
    Path directory;

    @BeforeEach
    void reset() {
        SwitchedAppender.reset();
        Unknown.LINES.clear();
    }

    private String appender(String name, String type, String encoder) {
        return "<appender name='" + name + "' class='" + type + "'><file>" + directory.resolve(name) + "</file>"
                + encoder + "</appender>";
    }

    private static String json(String more) {
        return "<encoder class='io.inkfast.mask.RedactingJsonEncoder'>" + more + "</encoder>";
    }

    private LogbackHarness behindTheJournal(String sinks, String... names) {
        StringBuilder references = new StringBuilder();
        for (String name : names) {
            references.append("<appender-ref ref='").append(name).append("'/>");
        }
        return LogbackHarness.configure(
                directory,
                sinks + "<appender name='WAL' class='io.inkfast.wal.WriteAheadAppender'><directory>"
                        + directory.resolve("wal") + "</directory><stopTimeout>5 seconds</stopTimeout>" + references
                        + "</appender><root level='TRACE'><appender-ref ref='WAL'/></root>");
    }

    private static String log(LogbackHarness harness, String... alsoFlushed) {
        for (int i = 0; i < 100; i++) {
            harness.logger("a").info("event {}", i);
        }
        assertThat(harness.appender("WAL", WriteAheadAppender.class).flush(LIMIT))
                .isTrue();
        for (String name : alsoFlushed) {
            assertThat(harness.appender(name, Managed.class).flush(LIMIT)).isTrue();
        }
        return EventIdentity.of(harness.context()).runId();
    }

    private static void assertIds(List<String> lines, String run) {
        assertThat(lines).hasSize(100);
        List<String> ids = new ArrayList<>();
        for (String line : lines) {
            String id = line.replaceAll(".*\"event.id\":\"([^\"]*)\".*", "$1");
            ids.add(id);
            assertThat(line).contains("\"event.sequence\":" + id.substring(id.indexOf('-') + 1));
        }
        assertThat(ids)
                .isEqualTo(LongStream.rangeClosed(1, 100)
                        .mapToObj(number -> run + "-" + number)
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"io.inkfast.file.BatchingFileAppender", "ch.qos.logback.core.FileAppender"})
    void isInAFile(String type) throws IOException {
        String run;
        try (LogbackHarness harness = behindTheJournal(appender("FILE", type, json("")), "FILE")) {
            run = log(harness);
            assertThat(harness.complaints()).isEmpty();
        }
        assertIds(Files.readAllLines(directory.resolve("FILE")), run);
    }

    @Test
    void isInEveryFileAndTheSameInAll() throws IOException {
        String file = "io.inkfast.file.BatchingFileAppender";
        String run;
        try (LogbackHarness harness = behindTheJournal(
                appender("ONE", file, json("<schema>ecs</schema>"))
                        + appender("TWO", file, json("<eventId>false</eventId>")),
                "ONE",
                "TWO")) {
            run = log(harness);
        }
        assertIds(Files.readAllLines(directory.resolve("ONE")), run);
        assertIds(Files.readAllLines(directory.resolve("TWO")), run);
    }

    @Test
    void isInWhatComesOutOfAnAppenderThatNobodyKnows() {
        String sink = "<appender name='SINK' class='" + Unknown.class.getName() + "'>" + json("") + "</appender>";
        try (LogbackHarness harness = behindTheJournal(sink, "SINK")) {
            String run = log(harness);
            assertIds(Unknown.LINES, run);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<appender name='MIDDLE' class='io.inkfast.async.AsyncBatchingAppender'>",
                "<appender name='MIDDLE' class='io.inkfast.mask.RedactingAppender'>"
            })
    void isPassedOnByAnAppenderInBetween(String middle) throws IOException {
        String run;
        try (LogbackHarness harness = behindTheJournal(
                appender("FILE", "io.inkfast.file.BatchingFileAppender", json("")) + middle
                        + "<appender-ref ref='FILE'/></appender>",
                "MIDDLE")) {
            run = log(harness, "MIDDLE", "FILE");
        }
        assertIds(Files.readAllLines(directory.resolve("FILE")), run);
    }

    @Test
    void leavesEncodersOfOthersAlone() throws IOException {
        String logstash = "<encoder class='net.logstash.logback.encoder.LogstashEncoder'/>";
        try (LogbackHarness harness = behindTheJournal(
                appender("TEXT", "ch.qos.logback.core.FileAppender", "<encoder><pattern>%msg%n</pattern></encoder>")
                        + appender("JSON", "io.inkfast.file.BatchingFileAppender", logstash)
                        + "<appender name='NONE' class='io.inkfast.wal.SwitchedAppender'/>",
                "TEXT",
                "JSON",
                "NONE")) {
            log(harness);
            assertThat(harness.complaints()).isEmpty();
        }
        assertThat(Files.readAllLines(directory.resolve("TEXT"))).hasSize(100).startsWith("event 0", "event 1");
        assertThat(Files.readString(directory.resolve("JSON")))
                .contains("event 99")
                .doesNotContain("event.id");
        assertThat(SwitchedAppender.TAKEN).hasSize(100);
    }

    @Test
    void isThatOfTheRunInWhichTheEventWasLogged() throws IOException {
        String run;
        SwitchedAppender.down = true;
        try (LogbackHarness harness = LogbackHarness.configure(
                directory,
                "<appender name='SINK' class='io.inkfast.wal.SwitchedAppender'/>"
                        + "<appender name='WAL' class='io.inkfast.wal.WriteAheadAppender'><directory>"
                        + directory.resolve("wal") + "</directory><stopTimeout>1 ms</stopTimeout>"
                        + "<appender-ref ref='SINK'/></appender><root level='TRACE'><appender-ref ref='WAL'/></root>")) {
            run = EventIdentity.of(harness.context()).runId();
            harness.logger("a").error("first");
            harness.logger("a").error("second");
        }
        String next;
        try (LogbackHarness harness = behindTheJournal(
                appender("FILE", "io.inkfast.file.BatchingFileAppender", json("<schema>ecs</schema>")), "FILE")) {
            next = EventIdentity.of(harness.context()).runId();
            harness.logger("a").error("third");
            assertThat(harness.appender("WAL", WriteAheadAppender.class).flush(LIMIT))
                    .isTrue();
        }
        assertThat(Files.readAllLines(directory.resolve("FILE")))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .contains("\"first\"", "\"event.sequence\":1,", "\"recovered\":true")
                                .contains("\"event.id\":\"" + run + "-1\",\"service.ephemeral_id\":\"" + run + "\""),
                        line -> assertThat(line)
                                .contains("\"second\"", "\"event.sequence\":2,", "\"recovered\":true")
                                .contains("\"event.id\":\"" + run + "-2\",\"service.ephemeral_id\":\"" + run + "\""),
                        line -> assertThat(line)
                                .contains("\"third\"", "\"event.sequence\":1,")
                                .contains("\"event.id\":\"" + next + "-1\",\"service.ephemeral_id\":\"" + next + "\"")
                                .doesNotContain("recovered"));
    }

    @Test
    void isStillThereAfterARestart() throws IOException {
        String run;
        try (LogbackHarness harness =
                behindTheJournal(appender("FILE", "io.inkfast.file.BatchingFileAppender", json("")), "FILE")) {
            WriteAheadAppender wal = harness.appender("WAL", WriteAheadAppender.class);
            wal.stop();
            wal.attached().forEach(each -> each.start());
            wal.start();
            run = log(harness);
        }
        assertIds(Files.readAllLines(directory.resolve("FILE")), run);
    }
}
