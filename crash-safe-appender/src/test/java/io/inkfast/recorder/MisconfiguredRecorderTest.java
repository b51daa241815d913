package io.inkfast.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.testing.LogbackHarness;
import io.inkfast.testing.TestEncoders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class MisconfiguredRecorderTest {

    @TempDir
    Path folder;

    private String directory() {
        return "<directory>" + folder.resolve("flight") + "</directory>";
    }

    private LogbackHarness configure(String elements) {
        return LogbackHarness.configure(
                folder,
                "<appender name=\"RECORDER\" class=\"io.inkfast.recorder.FlightRecorderAppender\">" + elements
                        + "</appender><root level=\"DEBUG\"><appender-ref ref=\"RECORDER\"/></root>");
    }

    /* The problems; the appender is stopped, and what it gets is shown without its text. */
    private List<String> errors(String elements) {
        PrintStream before = System.err;
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        System.setErr(new PrintStream(shown, true, StandardCharsets.UTF_8));
        try (LogbackHarness harness = configure(elements)) {
            FlightRecorderAppender appender = harness.appender("RECORDER", FlightRecorderAppender.class);
            harness.logger("com.acme.Shop").error("secret");
            assertThat(appender.isStarted()).isFalse();
            assertThat(appender.accounting().balance()).isEqualTo("received 1 = written 0 + rejected 1");
            assertThat(shown.toString(StandardCharsets.UTF_8))
                    .contains("ERROR com.acme.Shop [event rejected: appender [RECORDER] is misconfigured]")
                    .doesNotContain("secret");
            assertThat(folder.resolve("flight")).doesNotExist();
            appender.stop();
            List<String> errors = harness.complaints().stream()
                    .filter(line -> line.startsWith("ERROR"))
                    .toList();
            assertThat(errors)
                    .last()
                    .isEqualTo(
                            "ERROR appender [RECORDER] is not started; its events are rejected, and shown on standard"
                                    + " error");
            return errors.subList(0, errors.size() - 1);
        } finally {
            System.setErr(before);
        }
    }

    @Test
    void wantsADirectory() {
        assertThat(errors("")).containsExactly("ERROR appender [RECORDER]: <directory> is required");
        assertThat(errors("<directory>${UNSET}/flight</directory>"))
                .containsExactly(
                        "ERROR appender [RECORDER]: <directory> uses the variable [UNSET], which is not set; set it, or give a"
                                + " default: ${UNSET:-value}");
    }

    @Test
    void namesAMisspeltElement() {
        assertThat(errors(directory() + "<dumpLevel>ERROR</dumpLevel>"))
                .containsExactly(
                        "ERROR appender [RECORDER]: <dumpLevel> of <appender name=\"RECORDER\"> is not a setting of"
                                + " FlightRecorderAppender; its settings are allowClear, directory, dumpEvents, dumpInterval, dumpOn,"
                                + " encoder, filter, keep, key, keyset, name, size");
        assertThat(errors(directory() + "<dumpEvent>3</dumpEvent>"))
                .containsExactly(
                        "ERROR appender [RECORDER]: <dumpEvent> of <appender name=\"RECORDER\"> is not a setting of"
                                + " FlightRecorderAppender; did you mean <dumpEvents>?");
    }

    @Test
    void namesAnAttributeThatNobodyReads() {
        assertThat(errors(directory() + "<size unit=\"MB\">8</size>"))
                .contains(
                        "ERROR appender [RECORDER]: the attribute [unit] of <size> of <appender name=\"RECORDER\"> is ignored by Logback;"
                                + " write the value as the element's text");
    }

    @Test
    void reportsEveryWrongValueAtOnce() {
        assertThat(errors(directory() + "<size>1KB</size><dumpOn>ERRROR</dumpOn><dumpEvents>0</dumpEvents>"
                        + "<dumpInterval>soon</dumpInterval><keep>0</keep>"))
                .containsExactly(
                        "ERROR appender [RECORDER]: <size> [1KB] is not a size such as 64KB or 10MB, from 256KB to 255MB",
                        "ERROR appender [RECORDER]: <dumpOn> [ERRROR] is not one of TRACE, DEBUG, INFO, WARN, ERROR, OFF; did you mean"
                                + " ERROR?",
                        "ERROR appender [RECORDER]: <dumpEvents> [0] is not a whole number from 1 to 1000000",
                        "ERROR appender [RECORDER]: <dumpInterval> [soon] is not a time such as 500 milliseconds or 5 seconds, from 0"
                                + " seconds to 1 day",
                        "ERROR appender [RECORDER]: <keep> [0] is not a whole number from 1 to 1000");
    }

    @Test
    void isNotForTheBackOfAnAsynchronousFront() {
        try (LogbackHarness harness = LogbackHarness.configure(
                folder,
                "<appender name=\"RECORDER\" class=\"io.inkfast.recorder.FlightRecorderAppender\">" + directory()
                        + "</appender><appender name=\"ASYNC\" class=\"io.inkfast.async.AsyncBatchingAppender\">"
                        + "<appender-ref ref=\"RECORDER\"/></appender>"
                        + "<root level=\"DEBUG\"><appender-ref ref=\"ASYNC\"/></root>")) {
            assertThat(harness.complaints())
                    .contains("ERROR appender [ASYNC]: [RECORDER] is behind this appender; a call would return before"
                            + " the event is safe: let loggers refer to [RECORDER] directly");
            harness.appender("RECORDER", FlightRecorderAppender.class).stop();
        }
    }

    @Test
    void saysThatLogbacksAsyncAppenderIsInFrontOfIt() {
        try (LogbackHarness harness = LogbackHarness.configure(
                folder,
                "<appender name=\"RECORDER\" class=\"io.inkfast.recorder.FlightRecorderAppender\">" + directory()
                        + "</appender><appender name=\"ASYNC\" class=\"ch.qos.logback.classic.AsyncAppender\">"
                        + "<appender-ref ref=\"RECORDER\"/></appender>"
                        + "<root level=\"DEBUG\"><appender-ref ref=\"ASYNC\"/></root>")) {
            assertThat(harness.complaints())
                    .containsExactly("WARN appender [RECORDER]: [ASYNC] in front of it may return to the application"
                            + " before the event is safe, and lose what it holds when the process dies; let loggers"
                            + " refer to [RECORDER] directly");
        }
    }

    @Test
    void refusesWithoutItsEncoder() {
        assertThat(errors(directory() + "<encoder class=\"" + TestEncoders.NotStarting.class.getName() + "\"/>"))
                .containsExactly("ERROR appender [RECORDER]: the <encoder> did not start");
    }

    @Test
    void aDirectoryThatCannotBeMadeIsNoMistakeOfTheConfiguration() throws IOException {
        Path file = Files.writeString(folder.resolve("flight"), "a file");
        try (LogbackHarness harness = configure(directory())) {
            FlightRecorderAppender appender = harness.appender("RECORDER", FlightRecorderAppender.class);
            harness.logger("a").error("x");
            assertThat(appender.isStarted()).isTrue();
            assertThat(appender.accounting().balance()).isEqualTo("received 1 = written 0 + failed 1");
            assertThat(appender.health().healthy()).isFalse();
            assertThat(appender.dump()).isNull();
            assertThat(harness.complaints())
                    .containsExactly("WARN cannot make a ring in [" + file
                            + "]: java.nio.file.FileAlreadyExistsException (" + file + "); events are not recorded"
                            + " until the appender is started again");
            Files.delete(file);
            appender.stop();
            appender.start();
            harness.logger("a").error("y");
            assertThat(appender.accounting().balance()).isEqualTo("received 2 = written 1 + failed 1");
            assertThat(appender.health().healthy()).isTrue();
        }
    }
}
