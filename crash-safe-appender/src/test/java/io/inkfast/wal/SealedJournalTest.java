package io.inkfast.wal;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.keys.KeysetException;
import io.inkfast.keys.KeysetFile;
import io.inkfast.keys.KeysetPurpose;
import io.inkfast.testing.LogbackHarness;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A journal whose records are encrypted. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SealedJournalTest {

    private static final String SWITCHED = "<appender name='SINK' class='io.inkfast.wal.SwitchedAppender'/>";

    @TempDir
    Path folder;

    private String keyset;

    @BeforeEach
    void makeKeys() throws KeysetException {
        SwitchedAppender.reset();
        keyset = make(KeysetPurpose.ENCRYPTION, "keyset.json");
    }

    private String make(KeysetPurpose purpose, String name) throws KeysetException {
        String reference = "file:" + folder.resolve(name);
        KeysetFile.of("keyset", reference).generate(purpose, false);
        return reference;
    }

    private Path wal() {
        return folder.resolve("wal");
    }

    private LogbackHarness configure(String sink, String settings) {
        return LogbackHarness.configure(
                folder,
                sink + "<appender name='WAL' class='io.inkfast.wal.WriteAheadAppender'><directory>" + wal()
                        + "</directory><stopTimeout>100 ms</stopTimeout>" + settings
                        + "<appender-ref ref='SINK'/></appender><root level='TRACE'><appender-ref ref='WAL'/></root>");
    }

    private String keys() {
        return "<keyset>" + keyset + "</keyset>";
    }

    private String journal() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.list(wal())) {
            // Not the spare ones, which come and go.
            for (Path file : files.filter(each -> each.getFileName().toString().startsWith("wal-"))
                    .toList()) {
                all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }

    private static void flush(LogbackHarness harness) {
        assertThat(harness.appender("WAL", WriteAheadAppender.class).flush(Duration.ofSeconds(20)))
                .isTrue();
    }

    @Test
    void isReadAgainWithItsKeyset() throws IOException {
        SwitchedAppender.down = true;
        try (LogbackHarness harness = configure(SWITCHED, keys())) {
            for (int i = 0; i < 10; i++) {
                harness.logger("shop").error("order {} placed", i);
            }
            assertThat(journal()).doesNotContain("placed").contains("\"seal\":\"1.");
        }
        SwitchedAppender.reset();
        try (LogbackHarness next = configure(SWITCHED, keys())) {
            next.logger("shop").error("order {} placed", 10);
            flush(next);
            assertThat(next.complaints()).isEmpty();
        }
        assertThat(SwitchedAppender.TAKEN).hasSize(11).first().isEqualTo("order 0 placed");
        assertThat(SwitchedAppender.TAKEN).last().isEqualTo("order 10 placed");
    }

    private void flip(int... bits) throws IOException {
        Path segment;
        try (Stream<Path> files = Files.list(wal())) {
            segment = files.filter(each -> each.getFileName().toString().startsWith("wal-"))
                    .findFirst()
                    .orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(segment);
        for (int bit : bits) {
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
        }
        Files.write(segment, bytes);
    }

    /* The key of the run is in the header only. */
    @ParameterizedTest
    @ValueSource(ints = {0, 20, 33, 44, 60, 83, 84, 120, 150, 200, 300, 4000, 4095})
    void losesNothingWithABitOfItsHeader(int at) throws IOException {
        SwitchedAppender.down = true;
        try (LogbackHarness harness = configure(SWITCHED, keys())) {
            harness.logger("shop").error("one");
        }
        flip(8 * at + at % 8);
        SwitchedAppender.reset();
        try (LogbackHarness next = configure(SWITCHED, keys())) {
            flush(next);
        }
        assertThat(SwitchedAppender.TAKEN).containsExactly("one");
    }

    @Test
    void isKeptWhereItsKeyIsLost() throws IOException {
        SwitchedAppender.down = true;
        try (LogbackHarness harness = configure(SWITCHED, keys())) {
            harness.logger("shop").error("one");
        }
        flip(8 * 200, 8 * 210 + 1, 8 * 220 + 2);
        SwitchedAppender.reset();
        try (LogbackHarness next = configure(SWITCHED, keys())) {
            next.logger("shop").error("two");
            flush(next);
            assertThat(next.complaints())
                    .contains("ERROR a journalled event cannot be read: it is sealed, and not genuine");
        }
        assertThat(SwitchedAppender.TAKEN).containsExactly("two");
        try (Stream<Path> files = Files.list(wal())) {
            assertThat(files).anyMatch(file -> file.toString().endsWith(".damaged"));
        }
    }

    @Test
    void isReadAgainAfterTheKeysetWasRotated() throws Exception {
        SwitchedAppender.down = true;
        try (LogbackHarness harness = configure(SWITCHED, keys())) {
            harness.logger("shop").error("one");
        }
        KeysetFile.of("keyset", keyset).rotate();
        SwitchedAppender.reset();
        try (LogbackHarness next = configure(SWITCHED, keys())) {
            flush(next);
        }
        assertThat(SwitchedAppender.TAKEN).containsExactly("one");
    }

    @Test
    void whatWasInClearTextBeforeIsStillDelivered() {
        SwitchedAppender.down = true;
        try (LogbackHarness harness = configure(SWITCHED, "")) {
            harness.logger("shop").error("clear");
        }
        SwitchedAppender.reset();
        try (LogbackHarness next = configure(SWITCHED, keys())) {
            flush(next);
            assertThat(next.complaints()).isEmpty();
        }
        assertThat(SwitchedAppender.TAKEN).containsExactly("clear");
    }

    @Nested
    class WithAnotherKeyset {

        @Test
        void nothingStartsAndNothingIsLost() throws Exception {
            SwitchedAppender.down = true;
            try (LogbackHarness harness = configure(SWITCHED, keys())) {
                harness.logger("shop").error("one");
            }
            SwitchedAppender.reset();
            String id = io.inkfast.keys.EncryptionKeyset.read("keyset", keyset)
                    .keys()
                    .get(0)
                    .name();
            String other = make(KeysetPurpose.ENCRYPTION, "other.json");
            for (String settings : List.of("", "<keyset>" + other + "</keyset>")) {
                try (LogbackHarness wrong = configure(SWITCHED, settings)) {
                    assertThat(wrong.complaints())
                            .contains("ERROR appender [WAL]: <directory> [" + wal()
                                    + "] has undelivered events that are encrypted with key " + id
                                    + ", which <keyset> does"
                                    + " not open; give the keyset that they were written with");
                }
            }
            assertThat(SwitchedAppender.TAKEN).isEmpty();
            try (LogbackHarness right = configure(SWITCHED, keys())) {
                flush(right);
            }
            assertThat(SwitchedAppender.TAKEN).containsExactly("one");
        }

        @Test
        void publicKeysAreNotEnough() throws Exception {
            String secret = make(KeysetPurpose.WRITE_ONLY_HOST, "private.json");
            String open = "file:" + folder.resolve("public.json");
            KeysetFile.of("keyset", open).publish("keyset", secret);
            try (LogbackHarness harness = configure(SWITCHED, "<keyset>" + open + "</keyset>")) {
                assertThat(harness.complaints())
                        .contains(
                                "ERROR appender [WAL]: <keyset> [" + open + "] has public keys only; a journal must be"
                                        + " read again after a crash: use a keyset that also opens, on a host that may read its"
                                        + " events");
            }
        }
    }

    @Nested
    class InFrontOfAnEncryptedLog {

        private String secure() {
            return "<appender name='SINK' class='io.inkfast.encrypt.EncryptedFileAppender'><file>"
                    + folder.resolve("app.elog") + "</file>" + keys() + "<encoder><pattern>%msg%n</pattern></encoder>"
                    + "</appender>";
        }

        @Test
        void aJournalInClearTextDoesNotStart() {
            try (LogbackHarness harness = configure(secure(), "")) {
                assertThat(harness.complaints())
                        .contains(
                                "ERROR appender [WAL]: the journal is in clear text, and [SINK] behind it encrypts; give"
                                        + " this appender a <keyset>, or say <allowClear>true</allowClear>");
                assertThat(harness.appender("WAL", WriteAheadAppender.class).isStarted())
                        .isFalse();
                assertThat(wal()).doesNotExist();
            }
        }

        @Test
        void itMayBeAllowed() {
            try (LogbackHarness harness = configure(secure(), "<allowClear>true</allowClear>")) {
                assertThat(harness.complaints())
                        .containsExactly(
                                "WARN appender [WAL]: the journal is in clear text, and [SINK] behind it encrypts");
            }
        }

        @Test
        void aSealedOneStartsInSilence() {
            try (LogbackHarness harness = configure(secure(), keys())) {
                harness.logger("shop").error("order placed");
                flush(harness);
                assertThat(harness.complaints()).isEmpty();
            }
        }
    }
}
