package io.inkfast.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.testing.LogbackHarness;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Logback allows, the check allows; what it would silently ignore, the check names. */
class LegalConfigurationTest {

    @TempDir
    private Path directory;

    private static final String FRONT = """
            <appender name="ASYNC" class="io.inkfast.async.AsyncBatchingAppender"><appender-ref ref="SINK"/></appender>
            <root level="INFO"><appender-ref ref="ASYNC"/></root>
            """;

    private LogbackHarness configure(String elements) {
        return LogbackHarness.configure(directory, elements + FRONT);
    }

    @Test
    void aSiftingAppenderBehindAFront() {
        try (LogbackHarness logback = configure("""
                <appender name="SINK" class="ch.qos.logback.classic.sift.SiftingAppender">
                  <discriminator><key>user</key><defaultValue>none</defaultValue></discriminator>
                  <sift>
                    <appender name="FILE-${user}" class="ch.qos.logback.core.FileAppender">
                      <file>%s/${user}.log</file>
                      <encoder><pattern>%%msg%%n</pattern></encoder>
                    </appender>
                  </sift>
                </appender>
                """.formatted(directory))) {
            assertThat(logback.complaints()).isEmpty();
        }
    }

    @Test
    void variablesOfLocalScopeAndTagsInAnyCase() {
        try (LogbackHarness logback = configure("""
                <property name="HOME" value="%s"/>
                <property name="LIMIT" value="10MB"/>
                <Appender name="SINK" class="ch.qos.logback.core.FileAppender">
                  <File>${HOME}/app.log</File>
                  <bufferSize>${LIMIT}</bufferSize>
                  <encoder><charset>UTF-8</charset><pattern>%%msg%%n</pattern></encoder>
                </Appender>
                """.formatted(directory))) {
            assertThat(logback.complaints()).isEmpty();
        }
    }

    @Test
    void providersOfACompositeEncoder() {
        try (LogbackHarness logback = configure("""
                <appender name="SINK" class="ch.qos.logback.core.FileAppender">
                  <file>%s/app.log</file>
                  <encoder class="net.logstash.logback.encoder.LoggingEventCompositeJsonEncoder">
                    <providers><timestamp/><context/><message/><mdc/></providers>
                  </encoder>
                </appender>
                """.formatted(directory))) {
            assertThat(logback.complaints()).isEmpty();
        }
    }

    @Test
    void aMisspeltElementInAnEncoderWithoutAClass() {
        try (LogbackHarness logback = configure("""
                <appender name="SINK" class="ch.qos.logback.core.FileAppender">
                  <file>%s/app.log</file>
                  <encoder><pattern>%%msg%%n</pattern><charsett>UTF-8</charsett></encoder>
                </appender>
                """.formatted(directory))) {
            assertThat(logback.complaints())
                    .contains("ERROR appender [ASYNC]: <charsett> of <encoder> of <appender name=\"SINK\"> is not a"
                            + " setting of PatternLayoutEncoder; did you mean <charset>?");
        }
    }

    @Test
    void aReferenceThatLeadsNowhere() {
        try (LogbackHarness logback = configure("""
                <appender name="SINC" class="ch.qos.logback.core.ConsoleAppender">
                  <encoder><pattern>%msg%n</pattern></encoder>
                </appender>
                """)) {
            assertThat(logback.complaints())
                    .contains("ERROR appender [ASYNC]: <appender-ref> of <appender name=\"ASYNC\"> refers to [SINK];"
                            + " there is no appender of that name; did you mean SINC?");
        }
    }
}
