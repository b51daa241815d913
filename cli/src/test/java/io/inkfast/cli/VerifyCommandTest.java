package io.inkfast.cli;

import static io.inkfast.cli.EncryptedLogs.log;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.cli.EncryptedLogs.End;
import io.inkfast.keys.KeysetPurpose;
import io.inkfast.testing.LogbackHarness;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyCommandTest {

    private static final String UNKEYED = "note        without a keyset nobody can see what was forged by somebody who"
            + " knows the format, nor whether a closed file was rolled or stopped\n";
    private static final String TIME = "2026-11-25T10:00:00.123Z";

    @TempDir
    Path folder;

    private EncryptedLogs logs;

    @BeforeEach
    void make() {
        logs = new EncryptedLogs(folder);
    }

    /* Ids, digests and times are others each time. */
    private static End plain(End end) {
        return new End(
                end.exit(),
                end.out()
                        .replaceAll("[0-9a-f]{64}", "DIGEST")
                        .replaceAll("[0-9a-f]{32}", "ID")
                        .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", TIME),
                end.err());
    }

    private String file(Path path, String state, int number, int frames, int events) {
        return path + "\n  state     " + state + "\n  log       ID, number " + number + "\n  frames    " + frames
                + ", sessions 1\n  events    " + events + ", " + TIME + " to " + TIME + "\n";
    }

    private List<String> problems(Object... arguments) {
        End end = logs.run(arguments);
        assertThat(end.exit()).isEqualTo(2);
        assertThat(end.out()).contains("\nDAMAGED: ");
        return end.out()
                .lines()
                .filter(line -> line.startsWith("problem"))
                .map(line -> line.substring("problem     ".length()))
                .toList();
    }

    @Test
    void sayWhatIsInAFile() {
        logs.tenEvents();
        assertThat(plain(logs.run("verify", logs.log)))
                .isEqualTo(new End(
                        0, file(logs.log, "CLOSED, stopped", 0, 13, 10) + "CLOSED: 1 file, nothing is missing\n", ""));
    }

    @Test
    void worksWithoutAKeyset() {
        logs.tenEvents();
        assertThat(plain(EncryptedLogs.run(new byte[0], Map.of(), "verify", logs.log)))
                .isEqualTo(new End(
                        0, file(logs.log, "CLOSED", 0, 13, 10) + UNKEYED + "CLOSED: 1 file, nothing is missing\n", ""));
    }

    @Test
    void countsWhatIsHiddenWithAKeysetOnly() {
        try (LogbackHarness harness = logs.start(logs.keyset, "<hideMetadata>true</hideMetadata>")) {
            log(harness, 0, 10);
        }
        assertThat(plain(logs.run("verify", logs.log)).out()).contains("  events    10, " + TIME + " to " + TIME);
        assertThat(EncryptedLogs.run(new byte[0], Map.of(), "verify", logs.log).out())
                .contains("  events    0, or hidden\n");
    }

    @Test
    void writesJson() throws IOException {
        logs.tenEvents();
        String summary =
                ",\"id\":\"ID\",\"log\":\"ID\",\"number\":0,\"frames\":13,\"digest\":\"DIGEST\",\"sessions\":1,"
                        + "\"events\":10,\"first\":\"" + TIME + "\",\"last\":\"" + TIME + "\",\"problems\":[";
        assertThat(plain(logs.run("verify", "--json", logs.log)))
                .isEqualTo(new End(
                        0,
                        "{\"verdict\":\"CLOSED\",\"keyed\":true,\"files\":[{\"file\":\"" + logs.log
                                + "\",\"state\":\"CLOSED\"" + summary + "]}],\"problems\":[],\"notes\":[]}\n",
                        ""));
        int end = EncryptedLogs.frames(logs.log).get(4);
        EncryptedLogs.cut(logs.log, end + 50);
        Path other = Files.writeString(folder.resolve("other.elog"), "{}\n".repeat(100));
        End both = plain(logs.run("verify", "--json", logs.log, other));
        assertThat(both.exit()).isEqualTo(4);
        assertThat(both.out())
                .startsWith("{\"verdict\":\"UNREADABLE\"")
                .contains("\"state\":\"NOT_CLOSED\"")
                .contains("\"problems\":[{\"kind\":\"CUT\",\"offset\":" + end
                        + ",\"frame\":4,\"text\":\"the file ends in the middle of frame 4\"}]},{\"file\":\"" + other
                        + "\",\"state\":\"UNREADABLE\",\"problems\":[]}]");
    }

    @Test
    void doesNotDisturbWhoWrites() {
        try (LogbackHarness harness = logs.start()) {
            log(harness, 0, 10);
            assertThat(plain(logs.run("verify", logs.log)))
                    .isEqualTo(new End(
                            1,
                            file(logs.log, "NOT_CLOSED", 0, 12, 10)
                                    + "NOT_CLOSED: 1 file, what is there is as it was written; whether an end is missing"
                                    + " cannot be said\n",
                            ""));
            log(harness, 10, 20);
            assertThat(harness.complaints()).isEmpty();
        }
        assertThat(logs.run("decrypt", logs.log).messages()).hasSize(20);
    }

    @Test
    void saysWhatIsDamaged() throws IOException {
        logs.tenEvents();
        EncryptedLogs.damage(logs.log, 5);
        List<Integer> frames = EncryptedLogs.frames(logs.log);
        End end = logs.run("verify", logs.log);
        assertThat(end.exit()).isEqualTo(2);
        assertThat(end.out())
                .contains("  problem   bytes " + frames.get(5) + " to " + (frames.get(6) - 1) + " are damaged\n")
                .endsWith("DAMAGED: 1 file, something is damaged, forged, missing or misplaced\n");
    }

    @Test
    void saysThatTheKeysetIsAnother() {
        logs.tenEvents();
        Path other = logs.keyset("other.json", KeysetPurpose.ENCRYPTION);
        End end = logs.run("verify", "--keyset", other, logs.log);
        assertThat(end.exit()).isEqualTo(3);
        assertThat(end.out()).endsWith("WRONG_KEY: 1 file, the keyset does not open everything\n");
    }

    @Test
    void saysThatAFileIsNone() throws IOException {
        Path no = folder.resolve("no.elog");
        assertThat(logs.run("verify", no))
                .isEqualTo(new End(
                        4,
                        no + "\n  state     UNREADABLE\n"
                                + "UNREADABLE: 1 file, not all of them are encrypted logs that can be read\n",
                        "inkfast: [" + no + "] is not there\n"));
    }

    @Test
    void showsOnATerminalHowFarItIs() {
        logs.tenEvents();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        long[] now = {0};
        Streams terminal = Streams.of(
                        InputStream.nullInputStream(),
                        OutputStream.nullOutputStream(),
                        err,
                        false,
                        true,
                        () -> now[0] += 300_000_000)
                .with(name -> null);
        assertThat(Inkfast.run(terminal, "verify", logs.log.toString())).isZero();
        assertThat(err.toString(UTF_8)).startsWith("\rinkfast: 0 MB of " + logs.log + "\r");
    }

    @Test
    void changesNothing() throws IOException {
        logs.threeFiles();
        Map<String, String> before = state();
        logs.run("verify", folder + "/app*");
        logs.run("decrypt", folder + "/app*");
        assertThat(state()).isEqualTo(before);
    }

    /* Names, times and bytes. */
    private Map<String, String> state() throws IOException {
        Map<String, String> state = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                state.put(
                        file.toString(),
                        Files.getLastModifiedTime(file) + " " + Arrays.hashCode(Files.readAllBytes(file)));
            }
        }
        return state;
    }

    @Nested
    class Chain {

        @BeforeEach
        void write() {
            logs.threeFiles();
        }

        @Test
        void isWhole() {
            assertThat(plain(logs.run("verify", folder + "/app*.elog")))
                    .isEqualTo(new End(
                            0,
                            file(logs.rolled(2), "CLOSED, rolled", 0, 13, 10)
                                    + file(logs.rolled(1), "CLOSED, rolled", 1, 13, 10)
                                    + file(logs.log, "CLOSED, stopped", 2, 13, 10)
                                    + "CLOSED: 3 files, nothing is missing\n",
                            ""));
        }

        @Test
        void mayBeginLater() throws IOException {
            Files.delete(logs.rolled(2));
            assertThat(logs.run("verify", folder + "/app*.elog"))
                    .returns(0, End::exit)
                    .satisfies(end -> assertThat(end.out())
                            .endsWith("note        the file before [" + logs.rolled(1)
                                    + "], number 0 of its log, is not given\nCLOSED: 2 files, nothing is missing\n"));
        }

        @Test
        void mayEndEarlierThatIsNotTheWholeLog() throws IOException {
            Files.delete(logs.log);
            assertThat(logs.run("verify", folder + "/app*.elog"))
                    .returns(1, End::exit)
                    .satisfies(end -> assertThat(end.out())
                            .contains("note        [" + logs.rolled(1)
                                    + "] was rolled; the file that came after it is not given\nNOT_CLOSED: 2 files"));
        }

        @Test
        void isBrokenByAFileThatWasDeleted() throws IOException {
            Files.delete(logs.rolled(1));
            assertThat(problems("verify", folder + "/app*.elog"))
                    .containsExactly("a file is missing between [" + logs.rolled(2) + "] and [" + logs.log
                            + "]: number 1 of the log");
        }

        @Test
        void isBrokenByAFileThatWasCutAtAFrame() throws IOException {
            EncryptedLogs.cut(
                    logs.rolled(1), EncryptedLogs.frames(logs.rolled(1)).get(6));
            assertThat(problems("verify", folder + "/app*.elog"))
                    .containsExactly(
                            "[" + logs.rolled(1) + "] had 13 frames when [" + logs.log + "] was begun, and has 6");
            assertThat(EncryptedLogs.run(new byte[0], Map.of(), "verify", folder + "/app*.elog"))
                    .returns(2, End::exit);
        }

        @Test
        void isNotDeceivedByNames() throws IOException {
            Path other = folder.resolve("other");
            Files.move(logs.rolled(1), other);
            Files.move(logs.rolled(2), logs.rolled(1));
            Files.move(other, logs.rolled(2));
            assertThat(logs.run("verify", folder + "/app*.elog").exit()).isZero();
        }

        @Test
        void isBrokenByAFileOfAnotherLogInItsPlace() throws IOException {
            Files.move(logs.log, folder.resolve("app.3.elog"));
            Files.delete(logs.rolled(1));
            try (LogbackHarness harness = logs.start()) {
                log(harness, 0, 5);
            }
            Files.move(logs.log, logs.rolled(1));
            assertThat(problems("verify", folder + "/app*.elog"))
                    .containsExactly("a file is missing between [" + logs.rolled(2) + "] and ["
                            + folder.resolve("app.3.elog") + "]: number 1 of the log");
        }

        @Test
        void isBrokenByACopy() throws IOException {
            Path copy = Files.copy(logs.rolled(1), folder.resolve("app.1.copy.elog"));
            assertThat(problems("verify", logs.rolled(1), logs.rolled(2), logs.log, copy))
                    .containsExactly("[" + copy + "] is [" + logs.rolled(1) + "] once more");
        }
    }
}
