package io.inkfast.encrypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.inkfast.keys.EncryptionKeyset;
import io.inkfast.keys.KeysetException;
import io.inkfast.keys.KeysetFile;
import io.inkfast.keys.KeysetPurpose;
import io.inkfast.testing.LogbackHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a file held is known elsewhere. */
@Timeout(60)
class LogAnchorTest {

    @TempDir
    Path folder;

    private EncryptionKeyset keyset;
    private String reference;

    @BeforeEach
    void makeKeys() throws KeysetException {
        reference = "file:" + folder.resolve("keyset.json");
        KeysetFile.of("keyset", reference).generate(KeysetPurpose.ENCRYPTION, false);
        keyset = EncryptionKeyset.read("keyset", reference);
    }

    private LogAnchor anchorOf(byte[] log) {
        LogSummary summary = LogMaker.read(log, keyset).summary();
        return new LogAnchor(summary.stream(), summary.file(), summary.frames(), summary.digest());
    }

    private LogState state(byte[] log, List<String> findings, LogAnchor... anchors) throws Exception {
        try (EncryptedLogReader reader = new EncryptedLogReader(LogSource.of(log), null, keyset, Rewrapped.NONE)) {
            for (LogAnchor anchor : anchors) {
                reader.expect(anchor);
            }
            LogFrame frame = reader.next();
            while (frame != null) {
                frame = reader.next();
            }
            LogState state = reader.state();
            reader.findings().forEach(each -> findings.add(each.kind() + ": " + each.text()));
            return state;
        }
    }

    private byte[] write(String name, int frames) throws IOException {
        LogMaker log = new LogMaker(folder, keyset);
        Path file = log.begin(name);
        log.frames(frames);
        return Files.readAllBytes(file);
    }

    @Test
    void aCutAtTheEndOfAFrameShows() throws Exception {
        byte[] log = write("a.elog", 5);
        LogAnchor anchor = anchorOf(log);
        List<String> findings = new ArrayList<>();
        assertThat(state(log, findings, anchor)).isEqualTo(LogState.NOT_CLOSED);
        assertThat(findings).isEmpty();
        byte[] cut = Arrays.copyOf(log, LogMaker.frames(log).get(6));
        assertThat(state(cut, findings)).isEqualTo(LogState.NOT_CLOSED);
        assertThat(state(cut, findings, anchor)).isEqualTo(LogState.DAMAGED);
        assertThat(findings).containsExactly("MISSING: 7 frames were anchored, and 6 are there");
    }

    @Test
    void aFileThatWasWrittenAnewShowsByItsId() throws Exception {
        LogAnchor anchor = anchorOf(write("a.elog", 5));
        byte[] other = write("b.elog", 5);
        List<String> findings = new ArrayList<>();
        LogAnchor forged = new LogAnchor(anchor.stream(), anchorOf(other).file(), anchor.frames(), anchor.digest());
        assertThat(state(other, findings, forged)).isEqualTo(LogState.DAMAGED);
        assertThat(findings).containsExactly("FORGED: the first 7 frames are not those that were anchored");
        // It is not about this one.
        assertThat(state(other, new ArrayList<>(), anchor)).isEqualTo(LogState.NOT_CLOSED);
    }

    @Test
    void itsTextIsFoundInALine() throws IOException {
        LogAnchor anchor = anchorOf(write("a.elog", 1));
        assertThat(anchor.toString()).matches("inkelog/[0-9a-f]{32}/[0-9a-f]{32} 3 [A-Za-z0-9+/]{43}=");
        assertThat(LogAnchor.in("2026-11-26 INFO anchors - " + anchor + "\n")).isEqualTo(anchor);
        assertThat(LogAnchor.in("inkelog/none 3 of them")).isNull();
    }

    @Test
    void anAppenderTellsALogger() throws Exception {
        Path file = folder.resolve("app.elog");
        try (LogbackHarness harness = LogbackHarness.configure(
                folder,
                "<appender name='SECURE' class='io.inkfast.encrypt.EncryptedFileAppender'><file>" + file
                        + "</file><keyset>" + reference + "</keyset><anchorLogger>anchors</anchorLogger>"
                        + "<anchorInterval>1 second</anchorInterval><encoder><pattern>%msg%n</pattern></encoder>"
                        + "</appender><appender name='LIST' class='ch.qos.logback.core.read.ListAppender'/>"
                        + "<logger name='anchors' additivity='false'><appender-ref ref='LIST'/></logger>"
                        + "<root level='INFO'><appender-ref ref='SECURE'/></root>")) {
            harness.logger("a").error("one");
            @SuppressWarnings("unchecked")
            ListAppender<ILoggingEvent> list = harness.appender("LIST", ListAppender.class);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> !list.list.isEmpty()
                            && LogAnchor.in(list.list.get(list.list.size() - 1).getFormattedMessage())
                                            .frames()
                                    >= 3);
            LogAnchor last = LogAnchor.in(list.list.get(list.list.size() - 1).getFormattedMessage());
            List<String> findings = new ArrayList<>();
            assertThat(state(Files.readAllBytes(file), findings, last)).isEqualTo(LogState.NOT_CLOSED);
            assertThat(findings).isEmpty();
            assertThat(harness.complaints()).isEmpty();
        }
    }
}
