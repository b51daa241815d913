package io.inkfast.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import io.inkfast.recorder.FlightRecorderAppender;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that read flight recorders, as they are called, in this process. */
class FlightCommandTest {

    private static final long PID = ProcessHandle.current().pid();
    private static final int STATE = 88;

    record End(int exit, List<String> out, String err) {}

    @TempDir
    Path folder;

    private Path directory;
    private LoggerContext context;
    private FlightRecorderAppender recorder;

    @BeforeEach
    void record() {
        directory = folder.resolve("flight");
        context = new LoggerContext();
        context.setName("test");
        context.setMDCAdapter(new LogbackMDCAdapter());
        recorder = new FlightRecorderAppender();
        recorder.setContext(context);
        recorder.setName("RECORDER");
        recorder.setDirectory(directory.toString());
        recorder.setSize("256KB");
        recorder.start();
        context.getLogger("ROOT").addAppender(recorder);
        for (int i = 1; i <= 3; i++) {
            context.getLogger("a").debug("event {}", i);
        }
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private static End run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit = Inkfast.run(Streams.of(new ByteArrayInputStream(new byte[0]), out, err), arguments);
        return new End(exit, out.toString(UTF_8).lines().toList(), err.toString(UTF_8));
    }

    /* As if the process had been killed. */
    private Path killed() throws IOException {
        Path ring = recorder.ring();
        recorder.stop();
        setState(ring, 1);
        return ring;
    }

