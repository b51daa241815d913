package io.inkfast.cli;

import static io.inkfast.cli.EncryptedLogs.events;
import static io.inkfast.cli.EncryptedLogs.log;
import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.cli.EncryptedLogs.End;
import io.inkfast.keys.KeysetPurpose;
import io.inkfast.testing.LogbackHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RewrapCommandTest {

    @TempDir
    Path folder;

    private EncryptedLogs logs;
    private Path fresh;
    private Path key;

    @BeforeEach
    void make() {
        logs = new EncryptedLogs(folder);
        fresh = logs.keyset("fresh.json", KeysetPurpose.ENCRYPTION);
        key = folder.resolve("app.elog.key");
    }

    @Test
    void makesLogsOpenWithAnotherKeyset() throws IOException {
        logs.threeFiles();
        try (LogbackHarness harness = logs.start()) {
            log(harness, 30, 35);
        }
        byte[] before = Files.readAllBytes(logs.log);
        assertThat(logs.run("rewrap", "--to", fresh, logs.log, logs.rolled(1)))
                .isEqualTo(new End(
                        0,
                        "",
                        "inkfast: [" + key + "] has the keys of 2 sessions\ninkfast: ["
                                + folder.resolve("app.1.elog.key") + "] has the key of 1 session\n"));
        assertThat(Files.readAllBytes(logs.log)).isEqualTo(before);
        End end = logs.run("decrypt", "--keyset", fresh, folder + "/app*.elog*");
        assertThat(end.messages()).isEqualTo(events(10, 35));
        assertThat(end.exit()).isEqualTo(3);
        assertThat(logs.run("verify", "--keyset", fresh, logs.log, logs.rolled(1))
                        .exit())
                .isZero();
    }

    @Test
    void writesNothingIfASessionStaysClosed() throws IOException {
        logs.tenEvents();
        Path other = folder.resolve("other.elog");
        Files.copy(logs.log, other);
        try (LogbackHarness harness = logs.start(fresh, "")) {
            log(harness, 10, 12);
        }
        assertThat(logs.run("rewrap", "--to", fresh, other, logs.log))
                .isEqualTo(new End(
                        3,
                        "",
                        "inkfast: [" + logs.log
                                + "] session 1 is not opened by the keyset\ninkfast: nothing was written\n"));
        assertThat(key).doesNotExist();
        assertThat(folder.resolve("other.elog.key")).doesNotExist();
    }

    @Test
    void writesNothingForWhatIsNoLog() throws IOException {
        logs.tenEvents();
        Path no = folder.resolve("no");
        Path other = Files.writeString(folder.resolve("other"), "{}\n".repeat(100));
        assertThat(logs.run("rewrap", "--to", fresh, logs.log, no, other))
                .isEqualTo(new End(
                        4,
                        "",
                        "inkfast: [" + no + "] is not there\ninkfast: [" + other
                                + "] is no encrypted log, or one of a later version\ninkfast: nothing was written\n"));
        assertThat(key).doesNotExist();
    }

    @Test
    void saysWhichSessionNobodyCanOpen() throws IOException {
        logs.tenEvents();
        try (LogbackHarness harness = logs.start()) {
            log(harness, 10, 12);
        }
        EncryptedLogs.damage(logs.log, 0);
        EncryptedLogs.damage(logs.log, 1);
        assertThat(logs.run("rewrap", "--to", fresh, logs.log))
                .isEqualTo(new End(
                        2,
                        "",
                        "inkfast: [" + logs.log + "] the key of session 0 is damaged: nobody can open it\ninkfast: ["
                                + key + "] has the key of 1 session\n"));
    }

    @Test
    void needsAKeysetToWrapWith() {
        logs.tenEvents();
        assertThat(logs.run("rewrap", "--to", folder.resolve("no.json"), logs.log))
                .returns(64, End::exit)
                .satisfies(end ->
                        assertThat(end.err()).startsWith("inkfast: --to [file:" + folder.resolve("no.json") + "] "));
    }
}
