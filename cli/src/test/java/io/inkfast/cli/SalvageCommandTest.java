package io.inkfast.cli;

import static io.inkfast.cli.EncryptedLogs.events;
import static io.inkfast.cli.EncryptedLogs.log;
import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.cli.EncryptedLogs.End;
import io.inkfast.keys.KeysetPurpose;
import io.inkfast.testing.Bits;
import io.inkfast.testing.LogbackHarness;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SalvageCommandTest {

    @TempDir
    Path folder;

    private EncryptedLogs logs;
    private Path out;

    @BeforeEach
    void make() {
        logs = new EncryptedLogs(folder);
        out = folder.resolve("saved/app.json");
    }

    private End salvage(Object... files) {
        List<Object> arguments = new ArrayList<>(List.of("salvage", "--out", out));
        arguments.addAll(List.of(files));
        return logs.run(arguments.toArray());
    }

    private List<String> saved() throws IOException {
        return EncryptedLogs.messages(Files.readString(out));
    }

    private static List<String> without(List<String> events, int... missing) {
        List<String> left = new ArrayList<>(events);
        for (int event : missing) {
            left.remove("event " + event);
        }
        return left;
    }

    /* The file with its frames, from 0, in this order. */
    private void arrange(Path file, int... order) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        List<Integer> frames = new ArrayList<>(EncryptedLogs.frames(file));
        frames.add(bytes.length);
        ByteArrayOutputStream arranged = new ByteArrayOutputStream();
        arranged.write(bytes, 0, frames.get(0));
        for (int frame : order) {
            arranged.write(bytes, frames.get(frame), frames.get(frame + 1) - frames.get(frame));
        }
        Files.write(file, arranged.toByteArray());
    }

    @Test
    void givesEverythingIfNothingIsWrong() throws IOException {
        logs.threeFiles();
        assertThat(salvage(logs.log, logs.rolled(1), logs.rolled(2)))
                .isEqualTo(new End(0, "", "inkfast: 30 events in 30 frames of 3 files in [" + out + "]\n"));
        assertThat(saved()).isEqualTo(events(0, 30));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out)))
                .isEqualTo("rw-------");
    }

    @Test
    void endsWith0ForALogThatIsBeingWritten() throws IOException {
        try (LogbackHarness harness = logs.start()) {
            log(harness, 0, 5);
            assertThat(salvage(logs.log).exit()).isZero();
            assertThat(saved()).isEqualTo(events(0, 5));
        }
    }

    @Test
    void goesOnBehindDamage() throws IOException {
        logs.tenEvents();
        List<Integer> frames = EncryptedLogs.frames(logs.log);
        EncryptedLogs.damage(logs.log, 0);
        EncryptedLogs.damage(logs.log, 4);
        EncryptedLogs.damage(logs.log, 9);
        End end = salvage(logs.log);
        assertThat(end.exit()).isEqualTo(2);
        assertThat(saved()).isEqualTo(without(events(0, 10), 2, 7));
        assertThat(end.err())
                .isEqualTo("inkfast: [" + logs.log + "] bytes 64 to " + (frames.get(1) - 1) + " are damaged\n"
                        + "inkfast: [" + logs.log + "] bytes " + frames.get(4) + " to " + (frames.get(5) - 1)
                        + " are damaged\ninkfast: [" + logs.log + "] bytes " + frames.get(9) + " to "
                        + (frames.get(10) - 1) + " are damaged\ninkfast: 8 events in 8 frames of 1 file in [" + out
                        + "]\n");
    }

    @Test
    void givesEachFrameOnceAndInOrder() throws IOException {
        logs.tenEvents();
        arrange(logs.log, 0, 1, 11, 3, 3, 5, 4, 7, 8, 9, 2, 5, 10);
        End end = salvage(logs.log);
        assertThat(end.exit()).isEqualTo(2);
        assertThat(saved()).isEqualTo(without(events(0, 10), 4));
    }

    @Test
    void aFileWithoutItsHeaderIsStillInOrder() throws IOException {
        logs.threeFiles();
        Bits.flip(logs.rolled(2), 3);
        End end = salvage(logs.log, logs.rolled(1), logs.rolled(2));
        assertThat(end.exit()).isEqualTo(2);
        assertThat(saved()).isEqualTo(events(0, 30));
        assertThat(end.err()).startsWith("inkfast: [" + logs.rolled(2) + "] the header of the file is damaged\n");
    }

    @Test
    void copiesCompleteEachOther() throws IOException {
        logs.tenEvents();
        Path copy = Files.copy(logs.log, folder.resolve("copy"));
        EncryptedLogs.damage(logs.log, 3);
        EncryptedLogs.damage(copy, 8);
        assertThat(salvage(logs.log, copy).exit()).isEqualTo(2);
        assertThat(saved()).isEqualTo(events(0, 10));
    }

    @Test
    void copiesThatWentOnInTwoWaysAreBothGiven() throws IOException {
        logs.tenEvents();
        Path copy = Files.copy(logs.log, folder.resolve("copy"));
        try (LogbackHarness harness = logs.start()) {
            log(harness, 10, 12);
        }
        Path first = Files.move(logs.log, folder.resolve("first"));
        Files.move(copy, logs.log);
        try (LogbackHarness harness = logs.start()) {
            log(harness, 20, 22);
        }
        assertThat(salvage(logs.log, first).exit()).isZero();
        List<String> both = events(0, 12);
        both.addAll(events(20, 22));
        assertThat(saved()).containsExactlyInAnyOrderElementsOf(both).startsWith("event 0", "event 1");
    }

    @Test
    void saysThatAFileIsMissing() throws IOException {
        logs.threeFiles();
        assertThat(salvage(logs.log, logs.rolled(2)))
                .isEqualTo(new End(
                        2,
                        "",
                        "inkfast: a file is missing between [" + logs.rolled(2) + "] and [" + logs.log
                                + "]: number 1 of the log\ninkfast: 20 events in 20 frames of 2 files in [" + out
                                + "]\n"));
    }

    @Test
    void partsOfLinesDoNotSpoilOthers() throws IOException {
        try (LogbackHarness harness = logs.start()) {
            log(harness, 0, 1);
            harness.logger("shop").error("x".repeat(3_000_000));
            log(harness, 1, 2);
        }
        int frames = EncryptedLogs.frames(logs.log).size();
        assertThat(frames).isGreaterThan(6);
        EncryptedLogs.damage(logs.log, frames - 3);
        assertThat(salvage(logs.log).exit()).isEqualTo(2);
        List<String> lines = Files.readAllLines(out);
        assertThat(lines).hasSize(3);
        assertThat(lines.get(2)).startsWith("{\"@timestamp\"").contains("event 1");
    }

    @Test
    void doesNotOverwrite() throws IOException {
        logs.tenEvents();
        Files.createDirectories(out.getParent());
        Files.writeString(out, "mine");
        assertThat(salvage(logs.log))
                .returns(64, End::exit)
                .satisfies(end -> assertThat(end.err()).startsWith("--out [" + out + "] exists already\n"));
        assertThat(out).hasContent("mine");
    }

    @Test
    void endsWith3WithAnotherKeysetAnd4WithoutALog() {
        logs.tenEvents();
        Path other = logs.keyset("other.json", KeysetPurpose.ENCRYPTION);
        assertThat(salvage("--keyset", other, logs.log).exit()).isEqualTo(3);
        out = folder.resolve("2");
        assertThat(salvage(folder.resolve("none"), logs.log).exit()).isEqualTo(4);
        out = folder.resolve("3");
        assertThat(salvage(folder + "/*.none").exit()).isEqualTo(4);
        assertThat(out).doesNotExist();
    }
}
