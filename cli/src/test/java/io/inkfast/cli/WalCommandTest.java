package io.inkfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.internal.SystemDirectory;
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
        Path instance = Files.createDirectory(wal().resolve("instance-0"));
        assertThat(run("wal", "verify", wal().toString())).isZero();
        assertThat(err.toString(StandardCharsets.UTF_8))
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
    void wantsADirectory() {
        assertThat(run("wal", "verify", wal().resolve("nothing").toString())).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("is not a directory");
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
