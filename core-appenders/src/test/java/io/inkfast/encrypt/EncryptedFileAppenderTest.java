package io.inkfast.encrypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.inkfast.keys.EncryptionKeyset;
import io.inkfast.keys.KeysetException;
import io.inkfast.keys.KeysetFile;
import io.inkfast.keys.KeysetPurpose;
import io.inkfast.testing.LogbackHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EncryptedFileAppenderTest {

    private static final String LINES = "<encoder><pattern>%msg%n</pattern></encoder>";

    @TempDir
    Path folder;

    private Path keyset;

    @BeforeEach
    void makeKeys() throws KeysetException {
        keyset = folder.resolve("keyset.json");
        KeysetFile.of("keyset", "file:" + keyset).generate(KeysetPurpose.ENCRYPTION, false);
    }

    private String appender(String name, String settings) {
        return "<appender name='" + name + "' class='io.inkfast.encrypt.EncryptedFileAppender'><file>" + log()
                + "</file>" + settings + "</appender>";
    }

    private Path log() {
        return folder.resolve("app.elog");
    }

    private String keys() {
        return "<keyset>file:" + keyset + "</keyset>";
    }

    private LogbackHarness direct(String settings) {
        return LogbackHarness.configure(
                folder,
                appender("SECURE", keys() + LINES + settings)
                        + "<root level='TRACE'><appender-ref ref='SECURE'/></root>");
    }

    private LogbackHarness behindAFront(String settings) {
        return LogbackHarness.configure(
                folder,
                appender("SECURE", keys() + LINES + settings)
                        + "<appender name='ASYNC' class='io.inkfast.async.AsyncBatchingAppender'>"
                        + "<appender-ref ref='SECURE'/></appender>"
                        + "<root level='TRACE'><appender-ref ref='ASYNC'/></root>");
    }

    private record Read(List<String> lines, List<LogFrame> frames, List<LogFinding> findings, LogState state) {}

    private Read read(Path file) throws IOException {
        try (EncryptedLogReader reader =
                EncryptedLogReader.open(file, EncryptionKeyset.read("<keyset>", "file:" + keyset))) {
            StringBuilder text = new StringBuilder();
            List<LogFrame> frames = new ArrayList<>();
            for (LogFrame frame = reader.next(); frame != null; frame = reader.next()) {
                text.append(new String(frame.bytes(), java.nio.charset.StandardCharsets.UTF_8));
                frames.add(frame);
            }
            LogState state = reader.state();
            return new Read(text.toString().lines().toList(), frames, reader.findings(), state);
        } catch (KeysetException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> events(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "event " + i).toList();
    }

    private static void log(LogbackHarness harness, int from, int to) {
        for (int i = from; i < to; i++) {
            harness.logger("a").info("event {}", i);
        }
    }

    @ParameterizedTest
    @EnumSource(Suite.class)
    void writesWhatOnlyTheKeyOpens(Suite suite) throws IOException {
        try (LogbackHarness harness = behindAFront("<suite>" + suite + "</suite><compress>true</compress>")) {
            log(harness, 0, 5000);
            harness.context().stop();
            assertThat(harness.complaints()).isEmpty();
        }
        Read read = read(log());
        assertThat(read.lines()).isEqualTo(events(0, 5000));
        assertThat(read.findings()).isEmpty();
        assertThat(read.state()).isEqualTo(LogState.CLOSED);
        assertThat(Files.readString(log(), java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("event 1");
        assertThat(read.frames()).hasSizeLessThan(5000);
    }

    @Test
    void goesOnInANewSessionAfterARestart() throws IOException {
        for (int i = 0; i < 3; i++) {
            try (LogbackHarness harness = behindAFront("")) {
                log(harness, 10 * i, 10 * i + 10);
                harness.context().stop();
                assertThat(harness.complaints()).isEmpty();
            }
        }
        Read read = read(log());
        assertThat(read.lines()).isEqualTo(events(0, 30));
        assertThat(read.state()).isEqualTo(LogState.CLOSED);
        assertThat(read.frames().get(read.frames().size() - 1).session()).isEqualTo(2);
    }

    @Nested
    class WithoutAFront {

        @Test
        void eventsWaitForEachOther() throws IOException {
            try (LogbackHarness harness = direct("<flushInterval>1 minute</flushInterval>")) {
                log(harness, 0, 100);
                assertThat(read(log()).lines()).isEmpty();
                assertThat(harness.appender("SECURE", EncryptedFileAppender.class)
                                .accounting()
                                .balance())
                        .isEqualTo("received 100 = written 0 + queued 100");
            }
            Read read = read(log());
            assertThat(read.lines()).isEqualTo(events(0, 100));
            assertThat(read.frames()).hasSize(1);
            assertThat(read.frames().get(0).events()).isEqualTo(100);
        }

        @Test
        void anErrorIsInTheFileWhenItsCallReturns() throws IOException {
            try (LogbackHarness harness = direct("<flushInterval>1 minute</flushInterval>")) {
                log(harness, 0, 10);
                harness.logger("a").error("now");
                assertThat(read(log()).lines()).hasSize(11).last().isEqualTo("now");
            }
        }

        @Test
        void theyWaitNoLongerThanTheIntervalAndNoMoreThanAChunk() throws IOException {
            try (LogbackHarness harness = direct("<flushInterval>50 ms</flushInterval>")) {
                log(harness, 0, 1);
                await().atMost(Duration.ofSeconds(20))
                        .untilAsserted(() -> assertThat(read(log()).lines()).isEqualTo(events(0, 1)));
            }
            Files.delete(log());
            try (LogbackHarness harness = direct("<flushInterval>1 minute</flushInterval>")) {
                String large = "x".repeat(10_000);
                for (int i = 0; i < 7; i++) {
                    harness.logger("a").info(large);
                }
                assertThat(read(log()).lines()).hasSizeGreaterThan(5);
            }
        }

        @Test
        void flushWritesThem() throws IOException {
            try (LogbackHarness harness = direct("<flushInterval>1 minute</flushInterval>")) {
                log(harness, 0, 3);
                assertThat(harness.appender("SECURE", EncryptedFileAppender.class)
                                .flush(Duration.ofSeconds(10)))
                        .isTrue();
                assertThat(read(log()).lines()).isEqualTo(events(0, 3));
            }
        }

        @Test
        void aLineThatIsLongerThanAFrameIsWhole() throws IOException {
            String large = "y".repeat(3_000_000);
            try (LogbackHarness harness = direct("")) {
                harness.logger("a").error(large);
                harness.logger("a").error("next");
                assertThat(harness.complaints()).isEmpty();
            }
            assertThat(read(log()).lines()).containsExactly(large, "next");
        }
    }

    @Nested
    class Rolling {

        @Test
        void everyFileIsClosedAndNamesTheNextOne() throws IOException {
            try (LogbackHarness harness = behindAFront(
                    "<rollingPolicy class='ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy'><fileNamePattern>"
                            + log() + ".%d{yyyy-MM-dd}.%i</fileNamePattern><maxFileSize>20KB</maxFileSize>"
                            + "</rollingPolicy>")) {
                for (int i = 0; i < 20; i++) {
                    log(harness, 500 * i, 500 * i + 500);
                    harness.appender("ASYNC", io.inkfast.async.AsyncBatchingAppender.class)
                            .flush(Duration.ofSeconds(10));
                }
                harness.context().stop();
                assertThat(harness.complaints()).isEmpty();
            }
            List<Path> files;
            try (Stream<Path> all = Files.list(folder)) {
                files = new ArrayList<>(all.filter(
                                file -> file.getFileName().toString().startsWith("app.elog."))
                        .sorted(java.util.Comparator.comparingInt(file -> {
                            String name = file.toString();
                            return Integer.parseInt(name.substring(name.lastIndexOf('.') + 1));
                        }))
                        .toList());
            }
            files.add(log());
            assertThat(files).hasSizeGreaterThan(3);
            List<String> lines = new ArrayList<>();
            for (Path file : files) {
                Read read = read(file);
                assertThat(read.state()).as("%s %s", file, read.findings()).isEqualTo(LogState.CLOSED);
                lines.addAll(read.lines());
                assertThat(Files.size(file)).isLessThan(100_000);
            }
            assertThat(lines).isEqualTo(events(0, 10_000));
        }

        @Test
        void compressionOfTheWholeFileIsRefused() {
            try (LogbackHarness harness = behindAFront(
                    "<rollingPolicy class='ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy'><fileNamePattern>"
                            + log() + ".%d{yyyy-MM-dd}.%i.gz</fileNamePattern><maxFileSize>20KB</maxFileSize>"
                            + "</rollingPolicy>")) {
                assertThat(harness.complaints())
                        .contains("ERROR appender [SECURE]: <fileNamePattern> [" + log()
                                + ".%d{yyyy-MM-dd}.%i.gz] asks for compression,"
                                + " which has nothing to do on encrypted bytes; leave the ending out, and say"
                                + " <compress>true</compress>");
                assertThat(log()).doesNotExist();
            }
        }
    }

    @Nested
    class WhenSomebodyElseTouchesTheFile {

        @Test
        void whatWasMovedAwayIsWholeAndANewFileIsBegun() throws IOException {
            Path moved = folder.resolve("moved.elog");
            try (LogbackHarness harness = behindAFront("")) {
                log(harness, 0, 100);
                flush(harness);
                Files.move(log(), moved);
                log(harness, 100, 200);
                flush(harness);
            }
            assertThat(read(moved).lines()).isEqualTo(events(0, 100));
            assertThat(read(moved).state()).isEqualTo(LogState.NOT_CLOSED);
            assertThat(read(log()).lines()).isEqualTo(events(100, 200));
            assertThat(read(log()).state()).isEqualTo(LogState.CLOSED);
        }

        @Test
        void whatWasAppendedIsMovedOutOfTheWay() throws IOException {
            try (LogbackHarness harness = behindAFront("")) {
                log(harness, 0, 100);
                flush(harness);
                Files.writeString(log(), "a line of somebody else\n", java.nio.file.StandardOpenOption.APPEND);
                log(harness, 100, 200);
                flush(harness);
            }
            Read read = read(log());
            assertThat(read.lines()).isEqualTo(events(0, 200));
            assertThat(read.state()).as(read.findings().toString()).isEqualTo(LogState.CLOSED);
            assertThat(folder.resolve("app.elog.torn-0")).hasContent("a line of somebody else");
        }

        private void flush(LogbackHarness harness) {
            assertThat(harness.appender("ASYNC", io.inkfast.async.AsyncBatchingAppender.class)
                            .flush(Duration.ofSeconds(10)))
                    .isTrue();
            // The name is looked at once a millisecond.
            long now = System.nanoTime();
            while (System.nanoTime() - now < 2_000_000) {
                Thread.onSpinWait();
            }
        }
    }

    @Nested
    class Misconfigured {

        private List<String> complaints(String settings) {
            try (LogbackHarness harness = LogbackHarness.configure(
                    folder,
                    appender("SECURE", LINES + settings) + "<root level='TRACE'><appender-ref ref='SECURE'/></root>")) {
                harness.logger("a").error("password");
                assertThat(log()).doesNotExist();
                assertThat(harness.appender("SECURE", EncryptedFileAppender.class)
                                .accounting()
                                .balance())
                        .isEqualTo("received 1 = written 0 + rejected 1");
                return harness.complaints();
            }
        }

        @Test
        void withoutAKeyset() {
            assertThat(complaints("")).contains("ERROR appender [SECURE]: <keyset> is required");
        }

        @Test
        void withAKeysetThatIsNotThere() {
            assertThat(complaints("<keyset>file:" + folder + "/none.json</keyset>"))
                    .anyMatch(line -> line.startsWith("ERROR appender [SECURE]: <keyset> [file:" + folder
                            + "/none.json] is a file that does" + " not exist; make one: inkfast keys generate"));
        }

        @Test
        void withAKeysetThatOthersMayRead() throws IOException {
            Files.setPosixFilePermissions(keyset, PosixFilePermissions.fromString("rw-r--r--"));
            assertThat(complaints(keys()))
                    .contains("ERROR appender [SECURE]: <keyset> [file:" + keyset
                            + "] can be read by others than its owner; run: chmod 600 " + keyset);
        }

        @Test
        void withAKeysetForPseudonyms() throws KeysetException {
            Path other = folder.resolve("siv.json");
            KeysetFile.of("keyset", "file:" + other).generate(KeysetPurpose.PSEUDONYMS, false);
            assertThat(complaints("<keyset>file:" + other + "</keyset>"))
                    .anyMatch(line -> line.startsWith("ERROR appender [SECURE]: <keyset> [file:" + other + "]")
                            && line.contains("AesSivKey"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"AES256_CBC", "AES/CBC/PKCS5Padding", "aes-256-cbc"})
        void withACipherThatProtectsNothingAgainstChanges(String suite) {
            assertThat(complaints(keys() + "<suite>" + suite + "</suite>"))
                    .contains("ERROR appender [SECURE]: <suite> [" + suite
                            + "] has no protection against changes, and is not offered; use"
                            + " AES256_CBC_HS512, which is AES-256-CBC with HMAC-SHA-512, or AES256_GCM");
        }

        @Test
        void withOtherValues() {
            assertThat(complaints(keys() + "<suite>DES</suite><compress>maybe</compress><flushLevel>LOUD</flushLevel>"
                            + "<flushInterval>soon</flushInterval><heartbeat>10 ms</heartbeat>"))
                    .contains(
                            "ERROR appender [SECURE]: <suite> [DES] is not one of AES256_GCM, XCHACHA20_POLY1305, AES256_CBC_HS512",
                            "ERROR appender [SECURE]: <compress> [maybe] is not one of true, false",
                            "ERROR appender [SECURE]: <flushLevel> [LOUD] is not one of TRACE, DEBUG, INFO, WARN, ERROR, OFF",
                            "ERROR appender [SECURE]: <heartbeat> [10 ms] is shorter than 1 second; allowed is 0 seconds for never, or from"
                                    + " 1 second to 1 day")
                    .anyMatch(line -> line.startsWith("ERROR appender [SECURE]: <flushInterval> [soon]"));
        }
    }
}
