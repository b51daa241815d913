package io.inkfast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkfast.testing.Command;
import io.inkfast.testing.LogbackHarness;
import io.inkfast.testing.Torture;
import io.inkfast.wal.WriteAheadAppender;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands that read a journal and a ring change nothing there, need no leave to, and disturb nobody who writes. */
@Tag(Torture.TAG)
@Timeout(3600)
class ReadOnlyIT {

    @TempDir
    Path folder;

    private int saved;

    private Path wal() {
        return folder.resolve("logs/wal");
    }

    private Path flight() {
        return folder.resolve("logs/flight");
    }

    private LogbackHarness configure(String sink, String stopTimeout) {
        return LogbackHarness.configure(
                folder,
                sink + "<appender name='WAL' class='io.inkfast.wal.WriteAheadAppender'><directory>" + wal()
                        + "</directory><stopTimeout>" + stopTimeout + "</stopTimeout><osLevel>INFO</osLevel>"
                        + "<appender-ref ref='SINK'/></appender>"
                        + "<appender name='RECORDER' class='io.inkfast.recorder.FlightRecorderAppender'><directory>"
                        + flight() + "</directory><size>1MB</size></appender>"
                        + "<root level='INFO'><appender-ref ref='WAL'/><appender-ref ref='RECORDER'/></root>");
    }

    private void leaveFiles() {
        String down = "<appender name='SINK' class='io.inkfast.cli.WalCommandTest$Down'/>";
        try (LogbackHarness harness = configure(down, "1 ms")) {
            for (int i = 0; i < 200; i++) {
                harness.logger("a").warn("event {}", i);
            }
        }
    }

    private static Path ring(Path directory) throws IOException {
        return file(directory, ".ring");
    }

