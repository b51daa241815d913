package io.inkfast.encrypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.inkfast.encrypt.LogFinding.Kind;
import io.inkfast.keys.EncryptionKeyset;
import io.inkfast.keys.KeysetException;
import io.inkfast.keys.KeysetFile;
import io.inkfast.keys.KeysetPurpose;
import io.inkfast.testing.ChildJvm;
import io.inkfast.testing.Torture;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three files of four sessions in all, cut at every byte and with bits changed; in CI 64 KB each, in a long run 1 MB. */
@Tag(Torture.TAG)
@Timeout(4 * 3600)
class EveryBitOfALogTest {

    private static final int FRAMES = Torture.times(2, 14, 230);
    private static final int LINES = Torture.times(3, 230, 210);
    // Of a session, in a file that has one.
    private static final int ALONE = 2 * FRAMES;

    // Of what was encrypted so many bits are passed over at most; none of the first file's in a long run.
    private static final int STEP = Torture.times(50, 150, 150);
    private static final int STEP_IN_FIRST = Torture.times(STEP, STEP, 1);

    // A time so far away has no event.
    private static final long NEVER = Long.MAX_VALUE;

    @TempDir
    Path folder;

    private String reference = "";
    private EncryptionKeyset keyset;
    private final List<Log> logs = new ArrayList<>();

    /** A file, and what is in it. */
    private final class Log {

        private final byte[] bytes;
        private final List<Integer> starts;
        private final List<LogFrame> all;

        Log(Path file) throws IOException {
            bytes = Files.readAllBytes(file);
            starts = LogMaker.frames(bytes);
            all = LogMaker.read(bytes, keyset).frames();
        }

        /* All frames, or only those around one: a reader passes over the others by their headers, and so costs little. */
        private LogMaker.Result read(int length, int frame, boolean whole) {
            LogSource source = new LogSource() {
                @Override
                public int read(ByteBuffer to, long position) {
                    int count = (int) Math.min(to.remaining(), length - position);
                    if (count <= 0) {
                        return -1;
                    }
                    to.put(bytes, (int) position, count);
                    return count;
                }

                @Override
                public long size() {
                    return length;
                }
            };
            try (EncryptedLogReader reader = new EncryptedLogReader(source, null, keyset, Rewrapped.NONE)) {
                if (!whole) {
                    List<LogFrame> near = around(frame, all.size());
                    reader.range(
                            near.isEmpty() ? NEVER : near.get(0).firstMillis(),
                            near.isEmpty() ? NEVER : near.get(near.size() - 1).lastMillis());
                }
                List<LogFrame> frames = new ArrayList<>();
                for (LogFrame each = reader.next(); each != null; each = reader.next()) {
                    frames.add(each);
                }
                LogState state = reader.state();
                return new LogMaker.Result(frames, reader.findings(), state, reader.summary());
            } catch (IOException | KeysetException e) {
                throw new IllegalStateException(e);
            }
        }

        private List<LogFrame> around(int frame, int most) {
            return all.subList(0, most).stream()
                    .filter(each -> Math.abs(each.number() - frame) <= 2)
                    .toList();
        }

        private void isAsItWas(List<LogFrame> given, List<LogFrame> expected, String at) {
            boolean same = given.size() == expected.size();
            for (int i = 0; same && i < given.size(); i++) {
                LogFrame one = given.get(i);
                LogFrame other = expected.get(i);
                same = one.number() == other.number() && Arrays.equals(one.bytes(), other.bytes());
            }
            if (!same) {
                fail(at + ": " + given.stream().map(LogFrame::number).toList() + " instead of "
                        + expected.stream().map(LogFrame::number).toList());
            }
        }
    }

