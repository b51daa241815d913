package io.inkfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.internal.SystemDirectory;
import io.inkfast.internal.Ticker;
import io.inkfast.journal.Durability;
import io.inkfast.journal.Journal;
import io.inkfast.journal.JournalListener;
import io.inkfast.journal.JournalSettings;
import io.inkfast.testing.Bits;
import io.inkfast.testing.LogbackHarness;
import io.inkfast.wal.WriteAheadAppender;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WalCommandTest {

    @TempDir
    Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /* Twenty events that were never delivered. */
    @BeforeEach
    void leaveAJournal() {
        try (LogbackHarness harness = LogbackHarness.configure(
                directory,
                "<appender name='DOWN' class='io.inkfast.cli.WalCommandTest$Down'/>"
                        + "<appender name='WAL' class='io.inkfast.wal.WriteAheadAppender'><directory>" + wal()
                        + "</directory><stopTimeout>1 ms</stopTimeout><reserve>0</reserve>"
                        + "<appender-ref ref='DOWN'/></appender><root level='INFO'><appender-ref ref='WAL'/></root>")) {
            assertThat(harness.appender("WAL", WriteAheadAppender.class).isStarted())
                    .isTrue();
            for (int i = 0; i < 20; i++) {
                harness.logger("shop").error("event {} password={}", i, "hunter2");
            }
        }
    }

    /** Takes nothing. */
    public static final class Down extends ch.qos.logback.core.AppenderBase<ch.qos.logback.classic.spi.ILoggingEvent> {
        @Override
        public void doAppend(ch.qos.logback.classic.spi.ILoggingEvent event) {
            throw new IllegalStateException("down");
        }

        @Override
        protected void append(ch.qos.logback.classic.spi.ILoggingEvent event) {
            doAppend(event);
        }
    }

    /** Takes everything. */
    public static final class Up extends ch.qos.logback.core.AppenderBase<ch.qos.logback.classic.spi.ILoggingEvent> {
        @Override
        protected void append(ch.qos.logback.classic.spi.ILoggingEvent event) {}
    }

    private Path wal() {
        return directory.resolve("wal");
    }

    private int run(String... arguments) {
        out.reset();
        err.reset();
        return Inkfast.run(Streams.of(new ByteArrayInputStream(new byte[0]), out, err), arguments);
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private Path segment() throws IOException {
        String name = new SystemDirectory(wal())
                .list().stream()
                        .filter(each -> each.startsWith("wal-"))
                        .findFirst()
                        .orElseThrow();
        return wal().resolve(name);
    }

    @Test
    void dumpsWhatWasNotDelivered() {
        assertThat(run("wal", "dump", wal().toString())).isZero();
        List<String> lines = said().lines().toList();
        assertThat(lines).hasSize(20);
        assertThat(lines.get(7))
                .contains("\"message\":\"event 7 password=****\"")
                .contains("\"event.id\":\"");
        assertThat(said()).doesNotContain("hunter2");
    }

    @Test
    void saysThatAJournalIsWhole() {
        assertThat(run("wal", "verify", wal().toString())).isZero();
        assertThat(said().trim()).isEqualTo("CLEAN");
        assertThat(run("wal", "info", "--json", wal().toString())).isZero();
        assertThat(said()).startsWith("{\"condition\":\"CLEAN\",\"closed\":true,\"delivered\":");
    }

    @Test
    void saysWhatIsLostAndSalvagesTheRest() throws IOException {
        Bits.flip(segment(), 4096 + 600);
        assertThat(run("wal", "verify", wal().toString())).isEqualTo(2);
        assertThat(said()).contains("lost  ").endsWith("LOST" + System.lineSeparator());
        Path saved = directory.resolve("saved.jsonl");
        assertThat(run("wal", "salvage", wal().toString(), "--out", saved.toString()))
                .isEqualTo(2);
        assertThat(Files.readAllLines(saved)).hasSize(19);
    }

    @Test
    void readsASegmentWhoseHeaderIsDamaged() throws IOException {
        Bits.flip(segment(), 20);
        assertThat(run("wal", "verify", wal().toString())).isEqualTo(1);
        assertThat(run("wal", "dump", wal().toString())).isEqualTo(1);
        assertThat(said().lines()).hasSize(20);
    }

    @Test
    void saysThatASegmentCannotBeRead() throws IOException {
        Files.write(segment(), new byte[100]);
        assertThat(run("wal", "verify", wal().toString())).isEqualTo(3);
        assertThat(said()).contains("unreadable    " + segment().getFileName());
    }

    @Test
    void namesTheJournalsOfOtherProcessesThatAreBelow() throws IOException {
        Path instance = copyOfTheJournal(wal().resolve("instance-1"));
        Files.createDirectory(wal().resolve("instance-0"));
        assertThat(run("wal", "verify", wal().toString())).isZero();
        assertThat(complaint())
                .isEqualToNormalizingNewlines(
                        "inkfast: [" + instance + "] has a journal of its own, which is not looked at here\n");
    }

    @Test
    void changesNothing() throws IOException {
        Map<String, FileTime> before = state();
        run("wal", "info", wal().toString());
        run("wal", "verify", wal().toString());
        run("wal", "dump", "--from-lsn", "0", wal().toString());
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void recoversTheUndeliveredEventsOfADirectory() throws IOException {
        Path saved = directory.resolve("saved.jsonl");
        assertThat(run("recover", wal().toString(), "--out", saved.toString())).isZero();
        assertThat(Files.readAllLines(saved)).hasSize(20);
    }

    @Test
    void aRunningAppenderHasAJournalBeforeItsFirstEvent() {
        Path empty = directory.resolve("empty");
        try (LogbackHarness harness = LogbackHarness.configure(
                directory,
                "<appender name='UP' class='io.inkfast.cli.WalCommandTest$Up'/>"
                        + "<appender name='WAL' class='io.inkfast.wal.WriteAheadAppender'><directory>" + empty
                        + "</directory><reserve>0</reserve><appender-ref ref='UP'/></appender>"
                        + "<root level='INFO'><appender-ref ref='WAL'/></root>")) {
            assertThat(harness.appender("WAL", WriteAheadAppender.class).isStarted())
                    .isTrue();
            assertThat(run("wal", "verify", empty.toString())).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"verify", "info", "dump", "salvage --out <out>"})
    void saysThatThereIsNoJournal(String command) throws IOException {
        Path nothing = Files.createDirectory(directory.resolve("nothing"));
        Files.createFile(nothing.resolve("LOCK"));
        Files.createDirectory(nothing.resolve("wal"));
        String all = "wal "
                + command.replace("<out>", directory.resolve("saved.jsonl").toString()) + " " + nothing;
        assertThat(run(all.split(" "))).isEqualTo(64);
        assertThat(said()).isEmpty();
        assertThat(complaint()).startsWith("there is no journal in [" + nothing + "]" + System.lineSeparator());
    }

    @Test
    void namesTheJournalThatIsBelowInstead() throws IOException {
        assertThat(run("wal", "verify", directory.toString())).isEqualTo(64);
        assertThat(said()).isEmpty();
        assertThat(complaint())
                .startsWith("there is no journal in [" + directory + "]; there is one in [" + wal() + "]"
                        + System.lineSeparator());
    }

    @Test
    void namesTheJournalsOfOtherProcessesInstead() throws IOException {
        Path above = directory.resolve("above");
        Path first = copyOfTheJournal(above.resolve("instance-0"));
        Path second = copyOfTheJournal(above.resolve("instance-1"));
        assertThat(run("wal", "verify", above.toString())).isEqualTo(64);
        assertThat(complaint())
                .startsWith("there is no journal in [" + above + "]; there is one in [" + first + "] and in [" + second
                        + "]" + System.lineSeparator());
    }

    @Test
    void verifySaysAsJsonWhatInfoSays() throws IOException {
        Bits.flip(segment(), 4096 + 600);
        assertThat(run("wal", "info", "--json", wal().toString())).isEqualTo(2);
        String info = said();
        assertThat(run("wal", "verify", "--json", wal().toString())).isEqualTo(2);
        assertThat(said()).isEqualTo(info).startsWith("{\"condition\":\"LOST\"").hasLineCount(1);
    }

    /* docs/cli.md says so. */
    @Test
    void aTornEndIsNotSeenInASegmentThatWasUsedBefore() throws IOException {
        Files.delete(wal().resolve("CHECKPOINT"));
        List<Integer> records = JournalFiles.records(segment());
        Bits.flip(segment(), records.get(records.size() - 1) + 32);
        assertThat(run("wal", "verify", wal().toString())).isEqualTo(1);
        assertThat(said().trim()).isEqualTo("TORN");
        JournalFiles.markAsUsedBefore(segment());
        assertThat(run("wal", "verify", wal().toString())).isZero();
        assertThat(said().trim()).isEqualTo("CLEAN");
    }

    @Test
    void wantsADirectory() {
        Path nothing = wal().resolve("nothing");
        assertThat(run("wal", "verify", nothing.toString())).isEqualTo(64);
        assertThat(complaint()).startsWith("[" + nothing + "] is not a directory" + System.lineSeparator());
    }

    @Test
    void wantsAKeysetThatCanBeUsed() {
        assertThat(run("wal", "dump", "--keyset", "env:INKFAST_NOT_SET", wal().toString()))
                .isEqualTo(64);
        assertThat(said()).isEmpty();
        assertThat(complaint())
                .isEqualToNormalizingNewlines(
                        "inkfast: --keyset [env:INKFAST_NOT_SET] is an environment variable that is not set\n");
    }

    /* As a later version may write it. */
    @ParameterizedTest
    @ValueSource(strings = {"dump", "salvage"})
    void endsWith3IfARecordIsNoEvent(String command) throws IOException {
        Path saved = directory.resolve("saved.jsonl");
        Journal journal = Journal.open(
                new SystemDirectory(wal()),
                JournalSettings.defaults(),
                new JournalListener() {},
                Ticker.SYSTEM,
                () -> 1);
        byte[] bytes = "no event".getBytes(StandardCharsets.UTF_8);
        journal.append(bytes, 0, bytes.length, 1, 2, Durability.NONE);
        assertThat(journal.close(1000)).isTrue();
        String[] call = command.equals("dump")
                ? new String[] {"wal", "dump", wal().toString()}
                : new String[] {"wal", "salvage", wal().toString(), "--out", saved.toString()};
        assertThat(run(call)).isEqualTo(3);
        assertThat(complaint()).contains(" is left out: ").contains("inkfast: 20 events, CLEAN");
    }

    @Test
    void endsWith3IfSomethingCannotBeReadOrWritten() throws IOException {
        Path inTheWay = Files.createFile(directory.resolve("file"));
        assertThat(run(
                        "wal",
                        "salvage",
                        "--out",
                        inTheWay.resolve("saved.jsonl").toString(),
                        wal().toString()))
                .isEqualTo(3);
        assertThat(complaint()).startsWith("inkfast: FileAlreadyExistsException: " + inTheWay);
        Files.delete(wal().resolve("CHECKPOINT"));
        Files.createDirectory(wal().resolve("CHECKPOINT"));
        for (String command : new String[] {"verify", "info", "dump"}) {
            assertThat(run("wal", command, wal().toString())).as(command).isEqualTo(3);
            assertThat(complaint()).startsWith("inkfast: IOException: ");
        }
    }

    private String complaint() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private Path copyOfTheJournal(Path other) throws IOException {
        Files.createDirectories(other);
        Files.copy(segment(), other.resolve(segment().getFileName()));
        return other;
    }

    private Map<String, FileTime> state() throws IOException {
        Map<String, FileTime> state = new TreeMap<>();
        try (Stream<Path> files = Files.list(wal())) {
            for (Path file : files.toList()) {
                state.put(file.getFileName() + " " + Files.size(file), Files.getLastModifiedTime(file));
            }
        }
        return state;
    }
}
