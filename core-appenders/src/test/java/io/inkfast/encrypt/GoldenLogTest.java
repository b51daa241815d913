package io.inkfast.encrypt;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.keys.EncryptionKeyset;
import io.inkfast.keys.KeysetException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that {@link GoldenLogs} wrote when the version was new are read today. */
class GoldenLogTest {

    @TempDir
    Path folder;

    /** Each log, and the keyset that opens it. */
    static Stream<Arguments> logs() {
        Stream<String> aead = Stream.of(
                "v1-aes256-gcm",
                "v1-xchacha20-poly1305",
                "v1-aes256-cbc-hs512",
                "v1-compressed",
                "v1-hidden",
                "v1-compressed-hidden",
                "v1-sessions",
                "v1-rolled",
                "v1-next",
                "v1-rewrapped");
        Stream<String> hpke = Stream.of("v1-hpke", "v1-rewrapped");
        return Stream.concat(
                aead.map(log -> Arguments.of(log, "v1-aead")), hpke.map(log -> Arguments.of(log, "v1-hpke-private")));
    }

    @ParameterizedTest
    @MethodSource("logs")
    void isRead(String log, String keys) throws Exception {
        LogMaker.Result result = read(log, keys);
        assertThat(result.text()).isEqualTo(Files.readString(resource(log + ".txt")));
        assertThat(result.findings()).isEmpty();
        assertThat(result.state()).isEqualTo(LogState.CLOSED);
    }

    @Test
    void timesAndCountsAreRead() throws Exception {
        for (String log : List.of("v1-aes256-gcm", "v1-hidden", "v1-compressed-hidden")) {
            List<LogFrame> frames = read(log, "v1-aead").frames();
            assertThat(frames.stream().map(LogFrame::events)).containsExactly(3, 3, 3);
            assertThat(frames.stream().map(LogFrame::firstMillis))
                    .containsExactly(LogMaker.TIME, LogMaker.TIME + 100, LogMaker.TIME + 10_200);
        }
    }

    @Test
    void sessionsAndFilesAreConnected() throws Exception {
        assertThat(read("v1-sessions", "v1-aead").summary().sessions()).isEqualTo(2);
        LogSummary rolled = read("v1-rolled", "v1-aead").summary();
        LogSummary next = read("v1-next", "v1-aead").summary();
        assertThat(next.file()).isEqualTo(rolled.next());
        assertThat(next.before()).isEqualTo(new LogSummary.Predecessor(rolled.file(), 0, 4, rolled.digest()));
    }

    /* Else it would be no witness of what its name says. */
    @Test
    void eachHasWhatItIsNamedFor() throws Exception {
        assertThat(flags("v1-compressed")).contains(LogFormat.DEFLATED);
        assertThat(flags("v1-hidden")).contains(LogFormat.HIDDEN);
        assertThat(flags("v1-compressed-hidden")).contains(LogFormat.DEFLATED | LogFormat.HIDDEN);
        byte[] rewrapped = Files.readAllBytes(resource("v1-rewrapped.elog"));
        assertThat(LogMaker.read(rewrapped, keyset("v1-hpke-private"), Rewrapped.NONE)
                        .state())
                .isEqualTo(LogState.WRONG_KEY);
    }

    private static List<Integer> flags(String log) throws Exception {
        byte[] bytes = Files.readAllBytes(resource(log + ".elog"));
        List<Integer> frames = LogMaker.frames(bytes);
        return IntStream.range(0, frames.size() - 1)
                .mapToObj(i -> LogFormat.FrameHeader.read(bytes, frames.get(i)).flags())
                .toList();
    }

    private LogMaker.Result read(String log, String keys) throws Exception {
        Path file = resource(log + ".elog");
        return LogMaker.read(Files.readAllBytes(file), keyset(keys), Rewrapped.read(file));
    }

    /* In the project others may read it, which is refused. */
    private EncryptionKeyset keyset(String name) throws IOException, KeysetException, URISyntaxException {
        Path copy = folder.resolve(name + ".json");
        if (!Files.exists(copy)) {
            Files.write(copy, Files.readAllBytes(resource(name + ".json")));
            Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-------"));
        }
        return EncryptionKeyset.read("<keyset>", "file:" + copy);
    }

    static Path resource(String name) throws URISyntaxException {
        return Path.of(GoldenLogTest.class.getResource(name).toURI());
    }
}
