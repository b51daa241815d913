package io.inkfast.mask;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.inkfast.testing.LogbackHarness;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mistakes that Logback passes over: rules that it leaves out, of which nothing is left in the object it made. */
class RedactionMistakesTest {

    private static final String ENCODER = "io.inkfast.mask.RedactingJsonEncoder";
    private static final String LAYOUT = "ch.qos.logback.core.encoder.LayoutWrappingEncoder";

    private static final String UNUSABLE =
            "] of <%s> cannot be used; it must be on the class path, public, with a public"
                    + " constructor without parameters, and of the type wanted there";

    @TempDir
    Path directory;

    /** Has no constructor that Logback could use. */
    public static final class Unmakeable extends DetectorTest.MrnDetector {
        public Unmakeable(String text) {}
    }

    private void assertWithheld(String encoder, String elements, String problem) {
        try (Encoding encoding = Encoding.of(directory, encoder, elements)) {
            encoding.logger().info("acct=12345");
            assertThat(encoding.complaints()).contains("ERROR " + problem);
            assertThat(encoding.last()).contains("event withheld").doesNotContain("12345");
        }
    }

    @Nested
    class AClassThatCannotBeUsed {

        @ParameterizedTest
        @CsvSource({
            "<detector class='com.acme.Nope'/>, com.acme.Nope",
            "<detector class='io.inkfast.mask.RedactionMistakesTest$Unmakeable'/>, "
                    + "io.inkfast.mask.RedactionMistakesTest$Unmakeable"
        })
        void ofADetector(String element, String name) {
            assertWithheld(
                    ENCODER,
                    "<redaction>" + element + "</redaction>",
                    "the class [" + name + UNUSABLE.formatted("detector"));
        }

        @Test
        void ofAnotherType() {
            assertWithheld(
                    ENCODER,
                    "<redaction><detector class='java.util.ArrayList'/></redaction>",
                    "the class [java.util.ArrayList" + UNUSABLE.formatted("detector"));
        }

        @Test
        void isMissing() {
            assertWithheld(
                    ENCODER,
                    "<redaction><detector/></redaction>",
                    "<detector> names no class; write <detector class=\"...\">");
        }

        @Test
        void ofTheRedactionItself() {
            assertWithheld(
                    ENCODER,
                    "<redaction class='typo'><field>acct</field></redaction>",
                    "the class [typo" + UNUSABLE.formatted("redaction"));
        }

        @Test
        void whereLogbackReadsTheXmlFromAStream() throws Exception {
            try (Encoding encoding = Encoding.with(directory, "")) {
                encoding.context().reset();
                JoranConfigurator configurator = new JoranConfigurator();
                configurator.setContext(encoding.context());
                configurator.doConfigure(new ByteArrayInputStream(
                        """
                        <configuration>
                        <appender name="SINK" class="%s"><encoder class="%s"><redaction><detector/></redaction></encoder>
                        </appender>
                        <root level="TRACE"><appender-ref ref="SINK"/></root>
                        </configuration>
                        """.formatted(Encoding.Sink.class.getName(), ENCODER).getBytes(StandardCharsets.UTF_8)));
                encoding.logger().info("acct=12345");
                assertThat(encoding.last()).contains("event withheld");
            }
        }

        @Test
        void stopsARedactingAppender() {
            try (LogbackHarness harness = appender("<redaction><detector class='com.acme.Nope'/></redaction>")) {
                harness.logger("shop").info("acct=12345");
                assertThat(list(harness)).isEmpty();
                assertThat(harness.complaints()).anyMatch(c -> c.contains("[com.acme.Nope] of <detector>"));
            }
        }
    }

    @Nested
    class TwoElements {

        private static final String TWO =
                "<redaction><field>acct</field></redaction><redaction><profile>pci</profile></redaction>";
        private static final String PROBLEM = "there are 2 <redaction> elements; write their rules into one";

        @Test
        void inAnEncoder() {
            assertWithheld(ENCODER, TWO, PROBLEM);
        }

        @Test
        void aroundAnotherEncoder() {
            assertWithheld(
                    "io.inkfast.mask.RedactingEncoder", TWO + "<encoder><pattern>%msg</pattern></encoder>", PROBLEM);
        }

        @Test
        void inALayout() {
            assertWithheld(
                    LAYOUT,
                    "<layout class='io.inkfast.mask.RedactingPatternLayout'><pattern>%msg</pattern>" + TWO
                            + "</layout>",
                    PROBLEM);
        }

        @Test
        void inAnAppender() {
            try (LogbackHarness harness = appender(TWO)) {
                harness.logger("shop").info("acct=12345");
                assertThat(list(harness)).isEmpty();
                assertThat(harness.complaints()).contains("ERROR appender [REDACT]: " + PROBLEM);
            }
        }

        @Test
        void oneAfterTheOtherAreNoMistake() {
            try (Encoding encoding = Encoding.with(directory, "<redaction><profile>pci</profile></redaction>")) {
                RedactingJsonEncoder encoder = encoding.encoder();
                encoder.stop();
                Redaction other = new Redaction();
                other.addField("acct");
                encoder.setRedaction(other);
                encoder.start();
                encoding.logger().info("acct=12345");
                assertThat(encoding.last()).contains("acct=****");
            }
        }
    }

    @Test
    void textWhereElementsBelong() {
        try (Encoding encoding = Encoding.with(directory, "<redaction>acct <!-- all of it --></redaction>")) {
            encoding.logger().info("acct=12345");
            assertThat(encoding.last()).contains("event withheld").doesNotContain("12345");
            assertThat(encoding.complaints())
                    .anyMatch(c -> c.startsWith("ERROR the text [acct] of <redaction> of ")
                            && c.endsWith(" is ignored by Logback; write it as one of its elements"));
        }
    }

    @Nested
    class ReportModeWhereNothingIsCounted {

        private static final String REPORT = "<redaction><mode>report</mode></redaction>";
        private static final String PROBLEM =
                "<mode> is [report], which is only for RedactingJsonEncoder; allowed in a %s is enforce";

        @Test
        void aroundAnotherEncoder() {
            assertWithheld(
                    "io.inkfast.mask.RedactingEncoder",
                    REPORT + "<encoder><pattern>%msg</pattern></encoder>",
                    PROBLEM.formatted("RedactingEncoder"));
        }

        @Test
        void inALayout() {
            assertWithheld(
                    LAYOUT,
                    "<layout class='io.inkfast.mask.RedactingPatternLayout'><pattern>%msg</pattern>" + REPORT
                            + "</layout>",
                    PROBLEM.formatted("RedactingPatternLayout"));
        }

        @Test
        void inAnAppender() {
            try (LogbackHarness harness = appender(REPORT)) {
                harness.logger("shop").info("acct=12345");
                assertThat(list(harness)).isEmpty();
                assertThat(harness.complaints())
                        .contains("ERROR appender [REDACT]: " + PROBLEM.formatted("RedactingAppender"));
            }
        }
    }

    private LogbackHarness appender(String elements) {
        return LogbackHarness.configure(directory, """
                <appender name="LIST" class="ch.qos.logback.core.read.ListAppender"/>
                <appender name="REDACT" class="io.inkfast.mask.RedactingAppender">%s<appender-ref ref="LIST"/></appender>
                <root level="TRACE"><appender-ref ref="REDACT"/></root>
                """.formatted(elements));
    }

    private static List<ILoggingEvent> list(LogbackHarness harness) {
        RedactingAppender redact = harness.appender("REDACT", RedactingAppender.class);
        return ((ListAppender<ILoggingEvent>) redact.getAppender("LIST")).list;
    }
}
