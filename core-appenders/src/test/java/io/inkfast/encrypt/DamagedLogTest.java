package io.inkfast.encrypt;

import static io.inkfast.encrypt.LogMaker.lines;
import static io.inkfast.encrypt.LogMaker.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.encrypt.LogFinding.Kind;
import io.inkfast.keys.EncryptionKeyset;
import io.inkfast.keys.KeysetPurpose;
import io.inkfast.testing.Torture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two files with three sessions in all, of which bytes are changed or cut off. */
@Tag(Torture.TAG)
@Timeout(3600)
class DamagedLogTest {

    private static final int FRAMES = 3;

    @TempDir
    Path folder;

    private EncryptionKeyset keyset;
    private final List<byte[]> files = new ArrayList<>();

    @BeforeEach
    void write() throws IOException {
        keyset = LogMaker.keyset(folder, KeysetPurpose.ENCRYPTION);
        LogMaker log = new LogMaker(folder, keyset);
        Path first = log.begin("a.elog");
        log.frames(FRAMES);
        // A process died, another goes on.
        log.start();
        log.begin("a.elog");
        log.frames(FRAMES).end(true);
        files.add(Files.readAllBytes(first));
        Path second = log.begin("b.elog");
        log.frames(FRAMES).end(false);
        files.add(Files.readAllBytes(second));
    }

    private static int frameAt(List<Integer> starts, int offset) {
        int frame = 0;
        while (frame + 1 < starts.size() && starts.get(frame + 1) <= offset) {
            frame++;
        }
        return offset < LogFormat.HEADER_BYTES ? -1 : frame;
    }

    @Test
    void aByteThatIsChangedCostsItsOwnFrameAndIsFoundThere() {
        for (byte[] file : files) {
            List<Integer> starts = LogMaker.frames(file);
            List<Long> all = read(file, keyset).numbers();
            for (int offset = 0; offset < file.length; offset++) {
                byte[] damaged = file.clone();
                damaged[offset] ^= (byte) (1 << offset % 8);
                LogMaker.Result result = read(damaged, keyset);
                long frame = frameAt(starts, offset);
                String at = "byte " + offset + " in frame " + frame + ": " + result.found();
                assertThat(result.state()).as(at).isEqualTo(LogState.DAMAGED);
                assertThat(result.findings().get(0).frame()).as(at).isEqualTo(Math.max(0, frame));
                assertThat(result.findings()).as(at).allMatch(each -> each.frame() == Math.max(0, frame));
                List<Long> others = new ArrayList<>(all);
                others.remove(frame);
                assertThat(result.numbers()).as(at).isEqualTo(others);
                // Without a key the checksums show it.
                assertThat(read(damaged, null).state()).as(at).isEqualTo(LogState.DAMAGED);
            }
        }
    }

    @Test
    void aFileThatIsCutGivesWhatIsInFrontOfTheCutAndSaysSo() {
        byte[] file = files.get(0);
        List<Integer> starts = LogMaker.frames(file);
        String all = read(file, keyset).text();
        assertThat(all).isEqualTo(lines(0, 2 * 3 * FRAMES));
        for (int length = 0; length < file.length; length++) {
            LogMaker.Result result = read(Arrays.copyOf(file, length), keyset);
            int whole = 0;
            for (int i = 0; i + 1 < starts.size() && starts.get(i + 1) <= length; i++) {
                whole++;
            }
            // Frames 0, 1 and 5, 6 have keys.
            int data = Math.max(0, Math.min(FRAMES, whole - 2)) + Math.max(0, whole - 4 - FRAMES);
            boolean between = starts.contains(length);
            String at = "cut at " + length + ": " + result.found();
            assertThat(result.text()).as(at).isEqualTo(lines(0, 3 * data));
            assertThat(result.state()).as(at).isEqualTo(LogState.NOT_CLOSED);
            assertThat(result.findings()).as(at).hasSize(between ? 0 : 1).allMatch(each -> each.kind() == Kind.CUT);
        }
    }

