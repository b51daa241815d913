package io.inkfast.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.keys.EncryptionKeyset;
import io.inkfast.keys.KeysetFile;
import io.inkfast.keys.KeysetPurpose;
import io.inkfast.recorder.KilledChain.Killed;
import io.inkfast.testing.ChildJvm;
import io.inkfast.testing.LogbackHarness;
import io.inkfast.testing.Torture;
import io.inkfast.wal.WriteAheadAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes with a flight recorder, a journal and an encrypted log that are killed with signal 9 in the midst of their traffic, again and
 * again in one directory; in two directories at once.
 */
@Tag(Torture.TAG)
class KilledIT {

    private static final int CHAINS = 2;
    private static final int CYCLES = Torture.times(30, 300, 10_000) / CHAINS;
    private static final String RECORDER = """
              <appender name="RECORDER" class="io.inkfast.recorder.FlightRecorderAppender">
                <directory>${LOGS}/flight</directory>
                <size>8MB</size>
                <dumpOn>ERROR</dumpOn>
                <encoder class="io.inkfast.mask.RedactingJsonEncoder"/>
              </appender>
            """;
    private static final String RECORDED = """
            <configuration>
              <appender name="FILE" class="io.inkfast.file.BatchingFileAppender">
                <file>${LOGS}/app.json</file>
                <filter class="ch.qos.logback.classic.filter.ThresholdFilter"><level>INFO</level></filter>
                <encoder class="io.inkfast.mask.RedactingJsonEncoder"/>
              </appender>
            """ + RECORDER + """
              <root level="TRACE"><appender-ref ref="FILE"/><appender-ref ref="RECORDER"/></root>
            </configuration>
            """;
    private static final String JOURNALLED =
            """
            <configuration>
              <appender name="FILE" class="io.inkfast.file.BatchingFileAppender">
                <file>${LOGS}/app.json</file>
                <encoder class="io.inkfast.mask.RedactingJsonEncoder"><eventId>true</eventId></encoder>
              </appender>
              <appender name="WAL" class="io.inkfast.wal.WriteAheadAppender">
                <directory>${LOGS}/wal</directory>
                <diskLevel>WARN</diskLevel>
                <osLevel>INFO</osLevel>
                <allowClear>true</allowClear>
                <filter class="ch.qos.logback.classic.filter.ThresholdFilter"><level>INFO</level></filter>
                <appender-ref ref="FILE"/>
              </appender>
              <appender name="SECURE" class="io.inkfast.encrypt.EncryptedFileAppender">
                <file>${LOGS}/secure/app.elog</file>
                <rollingPolicy class="ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy">
                  <fileNamePattern>${LOGS}/secure/app.elog.%d{yyyy-MM}.%i</fileNamePattern>
                  <maxFileSize>20KB</maxFileSize>
                </rollingPolicy>
                <keyset>file:${LOGS}/../keyset.json</keyset>
                <flushInterval>20 ms</flushInterval>
                <flushLevel>WARN</flushLevel>
                <filter class="ch.qos.logback.classic.filter.ThresholdFilter"><level>INFO</level></filter>
                <encoder><pattern>%msg%n</pattern></encoder>
              </appender>
            """ + RECORDER.replace("<dumpOn>", "<allowClear>true</allowClear><dumpOn>") + """
              <root level="TRACE"><appender-ref ref="WAL"/><appender-ref ref="SECURE"/><appender-ref ref="RECORDER"/></root>
            </configuration>
            """;

    @TempDir
    Path folder;

    private ChildJvm jvm(Path xml) throws IOException, InterruptedException {
        Path warm = Files.createDirectory(folder.resolve("warm"));
        return ChildJvm.archived(warm, KilledProgram.class, xml.toString(), warm.toString(), "0", "2000");
    }

