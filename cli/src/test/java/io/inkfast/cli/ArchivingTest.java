package io.inkfast.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkfast.internal.SystemDirectory;
import io.inkfast.internal.Ticker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ArchivingTest {

    private static final Duration ALL = Duration.ZERO;

    @TempDir
    Path folder;

    private final Steps steps = new Steps();
    private final MemoryStream stream = new MemoryStream(steps);
    private final List<String> written = new ArrayList<>();

    private Archiving run(String key, boolean trim, @Nullable Duration age) throws IOException {
        Progress progress =
                new Progress(new PrintWriter(new ByteArrayOutputStream(), false, UTF_8), false, Ticker.SYSTEM);
        Archive archive = new Archive(steps.on(new SystemDirectory(folder, "rw-r-----")), key);
        Archiving archiving = new Archiving(archive, stream, trim, progress, written::add);
        archiving.run(age);
        return archiving;
    }

    private Archiving run(boolean trim, @Nullable Duration age) throws IOException {
        return run("app", trim, age);
    }

    private static String data(int number) {
        return "{\"event.id\":\"0mwxrebr9b1wocsz-" + number + "\",\"message\":\"ü " + number + "\"}";
    }

    private void add(String time, int number) {
        stream.add(time, 0, "id", "0mwxrebr9b1wocsz-" + number, "data", data(number));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private List<String> lines(String file) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(folder.resolve(file)))) {
            return new String(in.readAllBytes(), UTF_8).lines().toList();
        }
    }

    private List<String> archived() throws IOException {
        List<String> all = new ArrayList<>();
        for (String file : files()) {
            if (file.endsWith(".gz")) {
                all.addAll(lines(file));
            }
        }
        return all;
    }

    @Test
    void writesAFileForEachDayThatIsOver() throws IOException {
        add("2026-11-26T00:00:00Z", 1);
        add("2026-11-26T23:59:59.999Z", 2);
        add("2026-11-27T00:00:00Z", 3);
        add("2026-11-28T00:00:00Z", 4);
        Archiving run = run(false, null);
        assertThat(files()).containsExactly("app-2026-11-26.jsonl.gz", "app-2026-11-27.jsonl.gz");
        assertThat(written).isEqualTo(files());
        assertThat(lines("app-2026-11-26.jsonl.gz")).containsExactly(data(1), data(2));
        assertThat(lines("app-2026-11-27.jsonl.gz")).containsExactly(data(3));
        assertThat(List.of(run.entries(), run.removed(), (long) run.written())).containsExactly(3L, 0L, 2L);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(written.get(0)))))
                .isEqualTo("rw-r-----");
        assertThat(stream.ids()).hasSize(4);
    }

    @Test
    void goesOnBehindWhatIsThereWithinADayToo() throws IOException {
        add("2026-11-28T01:00:00Z", 1);
        add("2026-11-28T03:00:00Z", 2);
        assertThat(run(false, Duration.ofHours(8)).entries()).isEqualTo(1);
        assertThat(run(false, Duration.ofHours(8)).entries()).isZero();
        add("2026-11-28T03:00:00.001Z", 3);
        assertThat(run(false, ALL).entries()).isEqualTo(2);
        assertThat(files()).containsExactly("app-2026-11-28.jsonl.gz");
        assertThat(archived()).containsExactly(data(1), data(2), data(3));
        assertThat(run(true, ALL).removed()).isEqualTo(3);
        add("2026-11-28T03:00:00.002Z", 4);
        run(true, ALL);
        assertThat(archived()).containsExactly(data(1), data(2), data(3), data(4));
    }

    @Test
    void removesWhatIsArchivedAndNothingYounger() throws IOException {
        add("2026-11-20T01:00:00Z", 1);
        add("2026-11-27T01:00:00Z", 2);
        add("2026-11-28T01:00:00Z", 3);
        run(false, ALL);
        assertThat(run(true, Duration.ofDays(7)).removed()).isEqualTo(1);
        assertThat(run(true, null).removed()).isEqualTo(1);
        assertThat(stream.ids()).hasSize(1);
        assertThat(archived()).containsExactly(data(1), data(2), data(3));
    }

    @Test
    void readsInPages() throws IOException {
        for (int i = 1; i <= 5000; i++) {
            stream.add("2026-11-26T00:00:00Z", i, "id", "0mwxrebr9b1wocsz-" + i, "data", data(i));
        }
        assertThat(run(true, null).removed()).isEqualTo(5000);
        assertThat(stream.largestPage).isEqualTo(1000);
        assertThat(archived()).hasSize(5000).startsWith(data(1)).endsWith(data(5000));
    }

    @Test
    void readsFewOfThoseThatAreLarge() throws IOException {
        String large = "x".repeat(1 << 20);
        stream.add("2026-11-26T00:00:00Z", 0, "large", large);
        for (int i = 0; i < 20; i++) {
            stream.add("2026-11-27T00:00:00Z", i, "large", large);
        }
        run(false, null);
        assertThat(archived()).hasSize(21);
        assertThat(stream.largestPage).isEqualTo(3);
    }

    @Nested
    class Killed {

        private List<String> expected() {
            List<String> lines = new ArrayList<>();
            for (int i = 1; i <= 6; i++) {
                lines.add(data(i));
            }
            return lines;
        }

        private void clear() throws IOException {
            stream.clear();
            for (String file : files()) {
                Files.delete(folder.resolve(file));
            }
        }

        /* Two runs, of which the second goes on within a day. */
        private void both() throws IOException {
            steps.killAfter(Integer.MAX_VALUE);
            run(true, Duration.ofHours(30));
        }

        private void fill() {
            add("2026-11-26T01:00:00Z", 1);
            add("2026-11-26T02:00:00Z", 2);
            add("2026-11-27T01:00:00Z", 3);
            add("2026-11-27T07:00:00Z", 4);
            add("2026-11-27T08:00:00Z", 5);
            add("2026-11-28T09:00:00Z", 6);
        }

        @Test
        void atAnyStepNothingIsLostOrThereTwice() throws IOException {
            int killed = 0;
            for (int step = 0; ; step++) {
                clear();
                fill();
                both();
                steps.killAfter(step);
                boolean done = true;
                try {
                    run(true, ALL);
                } catch (Steps.Killed e) {
                    done = false;
                    killed++;
                }
                steps.killAfter(Integer.MAX_VALUE);
                // Whatever has its name is whole.
                List<String> before = archived();
                assertThat(before).isEqualTo(expected().subList(0, before.size()));
                assertThat(stream.ids().size() + before.size()).isGreaterThanOrEqualTo(6);
                run(true, ALL);
                assertThat(archived()).as("killed at step %d", step).isEqualTo(expected());
                assertThat(stream.ids()).isEmpty();
                assertThat(files()).hasSize(3).allMatch(name -> name.endsWith(".jsonl.gz"));
                if (done) {
                    break;
                }
            }
            assertThat(killed).isGreaterThan(25);
        }
    }

    @Nested
    class WhenItIsNotThatStream {

        @Test
        void aStreamThatWasMadeAnewIsRefused() throws IOException {
            add("2026-11-27T01:00:00Z", 1);
            run(false, null);
            stream.clear();
            add("2026-11-26T01:00:00Z", 2);
            assertThatThrownBy(() -> run(true, null))
                    .isInstanceOf(Archive.Unusable.class)
                    .hasMessage(
                            "the archive ends with entry [1795741200000-0], and the stream has entries up to that id,"
                                    + " but not this one: it is another stream, or was made anew. Nothing is done; name another"
                                    + " --out");
            stream.clear();
            add("2026-11-27T01:00:00Z", 3);
            assertThatThrownBy(() -> run(true, null)).isInstanceOf(Archive.Unusable.class);
            assertThat(stream.ids()).hasSize(1);
        }

        @Test
        void aFileOfAnotherStreamIsRefused() throws IOException {
            add("2026-11-27T01:00:00Z", 1);
            run("other", false, null);
            Files.move(folder.resolve("other-2026-11-27.jsonl.gz"), folder.resolve("app-2026-11-27.jsonl.gz"));
            assertThatThrownBy(() -> run(true, null)).hasMessageContaining("is of another stream or day");
        }

        @Test
        void aFileThatIsCutOffOrChangedIsRefused() throws IOException {
            add("2026-11-27T01:00:00Z", 1);
            run(false, null);
            Path file = folder.resolve("app-2026-11-27.jsonl.gz");
            byte[] whole = Files.readAllBytes(file);
            for (int cut = 1; cut <= ArchiveMark.SIZE; cut++) {
                Files.write(file, Arrays.copyOf(whole, whole.length - cut));
                assertThatThrownBy(() -> run(true, null))
                        .isInstanceOf(Archive.Unusable.class)
                        .hasMessageContaining("app-2026-11-27.jsonl.gz] does not end as a file of an archive does");
                byte[] changed = whole.clone();
                changed[whole.length - cut] ^= 1;
                Files.write(file, changed);
                assertThatThrownBy(() -> run(true, null)).isInstanceOf(Archive.Unusable.class);
            }
            assertThat(stream.ids()).hasSize(1);
        }

        @Test
        void twoStreamsDoNotMeetInOneDirectory() throws IOException {
            add("2026-11-27T01:00:00Z", 1);
            run("app:a", false, null);
            run("app/a", false, null);
            run("app", false, null);
            run("app-2026-11-27", false, null);
            assertThat(files())
                    .containsExactly(
                            "app%2Fa-2026-11-27.jsonl.gz",
                            "app%3Aa-2026-11-27.jsonl.gz",
                            "app-2026-11-27-2026-11-27.jsonl.gz",
                            "app-2026-11-27.jsonl.gz");
            assertThat(Archive.cleaned("../ü")).isEqualTo("%2E./%C3%BC".replace("/", "%2F"));
        }
    }

    @Nested
    class Lines {

        private String line(String... fields) throws IOException {
            stream.add("2026-11-26T00:00:00Z", 0, fields);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            new EntryLine()
                    .write(stream.read(StreamId.LOWEST, new StreamId(-1, -1), 1).get(0), out);
            assertThat(out.toString(UTF_8)).endsWith("\n");
            return out.toString(UTF_8).stripTrailing();
        }

        @Test
        void ofAnObjectItIsTheObject() throws IOException {
            assertThat(line("id", "0mwxrebr9b1wocsz-7", "data", data(7))).isEqualTo(data(7));
            assertThat(line("id", "0mwxrebr9b1wocsz-7", "data", data(7).replace(",", ",\r\n")))
                    .isEqualTo(data(7).replace(",", ",  "));
        }

        @Test
        void anObjectWithoutTheIdGetsIt() throws IOException {
            assertThat(line("id", "a-1", "data", " {\"m\":1}")).isEqualTo("{\"event.id\":\"a-1\",\"m\":1}");
            assertThat(line("id", "a-1", "data", "{ }")).isEqualTo("{\"event.id\":\"a-1\"}");
        }

        @Test
        void anythingElseIsAnObjectOfItsFields() throws IOException {
            String begin = "{\"stream.id\":\"1795651200000-0\",\"fields\":{";
            assertThat(line("id", "a-1", "data", "text\n"))
                    .isEqualTo(begin + "\"id\":\"a-1\",\"data\":\"text\\u000a\"}}");
            assertThat(line("id", "a-1", "data", data(7)))
                    .startsWith(begin + "\"id\":\"a-1\",\"data\":\"{\\\"event.id\\\":\\\"0mwxrebr9b1wocsz-7\\\"");
            assertThat(line("id", "a-1", "data", "{\"event\":{\"id\":\"b\"}}")).startsWith(begin);
            assertThat(line("id", "a-1", "data", "{} {}")).startsWith(begin);
            assertThat(line("a", "b")).isEqualTo(begin + "\"a\":\"b\"}}");
            StreamEntry binary =
                    new StreamEntry(new StreamId(1, 2), List.of("a".getBytes(UTF_8), new byte[] {(byte) 0xff}));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            new EntryLine().write(binary, out);
            assertThat(out.toString(UTF_8))
                    .isEqualTo("{\"stream.id\":\"1-2\",\"fields\":{\"a\":{\"base64\":\"/w==\"}}}\n");
        }
    }
}