    @Test
    void whateverIsDoneToAFileOnlyGenuineFramesAreGivenEachOnce() {
        Random random = new Random(17);
        byte[] file = files.get(0);
        Map<Long, String> genuine = new HashMap<>();
        read(file, keyset).frames().forEach(frame -> genuine.put(frame.number(), text(frame)));
        for (int i = 0; i < Torture.times(3_000, 30_000, 1_000_000); i++) {
            byte[] changed = file;
            for (int changes = 1 + random.nextInt(5); changes > 0; changes--) {
                changed = change(changed, random);
            }
            LogMaker.Result result = read(changed, keyset);
            Set<Long> seen = new HashSet<>();
            for (LogFrame frame : result.frames()) {
                assertThat(seen.add(frame.number())).as("round %d", i).isTrue();
                assertThat(text(frame)).as("round %d", i).isEqualTo(genuine.get(frame.number()));
            }
            if (!Arrays.equals(changed, file) && result.state() == LogState.CLOSED) {
                assertThat(result.found()).as("round %d", i).isNotEmpty();
            }
        }
    }

    private static String text(LogFrame frame) {
        return new String(frame.bytes(), StandardCharsets.UTF_8);
    }

    private static byte[] change(byte[] file, Random random) {
        if (file.length < 100) {
            return file;
        }
        int at = random.nextInt(file.length - 60);
        int length = 1 + random.nextInt(Math.min(600, file.length - at));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        switch (random.nextInt(5)) {
            case 0 -> {
                byte[] flipped = file.clone();
                flipped[at] ^= (byte) (1 << random.nextInt(8));
                return flipped;
            }
            case 1 -> {
                out.write(file, 0, at);
                out.write(file, at + length, file.length - at - length);
            }
            case 2 -> {
                out.write(file, 0, at + length);
                out.write(file, at, file.length - at);
            }
            case 3 -> {
                byte[] noise = new byte[length];
                random.nextBytes(noise);
                out.write(file, 0, at);
                out.writeBytes(noise);
                out.write(file, at, file.length - at);
            }
            default -> {
                // A header that says something else, with the checksum that belongs to it.
                List<Integer> starts = new ArrayList<>();
                for (int i = 0; i + LogFormat.FRAME_HEADER_BYTES < file.length; i++) {
                    if (LogFormat.little(file).getInt(i) == LogFormat.MARKER) {
                        starts.add(i);
                    }
                }
                byte[] changed = file.clone();
                if (!starts.isEmpty()) {
                    int start = starts.get(random.nextInt(starts.size()));
                    changed[start + 4 + random.nextInt(40)] = (byte) random.nextInt(256);
                    int crc = LogFormat.crc(changed, start, LogFormat.BOUND_HEADER_BYTES);
                    LogFormat.little(changed).putInt(start + LogFormat.BOUND_HEADER_BYTES, crc);
                }
                return changed;
            }
        }
        return out.toByteArray();
    }

    @Test
    void bytesThatAreAddedAreFound() {
        byte[] file = files.get(1);
        byte[] more = Arrays.copyOf(file, file.length + 100);
        Arrays.fill(more, file.length, more.length, (byte) 'x');
        LogMaker.Result result = read(more, keyset);
        assertThat(result.text()).isEqualTo(read(file, keyset).text());
        assertThat(result.found())
                .containsExactly("DAMAGED 6: the end of the file, from byte " + file.length + " on, is damaged");
        assertThat(result.state()).isEqualTo(LogState.DAMAGED);
    }

    @Test
    void zerosAtTheEndAreWhatAPowerCutLeaves() {
        byte[] file = files.get(1);
        LogMaker.Result result = read(Arrays.copyOf(file, file.length + 5000), keyset);
        assertThat(result.found()).containsExactly("CUT 6: the file ends in the middle of frame 6");
        assertThat(result.state()).isEqualTo(LogState.NOT_CLOSED);
    }

    @Test
    void whatIsNoEncryptedLogIsCalledSo() {
        assertThat(read("{\"a\":1}\n".repeat(30).getBytes(StandardCharsets.UTF_8), keyset)
                        .state())
                .isEqualTo(LogState.UNREADABLE);
        byte[] later = files.get(0).clone();
        later[8] = 2;
        int crc = LogFormat.crc(later, 0, LogFormat.HEADER_BYTES - 4);
        LogFormat.little(later).putInt(LogFormat.HEADER_BYTES - 4, crc);
        assertThat(read(later, keyset).state()).isEqualTo(LogState.UNREADABLE);
    }
}
