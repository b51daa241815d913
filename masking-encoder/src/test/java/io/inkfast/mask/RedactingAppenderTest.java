package io.inkfast.mask;

import static net.logstash.logback.argument.StructuredArguments.kv;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.read.ListAppender;
import io.inkfast.async.AsyncBatchingAppender;
import io.inkfast.testing.CountingSink;
import io.inkfast.testing.LogbackHarness;
import io.inkfast.testing.StoppedHealth;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.MarkerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RedactingAppenderTest {

    @TempDir
    Path directory;

    private LogbackHarness redacting(String elements) {
        return LogbackHarness.configure(directory, """
                <appender name="LIST" class="ch.qos.logback.core.read.ListAppender"/>
                <appender name="REDACT" class="io.inkfast.mask.RedactingAppender">
                  %s<appender-ref ref="LIST"/>
                </appender>
                <root level="TRACE"><appender-ref ref="REDACT"/></root>
                """.formatted(elements));
    }

    @SuppressWarnings("unchecked")
    private static List<ILoggingEvent> kept(LogbackHarness harness) {
        return ((ListAppender<ILoggingEvent>) harness.appender("LIST", ListAppender.class)).list;
    }

    private static RedactingAppender appender(LogbackHarness harness) {
        return harness.appender("REDACT", RedactingAppender.class);
    }

    /** Logs itself whenever it is printed. */
    private static final class Babbling {

        private final Logger logger;

        Babbling(Logger logger) {
            this.logger = logger;
        }

        @Override
        public String toString() {
            logger.info("printed {}", this);
            return "Babbling";
        }
    }

    @Test
    void itsHealthSaysSinceWhenItIsNotRunning() {
        try (LogbackHarness harness = redacting("")) {
            StoppedHealth.check(new RedactingAppender(), appender(harness));
        }
    }

    @Test
    @Timeout(60)
    void anArgumentThatLogsItselfWhenItIsPrintedEnds() {
        try (LogbackHarness harness = redacting("")) {
            Logger logger = harness.logger("com.shop.Checkout");
            logger.info("x {}", new Babbling(logger));
            List<String> messages = kept(harness).stream()
                    .map(ILoggingEvent::getFormattedMessage)
                    .distinct()
                    .toList();
            assertThat(messages)
                    .containsExactlyInAnyOrder(
                            "x Babbling", "printed Babbling", "[event withheld: logged while it was printed]");
            assertThat(harness.complaints())
                    .anyMatch(text -> text.contains(
                            "The content of events was withheld that are logged whenever they are printed"));
        }
    }

    @Test
    @Timeout(60)
    void anArgumentThatLogsItselfEndsInAsyncBatchingAppenderToo() {
        try (LogbackHarness harness =
                LogbackHarness.configure(directory, """
                <appender name="SINK" class="%s">
                  <encoder class="io.inkfast.mask.RedactingJsonEncoder"/>
                </appender>
                <appender name="ASYNC" class="io.inkfast.async.AsyncBatchingAppender">
                  <appender-ref ref="SINK"/>
                </appender>
                <root level="TRACE"><appender-ref ref="ASYNC"/></root>
                """.formatted(Encoding.Sink.class.getName()))) {
            Logger logger = harness.logger("com.shop.Checkout");
            logger.info("x {}", new Babbling(logger));
            AsyncBatchingAppender async = harness.appender("ASYNC", AsyncBatchingAppender.class);
            assertThat(async.flush(Duration.ofSeconds(30))).isTrue();
            assertThat(harness.appender("SINK", Encoding.Sink.class).lines)
                    .anyMatch(line -> line.contains("\"message\":\"x Babbling\""));
            assertThat(async.accounting().dropped()).isPositive();
        }
    }

    @Test
    void worksAsTheDocumentationShowsIt() {
        try (LogbackHarness harness = LogbackHarness.configure(directory, """
                <appender name="CONSOLE" class="ch.qos.logback.core.ConsoleAppender">
                  <encoder class="ch.qos.logback.core.encoder.LayoutWrappingEncoder">
                    <layout class="io.inkfast.mask.RedactingPatternLayout">
                      <pattern>%d{ISO8601} %-5level [%thread] %logger{36} - %msg %kvp%n</pattern>
                    </layout>
                  </encoder>
                </appender>
                <appender name="LIST" class="ch.qos.logback.core.read.ListAppender"/>
                <appender name="REDACT" class="io.inkfast.mask.RedactingAppender">
                  <redaction><profile>secrets,pci</profile></redaction>
                  <appender-ref ref="LIST"/>
                </appender>
                <root level="INFO"><appender-ref ref="CONSOLE"/><appender-ref ref="REDACT"/></root>
                """)) {
            PrintStream before = System.out;
            ByteArrayOutputStream printed = new ByteArrayOutputStream();
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            try {
                harness.logger("com.shop.Checkout")
                        .atInfo()
                        .addKeyValue("pin", 1234)
                        .log("password={}", "hunter22");
            } finally {
                System.setOut(before);
            }
            assertThat(printed.toString(StandardCharsets.UTF_8))
                    .endsWith(" com.shop.Checkout - password=**** pin=\"****\"" + System.lineSeparator());
            assertThat(kept(harness)).singleElement().satisfies(event -> {
                assertThat(event.getFormattedMessage()).isEqualTo("password=****");
                assertThat(event.getArgumentArray()).containsExactly("****");
                assertThat(event.getKeyValuePairs().get(0).value).isEqualTo("****");
            });
            assertThat(harness.complaints()).isEmpty();
        }
    }

    @Test
    void handsCleanEventsOnAsTheyWere() {
        try (LogbackHarness harness = redacting("")) {
            harness.context().getMDCAdapter().put("user", "anna");
            RuntimeException thrown = new IllegalStateException("boom", new RuntimeException("cause"));
            var marker = MarkerFactory.getMarker("AUDIT");
            harness.logger("com.shop.Checkout")
                    .atWarn()
                    .addMarker(marker)
                    .addKeyValue("order", 17)
                    .setCause(thrown)
                    .log("shipped {} to {}", "book", 42L);
            ILoggingEvent event = kept(harness).get(0);
            assertThat(event).isInstanceOf(LoggingEvent.class);
            assertThat(event.getMessage()).isEqualTo("shipped {} to {}");
            assertThat(event.getArgumentArray()).containsExactly("book", 42L);
            assertThat(event.getFormattedMessage()).isEqualTo("shipped book to 42");
            assertThat(event.getMarkerList()).singleElement().isSameAs(marker);
            assertThat(event.getKeyValuePairs().get(0).value).isEqualTo(17);
            assertThat(event.getMDCPropertyMap()).containsExactly(Map.entry("user", "anna"));
            assertThat(((ThrowableProxy) event.getThrowableProxy()).getThrowable())
                    .isSameAs(thrown);
            assertThat(event.getLevel()).isEqualTo(Level.WARN);
            assertThat(event.getThreadName()).isEqualTo(Thread.currentThread().getName());
            assertThat(event.getLoggerName()).isEqualTo("com.shop.Checkout");
            assertThat(event.getInstant()).isNotNull();
            assertThat(event.getSequenceNumber()).isPositive();
        }
    }

    @Test
    void letsJsonEncodersBehindItSeeRedactedFields() {
        try (LogbackHarness harness =
                LogbackHarness.configure(directory, """
                <appender name="JSON" class="%s"><encoder class="net.logstash.logback.encoder.LogstashEncoder"/></appender>
                <appender name="REDACT" class="io.inkfast.mask.RedactingAppender"><appender-ref ref="JSON"/></appender>
                <root level="TRACE"><appender-ref ref="REDACT"/></root>
                """.formatted(PatternOutput.Sink.class.getName()))) {
            harness.logger("x")
                    .atInfo()
                    .addKeyValue("login", new Channels.Login("bob", "hunter22"))
                    .log("{}", kv("doc", Map.of("password", "hunter22", "n", 3)));
            JsonNode json = JsonMapper.shared()
                    .readTree(harness.appender("JSON", PatternOutput.Sink.class)
                            .texts
                            .get(0));
            assertThat(json.get("login").get("user").stringValue()).isEqualTo("bob");
            assertThat(json.get("login").get("password").stringValue()).isEqualTo("****");
            assertThat(json.get("doc").get("n").intValue()).isEqualTo(3);
            assertThat(json.get("doc").get("password").stringValue()).isEqualTo("****");
        }
    }

    @Test
    void doesNotChangeTheEvent() {
        try (LogbackHarness harness = redacting("")) {
            LoggingEvent event = new LoggingEvent(
                    "fqcn", harness.context().getLogger("x"), Level.INFO, "password={}", null, new Object[] {"hunter22"
                    });
            appender(harness).doAppend(event);
            assertThat(event.getFormattedMessage()).isEqualTo("password=hunter22");
            assertThat(event.getArgumentArray()).containsExactly("hunter22");
            assertThat(kept(harness).get(0).getFormattedMessage()).isEqualTo("password=****");
        }
    }

    @Test
    void printsAStandInForAnExceptionWithASecret() {
        try (LogbackHarness harness = redacting("")) {
            RuntimeException thrown =
                    new IllegalStateException("password=hunter22", new RuntimeException("card 4111111111111111"));
            harness.logger("x").error("failed", thrown);
            ThrowableProxy proxy = (ThrowableProxy) kept(harness).get(0).getThrowableProxy();
            assertThat(proxy.getClassName()).isEqualTo("java.lang.IllegalStateException");
            assertThat(proxy.getThrowable()).hasToString("java.lang.IllegalStateException: password=****");
            assertThat(proxy.getThrowable().getCause()).hasToString("java.lang.RuntimeException: card ****");
            assertThat(proxy.getThrowable().getStackTrace()).isEqualTo(thrown.getStackTrace());
            assertThat(proxy.getStackTraceElementProxyArray()).hasSameSizeAs(thrown.getStackTrace());
        }
    }

    @Test
    void hidesASecretMadeOfTwoArguments() {
        try (LogbackHarness harness = redacting("")) {
            harness.logger("x").info("{}{} of {}", "41111111", "11111111", "bob");
            ILoggingEvent event = kept(harness).get(0);
            assertThat(event.getFormattedMessage()).isEqualTo("**** of bob");
            assertThat(event.getArgumentArray()).containsExactly("****", "****", "bob");
        }
    }

    @Test
    void keepsItsBooks() {
        try (LogbackHarness harness =
                LogbackHarness.configure(directory, """
                <appender name="SINK" class="%s"/>
                <appender name="REDACT" class="io.inkfast.mask.RedactingAppender">
                  <filter class="ch.qos.logback.classic.filter.ThresholdFilter"><level>INFO</level></filter>
                  <appender-ref ref="SINK"/>
                </appender>
                <root level="TRACE"><appender-ref ref="REDACT"/></root>
                """.formatted(CountingSink.class.getName()))) {
            CountingSink sink = harness.appender("SINK", CountingSink.class);
            RedactingAppender appender = appender(harness);
            harness.logger("x").debug("filtered");
            harness.logger("x").info("token=abc");
            assertThat(appender.health().healthy()).isTrue();
            sink.onEvent(event -> {
                throw new IllegalStateException(event.getFormattedMessage());
            });
            harness.logger("x").info("lost");
            assertThat(appender.health().healthy()).isFalse();
            assertThat(appender.health().lastError()).isEqualTo("java.lang.IllegalStateException");
            assertThat(sink.messages()).containsExactly("token=****");
            assertThat(appender.accounting().balance()).isEqualTo("received 3 = written 1 + filtered 1 + failed 1");
            assertThat(harness.complaints())
                    .containsExactly(
                            "ERROR appender [REDACT]: an event was not taken [java.lang.IllegalStateException]");
            sink.onEvent(event -> {});
            harness.logger("x").info("again");
            assertThat(appender.health().healthy()).isTrue();
            appender.stop();
            appender.stop();
            assertThat(sink.isStarted()).isFalse();
            appender.doAppend(new LoggingEvent("f", harness.context().getLogger("x"), Level.INFO, "late", null, null));
            assertThat(appender.accounting().balance())
                    .isEqualTo("received 5 = written 2 + filtered 1 + rejected 1 + failed 1");
            appender.start();
            assertThat(sink.isStarted()).isTrue();
            harness.logger("x").info("after");
            assertThat(sink.messages()).endsWith("after");
        }
    }

    @Test
    void noticesWhatLogbacksAppendersSwallow() {
        try (LogbackHarness harness = LogbackHarness.configure(directory, """
                <appender name="SINK" class="%s"/>
                <appender name="REDACT" class="io.inkfast.mask.RedactingAppender"><appender-ref ref="SINK"/></appender>
                <root level="TRACE"><appender-ref ref="REDACT"/></root>
                """.formatted(Swallowing.class.getName()))) {
            harness.logger("x").info("x");
            assertThat(appender(harness).accounting().failed()).isEqualTo(1);
        }
    }

    /** Fails inside Logback's base class. */
    public static final class Swallowing extends ch.qos.logback.core.AppenderBase<ILoggingEvent> {
        @Override
        protected void append(ILoggingEvent event) {
            throw new IllegalStateException();
        }
    }

    @Test
    void worksBehindAndBeforeAnAsynchronousFront() {
        try (LogbackHarness harness =
                LogbackHarness.configure(directory, """
                <appender name="SINK" class="%s"/>
                <appender name="INNER" class="io.inkfast.async.AsyncBatchingAppender"><appender-ref ref="SINK"/></appender>
                <appender name="REDACT" class="io.inkfast.mask.RedactingAppender"><appender-ref ref="INNER"/></appender>
                <appender name="OUTER" class="io.inkfast.async.AsyncBatchingAppender"><appender-ref ref="REDACT"/></appender>
                <root level="TRACE"><appender-ref ref="OUTER"/></root>
                """.formatted(CountingSink.class.getName()))) {
            StringBuilder changing = new StringBuilder("token=ghp_0123456789abcdefghijABCDEFGHIJ012345");
            harness.logger("x").atInfo().addKeyValue("k", changing).log("password={} {}", "hunter22", changing);
            changing.setLength(0);
            assertThat(harness.appender("OUTER", io.inkfast.async.AsyncBatchingAppender.class)
                            .flush(Duration.ofSeconds(10)))
                    .isTrue();
            assertThat(appender(harness).flush(Duration.ofSeconds(10))).isTrue();
            assertThat(harness.appender("SINK", CountingSink.class).messages())
                    .containsExactly("password=**** token=****");
            assertThat(harness.complaints()).isEmpty();
        }
    }

    @Test
    void logsWhileItRenders() {
        try (LogbackHarness harness = redacting("")) {
            Object talks = new Object() {
                @Override
                public String toString() {
                    harness.logger("inner").info("password={}", "inner-secret");
                    return "token=outer-secret1";
                }
            };
            harness.logger("outer").info("{}", talks);
            assertThat(kept(harness))
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .contains("password=****", "token=****")
                    .noneMatch(text -> text.contains("secret"));
        }
    }

    @Test
    void passesEverythingOnIfItIsSwitchedOff() {
        try (LogbackHarness harness = redacting("<redaction><profile>none</profile></redaction>")) {
            harness.logger("x").info("password=hunter22");
            assertThat(kept(harness).get(0).getFormattedMessage()).isEqualTo("password=hunter22");
            assertThat(harness.complaints()).contains("WARN Redaction is switched off by <profile>none</profile>");
        }
    }

    @Nested
    class WhenSomethingIsWrong {

        @Test
        void withholdsWhatCannotBeRedacted() {
            try (LogbackHarness harness = redacting("")) {
                Object breaks = new Object() {
                    @Override
                    public String toString() {
                        throw new StackOverflowError("password=hunter22");
                    }
                };
                LoggingEvent event =
                        new LoggingEvent(
                                "f", harness.context().getLogger("x"), Level.WARN, "hello hunter22 {}", null, null) {
                            @Override
                            public String getFormattedMessage() {
                                return String.valueOf(breaks);
                            }
                        };
                appender(harness).doAppend(event);
                ILoggingEvent seen = kept(harness).get(0);
                assertThat(seen.getFormattedMessage())
                        .isEqualTo("[event withheld: redaction failed java.lang.StackOverflowError]");
                assertThat(seen.getLevel()).isEqualTo(Level.WARN);
                assertThat(seen.getLoggerName()).isEqualTo("x");
                assertThat(seen.getTimeStamp()).isEqualTo(event.getTimeStamp());
                assertThat(seen.getMDCPropertyMap()).isEmpty();
                assertThat(appender(harness).getWithheldEvents()).isEqualTo(1);
                assertThat(harness.complaints())
                        .containsExactly("ERROR The content of an event was withheld, because it could not be redacted"
                                + " [java.lang.StackOverflowError]");
            }
        }

        @Test
        void rejectsEverythingAndShowsIt() {
            PrintStream before = System.err;
            ByteArrayOutputStream printed = new ByteArrayOutputStream();
            System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
            try (LogbackHarness harness = redacting("<redaction><profil>pci</profil></redaction>")) {
                harness.logger("com.shop.Checkout").info("password=hunter22");
                assertThat(kept(harness)).isEmpty();
                assertThat(appender(harness).accounting().balance()).isEqualTo("received 1 = written 0 + rejected 1");
                assertThat(appender(harness).health().healthy()).isFalse();
                assertThat(appender(harness).flush(Duration.ZERO)).isFalse();
                assertThat(harness.complaints())
                        .contains(
                                "ERROR appender [REDACT]: <profil> of <redaction> of <appender name=\"REDACT\"> is not a setting"
                                        + " of Redaction; did you mean <profile>?",
                                "ERROR appender [REDACT] is not started; its events are rejected, and shown on standard"
                                        + " error");
            } finally {
                System.setErr(before);
            }
            assertThat(printed.toString(StandardCharsets.UTF_8))
                    .contains(" INFO com.shop.Checkout [event rejected: appender [REDACT] is misconfigured]")
                    .doesNotContain("hunter");
        }

        @Test
        void saysItOnceBehindAnAsynchronousFront() {
            PrintStream before = System.err;
            System.setErr(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
            try (LogbackHarness harness =
                    LogbackHarness.configure(directory, """
                    <appender name="SINK" class="%s"/>
                    <appender name="REDACT" class="io.inkfast.mask.RedactingAppender">
                      <redactoin/><appender-ref ref="SINK"/>
                    </appender>
                    <appender name="ASYNC" class="io.inkfast.async.AsyncBatchingAppender">
                      <appender-ref ref="REDACT"/>
                    </appender>
                    <root level="TRACE"><appender-ref ref="ASYNC"/></root>
                    """.formatted(CountingSink.class.getName()))) {
                assertThat(harness.complaints())
                        .filteredOn(line -> line.startsWith("ERROR appender"))
                        .containsExactly(
                                "ERROR appender [REDACT]: <redactoin> of <appender name=\"REDACT\"> is not a setting of"
                                        + " RedactingAppender; did you mean <redaction>?",
                                "ERROR appender [REDACT] is not started; its events are rejected, and shown on standard"
                                        + " error");
                assertThat(harness.appender("ASYNC", io.inkfast.async.AsyncBatchingAppender.class)
                                .isStarted())
                        .isTrue();
            } finally {
                System.setErr(before);
            }
        }

        @Test
        void cannotBeBehindItself() {
            try (LogbackHarness harness = LogbackHarness.configure(directory, """
                    <appender name="REDACT" class="io.inkfast.mask.RedactingAppender"/>
                    <root level="TRACE"><appender-ref ref="REDACT"/></root>
                    """)) {
                RedactingAppender appender = appender(harness);
                appender.addAppender(appender);
                appender.start();
                assertThat(harness.complaints())
                        .contains("ERROR appender [REDACT]: the appender refers to itself; its <appender-ref> must name"
                                + " another one");
                appender.detachAppender(appender);
            }
        }

        @Test
        void needsAnAppenderBehindIt() {
            try (LogbackHarness harness = LogbackHarness.configure(directory, """
                    <appender name="REDACT" class="io.inkfast.mask.RedactingAppender"/>
                    <root level="TRACE"><appender-ref ref="REDACT"/></root>
                    """)) {
                assertThat(harness.complaints())
                        .contains("ERROR appender [REDACT]: no appender is attached; add <appender-ref ref=\"NAME\"/>,"
                                + " directly inside this appender");
            }
        }
    }
}
