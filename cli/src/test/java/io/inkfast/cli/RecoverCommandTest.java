package io.inkfast.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.testing.Bits;
import io.inkfast.testing.LogbackHarness;
import io.inkfast.wal.WriteAheadAppender;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code inkfast recover} with journals; {@link FlightCommandTest} has it with rings. */
class RecoverCommandTest {

    @TempDir
    Path folder;

    private Path logs;
    private Path wal;
    private Path out;

    record End(int exit, String out, String err) {}

    @BeforeEach
    void leaveAJournal() {
        logs = folder.resolve("logs");
        wal = logs.resolve("wal");
        out = folder.resolve("saved/today/saved.jsonl");
        try (LogbackHarness harness = start("Down")) {
            log(harness, 20);
        }
    }

    private LogbackHarness start(String sink) {
        return LogbackHarness.configure(
                folder,
                "<appender name='SINK' class='io.inkfast.cli.WalCommandTest$" + sink
                        + "'/><appender name='WAL' class='io.inkfast.wal.WriteAheadAppender'><directory>" + wal
                        + "</directory><stopTimeout>1 ms</stopTimeout><reserve>16MB</reserve>"
                        + "<appender-ref ref='SINK'/></appender><root level='INFO'><appender-ref ref='WAL'/></root>");
    }

    private static void log(LogbackHarness harness, int events) {
        assertThat(harness.appender("WAL", WriteAheadAppender.class).isStarted())
                .isTrue();
        for (int i = 0; i < events; i++) {
            harness.logger("shop").error("event {} password={}", i, "hunter2");
        }
    }