    @Test
    @Timeout(6 * 3600)
    void everyEventWhoseCallHadReturnedIsInTheRingAndInTheDumpOfTheNextStartAndInTheLogs() throws Exception {
        KeysetFile.of("keyset", "file:" + folder.resolve("keyset.json")).generate(KeysetPurpose.ENCRYPTION, false);
        Path large = Files.writeString(folder.resolve("large.xml"), JOURNALLED.replace("8MB", "2MB"));
        Path small = Files.writeString(folder.resolve("small.xml"), JOURNALLED.replace("8MB", "512KB"));
        ChildJvm jvm = jvm(large);
        ExecutorService chains = Executors.newFixedThreadPool(CHAINS);
        List<Future<Integer>> all = new ArrayList<>();
        for (int i = 0; i < CHAINS; i++) {
            Random random = new Random(i);
            Path directory = Files.createDirectory(folder.resolve("chain-" + i));
            all.add(chains.submit(() -> run(new KilledChain(directory, jvm), large, small, random)));
        }
        int wrapped = 0;
        for (Future<Integer> each : all) {
            wrapped += each.get();
        }
        chains.shutdown();
        System.err.println(
                "KilledIT: " + CHAINS * CYCLES + " killed, the ring had come round in " + wrapped + " of them");
    }

    /* In how many the ring had come round. */
    private int run(KilledChain chain, Path large, Path small, Random random) throws Exception {
        Killed before = null;
        List<String> expected = List.of();
        int wrapped = 0;
        for (int cycle = 0; cycle < CYCLES; cycle++) {
            Killed killed = chain.killAfter(
                    cycle % 2 == 0 ? large : small, random.nextInt(cycle % 10 == 9 ? 400 : 100) * 1_000_000L);
            if (before != null) {
                assertThat(dumpOf(chain, before.pid())).as("cycle %d", cycle).isEqualTo(expected);
                assertThat(FlightDirectory.state(before.ring())).isEqualTo(FlightRing.State.DUMPED);
            }
            expected = KilledChain.checkRing(killed);
            wrapped += expected.size() > 0 && killed.acknowledged()[0] * 4 > expected.size() ? 1 : 0;
            before = killed;
        }
        try (LogbackHarness last = LogbackHarness.configure(
                large, Map.of("LOGS", chain.log().getParent().toString()))) {
            WriteAheadAppender journal = last.appender("WAL", WriteAheadAppender.class);
            assertThat(journal.flush(Duration.ofMinutes(2))).isTrue();
        }
        chain.checkLog();
        chain.checkEncryptedLog(EncryptionKeyset.read("<keyset>", "file:" + folder.resolve("keyset.json")));
        return wrapped;
    }

    private static List<String> dumpOf(KilledChain chain, long pid) throws IOException {
        List<Path> dumps = FlightDirectory.dumps(chain.flight()).stream()
                .filter(dump -> dump.getFileName().toString().startsWith("flight-dump-" + pid + "-"))
                .toList();
        assertThat(dumps).hasSizeLessThan(2);
        return dumps.isEmpty() ? List.of() : Files.readAllLines(dumps.get(0));
    }

    @Test
    @Timeout(120)
    void theNextStartNamesTheProcessAndTheLogStaysAtInfo() throws Exception {
        Path xml = Files.writeString(folder.resolve("recorded.xml"), RECORDED);
        KilledChain chain = new KilledChain(Files.createDirectory(folder.resolve("recorded")), jvm(xml));
        Killed killed = chain.killAfter(xml, 300_000_000L);
        chain.killAfter(xml, 0);
        List<String> lines = Files.readAllLines(chain.log());
        assertThat(lines).allSatisfy(line -> assertThat(line).doesNotContain("TRACE"));
        List<String> warnings = lines.stream()
                .filter(line -> line.contains("\"level\":\"WARN\"") && !line.contains("on the disk in run"))
                .toList();
        assertThat(warnings).hasSize(1);
        Path dump = FlightDirectory.dumps(chain.flight()).get(0);
        assertThat(warnings.get(0))
                .contains("process " + killed.pid() + " ended without shutdown at about ")
                .contains(" events are in [" + dump + "]");
        assertThat(Files.readAllLines(dump)).anySatisfy(line -> assertThat(line).contains("\"level\":\"TRACE\""));
    }
}
