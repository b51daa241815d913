package io.inkfast.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.keys.EncryptionKeyset;
import io.inkfast.keys.KeysetException;
import io.inkfast.keys.KeysetFile;
import io.inkfast.keys.KeysetPurpose;
import io.inkfast.testing.LogbackHarness;
import io.inkfast.testing.TestEncoders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A recorder whose records are encrypted, with public keys only. */
@Timeout(60)
class SealedRecorderTest {

    @TempDir
    Path folder;

    private String secret;
    private String open;

    @BeforeEach
    void makeKeys() throws KeysetException {
        secret = "file:" + folder.resolve("private.json");
        open = "file:" + folder.resolve("public.json");
        KeysetFile.of("keyset", secret).generate(KeysetPurpose.WRITE_ONLY_HOST, false);
        KeysetFile.of("keyset", open).publish("keyset", secret);
    }

    private Path directory() {
        return folder.resolve("flight");
    }

    private LogbackHarness configure(String settings, String more) {
        return LogbackHarness.configure(
                folder,
                "<appender name=\"RECORDER\" class=\"io.inkfast.recorder.FlightRecorderAppender\"><directory>"
                        + directory() + "</directory><size>512KB</size><dumpInterval>0 ms</dumpInterval>"
                        + "<encoder class=\"" + TestEncoders.Lines.class.getName() + "\"/>" + settings
                        + "</appender>" + more);
    }

    private LogbackHarness configure(String settings) {
        return configure(settings, "<root level=\"TRACE\"><appender-ref ref=\"RECORDER\"/></root>");
    }

    private String keys() {
        return "<keyset>" + open + "</keyset>";
    }

    private static FlightRecorderAppender recorder(LogbackHarness harness) {
        return harness.appender("RECORDER", FlightRecorderAppender.class);
    }

    private static String bytes(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    @Test
    void whatIsInTheRingOnlyThePrivateKeysOpen() throws Exception {
        try (LogbackHarness harness = configure(keys())) {
            harness.logger("a").info("flight of the bumblebee");
            harness.logger("a").debug("x".repeat(20_000));
            assertThat(harness.complaints()).isEmpty();
            Path file = recorder(harness).ring();
            assertThat(bytes(file)).doesNotContain("bumblebee").contains("\"seal\":\"2.");
            try (FlightRing ring = FlightRing.open(file)) {
                List<String> texts = new ArrayList<>();
                assertThat(ring.last(10, event -> texts.add(event.text()))).isZero();
                assertThat(ring.locked()).isEqualTo(2);
                ring.unlock(EncryptionKeyset.read("keyset", secret));
                assertThat(ring.last(10, event -> texts.add(event.text()))).isEqualTo(2);
                assertThat(texts.get(0)).isEqualTo("flight of the bumblebee");
                assertThat(texts.get(1)).startsWith("xxxx").hasSizeLessThan(8192);
                assertThat(ring.locked()).isZero();
            }
        }
    }

    @Test
    void aDumpIsSealedAsWell() throws Exception {
        try (LogbackHarness harness = configure(keys() + "<dumpOn>ERROR</dumpOn>")) {
            harness.logger("a").info("before");
            harness.logger("a").error("the failure");
            assertThat(recorder(harness).flush(Duration.ofSeconds(30))).isTrue();
            assertThat(harness.complaints()).isEmpty();
        }
        List<Path> dumps = FlightDirectory.dumps(directory());
        assertThat(dumps).hasSize(1);
        assertThat(SealedDump.is(dumps.get(0))).isTrue();
        assertThat(bytes(dumps.get(0))).doesNotContain("failure");
        List<String> texts = new ArrayList<>();
        assertThat(SealedDump.read(
                        dumps.get(0), EncryptionKeyset.read("keyset", secret), event -> texts.add(event.text())))
                .isZero();
        assertThat(texts).containsExactly("before", "the failure");
        KeysetFile.of("keyset", "file:" + folder.resolve("other.json")).generate(KeysetPurpose.ENCRYPTION, false);
        EncryptionKeyset other = EncryptionKeyset.read("keyset", "file:" + folder.resolve("other.json"));
        assertThat(SealedDump.read(dumps.get(0), other, event -> texts.clear())).isEqualTo(2);
    }

    @Nested
    class BesideAnEncryptedLog {

        private String secure() {
            return "<appender name='SECURE' class='io.inkfast.encrypt.EncryptedFileAppender'><file>"
                    + folder.resolve("app.elog") + "</file>" + keys()
                    + "<encoder class='io.inkfast.mask.RedactingJsonEncoder'/>"
                    + "</appender><root level='TRACE'><appender-ref ref='SECURE'/><appender-ref ref='RECORDER'/></root>";
        }

        @Test
        void aRecorderInClearTextIsStopped() {
            try (LogbackHarness harness = configure("", secure())) {
                assertThat(harness.complaints())
                        .contains("ERROR appender [RECORDER]: what it keeps is in clear text, and [SECURE] beside it"
                                + " encrypts; it is stopped: give it a <keyset>, or say <allowClear>true</allowClear>");
                assertThat(recorder(harness).isStarted()).isFalse();
            }
        }

        @Test
        void itMayBeAllowed() {
            try (LogbackHarness harness = configure("<allowClear>true</allowClear>", secure())) {
                assertThat(harness.complaints())
                        .containsExactly("WARN appender [RECORDER]: what it keeps is in clear text, and [SECURE] beside"
                                + " it encrypts");
                assertThat(recorder(harness).isStarted()).isTrue();
            }
        }

        @Test
        void aSealedOneGoesOn() {
            try (LogbackHarness harness = configure(keys(), secure())) {
                harness.logger("a").info("one");
                assertThat(harness.complaints()).isEmpty();
                assertThat(recorder(harness).accounting().balance()).isEqualTo("received 1 = written 1");
            }
        }
    }
}