    @BeforeEach
    void write() throws Exception {
        reference = "file:" + folder.resolve("keys.json");
        KeysetFile.of("keyset", reference).generate(KeysetPurpose.ENCRYPTION, false);
        keyset = EncryptionKeyset.read("<keyset>", reference);
        LogMaker log = new LogMaker(folder, keyset);
        Path first = log.begin("a.elog");
        log.frames(FRAMES, LINES);
        // A process died, another goes on.
        log.start();
        log.begin("a.elog");
        log.frames(FRAMES, LINES).end(true);
        logs.add(new Log(first));
        Path second = log.begin("b.elog");
        log.frames(ALONE, LINES).end(false);
        logs.add(new Log(second));
        LogMaker compressed = new LogMaker(folder, keyset, Suite.AES256_GCM, true, false);
        Path third = compressed.begin("c.elog");
        compressed.frames(ALONE, 5 * LINES).end(false);
        logs.add(new Log(third));
        for (Log each : logs) {
            assertThat(each.all).hasSize(2 * FRAMES);
            assertThat(each.bytes)
                    .hasSizeBetween(Torture.times(500, 50_000, 900_000), Torture.times(5_000, 90_000, 1_500_000));
        }
    }

    @Test
    void aBitThatIsChangedCostsItsOwnFrameAndIsFoundThere() {
        Random random = new Random(3);
        for (Log log : logs) {
            int step = log == logs.get(0) ? STEP_IN_FIRST : STEP;
            int frame = -1;
            for (int bit = 0; bit < 8 * log.bytes.length; ) {
                int offset = bit / 8;
                while (offset >= log.starts.get(frame + 1)) {
                    frame++;
                }
                change(log, frame, bit);
                int inFrame = offset - (frame < 0 ? 0 : log.starts.get(frame));
                boolean isEncrypted = frame >= 0
                        && inFrame >= LogFormat.FRAME_HEADER_BYTES
                        && offset < log.starts.get(frame + 1) - LogFormat.FRAME_FOOTER_BYTES;
                bit += isEncrypted ? 1 + random.nextInt(step) : 1;
            }
        }
    }

    private void change(Log log, int frame, int bit) {
        log.bytes[bit / 8] ^= (byte) (1 << bit % 8);
        boolean whole = bit % 1000 == 0;
        LogMaker.Result result = log.read(log.bytes.length, frame, whole);
        String at = "bit " + bit + " in frame " + frame;
        List<LogFrame> others = new ArrayList<>(whole ? log.all : log.around(frame, log.all.size()));
        others.removeIf(each -> each.number() == frame);
        log.isAsItWas(result.frames(), others, at);
        long found = Math.max(0, frame);
        if (result.state() != LogState.DAMAGED
                || result.findings().isEmpty()
                || result.findings().stream().anyMatch(each -> each.frame() != found)) {
            fail(at + ": " + result.state() + " " + result.found());
        }
        // Without a key the checksums show it.
        if (whole && LogMaker.read(log.bytes, null).state() != LogState.DAMAGED) {
            fail(at + " is not found without a key");
        }
        log.bytes[bit / 8] ^= (byte) (1 << bit % 8);
    }

    @Test
    void aFileThatIsCutGivesWhatIsInFrontOfTheCutAndSaysSo() {
        for (Log log : logs) {
            int frame = -1;
            int before = 0;
            for (int length = 0; length < log.bytes.length; length++) {
                while (length >= log.starts.get(frame + 1)) {
                    frame++;
                }
                while (before < log.all.size() && log.all.get(before).number() < frame) {
                    before++;
                }
                boolean whole = length % 200 == 0;
                LogMaker.Result result = log.read(length, frame, whole);
                String at = "cut at " + length;
                log.isAsItWas(result.frames(), whole ? log.all.subList(0, before) : log.around(frame, before), at);
                boolean between = log.starts.contains(length);
                if (result.state() != LogState.NOT_CLOSED
                        || result.findings().size() != (between ? 0 : 1)
                        || result.findings().stream().anyMatch(each -> each.kind() != Kind.CUT)) {
                    fail(at + ": " + result.state() + " " + result.found());
                }
            }
        }
    }

    @Test
    void noLengthTakesMoreMemoryThanTheLargestFrame() throws Exception {
        // A small heap is what it has by default: 64 MB.
        Process process =
                ChildJvm.start(ForgedFrames.class, folder.resolve("b.elog").toString(), reference);
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertThat(process.waitFor()).isZero();
        assertThat(said).isEqualTo("read all others each time\n");
    }
}
