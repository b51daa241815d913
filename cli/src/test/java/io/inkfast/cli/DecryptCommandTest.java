package io.inkfast.cli;

import static io.inkfast.cli.EncryptedLogs.events;
import static io.inkfast.cli.EncryptedLogs.log;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.cli.EncryptedLogs.End;
import io.inkfast.keys.KeysetFile;
import io.inkfast.keys.KeysetPurpose;
import io.inkfast.testing.LogbackHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecryptCommandTest {

    @TempDir
    Path folder;

    private EncryptedLogs logs;

    @BeforeEach
    void make() {
        logs = new EncryptedLogs(folder);
    }

    @Nested
    class Keyset {

        @Test
        void isNamedByTheOptionOrTheVariable() {
            logs.tenEvents();
            End end = EncryptedLogs.run(new byte[0], Map.of(), "decrypt", "--keyset", logs.keyset, logs.log);
            assertThat(end).returns(0, End::exit).returns("", End::err);
            assertThat(end.messages()).isEqualTo(events(0, 10));
            assertThat(end.out().lines()).hasSize(10).allMatch(line -> line.startsWith("{") && line.endsWith("}"));
            assertThat(logs.run("decrypt", logs.log)).isEqualTo(end);
        }

        @ParameterizedTest
        @ValueSource(strings = {"decrypt", "salvage --out x", "rewrap --to y"})
        void isMissing(String command) {
            End end = EncryptedLogs.run(new byte[0], Map.of(), (Object[]) (command + " " + logs.log).split(" "));
            assertThat(end).returns(64, End::exit).returns("", End::out);
            assertThat(end.err()).startsWith("--keyset is missing, and the variable INKFAST_KEYSET is not set\n");
        }

        @Test
        void isTheWrongOne() throws IOException {
            logs.tenEvents();
            Path other = logs.keyset("other.json", KeysetPurpose.ENCRYPTION);
            End end = logs.run("decrypt", "--keyset", other, logs.log);
            assertThat(end).returns(3, End::exit).returns("", End::out);
            assertThat(end.err())
                    .matches("inkfast: \\[" + logs.log
                            + "] session 0 needs key [0-9a-f]+, which the keyset does not have\n");
        }

        @ParameterizedTest
        @ValueSource(strings = {"decrypt", "verify", "salvage --out x", "rewrap --to y"})
        void hasPublicKeysOnly(String command) throws Exception {
            Path secret = logs.keyset("private.json", KeysetPurpose.WRITE_ONLY_HOST);
            Path open = folder.resolve("public.json");
            KeysetFile.of("keyset", "file:" + open).publish("keyset", "file:" + secret);
            try (LogbackHarness harness = logs.start(open, "")) {
                log(harness, 0, 3);
            }
            End end = EncryptedLogs.run(new byte[0], Map.of("INKFAST_KEYSET", "file:" + open), (Object[])
                    (command + " " + logs.log).split(" "));
            assertThat(end.err())
                    .isEqualTo(
                            "inkfast: INKFAST_KEYSET [file:" + open
                                    + "] holds public keys, which only encrypt; to read, name the keyset with the private keys\n");
            assertThat(end.exit()).isEqualTo(command.equals("verify") ? 0 : 3);
            assertThat(logs.run("decrypt", "--keyset", secret, logs.log).messages())
                    .isEqualTo(events(0, 3));
        }

        @Test
        void isNotThere() {
            assertThat(logs.run("decrypt", "--keyset", folder.resolve("no.json"), logs.log))
                    .returns(64, End::exit)
                    .satisfies(end -> assertThat(end.err())
                            .startsWith("inkfast: --keyset [file:" + folder.resolve("no.json") + "] "));
        }
    }

    @Nested
    class Several {

        @Test
        void ofOneLogAreInTheirOrder() {
            logs.threeFiles();
            End end = logs.run("decrypt", logs.log, logs.rolled(1), logs.rolled(2));
            assertThat(end).returns(0, End::exit).returns("", End::err);
            assertThat(end.messages()).isEqualTo(events(0, 30));
        }

        @Test
        void mayBeNamedByAPattern() throws IOException {
            logs.threeFiles();
            Files.createFile(folder.resolve("app.elog.key"));
            Files.createFile(folder.resolve("app.elog.torn-0"));
            End end = logs.run("decrypt", folder + "/*.elog*");
            assertThat(end.messages()).isEqualTo(events(0, 30));
            assertThat(end)
                    .returns(0, End::exit)
                    .returns(
                            "inkfast: [" + folder.resolve("app.elog.torn-0")
                                    + "] is left out: it is the torn end of another file\n",
                            End::err);
            assertThat(logs.run("decrypt", folder.getParent() + "/*/app.[12].el?g")
                            .messages())
                    .containsAll(events(0, 20));
            assertThat(logs.run("decrypt", folder + "/*.txt"))
                    .isEqualTo(new End(4, "", "inkfast: no file is called like [" + folder + "/*.txt]\n"));
        }

        @Test
        void ofSeveralLogsAreInTheOrderGiven() throws IOException {
            logs.tenEvents();
            Path first = Files.move(logs.log, folder.resolve("z.elog"));
            try (LogbackHarness harness = logs.start()) {
                log(harness, 10, 12);
            }
            assertThat(logs.run("decrypt", first, logs.log).messages()).isEqualTo(events(0, 12));
            assertThat(logs.run("decrypt", logs.log, first).messages().get(0)).isEqualTo("event 10");
        }

        @Test
        void thatAreNoneAreSaidAndTheOthersAreGiven() throws IOException {
            logs.tenEvents();
            Path no = folder.resolve("no.elog");
            Path other = Files.writeString(folder.resolve("other.elog"), "{}\n".repeat(100));
            End end = logs.run("decrypt", no, logs.log, other);
            assertThat(end.messages()).isEqualTo(events(0, 10));
            assertThat(end)
                    .returns(4, End::exit)
                    .returns(
                            "inkfast: [" + no + "] is not there\ninkfast: [" + other
                                    + "] is no encrypted log, or one of a later version\n",
                            End::err);
        }

        @Test
        void areReadFromStandardInput() throws IOException {
            logs.tenEvents();
            End end = EncryptedLogs.run(Files.readAllBytes(logs.log), Map.of(), "decrypt", "--keyset", logs.keyset);
            assertThat(end).returns(0, End::exit).returns("", End::err);
            assertThat(end.messages()).isEqualTo(events(0, 10));
            assertThat(EncryptedLogs.run("no".getBytes(UTF_8), Map.of(), "decrypt", "--keyset", logs.keyset))
                    .isEqualTo(new End(
                            4, "", "inkfast: [standard input] is no encrypted log, or one of a later version\n"));
        }

        @Test
        void goToANewFile() throws IOException {
            logs.tenEvents();
            Path out = folder.resolve("plain/app.json");
            assertThat(logs.run("decrypt", "--out", out, logs.log)).isEqualTo(new End(0, "", ""));
            assertThat(EncryptedLogs.messages(Files.readString(out))).isEqualTo(events(0, 10));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out)))
                    .isEqualTo("rw-------");
            End again = logs.run("decrypt", "--out", out, logs.log);
            assertThat(again.exit()).isEqualTo(64);
            End unwritten = logs.run("decrypt", "--out", out.resolve("app.json"), logs.log);
            assertThat(unwritten.exit()).isEqualTo(4);
            assertThat(unwritten.err()).startsWith("inkfast: FileAlreadyExistsException: " + out);
            assertThat(again.err()).startsWith("--out [" + out + "] exists already\n");
        }
    }

    @Nested
    class Unfinished {

        @Test
        void becauseItIsBeingWritten() {
            try (LogbackHarness harness = logs.start()) {
                log(harness, 0, 5);
                End end = logs.run("decrypt", logs.log);
                assertThat(end).returns(1, End::exit).returns("", End::err);
                assertThat(end.messages()).isEqualTo(events(0, 5));
                assertThat(harness.complaints()).isEmpty();
            }
        }

        @Test
        void becauseItWasCut() throws IOException {
            logs.tenEvents();
            EncryptedLogs.cut(logs.log, EncryptedLogs.frames(logs.log).get(6) + 100);
            End end = logs.run("decrypt", logs.log);
            assertThat(end)
                    .returns(1, End::exit)
                    .returns("inkfast: [" + logs.log + "] the file ends in the middle of frame 6\n", End::err);
            assertThat(end.messages()).isEqualTo(events(0, 4));
        }
    }

    @Nested
    class Damaged {

        @Test
        void isGivenUpToThere() throws IOException {
            logs.threeFiles();
            List<Integer> frames = EncryptedLogs.frames(logs.rolled(2));
            EncryptedLogs.damage(logs.rolled(2), 5);
            End end = logs.run("decrypt", logs.rolled(2), logs.rolled(1));
            assertThat(end.exit()).isEqualTo(2);
            assertThat(end.messages()).hasSize(13).startsWith("event 0", "event 1", "event 2", "event 10");
            assertThat(end.err())
                    .isEqualTo("inkfast: [" + logs.rolled(2) + "] bytes " + frames.get(5) + " to "
                            + (frames.get(6) - 1) + " are damaged\ninkfast: [" + logs.rolled(2)
                            + "] is not written from there on; inkfast salvage gives all that is genuine\n");
        }

        @Test
        void atItsEnd() throws IOException {
            logs.tenEvents();
            List<Integer> frames = EncryptedLogs.frames(logs.log);
            EncryptedLogs.damage(logs.log, frames.size() - 1);
            End end = logs.run("decrypt", logs.log);
            assertThat(end.messages()).isEqualTo(events(0, 10));
            assertThat(end)
                    .returns(2, End::exit)
                    .returns(
                            "inkfast: [" + logs.log + "] the end of the file, from byte "
                                    + frames.get(frames.size() - 1) + " on, is damaged\n",
                            End::err);
        }
    }

    @Nested
    class Range {

        private final Instant ten = Instant.parse("2026-11-25T10:00:00Z");

        private void hours(String more) {
            try (LogbackHarness harness = logs.start(logs.keyset, more)) {
                for (int i = 0; i < 10; i++) {
                    EncryptedLogs.logAt(harness, ten.plusSeconds(3600L * i), "event " + i);
                }
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "<hideMetadata>true</hideMetadata>", "<compress>true</compress>"})
        void includesBothTimes(String more) {
            hours(more);
            End end = logs.run(
                    "decrypt", "--from", "2026-11-25T12:00:00Z", "--to", "2026-11-25T15:00:00+01:00", logs.log);
            assertThat(end).returns(0, End::exit).returns("", End::err);
            assertThat(end.messages()).isEqualTo(events(2, 5));
            assertThat(logs.run("decrypt", "--from", "2026-11-25T12:00:00.001Z", logs.log)
                            .messages())
                    .isEqualTo(events(3, 10));
            assertThat(logs.run("decrypt", "--to", "2026-11-25T12:00:00Z", logs.log)
                            .messages())
                    .isEqualTo(events(0, 3));
        }

        @Test
        void isLocalWithoutAZone() {
            hours("");
            String local = ten.plusSeconds(3600)
                    .atZone(ZoneId.systemDefault())
                    .toLocalDateTime()
                    .toString();
            assertThat(logs.run("decrypt", "--from", local, "--to", local, logs.log)
                            .messages())
                    .isEqualTo(events(1, 2));
        }

        @Test
        void leavesOutLinesOfFramesThatHaveOthers() {
            try (LogbackHarness harness =
                    logs.start(logs.keyset, "<flushLevel>OFF</flushLevel><flushInterval>1 minute</flushInterval>")) {
                for (int i = 0; i < 10; i++) {
                    EncryptedLogs.logAt(harness, ten.plusSeconds(i), "event " + i);
                }
            }
            assertThat(logs.run("decrypt", "--from", "2026-11-25T10:00:04Z", "--to", "2026-11-25T10:00:06Z", logs.log)
                            .messages())
                    .isEqualTo(events(4, 7));
        }

        @Test
        void isNotReadElsewhere() throws IOException {
            hours("");
            EncryptedLogs.damage(logs.log, 3);
            End end = logs.run("decrypt", "--from", "2026-11-25T15:00:00Z", logs.log);
            assertThat(end).returns(0, End::exit).returns(events(5, 10), End::messages);
        }

        @Test
        void ofLongLinesIsWhole() {
            String longer = "x".repeat(3_000_000);
            try (LogbackHarness harness = logs.start()) {
                EncryptedLogs.logAt(harness, ten, "event 0");
                EncryptedLogs.logAt(harness, ten.plusSeconds(3600), longer);
                EncryptedLogs.logAt(harness, ten.plusSeconds(7200), "event 2");
            }
            assertThat(logs.run("decrypt", "--from", "2026-11-25T10:30:00Z", "--to", "2026-11-25T11:30:00Z", logs.log)
                            .messages())
                    .hasSize(1);
            assertThat(logs.run("decrypt", "--from", "2026-11-25T11:30:00Z", logs.log)
                            .out())
                    .startsWith("{\"@timestamp\":\"2026-11-25T")
                    .satisfies(out -> assertThat(EncryptedLogs.messages(out)).containsExactly("event 2"));
            assertThat(logs.run("decrypt", logs.log).out().lines()).hasSize(3);
        }

        @ParameterizedTest
        @ValueSource(strings = {"yesterday", "2026-11-25", "10:00"})
        void mustBeATime(String text) {
            assertThat(logs.run("decrypt", "--from", text, logs.log))
                    .returns(64, End::exit)
                    .satisfies(
                            end -> assertThat(end.err())
                                    .startsWith(
                                            "Invalid value for option '--from': [" + text
                                                    + "] is not a time such as 2026-11-25T10:00:00Z, or without Z in the local zone\n"));
        }

        @Test
        void mustNotEndBeforeItBegins() {
            assertThat(logs.run("decrypt", "--from", "2026-11-25T10:00:00Z", "--to", "2026-11-25T09:00:00Z", logs.log)
                            .err())
                    .startsWith("--from is after --to\n");
        }
    }
}
