package io.inkfast.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.testing.Torture;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are killed with signal 9 in the midst of their traffic, again and again in one directory. */
@Tag(Torture.TAG)
class KilledIT {

    private static final int CYCLES = Torture.times(30, 300, 10_000);
    private static final Pattern MESSAGE = Pattern.compile("\"message\":\"(\\d):(\\d+) ([a-z ]+)\"");
    private static final String CONTRACT = """
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
            """;

    @TempDir
    Path folder;

    private Path directory() {
        return folder.resolve("flight");
    }

    private Path log() {
        return folder.resolve("app.json");
    }

    /** What became of a process: its ring, and up to where each thread had been told that its events are recorded. */
    private record Killed(long pid, Path ring, long[] acknowledged) {}

    private Killed killAfter(Path xml, long nanos) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        KilledProgram.class.getName(),
                        xml.toString(),
                        directory().toString(),
                        log().toString())
                .redirectError(folder.resolve("err.txt").toFile())
                .start();
        long[] acknowledged = new long[KilledProgram.THREADS];
        Arrays.fill(acknowledged, -1);
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            String line = said.readLine();
            while (line != null && !line.startsWith(KilledProgram.READY)) {
                line = said.readLine();
            }
            assertThat(line).as(Files.readString(folder.resolve("err.txt"))).isNotNull();
            Path ring = Path.of(line.substring(KilledProgram.READY.length() + 1));
            Thread killer = new Thread(() -> {
                LockSupport.parkNanos(nanos);
                // Signal 9; the process itself would close the stream that is being read.
                process.toHandle().destroyForcibly();
            });
            killer.start();
            for (String ack = said.readLine(); ack != null; ack = said.readLine()) {
                int colon = ack.indexOf(':');
                if (colon == 1) {
                    acknowledged[ack.charAt(0) - '0'] = Long.parseLong(ack.substring(2));
                }
            }
            killer.join();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(128 + 9);
            return new Killed(process.pid(), ring, acknowledged);
        }
    }

    /* Every event of the last lap whose call had returned is there, in order, and nothing else. */
    private static List<String> check(Killed killed) throws IOException {
        List<String> lines = new ArrayList<>();
        List<List<long[]>> threads = new ArrayList<>();
        for (int i = 0; i < KilledProgram.THREADS; i++) {
            threads.add(new ArrayList<>());
        }
        long[] first = {0};
        long[] newest = {0};
        try (FlightRing ring = FlightRing.open(killed.ring())) {
            assertThat(ring.state()).isEqualTo(FlightRing.State.UNCLEAN);
            ring.last(Integer.MAX_VALUE, event -> {
                lines.add(event.text());
                first[0] = first[0] == 0 ? event.number() : first[0];
                newest[0] = event.number();
                Matcher matcher = MESSAGE.matcher(event.text());
                if (matcher.find()) {
                    if (matcher.group(3).startsWith("of")) {
                        threads.get(Integer.parseInt(matcher.group(1)))
                                .add(new long[] {event.number(), Long.parseLong(matcher.group(2))});
                    }
                    assertThat(event.text()).startsWith("{").endsWith("}");
                }
            });
            assertThat(ring.missing()).isLessThanOrEqualTo(KilledProgram.THREADS);
        }
        int seen = 0;
        for (int i = 0; i < KilledProgram.THREADS; i++) {
            List<long[]> events = threads.get(i);
            long acknowledged = killed.acknowledged()[i];
            if (first[0] <= 1) {
                // The ring has not come round: all of them, from the first one on.
                assertThat(events.size()).as("thread %d", i).isGreaterThan((int) acknowledged);
            }
            if (!events.isEmpty()) {
                seen++;
                assertThat(events.get(events.size() - 1)[1]).as("thread %d", i).isGreaterThanOrEqualTo(acknowledged);
                // The oldest block may be about to be overwritten.
                long from = first[0] == 1 ? 1 : first[0] + (newest[0] - first[0]) / 4;
                for (int k = 1; k < events.size(); k++) {
                    if (events.get(k - 1)[0] >= from) {
                        assertThat(events.get(k)[1]).as("thread %d", i).isEqualTo(events.get(k - 1)[1] + 1);
                    }
                }
            }
        }
        // Killed at once, it may not have come to the first one.
        assertThat(first[0] <= 1 || seen > 0).isTrue();
        return lines;
    }

    @Test
    @Timeout(1800)
    void everyEventWhoseCallHadReturnedIsInTheRingAndInTheDumpOfTheNextStart() throws Exception {
        Path large = Files.writeString(folder.resolve("large.xml"), CONTRACT);
        Path small = Files.writeString(folder.resolve("small.xml"), CONTRACT.replace("8MB", "1MB"));
        Random random = new Random(4);
        Killed before = null;
        List<String> expected = List.of();
        int wrapped = 0;
        for (int cycle = 0; cycle < CYCLES; cycle++) {
            Killed killed = killAfter(cycle % 2 == 0 ? large : small, random.nextInt(400) * 1_000_000L);
            if (before != null) {
                assertThat(dumpOf(before.pid())).as("cycle %d", cycle).isEqualTo(expected);
                assertThat(FlightDirectory.state(before.ring())).isEqualTo(FlightRing.State.DUMPED);
            }
            expected = check(killed);
            wrapped += expected.size() > 0 && killed.acknowledged()[0] * 4 > expected.size() ? 1 : 0;
            before = killed;
        }
        System.err.println("KilledIT: " + CYCLES + " cycles, the ring had come round in " + wrapped);
    }

    private List<String> dumpOf(long pid) throws IOException {
        List<Path> dumps = FlightDirectory.dumps(directory()).stream()
                .filter(dump -> dump.getFileName().toString().startsWith("flight-dump-" + pid + "-"))
                .toList();
        assertThat(dumps).hasSizeLessThan(2);
        return dumps.isEmpty() ? List.of() : Files.readAllLines(dumps.get(0));
    }

    @Test
    @Timeout(120)
    void theNextStartNamesTheProcessAndTheLogStaysAtInfo() throws Exception {
        Path xml = Files.writeString(folder.resolve("contract.xml"), CONTRACT);
        Killed killed = killAfter(xml, 300_000_000L);
        killAfter(xml, 0);
        List<String> lines = Files.readAllLines(log());
        assertThat(lines).allSatisfy(line -> assertThat(line).doesNotContain("TRACE"));
        List<String> warnings = lines.stream()
                .filter(line -> line.contains("\"level\":\"WARN\""))
                .toList();
        assertThat(warnings).hasSize(1);
        Path dump = FlightDirectory.dumps(directory()).get(0);
        assertThat(warnings.get(0))
                .contains("process " + killed.pid() + " ended without shutdown at about ")
                .contains(" events are in [" + dump + "]");
        assertThat(Files.readAllLines(dump)).anySatisfy(line -> assertThat(line).contains("\"level\":\"TRACE\""));
    }
}