    private static Path file(Path directory, String end) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(end))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private int run(Object... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        return Inkfast.run(
                Streams.of(new ByteArrayInputStream(new byte[0]), out, out),
                Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
    }

    /* Every command that only reads; where its result goes is elsewhere. */
    private List<Integer> runAll(Path wal, Path flight) throws IOException {
        saved++;
        return List.of(
                run("wal", "info", wal),
                run("wal", "info", "--json", wal),
                run("wal", "verify", wal),
                run("wal", "dump", wal),
                run("wal", "dump", "--from-lsn", "0", wal),
                run("wal", "salvage", wal, "--out", folder.resolve("salvaged-" + saved)),
                run("recover", wal, "--out", folder.resolve("recovered-" + saved)),
                run("flight", "list", flight),
                run("flight", "dump", ring(flight)),
                run("flight", "dump", "--json", "--last", "10", ring(flight)),
                run("recover", flight, "--out", folder.resolve("rings-" + saved)));
    }

    /* Names, times and bytes. */
    private Map<String, String> state() throws IOException {
        Map<String, String> state = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder.resolve("logs"))) {
            for (Path file : files.toList()) {
                String content = Files.isDirectory(file)
                        ? ""
                        : " " + Files.size(file) + " " + Arrays.hashCode(Files.readAllBytes(file));
                state.put(file.toString(), Files.getLastModifiedTime(file) + content);
            }
        }
        return state;
    }

    @Test
    void nothingIsChanged() throws IOException {
        leaveFiles();
        Map<String, String> before = state();
        assertThat(runAll(wal(), flight())).containsOnly(0);
        assertThat(Files.readAllLines(folder.resolve("salvaged-1"))).hasSize(200);
        assertThat(Files.readAllLines(folder.resolve("recovered-1"))).hasSize(200);
        assertThat(Files.readAllLines(folder.resolve("rings-1"))).hasSize(200);
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void aMountThatCannotBeWrittenIsEnough() throws Exception {
        leaveFiles();
        Path mount = Files.createDirectory(folder.resolve("read-only"));
        String said = Command.run(
                "mount", "--bind", "-o", "ro", folder.resolve("logs").toString(), mount.toString());
        if (said != null) {
            Torture.cannotRun(Torture.Need.ROOT, "ReadOnlyIT cannot run: a read-only mount needs root (" + said + ")");
        }
        try {
            assertThat(Files.isWritable(mount)).isFalse();
            assertThat(runAll(mount.resolve("wal"), mount.resolve("flight"))).containsOnly(0);
            assertThat(Files.readAllLines(folder.resolve("recovered-1"))).hasSize(200);
        } finally {
            Command.must("umount", "-l", mount.toString());
        }
    }

    /* Of an ext4 file system of its own: not every one knows such files. */
    @Test
    void filesAndDirectoriesThatNobodyMayChangeAreEnough() throws Exception {
        Path image = folder.resolve("disk.img");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(256L << 20);
        }
        Path logs = Files.createDirectory(folder.resolve("logs"));
        need(Command.run("mkfs.ext4", "-q", "-F", image.toString()));
        need(Command.run("mount", "-o", "loop", image.toString(), logs.toString()));
        try {
            leaveFiles();
            // The segment and the ring, then also the names in their directories.
            Path segment = file(wal(), ".seg");
            Path ring = ring(flight());
            need(Command.run("chattr", "+i", segment.toString(), ring.toString()));
            assertThatThrownBy(() -> Files.delete(segment)).isInstanceOf(IOException.class);
            Map<String, String> before = state();
            assertThat(runAll(wal(), flight())).containsOnly(0);
            need(Command.run("chattr", "+i", wal().toString(), flight().toString(), logs.toString()));
            assertThatThrownBy(() -> Files.createFile(wal().resolve("new"))).isInstanceOf(IOException.class);
            assertThat(runAll(wal(), flight())).containsOnly(0);
            assertThat(Files.readAllLines(folder.resolve("recovered-2"))).hasSize(200);
            assertThat(Files.readAllLines(folder.resolve("rings-2"))).hasSize(200);
            assertThat(state()).isEqualTo(before);
        } finally {
            Command.run("chattr", "-R", "-i", logs.toString());
            Command.run("umount", "-l", logs.toString());
        }
    }

    private static void need(@Nullable String said) {
        if (said != null) {
            Torture.cannotRun(
                    Torture.Need.LOOP,
                    "ReadOnlyIT cannot run: chattr needs root, a loop device and e2fsprogs (" + said + ")");
        }
    }

    @Test
    void whoWritesIsNotDisturbed() throws Exception {
        String file =
                "<appender name='SINK' class='io.inkfast.file.BatchingFileAppender'><file>" + folder.resolve("app.log")
                        + "</file><encoder class='io.inkfast.mask.RedactingJsonEncoder'/></appender>";
        AtomicBoolean enough = new AtomicBoolean();
        int[] logged = {0};
        try (LogbackHarness harness = configure(file, "30 seconds")) {
            Thread writer = new Thread(() -> {
                while (!enough.get()) {
                    harness.logger("a").info("event {}", logged[0]++);
                }
            });
            writer.start();
            WriteAheadAppender appender = harness.appender("WAL", WriteAheadAppender.class);
            try {
                for (int i = 0; i < Torture.times(5, 10, 1_000); i++) {
                    // Its end may be torn: it is being written.
                    assertThat(runAll(wal(), flight())).doesNotContain(2, 3);
                }
            } finally {
                enough.set(true);
                writer.join();
            }
            assertThat(appender.flush(Duration.ofSeconds(30))).isTrue();
            assertThat(harness.complaints()).isEmpty();
        }
        // In the long run they are more than memory takes.
        int seen = 0;
        try (Stream<String> lines = Files.lines(folder.resolve("app.log"))) {
            for (String line : (Iterable<String>) lines::iterator) {
                assertThat(line).contains("\"message\":\"event " + seen++ + "\"");
            }
        }
        assertThat(seen).isEqualTo(logged[0]);
        assertThat(logged[0]).isPositive();
    }
}
