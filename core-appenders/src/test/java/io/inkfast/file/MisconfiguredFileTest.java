package io.inkfast.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.testing.FailingStart;
import io.inkfast.testing.LogbackHarness;
import io.inkfast.testing.TestEncoders;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class MisconfiguredFileTest {

    private static final String ENCODER = "<encoder><pattern>%msg%n</pattern></encoder>";

    @TempDir
    Path directory;

    /* The problems; the appender is stopped, and what it gets is shown without its text. */
    private List<String> errors(String elements) {
        PrintStream before = System.err;
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        System.setErr(new PrintStream(shown, true, StandardCharsets.UTF_8));
        try (LogbackHarness harness = LogbackHarness.configure(
                directory,
                "<appender name=\"FILE\" class=\"io.inkfast.file.BatchingFileAppender\">" + elements
                        + "</appender><root level=\"DEBUG\"><appender-ref ref=\"FILE\"/></root>")) {
            BatchingFileAppender appender = harness.appender("FILE", BatchingFileAppender.class);
            harness.logger("com.acme.Shop").error("secret");
            assertThat(appender.isStarted()).isFalse();
            assertThat(appender.accounting().balance()).isEqualTo("received 1 = written 0 + rejected 1");
            assertThat(shown.toString(StandardCharsets.UTF_8))
                    .contains("ERROR com.acme.Shop [event rejected: appender [FILE] is misconfigured]")
                    .doesNotContain("secret");
            appender.stop();
            List<String> errors = harness.complaints().stream()
                    .filter(line -> line.startsWith("ERROR"))
                    .toList();
            assertThat(errors)
                    .last()
                    .isEqualTo("ERROR appender [FILE] is not started; its events are rejected, and shown on standard"
                            + " error");
            return errors.subList(0, errors.size() - 1);
        } finally {
            System.setErr(before);
        }
    }

    @Test
    void aStartThatFailsInItsLastStepIsUndone() throws Exception {
        try (LogbackHarness harness = LogbackHarness.configure(
                directory,
                "<appender name=\"FILE\" class=\"io.inkfast.file.BatchingFileAppender\">" + file() + ENCODER
                        + "</appender><root level=\"DEBUG\"><appender-ref ref=\"FILE\"/></root>")) {
            FailingStart.check(harness, harness.appender("FILE", BatchingFileAppender.class), "writing to [");
            harness.logger("a").info("an event");
        }
        assertThat(Files.readAllLines(directory.resolve("app.log"))).containsExactly("an event");
    }

    private String file() {
        return "<file>" + directory.resolve("app.log") + "</file>";
    }

    @Test
    void namesAMisspeltElement() {
        assertThat(errors("<maxQueuedByte>1MB</maxQueuedByte>" + file() + ENCODER))
                .containsExactly(
                        "ERROR appender [FILE]: <maxQueuedByte> of <appender name=\"FILE\"> is not a setting of"
                                + " BatchingFileAppender; did you mean <maxQueuedBytes>?");
        assertThat(directory.resolve("app.log")).doesNotExist();
    }

    @Test
    void namesAWrongSize() {
        assertThat(errors("<maxQueuedBytes>lots</maxQueuedBytes>" + file() + ENCODER))
                .containsExactly(
                        "ERROR appender [FILE]: <maxQueuedBytes> [lots] is not a size such as 64KB or 10MB, from 1KB to 16GB");
    }

    @Test
    void namesAnInheritedSettingThatLogbackCannotRead() {
        assertThat(errors("<append>maybe</append>" + file() + ENCODER))
                .containsExactly(
                        "ERROR appender [FILE]: <append> of <appender name=\"FILE\"> is [maybe]; allowed is true or false");
    }

    @Test
    void namesAVariableThatIsNotSet() {
        assertThat(errors("<file>${UNSET}/app.log</file>" + ENCODER))
                .containsExactly(
                        "ERROR appender [FILE]: <file> uses the variable [UNSET], which is not set; set it, or give a default:"
                                + " ${UNSET:-value}");
    }

    @Test
    void namesAnAttributeThatNobodyReads() {
        assertThat(errors("<file name=\"x\">" + directory.resolve("app.log") + "</file>" + ENCODER))
                .containsExactly(
                        "ERROR appender [FILE]: the attribute [name] of <file> of <appender name=\"FILE\"> is ignored by"
                                + " Logback; write the value as the element's text");
    }

    @Test
    void refusesPrudentMode() {
        assertThat(errors("<prudent>true</prudent>" + file() + ENCODER))
                .containsExactly(
                        "ERROR appender [FILE]: <prudent> [true] is not supported and not needed: a second writer of the file"
                                + " gets a file of its own; remove the element");
    }

    @Test
    void reportsEveryProblemAtOnce() {
        assertThat(errors("<maxQueuedBytes>1</maxQueuedBytes><prudent>true</prudent>"))
                .containsExactly(
                        "ERROR appender [FILE]: <maxQueuedBytes> [1] is not a size such as 64KB or 10MB, from 1KB to 16GB",
                        "ERROR appender [FILE]: an <encoder> is required",
                        "ERROR appender [FILE]: <file> is required, unless a <rollingPolicy> names the files",
                        "ERROR appender [FILE]: <prudent> [true] is not supported and not needed: a second writer of the file gets a"
                                + " file of its own; remove the element");
    }

    @Test
    void wantsToKnowWhenToRollAndHow() {
        assertThat(errors(file() + ENCODER
                        + "<rollingPolicy class=\"ch.qos.logback.core.rolling.FixedWindowRollingPolicy\">"
                        + "<fileNamePattern>" + directory + "/app.%i.log</fileNamePattern></rollingPolicy>"))
                .containsExactly(
                        "ERROR appender [FILE]: <rollingPolicy> [FixedWindowRollingPolicy] does not say when to roll; add a"
                                + " <triggeringPolicy>");
        assertThat(errors(file() + ENCODER
                        + "<triggeringPolicy class=\"ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy\"/>"))
                .containsExactly(
                        "ERROR appender [FILE]: <triggeringPolicy> [SizeBasedTriggeringPolicy] does not say how to roll; add a"
                                + " <rollingPolicy>");
    }

    @Test
    void refusesAFileThatLooksLikeARolledOne() {
        assertThat(errors("<file>" + directory + "/app.2001-01.log</file>" + ENCODER
                        + "<rollingPolicy class=\"ch.qos.logback.core.rolling.TimeBasedRollingPolicy\">"
                        + "<fileNamePattern>" + directory + "/app.%d{yyyy-MM}.log</fileNamePattern></rollingPolicy>"))
                .containsExactly(
                        "ERROR appender [FILE]: <file> [" + directory + "/app.2001-01.log] matches <fileNamePattern> ["
                                + directory + "/app.%d{yyyy-MM}.log]; rolled files must have other names");
    }

    @Test
    void refusesWithoutItsEncoder() {
        assertThat(errors(file() + "<encoder class=\"" + TestEncoders.NotStarting.class.getName() + "\"/>"))
                .containsExactly("ERROR appender [FILE]: the <encoder> did not start");
        assertThat(directory.resolve(".app.log.lock")).doesNotExist();
    }

    @Test
    void refusesAPolicyThatCannotStart() throws Exception {
        assertThat(errors(file() + ENCODER
                        + "<rollingPolicy class=\"ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy\">"
                        + "<fileNamePattern>" + directory
                        + "/app.%d{yyyy-MM}.%i.log</fileNamePattern></rollingPolicy>"))
                .contains("ERROR appender [FILE]: the <rollingPolicy> [SizeAndTimeBasedRollingPolicy] did not start");
        assertThat(Files.exists(directory.resolve("app.log"))).isFalse();
    }

    @Test
    void keepsAFileThatRollsWhateverAppendSays() {
        Path log = directory.resolve("app.log");
        try (LogbackHarness harness = LogbackHarness.configure(
                directory,
                "<appender name=\"FILE\" class=\"io.inkfast.file.BatchingFileAppender\"><append>false</append>" + file()
                        + ENCODER
                        + "<rollingPolicy class=\"ch.qos.logback.core.rolling.TimeBasedRollingPolicy\">"
                        + "<fileNamePattern>" + directory + "/app.%d{yyyy-MM}.log</fileNamePattern></rollingPolicy>"
                        + "</appender><root level=\"DEBUG\"><appender-ref ref=\"FILE\"/></root>")) {
            assertThat(harness.complaints())
                    .containsExactly("WARN <append> [false] has no effect with a <rollingPolicy>: what is in the file"
                            + " is kept");
            assertThat(log).exists();
        }
    }
}
