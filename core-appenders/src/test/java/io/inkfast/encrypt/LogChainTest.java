package io.inkfast.encrypt;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.encrypt.LogChain.Link;
import io.inkfast.encrypt.LogSummary.End;
import io.inkfast.encrypt.LogSummary.Predecessor;
import io.inkfast.keys.EncryptionKeyset;
import io.inkfast.keys.KeysetPurpose;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Four files of a log, a to d, of which something is wrong. */
class LogChainTest {

    @TempDir
    Path folder;

    private EncryptionKeyset keyset;
    private final List<Link> files = new ArrayList<>();

    @BeforeEach
    void write() throws IOException {
        keyset = LogMaker.keyset(folder, KeysetPurpose.ENCRYPTION);
        LogMaker log = new LogMaker(folder, keyset);
        for (String name : List.of("a", "b", "c", "d")) {
            Path file = log.begin(name);
            log.frames(2).end(!name.equals("d"));
            files.add(link(name, file, keyset));
        }
    }

    private static Link link(String name, Path file, @Nullable EncryptionKeyset keyset) throws IOException {
        return new Link(name, LogMaker.read(Files.readAllBytes(file), keyset).summary());
    }

    private static Link with(Link link, @Nullable String next, @Nullable Predecessor before) {
        LogSummary from = link.summary();
        return new Link(
                link.name(),
                new LogSummary(
                        from.file(),
                        from.stream(),
                        from.sequence(),
                        from.frames(),
                        from.digest(),
                        from.sessions(),
                        from.events(),
                        from.firstMillis(),
                        from.lastMillis(),
                        from.end(),
                        next,
                        before));
    }

    @Test
    void isWhole() {
        Collections.reverse(files);
        LogChain chain = LogChain.of(files);
        assertThat(chain.findings()).isEmpty();
        assertThat(chain.notes()).isEmpty();
        assertThat(chain.state()).isEqualTo(LogState.CLOSED);
    }

    @Test
    void isWholeWithoutAKey() throws IOException {
        files.clear();
        for (String name : List.of("a", "b", "c", "d")) {
            files.add(link(name, folder.resolve(name), null));
        }
        assertThat(LogChain.of(files).state()).isEqualTo(LogState.CLOSED);
    }

    @Test
    void ofNothingIsNothing() {
        assertThat(LogChain.of(List.of()).state()).isEqualTo(LogState.CLOSED);
    }

    @Nested
    class Incomplete {

        @Test
        void atItsBeginningAsRetentionLeavesIt() {
            LogChain chain = LogChain.of(files.subList(1, 4));
            assertThat(chain.findings()).isEmpty();
            assertThat(chain.notes()).containsExactly("the file before [b], number 0 of its log, is not given");
            assertThat(chain.state()).isEqualTo(LogState.CLOSED);
        }

        @Test
        void atItsEnd() {
            LogChain chain = LogChain.of(files.subList(0, 3));
            assertThat(chain.findings()).isEmpty();
            assertThat(chain.notes()).containsExactly("[c] was rolled; the file that came after it is not given");
            assertThat(chain.state()).isEqualTo(LogState.NOT_CLOSED);
        }

        @Test
        void inTheMiddle() {
            files.remove(2);
            LogChain chain = LogChain.of(files);
            assertThat(chain.findings()).containsExactly("a file is missing between [b] and [d]: number 2 of the log");
            assertThat(chain.state()).isEqualTo(LogState.DAMAGED);
            files.remove(1);
            assertThat(LogChain.of(files).findings())
                    .containsExactly("2 files are missing between [a] and [d]: number 1 to 2 of the log");
        }
    }

    @Nested
    class Wrong {

        @Test
        void whereAFileIsThereTwice() {
            files.add(new Link("e", files.get(1).summary()));
            assertThat(LogChain.of(files).findings()).containsExactly("[e] is [b] once more");
        }

        @Test
        void whereAFileIsShorterThanItWas() throws IOException {
            byte[] bytes = Files.readAllBytes(folder.resolve("b"));
            List<Integer> frames = LogMaker.frames(bytes);
            Files.write(folder.resolve("b"), Arrays.copyOf(bytes, frames.get(4)));
            files.set(1, link("b", folder.resolve("b"), keyset));
            assertThat(files.get(1).summary().end()).isEqualTo(End.NOT_CLOSED);
            assertThat(LogChain.of(files).findings()).containsExactly("[b] had 5 frames when [c] was begun, and has 4");
        }

        @Test
        void whereAFileHasOtherFrames() {
            Predecessor before = files.get(2).summary().before();
            files.set(
                    2,
                    with(
                            files.get(2),
                            files.get(2).summary().next(),
                            new Predecessor(before.file(), before.sequence(), before.frames(), "00")));
            assertThat(LogChain.of(files).findings()).containsExactly("[b] has other frames than when [c] was begun");
        }

        @Test
        void whereNamesDoNotFit() {
            Predecessor other = files.get(1).summary().before();
            files.set(2, with(files.get(2), "00", other));
            assertThat(LogChain.of(files).findings())
                    .containsExactly(
                            "[c] names another file than [b] as the one before",
                            "[c] names another file than [d] as the next one");
        }

        @Test
        void whereAFileDoesNotSayWhatWasBeforeIt() {
            files.set(3, with(files.get(3), null, null));
            assertThat(LogChain.of(files).findings()).containsExactly("[d] does not say which file was before it");
        }

        @Test
        void whereTheLogWentOnTwice() throws IOException {
            Path copies = Files.createDirectory(folder.resolve("copies"));
            LogMaker log = new LogMaker(copies, keyset);
            Files.copy(folder.resolve("a"), copies.resolve("a"));
            log.begin("a");
            log.frames(1).end(true);
            Link other = link("x", log.begin("x"), keyset);
            files.add(other);
            assertThat(LogChain.of(files).findings()).containsExactly("[b] and [x] are both number 1 of their log");
        }
    }

    @Test
    void severalLogsAreCheckedEachForItself() throws IOException {
        LogMaker log = new LogMaker(folder, keyset);
        Path file = log.begin("z");
        log.frames(1).end(false);
        files.add(0, link("z", file, keyset));
        LogChain chain = LogChain.of(files);
        assertThat(chain.findings()).isEmpty();
        assertThat(chain.notes()).containsExactly("the files are of 2 logs, which know nothing of each other");
    }
}
