package io.inkfast.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.keys.EncryptionKeyset;
import io.inkfast.keys.KeysetException;
import io.inkfast.testing.ChildJvm;
import io.inkfast.testing.KilledLog;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Processes that are killed one after another in one directory, and what each had been promised. */
final class KilledChain {

    private static final Pattern MESSAGE = Pattern.compile("\"message\":\"(\\d):(\\d+) ([a-z ]+\\d*)\"");
    private static final Pattern JOURNALLED =
            Pattern.compile("(\\d):(\\d+) (?:on the disk in|in the log of) run (\\d+)");
    private static final String ON_THE_DISK = " on the disk in run ";
    private static final String OF_THE_RECORDER = "process ";
    private static final Pattern EVENT_ID = Pattern.compile("\"event\\.id\":\"([^\"]+)\"");

    /** What became of a process: its ring, and up to where each thread had been told that its events are recorded. */
    record Killed(long pid, Path ring, long[] acknowledged) {}

    private final Path folder;
    private final ChildJvm jvm;
    private final Set<String> journalled = new TreeSet<>();
    private int run;

    KilledChain(Path folder, ChildJvm jvm) {
        this.folder = folder;
        this.jvm = jvm;
    }

    Path flight() {
        return folder.resolve("flight");
    }

    Path log() {
        return folder.resolve("app.json");
    }

    Killed killAfter(Path xml, long nanos) throws IOException, InterruptedException {
        run++;
        Path err = folder.resolve("err.txt");
        Process process = new ProcessBuilder(
                        jvm.command(KilledProgram.class, xml.toString(), folder.toString(), Integer.toString(run)))
                .redirectError(err.toFile())
                .start();
        long[] acknowledged = new long[KilledProgram.THREADS];
        Arrays.fill(acknowledged, -1);
        Path ring;
        try (BufferedReader said = process.inputReader(StandardCharsets.US_ASCII)) {
            String line = said.readLine();
            while (line != null && !line.startsWith(KilledProgram.READY)) {
                line = said.readLine();
            }
            assertThat(line).as(Files.readString(err)).isNotNull();
            ring = Path.of(line.substring(KilledProgram.READY.length() + 1));
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
        }
        note(acknowledged);
        return new Killed(process.pid(), ring, acknowledged);
    }

    private void note(long[] acknowledged) {
        for (int thread = 0; thread < KilledProgram.THREADS; thread++) {
            for (long i = 0; i <= acknowledged[thread]; i += KilledProgram.JOURNALLED) {
                boolean forced = i % (KilledProgram.JOURNALLED * KilledProgram.FORCED) == 0;
                journalled.add(thread + ":" + i + (forced ? ON_THE_DISK : " in the log of run ") + run);
            }
        }
    }

    /* Every event of the last lap whose call had returned is there, in order, and nothing else. */
    static List<String> checkRing(Killed killed) throws IOException {
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

    /* After the last one, and when all is delivered: what waited in a journal is in the log, once but for repeats. */
    void checkLog() throws IOException {
        Map<String, String> idOf = new HashMap<>();
        Set<String> missing = new TreeSet<>(journalled);
        int torn = 0;
        for (String line : Files.readAllLines(log(), StandardCharsets.UTF_8)) {
            assertThat(line).startsWith("{");
            if (!line.endsWith("}")) {
                torn++;
                continue;
            }
            Matcher message = MESSAGE.matcher(line);
            Matcher id = EVENT_ID.matcher(line);
            if (message.find()) {
                assertThat(id.find()).as(line).isTrue();
                String text = message.group(1) + ":" + message.group(2) + " " + message.group(3);
                String before = idOf.putIfAbsent(text, id.group(1));
                assertThat(before == null || before.equals(id.group(1)))
                        .as(line)
                        .isTrue();
                missing.remove(text);
            }
        }
        assertThat(missing).as("of %d", journalled.size()).isEmpty();
        assertThat(new HashSet<>(idOf.values())).hasSize(idOf.size());
        assertThat(torn).isLessThanOrEqualTo(run);
    }

    /* What a call has waited for is there; of each run, in order, and none left out but at its end. */
    void checkEncryptedLog(EncryptionKeyset keyset) throws IOException, KeysetException {
        KilledLog log = KilledLog.in(folder.resolve("secure"), keyset);
        Set<String> missing = new TreeSet<>(journalled);
        missing.removeIf(text -> !text.contains(ON_THE_DISK));
        Map<String, Long> last = new HashMap<>();
        for (String line : log.lines()) {
            Matcher matcher = JOURNALLED.matcher(line);
            if (matcher.matches()) {
                long number = Long.parseLong(matcher.group(2));
                Long before = last.put(matcher.group(1) + " in run " + matcher.group(3), number);
                assertThat(number).as(line).isEqualTo(before == null ? 0 : before + KilledProgram.JOURNALLED);
                missing.remove(line);
            } else {
                assertThat(line).startsWith(OF_THE_RECORDER);
            }
        }
        assertThat(missing).as("of %d", journalled.size()).isEmpty();
    }
}
