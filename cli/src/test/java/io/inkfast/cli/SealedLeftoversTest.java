package io.inkfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.keys.EncryptionKeyset;
import io.inkfast.keys.KeysetException;
import io.inkfast.keys.KeysetFile;
import io.inkfast.keys.KeysetPurpose;
import io.inkfast.recorder.FlightRecorderAppender;
import io.inkfast.testing.LogbackHarness;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal, a ring and a dump that are encrypted. */
class SealedLeftoversTest {

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private String keyset;
    private String key;

    @BeforeEach
    void leaveThem() throws IOException, KeysetException {
        keyset = folder.resolve("keyset.json").toString();
        KeysetFile.of("keyset", "file:" + keyset).generate(KeysetPurpose.ENCRYPTION, false);
        key = EncryptionKeyset.read("keyset", "file:" + keyset).keys().get(0).name();
        String keys = "<keyset>file:" + keyset + "</keyset>";
        try (LogbackHarness harness = LogbackHarness.configure(
                folder,
                "<appender name='DOWN' class='io.inkfast.cli.WalCommandTest$Down'/>"
                        + "<appender name='WAL' class='io.inkfast.wal.WriteAheadAppender'><directory>"
                        + folder.resolve("wal") + "</directory><stopTimeout>1 ms</stopTimeout><reserve>0</reserve>"
                        + keys
                        + "<appender-ref ref='DOWN'/></appender>"
                        + "<appender name='RECORDER' class='io.inkfast.recorder.FlightRecorderAppender'><directory>"
                        + folder.resolve("flight") + "</directory><size>512KB</size><dumpOn>ERROR</dumpOn>" + keys
                        + "</appender>"
                        + "<root level='INFO'><appender-ref ref='WAL'/><appender-ref ref='RECORDER'/></root>")) {
            harness.logger("shop").error("the bumblebee has landed");
            assertThat(harness.appender("RECORDER", FlightRecorderAppender.class)
                            .flush(Duration.ofSeconds(20)))
                    .isTrue();
        }
    }

    private int run(String... arguments) {
        out.reset();
        err.reset();
        return Inkfast.run(
                Streams.of(
                        new ByteArrayInputStream(new byte[0]),
                        out,
                        err,
                        false,
                        false,
                        io.inkfast.internal.Ticker.SYSTEM),
                arguments);
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private String written() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private Path flight(String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("flight"))) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void walDumpOpensThemWithTheKeyset() {
        String wal = folder.resolve("wal").toString();
        assertThat(run("wal", "dump", wal)).isEqualTo(3);
        assertThat(written()).isEmpty();
        assertThat(said()).contains("1 events are encrypted with key " + key + "; name the keyset with --keyset");
        assertThat(run("wal", "dump", "--keyset", keyset, wal)).isZero();
        assertThat(written()).contains("bumblebee");
        assertThat(run(
                        "wal",
                        "salvage",
                        "--keyset",
                        keyset,
                        "--out",
                        folder.resolve("s.jsonl").toString(),
                        wal))
                .isZero();
        assertThat(folder.resolve("s.jsonl")).content().contains("bumblebee");
    }

    @Test
    void flightDumpOpensRingsAndDumps() throws IOException {
        for (String ending : new String[] {".ring", ".sealed"}) {
            String file = flight(ending).toString();
            assertThat(run("flight", "dump", file)).as(ending).isEqualTo(ending.equals(".ring") ? 3 : 64);
            assertThat(written()).isEmpty();
            assertThat(run("flight", "dump", "--keyset", keyset, file)).isZero();
            assertThat(written()).contains("bumblebee");
        }
    }

    @Test
    void recoverDeletesNothingThatItCouldNotOpen() throws IOException {
        String all = folder.toString();
        Path first = folder.resolve("first.jsonl");
        assertThat(run("recover", all, "--out", first.toString(), "--cleanup")).isEqualTo(1);
        assertThat(first).isEmptyFile();
        assertThat(said())
                .contains("[" + folder.resolve("wal") + "] 1 events are encrypted with key " + key)
                .contains("is not deleted: its events are encrypted");
        assertThat(flight(".ring")).exists();
        Path second = folder.resolve("second.jsonl");
        assertThat(run("recover", all, "--out", second.toString(), "--keyset", keyset))
                .isZero();
        assertThat(Files.readAllLines(second)).hasSize(2).allMatch(line -> line.contains("bumblebee"));
    }
}
