package io.inkfast.encrypt;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.keys.EncryptionKeyset;
import io.inkfast.keys.KeysetFile;
import io.inkfast.keys.KeysetPurpose;
import io.inkfast.testing.ChildJvm;
import io.inkfast.testing.KilledLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The JVM ends, and nobody stops Logback. */
@Timeout(60)
class ExitingLogTest {

    @TempDir
    Path folder;

    @RepeatedTest(3)
    void hasWhatWasLogged() throws Exception {
        String keys = "file:" + folder.resolve("keys.json");
        KeysetFile.of("keyset", keys).generate(KeysetPurpose.ENCRYPTION, false);
        Path logs = folder.resolve("logs");
        Path configuration = Files.writeString(
                folder.resolve("logback.xml"),
                "<configuration><appender name='SECURE' class='io.inkfast.encrypt.EncryptedFileAppender'><file>"
                        + logs.resolve("app.elog") + "</file><keyset>" + keys
                        + "</keyset><flushInterval>1 minute</flushInterval>"
                        + "<encoder><pattern>%msg%n</pattern></encoder></appender>"
                        + "<root level='INFO'><appender-ref ref='SECURE'/></root></configuration>");
        Process process = ChildJvm.start(ExitingWriter.class, configuration.toString(), "100");
        assertThat(process.waitFor()).isZero();
        List<String> lines =
                KilledLog.in(logs, EncryptionKeyset.read("<keyset>", keys)).lines();
        assertThat(lines).contains("of a hook").hasSize(101);
        assertThat(lines.stream().filter(line -> line.startsWith("event")))
                .isEqualTo(IntStream.range(0, 100).mapToObj(i -> "event " + i).toList());
    }
}
