package io.inkfast.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import io.inkfast.mask.RedactingEncoder;
import io.inkfast.mask.RedactingJsonEncoder;
import io.inkfast.testing.LogbackHarness;
import io.inkfast.testing.StoppedHealth;
import io.inkfast.testing.TestEncoders;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.management.ObjectName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class FlightRecorderAppenderTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String LINES = "<encoder class=\"" + TestEncoders.Lines.class.getName() + "\"/>";

    @TempDir
    Path folder;

    private Path directory() {
        return folder.resolve("flight");
    }

    private String xml(String settings) {
        return "<appender name=\"RECORDER\" class=\"io.inkfast.recorder.FlightRecorderAppender\"><directory>"
                + directory() + "</directory><size>512KB</size>" + settings
                + "</appender><root level=\"TRACE\"><appender-ref ref=\"RECORDER\"/></root>";
    }

    private LogbackHarness configure(String settings) {
        return LogbackHarness.configure(folder, xml(settings));
    }

    private static FlightRecorderAppender recorder(LogbackHarness harness) {
        return harness.appender("RECORDER", FlightRecorderAppender.class);
    }

    private static List<String> recorded(LogbackHarness harness) throws IOException {
        return FlightDirectory.lines(recorder(harness).ring());
    }

    private List<Path> dumps(LogbackHarness harness) throws IOException {
        assertThat(recorder(harness).flush(LIMIT)).isTrue();
        return FlightDirectory.dumps(directory());
    }

    @Test
    void anotherRingIsBegunWhenTheirDirectoryIsMoved() throws Exception {
        Path elsewhere = folder.resolve("elsewhere");
        try (LogbackHarness harness = configure(LINES)) {
            Logger logger = harness.logger("a");
            logger.info("before");
            String first = recorder(harness).ring().getFileName().toString();
            // Its look for the rings of the dead is over.
            assertThat(recorder(harness).flush(LIMIT)).isTrue();
            Files.move(directory(), elsewhere);
            await().atMost(LIMIT)
                    .until(() -> Files.isDirectory(directory())
                            && Files.exists(recorder(harness).ring()));
            logger.info("after");
            assertThat(recorded(harness)).containsExactly("after");
            assertThat(OwnRings.contains(recorder(harness).ring().toRealPath())).isTrue();
            assertThat(FlightDirectory.lines(elsewhere.resolve(first))).containsExactly("before");
            assertThat(harness.complaints())
                    .containsExactly("ERROR the ring was deleted or moved while it was in use; recording in ["
                            + recorder(harness).ring() + "] from now on");
            assertThat(recorder(harness).accounting().balance()).isEqualTo("received 2 = written 2");
        }
    }

    @Test
    void recordsEveryLevelAtOnce() throws Exception {
        try (LogbackHarness harness = configure(LINES)) {
            Logger logger = harness.logger("a");
            logger.trace("1");
            logger.debug("2 {}", "two");
            logger.info("3");
            logger.warn("4");
            logger.error("5");
            assertThat(recorded(harness)).containsExactly("1", "2 two", "3", "4", "5");
            assertThat(recorder(harness).accounting().balance()).isEqualTo("received 5 = written 5");
            assertThat(recorder(harness).health().healthy()).isTrue();
            assertThat(harness.complaints()).isEmpty();
            assertThat(FlightDirectory.dumps(directory())).isEmpty();
        }
    }

    @Test
    void keepsItsFilesForTheOwner() throws IOException {
        try (LogbackHarness harness = configure("<dumpOn>ERROR</dumpOn>" + LINES)) {
            harness.logger("a").error("x");
            Path dump = dumps(harness).get(0);
            for (Path file : List.of(recorder(harness).ring(), dump)) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
            }
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory())))
                    .endsWith("---");
        }
    }

    @Test
    void takesNoPartInWhatFiltersDeny() throws IOException {
        String filter = "<filter class=\"ch.qos.logback.classic.filter.ThresholdFilter\"><level>INFO</level></filter>";
        try (LogbackHarness harness = configure(filter + LINES)) {
            harness.logger("a").debug("1");
            harness.logger("a").info("2");
            assertThat(recorded(harness)).containsExactly("2");
            assertThat(recorder(harness).accounting().balance()).isEqualTo("received 2 = written 1 + filtered 1");
        }
    }

    @Test
    void countsWhatTheEncoderCannotWriteAndGoesOn() throws IOException {
        String failing = "<encoder class=\"io.inkfast.recorder.FlightRecorderAppenderTest$Picky\"/>";
        try (LogbackHarness harness = configure(failing)) {
            harness.logger("a").info("memory");
            harness.logger("a").info("fine");
            assertThat(recorded(harness)).containsExactly("fine");
            assertThat(recorder(harness).accounting().balance()).isEqualTo("received 2 = written 1 + failed 1");
            assertThat(harness.complaints())
                    .containsExactly("ERROR an event could not be recorded [java.lang.OutOfMemoryError]; it is lost");
        }
    }

    @Test
    void recordsWhatIsLoggedWhileAnEventIsEncoded() throws IOException {
        try (LogbackHarness harness = configure(LINES)) {
            Logger logger = harness.logger("a");
            Object chatty = new Object() {
                @Override
                public String toString() {
                    logger.debug("inner");
                    return "chatty";
                }
            };
            logger.info("outer {}", chatty);
            assertThat(recorded(harness)).containsExactly("inner", "outer chatty");
        }
    }

    @Test
    void keepsTheInterruptFlag() throws IOException {
        try (LogbackHarness harness = configure("<dumpOn>ERROR</dumpOn>" + LINES)) {
            Thread.currentThread().interrupt();
            harness.logger("a").error("x");
            assertThat(recorder(harness).flush(LIMIT)).isTrue();
            assertThat(Thread.interrupted()).isTrue();
            assertThat(recorded(harness)).containsExactly("x");
            assertThat(FlightDirectory.dumps(directory())).hasSize(1);
        }
    }

    @Test
    void startsOnAThreadThatIsInterrupted() throws IOException {
        Thread.currentThread().interrupt();
        try (LogbackHarness harness = configure(LINES)) {
            assertThat(Thread.interrupted()).isTrue();
            harness.logger("a").info("x");
            assertThat(recorded(harness)).containsExactly("x");
        }
    }

    @Test
    void isShownOverJmx() throws Exception {
        try (LogbackHarness harness = configure(LINES)) {
            harness.logger("a").info("x");
            var server = ManagementFactory.getPlatformMBeanServer();
            var appender = new ObjectName("io.inkfast:type=Appender,context=\"test\",name=\"RECORDER\"");
            var flight = new ObjectName("io.inkfast:type=FlightRecorder,context=\"test\",name=\"RECORDER\"");
            assertThat(server.getAttribute(appender, "Written")).isEqualTo(1L);
            assertThat(server.getAttribute(flight, "Ring"))
                    .isEqualTo(recorder(harness).ring().toString());
            Object dump = server.invoke(flight, "dump", new Object[0], new String[0]);
            assertThat(Files.readString(Path.of((String) dump))).isEqualTo("x\n");
            assertThat(server.getAttribute(flight, "Dumps")).isEqualTo(1L);
            recorder(harness).stop();
            assertThat(server.isRegistered(flight)).isFalse();
        }
    }

    /** Throws at one message; redacts nothing, as most. */
    public static final class Picky extends TestEncoders.Lines implements io.inkfast.component.EventRedactor {

        @Override
        public byte[] encode(ILoggingEvent event) {
            if (event.getFormattedMessage().equals("memory")) {
                throw new OutOfMemoryError("secret");
            }
            return super.encode(event);
        }

        @Override
        public String describe(ILoggingEvent event) {
            return event.getFormattedMessage();
        }

        @Override
        public String loggerName(ILoggingEvent event) {
            return event.getLoggerName();
        }

        @Override
        public ILoggingEvent freeze(ILoggingEvent event) {
            return event;
        }

        @Override
        public ILoggingEvent redact(ILoggingEvent event) {
            return event;
        }

        @Override
        public Object rules() {
            return this;
        }
    }

    @Nested
    class WhenAnEventAsksForADump {

        @Test
        void writesTheEventsInFrontOfIt() throws IOException {
            try (LogbackHarness harness = configure("<dumpOn>error</dumpOn><dumpEvents>3</dumpEvents>" + LINES)) {
                for (int i = 1; i <= 5; i++) {
                    harness.logger("a").trace("{}", i);
                }
                harness.logger("a").error("broken");
                Path dump = dumps(harness).get(0);
                assertThat(Files.readAllLines(dump)).containsExactly("4", "5", "broken");
                assertThat(dump.getFileName().toString())
                        .matches("flight-dump-" + ProcessHandle.current().pid() + "-\\d{8}T\\d{6}\\.\\d{3}Z\\.log");
                assertThat(harness.statuses()).contains("INFO the last 3 events are in [" + dump + "]");
                assertThat(FlightDirectory.state(recorder(harness).ring())).isEqualTo(FlightRing.State.LIVE);
            }
        }

        @Test
        void writesOnlyThoseWithTheSameValueOfTheKey() throws IOException {
            try (LogbackHarness harness =
                    configure("<dumpOn>ERROR</dumpOn><key>traceId</key>" + "<dumpInterval>0</dumpInterval>" + LINES)) {
                var mdc = harness.context().getMDCAdapter();
                mdc.put("traceId", "one");
                harness.logger("a").debug("1 of one");
                mdc.put("traceId", "two");
                harness.logger("a").debug("1 of two");
                mdc.remove("traceId");
                harness.logger("a").debug("of none");
                mdc.put("traceId", "one");
                harness.logger("a").error("2 of one");
                assertThat(Files.readAllLines(dumps(harness).get(0))).containsExactly("1 of one", "2 of one");
                mdc.remove("traceId");
                harness.logger("a").error("no key");
                assertThat(dumps(harness)).hasSize(2);
                assertThat(Files.readAllLines(dumps(harness).get(1)))
                        .containsExactly("1 of one", "1 of two", "of none", "2 of one", "no key");
            }
        }

        @Test
        void writesNoMoreThanOneInTheInterval() throws IOException {
            try (LogbackHarness harness = configure("<dumpOn>WARN</dumpOn>" + LINES)) {
                for (int i = 0; i < 1000; i++) {
                    harness.logger("a").warn("{}", i);
                }
                assertThat(dumps(harness)).hasSize(1);
            }
        }

        @Test
        void keepsTheNewestDumps() throws IOException {
            try (LogbackHarness harness =
                    configure("<dumpOn>WARN</dumpOn><dumpInterval>0</dumpInterval><keep>2</keep>" + LINES)) {
                for (int i = 0; i < 5; i++) {
                    harness.logger("a").warn("{}", i);
                    assertThat(recorder(harness).flush(LIMIT)).isTrue();
                }
                List<Path> dumps = dumps(harness);
                assertThat(dumps).hasSize(2);
                assertThat(dumps.stream().map(FlightRecorderAppenderTest::lastLine))
                        .containsExactly("3", "4");
            }
        }

        /* As after the clock was set back. */
        @Test
        void keepsTheDumpThatItHasJustWrittenWhateverTheClockSays() throws IOException {
            Files.createDirectories(directory());
            for (int i = 0; i < 3; i++) {
                Files.createFile(directory().resolve("flight-dump-1-29990101T00000" + i + ".000Z.log"));
            }
            try (LogbackHarness harness = configure("<dumpOn>WARN</dumpOn><keep>2</keep>" + LINES)) {
                harness.logger("a").warn("now");
                assertThat(recorder(harness).flush(LIMIT)).isTrue();
                List<Path> dumps = dumps(harness);
                assertThat(dumps).hasSize(2);
                assertThat(lastLine(dumps.get(0))).isEqualTo("now");
            }
        }

        @Test
        void writesItThoughTheAppenderStopsAtOnce() throws IOException {
            try (LogbackHarness harness = configure("<dumpOn>ERROR</dumpOn>" + LINES)) {
                harness.logger("a").error("broken");
            }
            assertThat(FlightDirectory.dumps(directory())).hasSize(1);
        }
    }

    private static String lastLine(Path dump) {
        try {
            List<String> lines = Files.readAllLines(dump);
            return lines.get(lines.size() - 1);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Nested
    class WhatIsRecorded {

        private static final String SECRET = "hunter2-hunter2";

        @Test
        void isRedactedJsonUnlessAnEncoderIsNamed() throws IOException {
            try (LogbackHarness harness = configure("")) {
                harness.logger("a").info("login password={}", SECRET);
                assertThat(recorder(harness).getEncoder()).isInstanceOf(RedactingJsonEncoder.class);
                String line = recorded(harness).get(0);
                assertThat(line).doesNotContain(SECRET);
                assertThat(json(line).get("message").asString()).startsWith("login password=");
                assertThat(harness.complaints()).isEmpty();
            }
        }

        @Test
        void isRedactedWhateverTheEncoder() throws IOException {
            try (LogbackHarness harness = configure("<encoder><pattern>%level %msg%n</pattern></encoder>")) {
                harness.logger("a").info("login password={}", SECRET);
                assertThat(recorder(harness).getEncoder()).isInstanceOf(RedactingEncoder.class);
                assertThat(recorded(harness))
                        .hasSize(1)
                        .allSatisfy(line -> assertThat(line)
                                .startsWith("INFO login password=")
                                .doesNotContain(SECRET));
                assertThat(harness.statuses())
                        .contains("INFO <encoder> [PatternLayoutEncoder] does not redact; what it writes is redacted"
                                + " by profiles secrets and pci");
                assertThat(harness.complaints()).isEmpty();
            }
        }

        @Test
        void goesThroughTheRedactorThatIsConfigured() throws IOException {
            String own = "<encoder class=\"io.inkfast.mask.RedactingJsonEncoder\"><redaction><profile>none</profile>"
                    + "</redaction></encoder>";
            try (LogbackHarness harness = configure(own)) {
                harness.logger("a").info("login password={}", SECRET);
                assertThat(recorded(harness).get(0)).contains(SECRET);
            }
            String layout = "<encoder class=\"ch.qos.logback.core.encoder.LayoutWrappingEncoder\">"
                    + "<layout class=\"io.inkfast.mask.RedactingPatternLayout\"><pattern>%msg%n</pattern></layout>"
                    + "</encoder>";
            try (LogbackHarness harness = configure(layout)) {
                Encoder<ILoggingEvent> encoder = recorder(harness).getEncoder();
                harness.logger("a").info("login password={}", SECRET);
                assertThat(encoder).isNotInstanceOf(RedactingEncoder.class);
                assertThat(recorded(harness).get(0)).doesNotContain(SECRET);
            }
        }

        @Test
        void isShortenedIfItIsTooLongAndStaysJsonWithoutHalfASecret() throws IOException {
            try (LogbackHarness harness = configure("")) {
                String before = "x".repeat(900);
                harness.logger("a").info("{} password={} {}", before, SECRET, "y".repeat(9000));
                harness.logger("a")
                        .atInfo()
                        .addKeyValue("big", "z".repeat(9000))
                        .log("short");
                harness.logger("a").error("deep", deep(40));
                harness.context().getMDCAdapter().put("huge", "m".repeat(9000));
                harness.logger("a").info("with a context");
                harness.context().getMDCAdapter().clear();
                List<String> lines = recorded(harness);
                assertThat(lines).hasSize(4);
                assertThat(lines.get(0)).doesNotContain("hunter");
                assertThat(json(lines.get(0)).get("message").asString())
                        .startsWith("xxx")
                        .endsWith(" [shortened]");
                assertThat(json(lines.get(1)).get("message").asString()).isEqualTo("short [shortened]");
                assertThat(json(lines.get(2)).get("message").asString()).isEqualTo("deep");
                assertThat(json(lines.get(2)).get("stack_trace").asString())
                        .contains("IllegalStateException: level 0")
                        .contains("at io.inkfast.recorder.FlightRecorderAppenderTest");
                assertThat(json(lines.get(3)).get("message").asString()).isEqualTo("with a context [shortened]");
                assertThat(shortened(harness)).isEqualTo(4);
                assertThat(recorder(harness).accounting().balance()).isEqualTo("received 4 = written 4");
            }
        }

        @Test
        void hasNoHalfSecretWhereverItIsCut() throws IOException {
            try (LogbackHarness harness = configure("")) {
                for (int before = 960; before < 1000; before++) {
                    harness.logger("a").info("{} password={} {}", "x".repeat(before), SECRET, "y".repeat(9000));
                }
                assertThat(recorded(harness))
                        .hasSize(40)
                        .allSatisfy(line -> assertThat(line).doesNotContain("hun"));
            }
        }

        private long shortened(LogbackHarness harness) throws IOException {
            long[] count = {0};
            try (FlightRing ring = FlightRing.open(recorder(harness).ring())) {
                ring.last(100, event -> count[0] += event.shortened() ? 1 : 0);
            }
            return count[0];
        }

        private Exception deep(int levels) {
            Exception deepest = null;
            for (int i = levels; i >= 0; i--) {
                deepest = new IllegalStateException("level " + i, deepest);
            }
            return deepest;
        }

        private JsonNode json(String line) {
            return JsonMapper.builder().build().readTree(line);
        }
    }

    @Nested
    class AfterAStop {

        @Test
        void theRingIsClean() throws IOException {
            Path ring;
            try (LogbackHarness harness = configure(LINES)) {
                ring = recorder(harness).ring();
                harness.logger("a").info("x");
                assertThat(FlightDirectory.state(ring)).isEqualTo(FlightRing.State.LIVE);
            }
            assertThat(FlightDirectory.state(ring)).isEqualTo(FlightRing.State.CLEAN);
            assertThat(FlightDirectory.lines(ring)).containsExactly("x");
        }

        @Test
        void itsHealthSaysSinceWhen() {
            try (LogbackHarness harness = configure(LINES)) {
                StoppedHealth.check(new FlightRecorderAppender(), recorder(harness));
            }
        }

        @Test
        void eventsAreRejected() {
            try (LogbackHarness harness = configure(LINES)) {
                FlightRecorderAppender appender = recorder(harness);
                appender.stop();
                appender.stop();
                harness.logger("a").info("x");
                assertThat(appender.accounting().balance()).isEqualTo("received 1 = written 0 + rejected 1");
                assertThat(appender.health().healthy()).isFalse();
                assertThat(appender.flush(Duration.ZERO)).isFalse();
                assertThat(appender.ring()).isNull();
                assertThat(harness.statuses()).contains("INFO appender [RECORDER] is stopped; received 0 = written 0");
            }
        }

        @Test
        void aStartMakesANewRing() throws IOException {
            try (LogbackHarness harness = configure(LINES)) {
                FlightRecorderAppender appender = recorder(harness);
                Path first = appender.ring();
                harness.logger("a").info("1");
                appender.stop();
                appender.start();
                appender.start();
                harness.logger("a").info("2");
                assertThat(appender.ring()).isNotEqualTo(first);
                assertThat(recorded(harness)).containsExactly("2");
                assertThat(appender.flush(LIMIT)).isTrue();
                assertThat(FlightDirectory.dumps(directory())).isEmpty();
                assertThat(harness.complaints()).isEmpty();
            }
        }

        @Test
        void aReconfigurationMakesANewRing() throws IOException {
            try (LogbackHarness harness = configure(LINES)) {
                Path first = recorder(harness).ring();
                harness.logger("a").info("1");
                Path xml = Files.writeString(
                        folder.resolve("next.xml"),
                        "<configuration>" + xml("<dumpOn>ERROR</dumpOn>" + LINES) + "</configuration>");
                harness.reconfigure(xml);
                harness.logger("a").error("2");
                assertThat(recorded(harness)).containsExactly("2");
                assertThat(FlightDirectory.state(first)).isEqualTo(FlightRing.State.CLEAN);
                assertThat(Files.readAllLines(dumps(harness).get(0))).containsExactly("2");
            }
        }

        @Test
        void onlyTheNewestRingsStay() throws IOException {
            try (LogbackHarness harness = configure("<keep>2</keep>" + LINES)) {
                FlightRecorderAppender appender = recorder(harness);
                for (int i = 0; i < 5; i++) {
                    appender.stop();
                    appender.start();
                    assertThat(appender.flush(LIMIT)).isTrue();
                }
                // And the one that is written to.
                assertThat(FlightDirectory.rings(directory())).hasSize(3).contains(appender.ring());
            }
        }
    }

    @Nested
    class WithAnotherRecorderInTheDirectory {

        @Test
        void eachHasItsRing() throws IOException {
            String second = xml(LINES).replace("RECORDER", "SECOND");
            try (LogbackHarness harness = LogbackHarness.configure(folder, xml(LINES) + second)) {
                harness.logger("a").info("x");
                FlightRecorderAppender other = harness.appender("SECOND", FlightRecorderAppender.class);
                assertThat(recorder(harness).flush(LIMIT)).isTrue();
                assertThat(other.flush(LIMIT)).isTrue();
                assertThat(other.ring()).isNotEqualTo(recorder(harness).ring());
                assertThat(FlightDirectory.lines(other.ring())).containsExactly("x");
                assertThat(recorded(harness)).containsExactly("x");
                assertThat(harness.complaints()).isEmpty();
            }
        }
    }

    @Test
    void theConfigurationThatUsersCopyRecordsEverythingAndDumpsOnAnError() throws IOException {
        Path log = folder.resolve("app.json");
        Path xml = Files.writeString(folder.resolve("logback.xml"), """
                <configuration>
                  <appender name="FILE" class="io.inkfast.file.BatchingFileAppender">
                    <file>${LOG_FILE:-logs/app.json}</file>
                    <filter class="ch.qos.logback.classic.filter.ThresholdFilter"><level>INFO</level></filter>
                    <encoder class="io.inkfast.mask.RedactingJsonEncoder"/>
                  </appender>
                  <appender name="RECORDER" class="io.inkfast.recorder.FlightRecorderAppender">
                    <directory>${FLIGHT_DIR:-logs/flight}</directory>
                    <size>8MB</size>
                    <dumpOn>ERROR</dumpOn>
                    <encoder class="io.inkfast.mask.RedactingJsonEncoder"/>
                  </appender>
                  <root level="TRACE"><appender-ref ref="FILE"/><appender-ref ref="RECORDER"/></root>
                </configuration>
                """);
        Map<String, String> variables =
                Map.of("LOG_FILE", log.toString(), "FLIGHT_DIR", directory().toString());
        try (LogbackHarness harness = LogbackHarness.configure(xml, variables)) {
            for (int i = 0; i < 100; i++) {
                harness.logger("a").trace("step {}", i);
            }
            harness.logger("a").info("done");
            harness.logger("a").error("failed");
            assertThat(Files.readAllLines(log)).hasSize(2);
            assertThat(recorded(harness)).hasSize(102);
            assertThat(Files.readAllLines(dumps(harness).get(0))).hasSize(102);
            assertThat(harness.complaints()).isEmpty();
            assertThat(Files.size(recorder(harness).ring())).isEqualTo(4096 + 127 * 65_536);
        }
    }
}
