package io.inkfast.wal;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.testing.ChildJvm;
import io.inkfast.testing.Torture;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are killed while they deliver what others left behind; and several that want it at once. */
@Tag(Torture.TAG)
@Timeout(7200)
class RecoveryIT {

    private static final int EVENTS = 20_000;

    /* What is delivered between two notes of how far. */
    private static final int REPEATED_AT_MOST = 1000;

    private static final Pattern LINE =
            Pattern.compile("\\{.*\"message\":\"event (\\d+) of a backlog.*\"event\\.?id\":\"([^\"]+)\".*}");

    @TempDir
    Path folder;

    private final Random random = new Random(7);
    private ChildJvm jvm;

    private String configuration(boolean down) throws IOException {
        String sink = down
                ? "<appender name='SINK' class='io.inkfast.wal.SwitchedAppender'/>"
                : "<appender name='SINK' class='io.inkfast.file.BatchingFileAppender'><append>true</append><file>"
                        + log()
                        + "</file><encoder class='io.inkfast.mask.RedactingJsonEncoder'><eventId>true</eventId></encoder>"
                        + "</appender>";
        return Files.writeString(
                        folder.resolve(down ? "down.xml" : "logback.xml"),
                        "<configuration>" + sink
                                + "<appender name='WAL' class='io.inkfast.wal.WriteAheadAppender'><directory>"
                                + folder.resolve("wal") + "</directory><stopTimeout>1 ms</stopTimeout>"
                                + "<appender-ref ref='SINK'/></appender>"
                                + "<root level='INFO'><appender-ref ref='WAL'/></root></configuration>")
                .toString();
    }

    private Path log() {
        return folder.resolve("app.json");
    }

    private void leaveABacklog() throws Exception {
        List<String> command = ChildJvm.command(
                BacklogProcess.class,
                List.of("-Dinkfast.test.down=true"),
                configuration(true),
                Integer.toString(EVENTS));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    private Process deliver() throws IOException {
        return new ProcessBuilder(jvm.command(BacklogProcess.class, configuration(false), "0"))
                .inheritIO()
                .start();
    }

    @BeforeEach
    void warm() throws Exception {
        jvm = ChildJvm.archived(folder, BacklogProcess.class, configuration(false), "0");
    }

    @Test
    void eachEventIsDeliveredAndFewTwiceHoweverOftenItIsKilled() throws Exception {
        int kills = Torture.times(3, 10, 1_000);
        int done = 0;
        int killed = 0;
        while (killed < kills) {
            leaveABacklog();
            done++;
            while (killed < kills && killOne()) {
                killed++;
            }
            assertThat(deliver().waitFor()).isZero();
        }
        check(done, killed);
    }

    /* At some moment while it delivers; false if it was done before. */
    private boolean killOne() throws Exception {
        long until = size() + 1 + random.nextInt(1_500_000);
        Process process = deliver();
        while (process.isAlive() && size() < until) {
            LockSupport.parkNanos(1_000_000);
        }
        boolean running = process.isAlive();
        process.destroyForcibly();
        return process.waitFor() != 0 && running;
    }

    private long size() throws IOException {
        return Files.exists(log()) ? Files.size(log()) : 0;
    }

    private void check(int backlogs, int killed) throws IOException {
        Map<String, Integer> ids = new HashMap<>();
        Map<Integer, Integer> events = new HashMap<>();
        long repeated = 0;
        long torn = 0;
        for (Path log : logs()) {
            // Of a thousand kills, more than memory holds.
            try (BufferedReader lines = Files.newBufferedReader(log, StandardCharsets.ISO_8859_1)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    Matcher matcher = LINE.matcher(line);
                    if (!matcher.matches()) {
                        torn++;
                        continue;
                    }
                    int event = Integer.parseInt(matcher.group(1));
                    Integer same = ids.putIfAbsent(matcher.group(2), event);
                    if (same == null) {
                        events.merge(event, 1, Integer::sum);
                    } else {
                        assertThat(same).as("a repeat has the same id").isEqualTo(event);
                        repeated++;
                    }
                }
            }
        }
        assertThat(events).hasSize(EVENTS);
        assertThat(events.values()).allMatch(count -> count == backlogs);
        assertThat(torn).isLessThanOrEqualTo(killed);
        assertThat(repeated).isLessThanOrEqualTo((long) REPEATED_AT_MOST * killed);
        System.err.println("RecoveryIT: " + killed + " killed in " + backlogs + " backlogs, " + repeated + " repeated, "
                + torn + " torn lines");
    }

    /* Of several processes one has the file; the others write to [file].[pid]. */
    private List<Path> logs() throws IOException {
        List<Path> all = new ArrayList<>();
        try (DirectoryStream<Path> logs = Files.newDirectoryStream(folder, "app.json*")) {
            logs.forEach(all::add);
        }
        return all;
    }

    /* One has it; the others find nothing to do, or deliver what is left. */
    @Test
    void ofSeveralThatStartAtOnceOneDelivers() throws Exception {
        int races = Torture.times(1, 3, 20);
        for (int race = 0; race < races; race++) {
            leaveABacklog();
            List<Process> processes = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                processes.add(deliver());
            }
            for (Process process : processes) {
                assertThat(process.waitFor()).isZero();
            }
        }
        check(races, 0);
    }
}