    private End recover(Path directory, String... more) {
        List<String> arguments =
                new java.util.ArrayList<>(List.of("recover", directory.toString(), "--out", out.toString()));
        arguments.addAll(List.of(more));
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        ByteArrayOutputStream notes = new ByteArrayOutputStream();
        int exit = Inkfast.run(
                Streams.of(new ByteArrayInputStream(new byte[0]), said, notes), arguments.toArray(new String[0]));
        return new End(exit, said.toString(UTF_8), notes.toString(UTF_8));
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.map(path -> String.valueOf(path.getFileName())).sorted().toList();
        }
    }

    private Path segment() throws IOException {
        return wal.resolve(names(wal).stream()
                .filter(name -> name.startsWith("wal-"))
                .findFirst()
                .orElseThrow());
    }

    @Test
    void keepsWhatItIsNotToldToDelete() throws IOException {
        List<String> before = names(wal);
        assertThat(recover(logs))
                .isEqualTo(new End(
                        0,
                        "",
                        "inkfast: [" + wal + "] 20 undelivered events of a journal (CLEAN)\n"
                                + "inkfast: 20 events of 0 rings and 1 journals in [" + out
                                + "], 0 missing, 0 files unreadable, 0 deleted\n"));
        assertThat(Files.readAllLines(out)).hasSize(20).noneMatch(line -> line.contains("hunter2"));
        assertThat(names(wal)).isEqualTo(before);
    }

    /* Behind each other, so that they are one range. */
    @Test
    void countsEveryEventThatIsMissing() throws IOException {
        List<Integer> records = JournalFiles.records(segment());
        Bits.flip(segment(), records.get(7) + 40);
        Bits.flip(segment(), records.get(8) + 40);
        assertThat(recover(logs, "--json"))
                .isEqualTo(new End(
                        1,
                        "{\"out\":\"" + out + "\",\"events\":18,\"missing\":2,\"unreadable\":0,\"deleted\":0,"
                                + "\"rings\":[],\"journals\":[{\"directory\":\"" + wal
                                + "\",\"state\":\"LOST\",\"events\":18,\"missing\":2,\"unreadable\":0,"
                                + "\"deleted\":false,\"kept\":null}]}\n",
                        "inkfast: [" + wal + "] 18 undelivered events of a journal (LOST)\n"
                                + "inkfast: 18 events of 0 rings and 1 journals in [" + out
                                + "], 2 missing, 0 files unreadable, 0 deleted\n"));
    }

    @Nested
    class Cleanup {

        @Test
        void deletesTheJournalAndLeavesTheDirectoryItWasPointedAt() throws IOException {
            End end = recover(wal, "--cleanup");
            assertThat(end.exit()).isZero();
            assertThat(end.err()).endsWith("0 missing, 0 files unreadable, 1 deleted\n");
            assertThat(Files.readAllLines(out)).hasSize(20);
            assertThat(names(wal)).containsExactly("LOCK");
        }

        @Test
        void deletesWithItsDirectoryWhatIsFurtherDown() throws IOException {
            try (LogbackHarness first = start("Down");
                    LogbackHarness second = start("Down")) {
                log(first, 1);
                log(second, 2);
            }
            assertThat(names(wal)).contains("instance-0");
            assertThat(recover(logs, "--cleanup", "--json"))
                    .isEqualTo(new End(
                            0,
                            "{\"out\":\"" + out + "\",\"events\":23,\"missing\":0,\"unreadable\":0,\"deleted\":2,"
                                    + "\"rings\":[],\"journals\":[{\"directory\":\"" + wal
                                    + "\",\"state\":\"CLEAN\",\"events\":21,\"missing\":0,\"unreadable\":0,"
                                    + "\"deleted\":true,\"kept\":null},{\"directory\":\"" + wal.resolve("instance-0")
                                    + "\",\"state\":\"CLEAN\",\"events\":2,\"missing\":0,\"unreadable\":0,"
                                    + "\"deleted\":true,\"kept\":null}]}\n",
                            "inkfast: [" + wal + "] 21 undelivered events of a journal (CLEAN)\n"
                                    + "inkfast: [" + wal.resolve("instance-0")
                                    + "] 2 undelivered events of a journal (CLEAN)\n"
                                    + "inkfast: 23 events of 0 rings and 2 journals in [" + out
                                    + "], 0 missing, 0 files unreadable, 2 deleted\n"));
            assertThat(Files.readAllLines(out)).hasSize(23);
            assertThat(names(logs)).isEmpty();
        }

        @Test
        void leavesAJournalThatIsInUse() throws IOException {
            try (LogbackHarness running = start("Down")) {
                log(running, 1);
                End end = recover(logs, "--cleanup");
                assertThat(end.exit()).isEqualTo(1);
                assertThat(end.err())
                        .contains("inkfast: [" + wal + "] is not deleted: its process runs\n")
                        .endsWith("0 deleted\n");
                assertThat(names(wal)).contains("OWNER").anyMatch(name -> name.startsWith("wal-"));
            }
        }

        @Test
        void leavesAJournalThatIsDamagedUnlessItIsToldTo() throws IOException {
            Bits.flip(segment(), 4096 + 600);
            List<String> before = names(wal);
            End end = recover(logs, "--cleanup");
            assertThat(end.exit()).isEqualTo(1);
            assertThat(end.err())
                    .contains("inkfast: [" + wal
                            + "] is not deleted: it is damaged; with --damaged it is deleted all the same\n");
            assertThat(names(wal)).isEqualTo(before);
            Files.delete(out);
            End again = recover(logs, "--cleanup", "--damaged");
            assertThat(again.exit()).isEqualTo(1);
            assertThat(again.err()).endsWith("1 missing, 0 files unreadable, 1 deleted\n");
            assertThat(Files.readAllLines(out)).hasSize(19);
            assertThat(logs).isEmptyDirectory();
        }

        @Test
        void leavesAJournalWithASegmentThatCannotBeRead() throws IOException {
            Files.write(segment(), new byte[100]);
            End end = recover(logs, "--cleanup");
            assertThat(end.exit()).isEqualTo(1);
            assertThat(end.err()).endsWith("1 files unreadable, 0 deleted\n");
            assertThat(segment()).exists();
        }

        @Test
        void neverDeletesWhatALaterVersionHasWritten() throws IOException {
            Bits.flip(segment(), 8);
            Bits.flip(segment(), 9);
            End end = recover(logs, "--cleanup", "--damaged");
            assertThat(end.exit()).isEqualTo(1);
            assertThat(end.err()).contains("[" + wal + "] is not deleted: a later version of Inkfast has written it\n");
            assertThat(segment()).exists();
        }

        @Test
        void deletesNothingIfTheFileCannotBeWritten() throws IOException {
            Files.writeString(folder.resolve("saved"), "a file");
            List<String> before = names(wal);
            assertThat(recover(logs, "--cleanup").exit()).isEqualTo(2);
            assertThat(names(wal)).isEqualTo(before);
            try (LogbackHarness next = start("Down")) {
                // Nothing else: it may have met the sink already.
                assertThat(next.complaints()).allMatch(each -> each.endsWith("they wait in the journal"));
            }
        }

        @Test
        void leavesNothingThatIsDeliveredLater() {
            recover(wal, "--cleanup");
            try (LogbackHarness next = start("Up")) {
                log(next, 1);
                WriteAheadAppender appender = next.appender("WAL", WriteAheadAppender.class);
                assertThat(appender.flush(java.time.Duration.ofSeconds(20))).isTrue();
                assertThat(appender.accounting().balance()).isEqualTo("received 1 = written 1");
                assertThat(next.complaints()).isEmpty();
            }
        }
    }

    @Test
    void isToldWhatDamagedMeansOnlyWithCleanup() {
        assertThat(recover(logs, "--damaged")).satisfies(end -> {
            assertThat(end.exit()).isEqualTo(64);
            assertThat(end.err()).contains("--damaged says what --cleanup deletes");
        });
    }
}
