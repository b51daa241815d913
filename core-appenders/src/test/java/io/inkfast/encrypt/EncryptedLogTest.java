package io.inkfast.encrypt;

import static io.inkfast.encrypt.LogMaker.lines;
import static io.inkfast.encrypt.LogMaker.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.keys.EncryptionKeyset;
import io.inkfast.keys.KeysetPurpose;
import io.inkfast.testing.Torture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is written is read, whatever happened in between. */
@Timeout(300)
class EncryptedLogTest {

    @TempDir
    Path folder;

    private EncryptionKeyset keyset;

    @BeforeEach
    void makeKeys() {
        keyset = LogMaker.keyset(folder, KeysetPurpose.ENCRYPTION);
    }

    @ParameterizedTest
    @EnumSource(Suite.class)
    void isReadWithItsKey(Suite suite) throws IOException {
        LogMaker log = new LogMaker(folder, keyset, suite, false, false);
        Path file = log.begin("a.elog");
        log.frames(5).end(false);
        byte[] bytes = Files.readAllBytes(file);
        LogMaker.Result result = read(bytes, keyset);
        assertThat(result.text()).isEqualTo(lines(0, 15));
        assertThat(result.state()).isEqualTo(LogState.CLOSED);
        assertThat(result.findings()).isEmpty();
        assertThat(result.summary().events()).isEqualTo(15);
        assertThat(result.summary().end()).isEqualTo(LogSummary.End.STOPPED);
        assertThat(result.frames().get(0).firstMillis()).isEqualTo(LogMaker.TIME);
        assertThat(result.frames().get(0).lastMillis()).isEqualTo(LogMaker.TIME + 2);
        assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).doesNotContain("line");
    }

    @ParameterizedTest
    @CsvSource({"true,false", "false,true", "true,true"})
    void isReadWhenItIsCompressedOrHidesItsTimes(boolean compresses, boolean hides) throws IOException {
        LogMaker log = new LogMaker(folder, keyset, Suite.AES256_GCM, compresses, hides);
        Path file = log.begin("a.elog");
        log.frames(5).end(false);
        LogMaker.Result result = read(Files.readAllBytes(file), keyset);
        assertThat(result.text()).isEqualTo(lines(0, 15));
        assertThat(result.state()).isEqualTo(LogState.CLOSED);
        assertThat(result.frames().get(4).firstMillis()).isEqualTo(LogMaker.TIME + 400);
        assertThat(result.frames().get(4).events()).isEqualTo(3);
        assertThat(result.summary().events()).isEqualTo(hides ? 0 : 15);
    }

    @Test
    void isCheckedWithoutAKey() throws IOException {
        LogMaker log = new LogMaker(folder, keyset);
        Path file = log.begin("a.elog");
        log.frames(5).end(false);
        LogMaker.Result result = read(Files.readAllBytes(file), null);
        assertThat(result.frames()).isEmpty();
        assertThat(result.findings()).isEmpty();
        assertThat(result.state()).isEqualTo(LogState.CLOSED);
    }

    @Test
    void isNotReadWithAnotherKey() throws IOException {
        LogMaker log = new LogMaker(folder, keyset);
        Path file = log.begin("a.elog");
        log.frames(5).end(false);
        EncryptionKeyset other = LogMaker.keyset(folder, KeysetPurpose.ENCRYPTION);
        LogMaker.Result result = read(Files.readAllBytes(file), other);
        assertThat(result.frames()).isEmpty();
        assertThat(result.state()).isEqualTo(LogState.WRONG_KEY);
        assertThat(result.found())
                .containsExactly("LOCKED 0: session 0 needs key " + Integer.toHexString(keyset.primaryKeyId())
                        + ", which the keyset does not have");
    }

    @Nested
    class WithPublicKeysOnly {

        @Test
        void isWrittenAndGoesOnAndIsReadElsewhere() throws Exception {
            Path secret = folder.resolve("private.json");
            Path open = folder.resolve("public.json");
            io.inkfast.keys.KeysetFile.of("keyset", "file:" + secret).generate(KeysetPurpose.WRITE_ONLY_HOST, false);
            io.inkfast.keys.KeysetFile.of("keyset", "file:" + open).publish("keyset", "file:" + secret);
            EncryptionKeyset host = EncryptionKeyset.read("<keyset>", "file:" + open);
            EncryptionKeyset office = EncryptionKeyset.read("<keyset>", "file:" + secret);
            LogMaker log = new LogMaker(folder, host);
            Path file = log.begin("a.elog");
            log.frames(2);
            log.start();
            log.begin("a.elog");
            log.frames(2).end(false);
            assertThat(read(Files.readAllBytes(file), host).state()).isEqualTo(LogState.WRONG_KEY);
            LogMaker.Result result = read(Files.readAllBytes(file), office);
            assertThat(result.text()).isEqualTo(lines(0, 12));
            assertThat(result.state()).isEqualTo(LogState.CLOSED);
        }
    }

    @Nested
    class AfterACrash {

        @Test
        void aNewSessionGoesOnBehindTheLastWholeFrame() throws IOException {
            LogMaker log = new LogMaker(folder, keyset);
            Path file = log.begin("a.elog");
            log.frames(3);
            byte[] whole = Files.readAllBytes(file);
            Files.write(file, Arrays.copyOf(whole, whole.length - 1));
            assertThat(read(Files.readAllBytes(file), keyset).found())
                    .containsExactly("CUT 4: the file ends in the middle of frame 4");
            log.start();
            log.begin("a.elog");
            log.frames(2).end(false);
            LogMaker.Result result = read(Files.readAllBytes(file), keyset);
            assertThat(result.text()).isEqualTo(lines(0, 6) + lines(9, 15));
            assertThat(result.state()).isEqualTo(LogState.CLOSED);
            assertThat(result.summary().sessions()).isEqualTo(2);
            assertThat(log.reports).hasSize(1);
            assertThat(log.reports.get(0)).startsWith("cut a.elog a.elog.torn-0 ");
            List<Integer> frames = LogMaker.frames(whole);
            assertThat(Files.readAllBytes(folder.resolve("a.elog.torn-0")))
                    .isEqualTo(Arrays.copyOfRange(whole, frames.get(4), whole.length - 1));
        }

        @Test
        void itGoesOnWhereverItWasCut() throws IOException {
            LogMaker log = new LogMaker(folder, keyset);
            Path file = log.begin("a.elog");
            log.frames(2);
            byte[] whole = Files.readAllBytes(file);
            List<Integer> frames = LogMaker.frames(whole);
            for (int length = 0; length <= whole.length; length += Torture.times(5, 1, 1)) {
                Files.write(file, Arrays.copyOf(whole, length));
                log.start();
                log.begin("a.elog");
                log.lines = 6;
                log.frames(1).end(false);
                LogMaker.Result result = read(Files.readAllBytes(file), keyset);
                int kept = length >= frames.get(4) ? 6 : length >= frames.get(3) ? 3 : 0;
                assertThat(result.text()).as("cut at %d", length).isEqualTo(lines(0, kept) + lines(6, 9));
                assertThat(result.state())
                        .as("cut at %d: %s", length, result.found())
                        .isEqualTo(LogState.CLOSED);
            }
        }

        @Test
        void aFileThatIsDamagedIsSetAside() throws IOException {
            LogMaker log = new LogMaker(folder, keyset);
            Path file = log.begin("a.elog");
            log.frames(3);
            byte[] bytes = Files.readAllBytes(file);
            bytes[LogMaker.frames(bytes).get(3) + 60] ^= 1;
            Files.write(file, bytes);
            log.start();
            log.begin("a.elog");
            log.frames(1).end(false);
            assertThat(log.reports).containsExactly("aside a.elog a.elog.damaged-0");
            assertThat(Files.readAllBytes(folder.resolve("a.elog.damaged-0"))).isEqualTo(bytes);
            assertThat(read(Files.readAllBytes(file), keyset).text()).isEqualTo(lines(9, 12));
        }

        @Test
        void theLogGoesOnThoughTheFileHadBeenRolledAndTheNextOneNotBegun() throws IOException {
            LogMaker log = new LogMaker(folder, keyset);
            Path file = log.begin("a.elog");
            log.frames(2).end(true);
            Path rolled = Files.move(file, folder.resolve("a-1.elog"));
            byte[] note = Files.readAllBytes(folder.resolve(".a.elog.next"));
            log.start();
            log.begin("a.elog");
            byte[] begun = Files.readAllBytes(file);
            // Dead at any byte of the beginning, and once more.
            for (int length = 0; length < begun.length; length += Torture.times(7, 1, 1)) {
                Files.write(file, Arrays.copyOf(begun, length));
                log.start();
                log.begin("a.elog");
                assertThat(folder.resolve(".a.elog.next")).hasBinaryContent(note);
            }
            log.frames(1);
            assertThat(folder.resolve(".a.elog.next")).doesNotExist();
            log.end(false);
            LogSummary before = read(Files.readAllBytes(rolled), keyset).summary();
            LogSummary after = read(Files.readAllBytes(file), keyset).summary();
            LogChain chain =
                    LogChain.of(List.of(new LogChain.Link("a-1.elog", before), new LogChain.Link("a.elog", after)));
            assertThat(chain.findings()).isEmpty();
            assertThat(chain.notes()).isEmpty();
            assertThat(chain.state()).isEqualTo(LogState.CLOSED);
        }

        @Test
        void aNoteOfTheNextFileThatIsNotWholeIsNotBelieved() throws IOException {
            LogMaker log = new LogMaker(folder, keyset);
            Path file = log.begin("a.elog");
            log.frames(2).end(true);
            Files.delete(file);
            Path note = folder.resolve(".a.elog.next");
            byte[] whole = Files.readAllBytes(note);
            Files.write(note, Arrays.copyOf(whole, whole.length + 1));
            assertThat(Successor.of(file)).isNull();
            for (int i = 0; i < 2 * whole.length; i++) {
                byte[] wrong = Arrays.copyOf(whole, i < whole.length ? i : whole.length);
                if (i >= whole.length) {
                    wrong[i - whole.length] ^= 1;
                }
                Files.write(note, wrong);
                assertThat(Successor.of(file)).isNull();
            }
            log.start();
            log.begin("a.elog");
            log.frames(1).end(false);
            assertThat(read(Files.readAllBytes(file), keyset).summary().sequence())
                    .isZero();
        }
    }

    @Nested
    class WithSeveralFiles {

        @Test
        void eachNamesTheOneBeforeAndTheOneAfter() throws IOException {
            LogMaker log = new LogMaker(folder, keyset);
            Path first = log.begin("a.elog");
            log.frames(2).end(true);
            Path second = log.begin("b.elog");
            log.frames(2).end(false);
            LogSummary before = read(Files.readAllBytes(first), keyset).summary();
            LogSummary after = read(Files.readAllBytes(second), keyset).summary();
            assertThat(before.end()).isEqualTo(LogSummary.End.ROLLED);
            assertThat(before.next()).isEqualTo(after.file());
            assertThat(after.before())
                    .isEqualTo(new LogSummary.Predecessor(before.file(), 0, before.frames(), before.digest()));
            assertThat(after.stream()).isEqualTo(before.stream());
            assertThat(after.sequence()).isEqualTo(1);
        }
    }

    @Test
    void aFrameSaysEveryTenSecondsHowMuchThereIs() throws IOException {
        LogMaker log = new LogMaker(folder, keyset);
        Path file = log.begin("a.elog");
        log.frames(1).idle();
        long before = Files.size(file);
        log.now += 10_000;
        log.idle().idle();
        byte[] bytes = Files.readAllBytes(file);
        assertThat(LogMaker.frames(bytes)).hasSize(5);
        assertThat((long) bytes.length).isGreaterThan(before);
        assertThat(read(bytes, keyset).findings()).isEmpty();
        assertThat(read(bytes, keyset).state()).isEqualTo(LogState.NOT_CLOSED);
    }

    @Test
    void aKeyIsUsedForOneDayAtMost() throws IOException {
        LogMaker log = new LogMaker(folder, keyset);
        Path file = log.begin("a.elog");
        log.frames(1);
        log.now += 24 * 3600 * 1000;
        log.frames(1).end(false);
        LogMaker.Result result = read(Files.readAllBytes(file), keyset);
        assertThat(result.text()).isEqualTo(lines(0, 6));
        assertThat(result.summary().sessions()).isEqualTo(2);
        assertThat(result.state()).isEqualTo(LogState.CLOSED);
    }
}
