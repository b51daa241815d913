package io.inkfast.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import io.inkfast.async.AsyncBatchingAppender;
import io.inkfast.cli.EncryptedLogs.End;
import io.inkfast.component.EventIdentity;
import io.inkfast.component.Managed;
import io.inkfast.testing.LogbackHarness;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class AuditCommandTest {

    private static final String RUN = "0mwxrebr9b1wocsz";
    private static final String BEGUN = "2026-11-26T16:20:46.725Z";
    private static final String OTHER = "0mwxrebra0000000";
    private static final String NOTE = "note          " + AuditReport.END + "\n";
    private static final String BEGINNING =
            "note          what is missing from 1 on may be in files that were deleted or"
                    + " not given; --partial does not ask for it\n";

    @TempDir
    Path folder;

    private static String line(String run, long number) {
        return "{\"@timestamp\":\"2026-11-26T16:19:30.000Z\",\"message\":\"m\",\"event.id\":\"" + run + "-" + number
                + "\",\"event.sequence\":" + number + "}\n";
    }

    private static String lines(String run, long... numbers) {
        StringBuilder text = new StringBuilder();
        for (long number : numbers) {
            text.append(line(run, number));
        }
        return text.toString();
    }

    private static End run(String in, Object... arguments) {
        return EncryptedLogs.run(in.getBytes(UTF_8), Map.of(), arguments);
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static byte[] zipped(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    private static String report(
            String run, String begun, String numbers, int events, String missing, int duplicates, int late) {
        return "run " + run + ", begun " + begun + "\n  numbers     " + numbers + "\n  events      " + events
                + "\n  missing     " + missing + "\n  duplicates  " + duplicates + "\n  late        " + late + "\n";
    }

    @Test
    void aRunWithoutGapsIsComplete() throws IOException {
        Path log = file("app.json", lines(RUN, 1, 2, 3));
        assertThat(run("", "audit", log))
                .isEqualTo(new End(
                        0,
                        report(RUN, BEGUN, "1 to 3", 3, "0", 0, 0)
                                + "lines         3: 0 without an id, 0 that are not JSON\n" + NOTE
                                + "COMPLETE: 3 events of 1 run, none is missing\n",
                        ""));
    }

    @Test
    void whatIsMissingDoubledLateOrNoEventIsCounted() {
        String in = lines(RUN, 2, 1, 5, 5, 3, 9) + "at com.shop.Checkout\n{\"message\":\"x\"}\n\n" + lines(OTHER, 1)
                + "{\"event.id\":\"" + RUN + "-4";
        assertThat(run(in, "audit"))
                .isEqualTo(new End(
                        1,
                        report(RUN, BEGUN, "1 to 9", 5, "4: 4, 6 to 8", 1, 2)
                                + report(OTHER, "2026-11-26T16:20:46.726Z", "1 to 1", 1, "0", 0, 0)
                                + "lines         10: 1 without an id, 2 that are not JSON\n" + NOTE
                                + "MISSING: 4 events of 1 run not there\n",
                        ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--json", "--format=json"})
    void theSameAsJson(String option) {
        assertThat(run(lines(RUN, 3, 4, 7, 7) + "x", "audit", option))
                .isEqualTo(new End(
                        1,
                        """
                        {"verdict":"MISSING","lines":5,"withoutId":0,"notJson":1,"notes":["%s","%s"],"runs":[{"run":"%s",\
                        "begun":"%s","first":3,"last":7,"events":3,"missing":4,"duplicates":1,"late":0,\
                        "gaps":[{"first":1,"last":2},{"first":5,"last":6}]}]}
                        """.formatted(
                                AuditReport.END, BEGINNING.strip().substring("note          ".length()), RUN, BEGUN),
                        ""));
    }

    @Test
    void aLogWhoseBeginningIsGoneIsCompleteFromThereOn() throws IOException {
        Path log = file("app.json", lines(RUN, 8, 9, 10));
        End asked = run("", "audit", log);
        assertThat(asked.exit()).isEqualTo(1);
        assertThat(asked.out())
                .contains("  missing     7: 1 to 7\n", BEGINNING)
                .endsWith("MISSING: 7 events of 1 run not there\n");
        End partial = run("", "audit", "--partial", log);
        assertThat(partial.exit()).isZero();
        assertThat(partial.out()).contains("  missing     0\n").doesNotContain("--partial");
        assertThat(run("", "audit", "--partial", file("gap.json", lines(RUN, 8, 10))))
                .satisfies(end -> assertThat(end.out()).contains("  missing     1: 9\n"))
                .returns(1, End::exit);
    }

    @Test
    void filesMakeUpARunTogether() throws IOException {
        file("app.2026-11-25.0.json", lines(RUN, 1, 2, 3));
        Files.write(folder.resolve("app.2026-11-26.0.json.gz"), zipped(lines(RUN, 4, 5)));
        file("app.json", lines(RUN, 6, 7));
        assertThat(run("", "audit", folder + "/app*")).satisfies(end -> {
            assertThat(end.out())
                    .contains("numbers     1 to 7\n", "late        0\n")
                    .contains("COMPLETE: 7 events");
            assertThat(end.exit()).isZero();
        });
        assertThat(run("", "audit", folder.resolve("app.json"), folder.resolve("app.2026-11-25.0.json")))
                .satisfies(end -> assertThat(end.out()).contains("missing     2: 4 to 5\n", "late        3\n"))
                .returns(1, End::exit);
    }

    @Test
    void standardInputMayBeCompressed() throws IOException {
        End end = EncryptedLogs.run(zipped(lines(RUN, 1, 2)), Map.of(), "audit");
        assertThat(end.out()).endsWith("COMPLETE: 2 events of 1 run, none is missing\n");
        assertThat(end.exit()).isZero();
    }

    @Test
    void whatCannotBeReadLeavesItOpen() throws IOException {
        Path cut = folder.resolve("cut.json.gz");
        String text = lines(RUN, 1, 2, 3);
        byte[] whole = zipped(text);
        Files.write(cut, Arrays.copyOf(whole, whole.length - 4));
        End end = run("", "audit", cut);
        assertThat(end.exit()).isEqualTo(2);
        assertThat(end.err()).startsWith("inkfast: [" + cut + "] cannot be read (EOFException: ");
        assertThat(end.out()).contains("numbers     1 to 3\n").endsWith("UNKNOWN: not everything could be read\n");
        Path absent = folder.resolve("absent.json");
        assertThat(run("", "audit", absent, file("app.json", text)))
                .returns(2, End::exit)
                .returns("inkfast: [" + absent + "] is not there\n", End::err);
        assertThat(run("", "audit", folder + "/*.log"))
                .returns(2, End::exit)
                .returns("inkfast: no file is called like [" + folder + "/*.log]\n", End::err);
    }

    @Test
    void withoutIdsNothingIsProved() {
        assertThat(run("{\"message\":\"x\"}\n", "audit")).isEqualTo(new End(2, """
                        lines         1: 1 without an id, 0 that are not JSON
                        note          no line has an event.id, so nothing can be said: encoders write it with \
                        <eventId>true</eventId>, and behind a write-ahead or network appender
                        UNKNOWN: no line has an id
                        """, ""));
        assertThat(run("", "audit").exit()).isEqualTo(2);
    }

    @Test
    void manyGapsAreShortenedInTextOnly() {
        long[] odd = new long[100];
        Arrays.setAll(odd, i -> 2L * i + 1);
        assertThat(run(lines(RUN, odd), "audit").out())
                .contains("missing     99: 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 32, 34, 36, 38, 40,"
                        + " and 79 more ranges; --json lists all\n");
        assertThat(run(lines(RUN, odd), "audit", "--json").out()).contains("{\"first\":198,\"last\":198}]");
    }

    @Test
    void twoMillionLinesInAnOrderThatIsAllChance() throws IOException {
        List<Integer> order = new ArrayList<>();
        for (int i = 1; i <= 1_000_000; i++) {
            order.add(i);
        }
        Path log = folder.resolve("many.json");
        try (OutputStream out = Files.newOutputStream(log);
                OutputStream buffered = new java.io.BufferedOutputStream(out, 1 << 16)) {
            for (String run : List.of(RUN, OTHER)) {
                Collections.shuffle(order, new Random(3));
                for (int number : order) {
                    if (number != 123_456 || run.equals(OTHER)) {
                        buffered.write(line(run, number).getBytes(UTF_8));
                    }
                }
            }
        }
        End end = run("", "audit", log);
        assertThat(end.out())
                .contains("  events      999999\n  missing     1: 123456\n", "  events      1000000\n  missing     0\n")
                .endsWith("MISSING: 1 event of 1 run not there\n");
        assertThat(end.exit()).isEqualTo(1);
    }

    @Test
    void opensEncryptedLogs() {
        EncryptedLogs logs = new EncryptedLogs(folder);
        String xml = """
                <appender name="LOG" class="io.inkfast.encrypt.EncryptedFileAppender">
                  <file>%s</file><keyset>file:%s</keyset>
                  <encoder class="io.inkfast.mask.RedactingJsonEncoder"><eventId>true</eventId></encoder>
                </appender>
                <root level="INFO"><appender-ref ref="LOG"/></root>
                """.formatted(logs.log, logs.keyset);
        try (LogbackHarness harness = LogbackHarness.configure(folder, xml)) {
            for (int i = 0; i < 10; i++) {
                harness.logger("a").info("event {}", i);
            }
        }
        End end = logs.run("audit", logs.log);
        assertThat(end.out())
                .contains("numbers     1 to 10\n")
                .endsWith("COMPLETE: 10 events of 1 run, none is missing\n");
        assertThat(end).returns(0, End::exit).returns("", End::err);
        assertThat(run("", "audit", logs.log))
                .returns(64, End::exit)
                .satisfies(without -> assertThat(without.err()).contains("--keyset is missing"));
    }

    @Test
    void aFilterLeavesGapsWhereEventsHaveNumbersAlready() throws IOException {
        String xml = """
                <appender name="FILE" class="io.inkfast.file.BatchingFileAppender">
                  <file>%s/app.json</file>
                  <encoder class="io.inkfast.mask.RedactingJsonEncoder"><schema>ecs</schema><eventId>true</eventId></encoder>
                  <filter class="ch.qos.logback.classic.filter.ThresholdFilter"><level>%s</level></filter>
                </appender>
                <appender name="ASYNC" class="io.inkfast.async.AsyncBatchingAppender">
                  <filter class="ch.qos.logback.classic.filter.ThresholdFilter"><level>%s</level></filter>
                  <appender-ref ref="FILE"/>
                </appender>
                <root level="DEBUG"><appender-ref ref="ASYNC"/></root>
                """;
        String first = logged(xml.formatted(folder, "TRACE", "INFO"), "app.json");
        assertThat(run(first, "audit").out()).contains("  events      50\n  missing     0\n");
        String behind = logged(xml.formatted(folder, "INFO", "TRACE"), "app.json");
        assertThat(run(behind, "audit").out()).contains("  events      50\n  missing     49: 2, 4, 6,");
    }

    /** Holds the thread that delivers until it is let go. */
    public static final class Holding extends Filter<ILoggingEvent> {

        static volatile CountDownLatch gate = new CountDownLatch(0);

        @Override
        public FilterReply decide(ILoggingEvent event) {
            try {
                return gate.await(60, TimeUnit.SECONDS) ? FilterReply.NEUTRAL : FilterReply.DENY;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return FilterReply.DENY;
            }
        }
    }

    @Test
    void whatAQueueHasDroppedIsMissing() throws IOException {
        String xml = """
                <appender name="FILE" class="io.inkfast.file.BatchingFileAppender">
                  <file>%s/app.json</file>
                  <encoder class="io.inkfast.mask.RedactingJsonEncoder"><eventId>true</eventId></encoder>
                  <filter class="%s"/>
                </appender>
                <appender name="ASYNC" class="io.inkfast.async.AsyncBatchingAppender">
                  <queueSize>64</queueSize><overflow>DROP_NEWEST</overflow>
                  <appender-ref ref="FILE"/>
                </appender>
                <root level="DEBUG"><appender-ref ref="ASYNC"/></root>
                """.formatted(folder, Holding.class.getName());
        long dropped;
        Holding.gate = new CountDownLatch(1);
        try (LogbackHarness harness = LogbackHarness.configure(folder, xml)) {
            AsyncBatchingAppender front = harness.appender("ASYNC", AsyncBatchingAppender.class);
            for (int i = 0; i < 500; i++) {
                harness.logger("a").info("event {}", i);
            }
            Holding.gate.countDown();
            assertThat(front.flush(Duration.ofSeconds(30))).isTrue();
            harness.logger("a").info("last");
            assertThat(front.flush(Duration.ofSeconds(30))).isTrue();
            dropped = front.accounting().dropped();
        }
        assertThat(dropped).isPositive();
        End end = run("", "audit", folder.resolve("app.json"));
        assertThat(end.out()).endsWith("MISSING: " + dropped + " events of 1 run not there\n");
        assertThat(end.exit()).isEqualTo(1);
    }

    /* INFO and DEBUG in turns, the last is INFO. */
    private String logged(String xml, String name) throws IOException {
        Path file = folder.resolve(name);
        Files.deleteIfExists(file);
        try (LogbackHarness harness = LogbackHarness.configure(folder, xml)) {
            assertThat(harness.complaints()).isEmpty();
            for (int i = 0; i < 50; i++) {
                harness.logger("a").info("event {}", i);
                if (i < 49) {
                    harness.logger("a").debug("detail {}", i);
                }
            }
            assertThat(harness.appender("ASYNC", Managed.class).flush(Duration.ofSeconds(30)))
                    .isTrue();
            assertThat(EventIdentity.of(harness.context()).runId()).hasSize(16);
        }
        return Files.readString(file);
    }
}
