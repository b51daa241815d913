package io.inkfast.cli;

import static io.inkfast.cli.EncryptedLogs.events;
import static io.inkfast.cli.EncryptedLogs.log;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.testing.LogbackHarness;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code inkfast decrypt -f} beside an application that writes. */
@Timeout(60)
class FollowTest {

    @TempDir
    Path folder;

    private EncryptedLogs logs;
    private final Lines lines = new Lines();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final AtomicInteger exit = new AtomicInteger(-1);
    private Thread follower;

    /** Lets others wait for lines. */
    private static final class Lines extends ByteArrayOutputStream {

        synchronized List<String> await(int count) throws InterruptedException {
            while (EncryptedLogs.messages(toString(UTF_8)).size() < count) {
                wait();
            }
            return EncryptedLogs.messages(toString(UTF_8));
        }

        @Override
        public synchronized void flush() {
            notifyAll();
        }
    }

    @BeforeEach
    void make() {
        logs = new EncryptedLogs(folder);
    }

    private void follow(String... more) {
        Streams streams = Streams.of(new ByteArrayInputStream(new byte[0]), lines, err)
                .with(Map.of("INKFAST_KEYSET", logs.keyset.toString())::get);
        String[] arguments = new String[more.length + 3];
        arguments[0] = "decrypt";
        arguments[1] = "-f";
        System.arraycopy(more, 0, arguments, 2, more.length);
        arguments[more.length + 2] = logs.log.toString();
        follower = new Thread(() -> exit.set(Inkfast.run(streams, arguments)));
        follower.start();
    }

    private void stop() throws InterruptedException {
        follower.interrupt();
        follower.join();
    }

    @AfterEach
    void interrupt() throws InterruptedException {
        if (follower != null) {
            stop();
        }
    }

    @Test
    void givesWhatIsAddedAndGoesOnInTheNextFile() throws Exception {
        try (LogbackHarness harness = logs.start()) {
            log(harness, 0, 5);
            follow();
            lines.await(5);
            log(harness, 5, 10);
            lines.await(10);
            for (int file = 1; file < 4; file++) {
                log(harness, file * 10, file * 10 + 5);
                EncryptedLogs.appender(harness).rollover();
                log(harness, file * 10 + 5, file * 10 + 10);
                lines.await(file * 10 + 10);
            }
            assertThat(lines.await(40)).isEqualTo(events(0, 40));
            assertThat(harness.complaints()).isEmpty();
            stop();
        }
        assertThat(err.toString(UTF_8)).isEmpty();
        assertThat(exit).hasValue(1);
    }

    @Test
    void goesOnWhenTheApplicationIsStartedAgain() throws Exception {
        logs.tenEvents();
        follow();
        lines.await(10);
        try (LogbackHarness harness = logs.start()) {
            log(harness, 10, 15);
        }
        assertThat(lines.await(15)).isEqualTo(events(0, 15));
        stop();
        assertThat(exit).hasValue(0);
    }

    @Test
    void waitsForAFileThatIsEmptyYet() throws Exception {
        Files.createFile(logs.log);
        follow();
        try (LogbackHarness harness = logs.start()) {
            log(harness, 0, 5);
            assertThat(lines.await(5)).isEqualTo(events(0, 5));
        }
    }

    @Test
    void saysHowManyFilesItMissed() throws Exception {
        logs.threeFiles();
        Path newest = Files.move(logs.log, folder.resolve("newest"));
        Files.move(logs.rolled(2), logs.log);
        follow();
        lines.await(10);
        Files.move(newest, logs.log, StandardCopyOption.ATOMIC_MOVE);
        assertThat(lines.await(20)).doesNotContain("event 10").contains("event 0", "event 29");
        stop();
        assertThat(err.toString(UTF_8))
                .isEqualTo(
                        "inkfast: [" + logs.log + "] was rolled more than once in a moment: 1 files were not shown\n");
    }

    @Test
    void endsAtDamage() throws Exception {
        logs.tenEvents();
        EncryptedLogs.damage(logs.log, 5);
        follow();
        follower.join();
        assertThat(exit).hasValue(2);
        assertThat(err.toString(UTF_8)).contains("are damaged\n").endsWith("gives all that is genuine\n");
        assertThat(lines.await(3)).isEqualTo(events(0, 3));
    }

    @Test
    void endsWithoutAFile() throws Exception {
        follow();
        follower.join();
        assertThat(exit).hasValue(4);
        assertThat(err.toString(UTF_8)).isEqualTo("inkfast: [" + logs.log + "] is not there\n");
    }

    @Test
    void endsAtWhatIsNoLog() throws IOException, InterruptedException {
        Files.writeString(logs.log, "{}\n".repeat(100));
        follow();
        follower.join();
        assertThat(exit).hasValue(4);
        assertThat(err.toString(UTF_8))
                .isEqualTo("inkfast: [" + logs.log + "] is no encrypted log, or one of a later version\n");
    }

    @Test
    void isForOneFileAndStandardOutput() {
        assertThat(logs.run("decrypt", "-f", logs.log, logs.log).err())
                .startsWith("-f follows one file, to standard output\n");
        assertThat(logs.run("decrypt", "-f", "--out", "x", logs.log).err())
                .startsWith("-f follows one file, to standard output\n");
    }
}