    private static void setState(Path ring, int state) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(ring.toFile(), "rw")) {
            file.seek(STATE);
            file.write(state);
        }
    }

    @Nested
    class Listing {

        @Test
        void showsStateProcessAndCounts() throws IOException {
            String ring = recorder.ring().getFileName().toString();
            assertThat(run("flight", "list", directory.toString()).out())
                    .hasSize(2)
                    .last()
                    .asString()
                    .matches("LIVE     " + PID + " +3 +0 +\\S+Z +" + ring);
            recorder.stop();
            assertThat(run("flight", "list", directory.toString()).out().get(1)).startsWith("CLEAN ");
            killed(directory.resolve(ring), 1, "UNCLEAN");
            killed(directory.resolve(ring), 3, "DUMPED");
        }

        private void killed(Path ring, int state, String shown) throws IOException {
            setState(ring, state);
            End end = run("flight", "list", "--json", directory.toString());
            assertThat(end.exit()).isZero();
            assertThat(end.out().get(0))
                    .matches("\\{\"file\":\"" + ring.getFileName() + "\",\"state\":\"" + shown + "\",\"pid\":" + PID
                            + ",\"created\":\"\\S+Z\",\"events\":3,\"missing\":0,\"last\":\"\\S+Z\",\"ring\":"
                            + "\\{\"appender\":\"RECORDER\",\"context\":\"test\",\"version\":.*}}");
        }

        @Test
        void endsWith1IfARingCannotBeRead() throws IOException {
            Path broken = Files.writeString(directory.resolve("flight-00000009-1.ring"), "x");
            End end = run("flight", "list", directory.toString());
            assertThat(end.exit()).isEqualTo(1);
            assertThat(end.out()).hasSize(2);
            assertThat(end.err()).isEqualTo("inkfast: [" + broken + "] is not the ring of a flight recorder\n");
        }

        @Test
        void endsWith64WithoutADirectory() {
            End end = run("flight", "list", folder.resolve("no").toString());
            assertThat(end.exit()).isEqualTo(64);
            assertThat(end.err()).contains("is not a directory");
        }
    }

    @Nested
    class Dump {

        @Test
        void writesTheEventsOfARunningProcess() {
            End end = run("flight", "dump", recorder.ring().toString());
            assertThat(end.exit()).isZero();
            assertThat(end.out()).hasSize(3);
            assertThat(end.out().get(0)).startsWith("{\"@timestamp\":").contains("\"message\":\"event 1\"");
            assertThat(end.err()).isEqualTo("inkfast: 3 events of process " + PID + " (LIVE), 0 missing\n");
        }

        @Test
        void changesNothing() throws IOException {
            Path ring = killed();
            byte[] before = Files.readAllBytes(ring);
            var time = Files.getLastModifiedTime(ring);
            run("flight", "dump", ring.toString());
            run("flight", "list", directory.toString());
            assertThat(Files.readAllBytes(ring)).isEqualTo(before);
            assertThat(Files.getLastModifiedTime(ring)).isEqualTo(time);
            assertThat(Files.list(directory)).hasSize(1);
        }

        @Test
        void writesTheLastOnes() {
            End end = run(
                    "flight", "dump", "--last", "1", "--json", recorder.ring().toString());
            assertThat(end.out()).hasSize(1);
            assertThat(end.out().get(0))
                    .matches("\\{\"number\":3,\"time\":\"\\S+Z\",\"level\":\"DEBUG\",\"shortened\":false,"
                            + "\"event\":\\{.*\"message\":\"event 3\".*}}");
        }

        @Test
        void endsWith1IfEventsAreMissing() throws IOException {
            Path ring = killed();
            byte[] bytes = Files.readAllBytes(ring);
            int second = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("event 2");
            bytes[second] = 'E';
            Files.write(ring, bytes);
            End end = run("flight", "dump", ring.toString());
            assertThat(end.exit()).isEqualTo(1);
            assertThat(end.out()).hasSize(2);
            assertThat(end.err()).isEqualTo("inkfast: 2 events of process " + PID + " (UNCLEAN), 1 missing\n");
        }

        @Test
        void endsWith2ForWhatIsNoRingAndWith64ForANumberThatIsNone() throws IOException {
            Path file = Files.writeString(folder.resolve("x"), "x");
            assertThat(run("flight", "dump", file.toString()))
                    .isEqualTo(new End(
                            2,
                            List.of(),
                            "inkfast: IOException: [" + file + "] is not the ring of a flight recorder\n"));
            assertThat(run("flight", "dump", recorder.ring().toString(), "--last", "0")
                            .exit())
                    .isEqualTo(64);
        }
    }

    @Nested
    class Recover {

        private Path out() {
            return folder.resolve("recovered.json");
        }

        private End recover(String... more) {
            String[] all = java.util.Arrays.copyOf(
                    new String[] {"recover", directory.toString(), "--out", out().toString()}, 4 + more.length);
            System.arraycopy(more, 0, all, 4, more.length);
            return run(all);
        }

        @Test
        void writesWhatProcessesHaveLeftAndKeepsIt() throws IOException {
            Path ring = killed();
            End end = recover();
            assertThat(end)
                    .isEqualTo(new End(
                            0,
                            List.of(),
                            "inkfast: [" + ring + "] 3 events of process " + PID
                                    + "\ninkfast: 3 events of 1 rings and 0 journals in [" + out()
                                    + "], 0 missing, 0 files unreadable, 0 deleted\n"));
            assertThat(Files.readAllLines(out())).hasSize(3);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out())))
                    .isEqualTo("rw-------");
            assertThat(ring).exists();
        }

        @Test
        void deletesWhatItHasRecovered() throws IOException {
            Path ring = killed();
            assertThat(recover("--cleanup").err()).endsWith("0 missing, 0 files unreadable, 1 deleted\n");
            assertThat(Files.readAllLines(out())).hasSize(3);
            assertThat(ring).doesNotExist();
        }

        @Test
        void leavesARunningProcessAlone() throws IOException {
            Path ring = recorder.ring();
            assertThat(recover("--cleanup").err())
                    .startsWith("inkfast: [" + ring + "] is left out, process " + PID + " runs\n")
                    .endsWith("0 deleted\n");
            assertThat(ring).exists();
            context.getLogger("a").debug("event 4");
            assertThat(run("flight", "dump", ring.toString()).out()).hasSize(4);
        }

        @Test
        void deletesNothingIfTheFileCannotBeWritten() throws IOException {
            Path ring = killed();
            Files.writeString(out(), "precious");
            End end = recover("--cleanup");
            assertThat(end.exit()).isEqualTo(64);
            assertThat(end.err()).contains("--out [" + out() + "] exists already");
            assertThat(out()).hasContent("precious");
            assertThat(ring).exists();
        }
    }
}
