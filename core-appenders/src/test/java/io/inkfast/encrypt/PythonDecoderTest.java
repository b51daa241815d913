package io.inkfast.encrypt;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.keys.EncryptionKeyset;
import io.inkfast.keys.KeysetFile;
import io.inkfast.keys.KeysetPurpose;
import io.inkfast.testing.Torture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A decoder that shares no line with ours reads what we write, and sees what we see: docs/encrypted-log-format.md is true. */
@Timeout(300)
class PythonDecoderTest {

    private static final Path DECODER = Path.of("src/test/python/decode_elog.py");

    @TempDir
    Path folder;

    private record Decoded(int exit, String text, String error) {}

    @BeforeAll
    static void needPython() throws InterruptedException {
        try {
            new ProcessBuilder("python3", "--version").start().waitFor();
        } catch (IOException e) {
            Torture.cannotRun(Torture.Need.PYTHON, "there is no python3 to decode logs with");
        }
    }

    @ParameterizedTest
    @MethodSource("io.inkfast.encrypt.GoldenLogTest#logs")
    void readsTheGoldenFiles(String log, String keys) throws Exception {
        Path file = GoldenLogTest.resource(log + ".elog");
        String text = Files.readString(GoldenLogTest.resource(log + ".txt"));
        assertThat(decode(GoldenLogTest.resource(keys + ".json"), file)).isEqualTo(new Decoded(0, text, ""));
    }

    @ParameterizedTest
    @EnumSource(Suite.class)
    void readsWhatIsWrittenToday(Suite suite) throws Exception {
        Path keys = folder.resolve("keys.json");
        KeysetFile file = KeysetFile.of("keyset", "file:" + keys);
        file.generate(KeysetPurpose.ENCRYPTION, false);
        file.rotate();
        LogMaker log = new LogMaker(folder, EncryptionKeyset.read("<keyset>", "file:" + keys), suite, true, true);
        Path written = log.begin("a.elog");
        log.frames(2);
        log.start();
        log.begin("a.elog");
        log.frames(2).end(true);
        assertThat(decode(keys, written)).isEqualTo(new Decoded(0, LogMaker.lines(0, 12), ""));
    }

    @ParameterizedTest
    @CsvSource({
        "0, this is no encrypted log",
        "40, the CRC of the file's header is wrong",
        "80, the CRC of the header at 64 is wrong",
        "120, the body of the frame at 64 is damaged"
    })
    void seesAByteThatIsChanged(int at, String error) throws Exception {
        byte[] log = log();
        log[at] ^= 1;
        assertThat(decode(log)).isEqualTo(new Decoded(1, "", error));
    }

    @Test
    void seesABodyThatIsForged() throws Exception {
        byte[] log = log();
        int data = LogMaker.frames(log).get(2);
        LogFormat.FrameHeader header = LogFormat.FrameHeader.read(log, data);
        int body = data + LogFormat.FRAME_HEADER_BYTES;
        log[body + 20] ^= 1;
        LogFormat.writeFooter(LogFormat.little(log).position(body + header.bodyBytes()), header.bodyBytes());
        assertThat(decode(log)).isEqualTo(new Decoded(1, "", "the tag is wrong"));
    }

    @Test
    void seesFramesThatAreTakenAway() throws Exception {
        byte[] log = log();
        List<Integer> frames = LogMaker.frames(log);
        byte[] rest = Arrays.copyOfRange(log, frames.get(3), log.length);
        byte[] cut = Arrays.copyOf(log, frames.get(2) + rest.length);
        System.arraycopy(rest, 0, cut, frames.get(2), rest.length);
        assertThat(decode(cut)).isEqualTo(new Decoded(1, "", "frame 3 stands in the wrong place"));
        assertThat(decode(Arrays.copyOf(log, frames.get(frames.size() - 2))))
                .isEqualTo(new Decoded(1, "", "the file was not closed"));
    }

    @Test
    void isToldByAnotherKeyThatItIsNone() throws Exception {
        Path other = GoldenLogTest.resource("v1-hpke-private.json");
        assertThat(decode(other, GoldenLogTest.resource("v1-aes256-gcm.elog")))
                .isEqualTo(new Decoded(1, "", "the keyset does not open session 0"));
    }

    private static byte[] log() throws Exception {
        return Files.readAllBytes(GoldenLogTest.resource("v1-aes256-gcm.elog"));
    }

    private Decoded decode(byte[] log) throws Exception {
        Path file = Files.write(folder.resolve("changed.elog"), log);
        return decode(GoldenLogTest.resource("v1-aead.json"), file);
    }

    private Decoded decode(Path keys, Path log) throws IOException, InterruptedException {
        Path error = folder.resolve("error");
        Process python = new ProcessBuilder(
                        "python3", "-B", DECODER.toAbsolutePath().toString(), keys.toString(), log.toString())
                .redirectError(error.toFile())
                .start();
        String text = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(python.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return new Decoded(python.exitValue(), text, Files.readString(error).strip());
    }
}
