package io.inkfast.mask;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.encrypt.EncryptedLogReader;
import io.inkfast.encrypt.LogFrame;
import io.inkfast.encrypt.LogState;
import io.inkfast.keys.EncryptionKeyset;
import io.inkfast.keys.KeysetException;
import io.inkfast.keys.KeysetFile;
import io.inkfast.keys.KeysetPurpose;
import io.inkfast.testing.LogbackHarness;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A whole configuration of an encrypted log: right it starts in silence, with any mistake it says so. */
class EncryptedConfigurationTest {

    private static final String CONFIGURATION = """
            <configuration>
              <appender name="SECURE" class="io.inkfast.encrypt.EncryptedFileAppender">
                <file>${LOG_FILE:-logs/app.elog}</file>
                <keyset>${KEYSET:-file:keys/log-keyset.json}</keyset>
                <suite>AES256_GCM</suite>
                <compress>false</compress>
                <flushLevel>ERROR</flushLevel>
                <flushInterval>200 milliseconds</flushInterval>
                <encoder class="io.inkfast.mask.RedactingJsonEncoder"/>
                <rollingPolicy class="ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy">
                  <fileNamePattern>${LOG_FILE:-logs/app.elog}.%d{yyyy-MM-dd}.%i</fileNamePattern>
                  <maxFileSize>${MAX_FILE_SIZE:-200MB}</maxFileSize>
                  <maxHistory>30</maxHistory>
                </rollingPolicy>
              </appender>
              <appender name="ASYNC" class="io.inkfast.async.AsyncBatchingAppender">
                <appender-ref ref="SECURE"/>
              </appender>
              <root level="INFO"><appender-ref ref="ASYNC"/></root>
            </configuration>
            """;

    @TempDir
    Path folder;

    private LogbackHarness configure(String xml, String keyset) throws IOException {
        Path file = Files.writeString(folder.resolve("logback.xml"), xml);
        return LogbackHarness.configure(file, Map.of("LOG_FILE", log().toString(), "KEYSET", keyset));
    }

    private Path log() {
        return folder.resolve("app.elog");
    }

    private String keyset(KeysetPurpose purpose) throws KeysetException {
        String reference = "file:" + folder.resolve(purpose + ".json");
        KeysetFile.of("keyset", reference).generate(purpose, false);
        return reference;
    }

    private void startsInSilenceAndWrites(String writes, String reads) throws IOException, KeysetException {
        try (LogbackHarness harness = configure(CONFIGURATION, writes)) {
            harness.logger("shop").error("paid with 4111 1111 1111 1111, password={}", "hunter2");
            harness.context().stop();
            assertThat(harness.complaints()).isEmpty();
        }
        assertThat(Files.readString(log(), StandardCharsets.ISO_8859_1)).doesNotContain("paid with");
        try (EncryptedLogReader reader = EncryptedLogReader.open(log(), EncryptionKeyset.read("<keyset>", reads))) {
            LogFrame frame = reader.next();
            assertThat(frame).isNotNull();
            assertThat(new String(frame.bytes(), StandardCharsets.UTF_8))
                    .startsWith("{")
                    .contains("paid with")
                    .doesNotContain("4111")
                    .doesNotContain("hunter2")
                    .endsWith("}\n");
            assertThat(reader.next()).isNull();
            assertThat(reader.state()).isEqualTo(LogState.CLOSED);
        }
    }

    @Test
    void startsWithAKeysetThatAlsoReads() throws Exception {
        String keyset = keyset(KeysetPurpose.ENCRYPTION);
        startsInSilenceAndWrites(keyset, keyset);
    }

    @Test
    void startsWithPublicKeysAndIsReadWithThePrivateOnes() throws Exception {
        String secret = keyset(KeysetPurpose.WRITE_ONLY_HOST);
        String open = "file:" + folder.resolve("public.json");
        KeysetFile.of("keyset", open).publish("keyset", secret);
        startsInSilenceAndWrites(open, secret);
    }

    @Test
    void writesNothingWithoutItsKeyset() throws IOException {
        try (LogbackHarness harness = configure(CONFIGURATION, "file:" + folder.resolve("missing.json"))) {
            assertThat(harness.complaints())
                    .anyMatch(line -> line.startsWith("ERROR appender [SECURE]: <keyset> [file:"
                            + folder.resolve("missing.json") + "] is a file that does not exist"));
            harness.logger("shop").error("password={}", "hunter2");
        }
        assertThat(log()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"keyset", "suite", "compress", "flushLevel", "flushInterval"})
    void anElementThatIsMisspeltKeepsItFromStarting(String element) throws Exception {
        String misspelt = CONFIGURATION
                .replace("<" + element + ">", "<" + element + "x>")
                .replace("</" + element + ">", "</" + element + "x>");
        try (LogbackHarness harness = configure(misspelt, keyset(KeysetPurpose.ENCRYPTION))) {
            List<String> complaints = harness.complaints();
            assertThat(complaints).anyMatch(line -> line.startsWith("ERROR") && line.contains("<" + element + "x>"));
            harness.logger("shop").error("password={}", "hunter2");
        }
        assertThat(log()).doesNotExist();
    }
}
