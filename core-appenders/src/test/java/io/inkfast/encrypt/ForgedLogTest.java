package io.inkfast.encrypt;

import static io.inkfast.encrypt.LogMaker.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.encrypt.LogFormat.FrameHeader;
import io.inkfast.keys.EncryptionKeyset;
import io.inkfast.keys.KeysetPurpose;
import io.inkfast.testing.Torture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Somebody who knows the format, and not the key, changes a log and mends its checksums. Two streams, two files each, three
 * sessions each.
 */
@Tag(Torture.TAG)
@Timeout(3600)
class ForgedLogTest {

    private static final int FRAMES = Torture.times(8, 50, 50);
    private static final int SESSIONS = 3;

    @TempDir
    Path folder;

    private EncryptionKeyset keyset;
    private final List<byte[]> logs = new ArrayList<>();
    private int forgeries;

    @BeforeEach
    void write() throws IOException {
        keyset = LogMaker.keyset(folder, KeysetPurpose.ENCRYPTION);
        for (String stream : List.of("a", "b")) {
            LogMaker log = new LogMaker(folder, keyset);
            for (int i = 0; i < 2; i++) {
                Path file = log.begin(stream + i);
                for (int session = 0; session < SESSIONS; session++) {
                    if (session > 0) {
                        log.start();
                        log.begin(stream + i);
                    }
                    log.frames(FRAMES);
                }
                log.end(true);
                logs.add(Files.readAllBytes(file));
            }
        }
    }

    private static List<byte[]> split(byte[] log) {
        List<Integer> starts = LogMaker.frames(log);
        List<byte[]> frames = new ArrayList<>();
        for (int i = 0; i + 1 < starts.size(); i++) {
            frames.add(Arrays.copyOfRange(log, starts.get(i), starts.get(i + 1)));
        }
        return frames;
    }

    private static byte[] join(byte[] log, List<byte[]> frames) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(log, 0, LogFormat.HEADER_BYTES);
        frames.forEach(out::writeBytes);
        return out.toByteArray();
    }

    private LogMaker.Result forged(byte[] log, List<byte[]> frames, String what) {
        forgeries++;
        LogMaker.Result result = read(join(log, frames), keyset);
        assertThat(result.state()).as(what).isEqualTo(LogState.DAMAGED);
        return result;
    }

    /* The frame in the place of another: its body with a header that says what it should. */
    private static byte[] renumbered(byte[] frame, UnaryOperator<FrameHeader> change) {
        FrameHeader header = change.apply(FrameHeader.read(frame, 0));
        byte[] out = frame.clone();
        header.write(LogFormat.little(out));
        return out;
    }

    private static FrameHeader placed(FrameHeader it, FrameHeader at) {
        return new FrameHeader(
                it.type(),
                it.flags(),
                at.session(),
                at.number(),
                it.firstMillis(),
                it.lastMillis(),
                it.events(),
                it.bodyBytes(),
                it.plainBytes());
    }

    /** What a header says beside the place and the length of its frame. */
    private enum Field {
        DEFLATED,
        HIDDEN,
        FIRST_MILLIS,
        LAST_MILLIS,
        EVENTS,
        PLAIN_BYTES,
        TYPE,
        SESSION
    }

    private static FrameHeader changed(FrameHeader it, Field field) {
        int flag = field == Field.DEFLATED ? LogFormat.DEFLATED : field == Field.HIDDEN ? LogFormat.HIDDEN : 0;
        byte other = it.type() == LogFormat.DATA ? LogFormat.HEARTBEAT : LogFormat.DATA;
        return new FrameHeader(
                field == Field.TYPE ? other : it.type(),
                it.flags() ^ flag,
                field == Field.SESSION ? (it.session() + 1) % SESSIONS : it.session(),
                it.number(),
                field == Field.FIRST_MILLIS ? it.firstMillis() - 1 : it.firstMillis(),
                field == Field.LAST_MILLIS ? it.lastMillis() + 1 : it.lastMillis(),
                field == Field.EVENTS ? it.events() + 1 : it.events(),
                it.bodyBytes(),
                field == Field.PLAIN_BYTES ? it.plainBytes() + 1 : it.plainBytes());
    }

    private static Set<Long> numbers(LogMaker.Result result) {
        return new TreeSet<>(result.numbers());
    }

    @Test
    void framesThatAreSwappedRepeatedOrRemovedAreFoundAndTheOthersRead() {
        byte[] log = logs.get(0);
        List<byte[]> frames = split(log);
        Set<Long> all = numbers(read(log, keyset));
        for (int i = 0; i < frames.size(); i++) {
            List<byte[]> fewer = new ArrayList<>(frames);
            fewer.remove(i);
            Set<Long> rest = new TreeSet<>(all);
            rest.remove((long) i);
            if (i < frames.size() - 1) {
                LogMaker.Result removed = forged(log, fewer, "removed " + i);
                assertThat(removed.findings().get(0).frame())
                        .as("removed %d: %s", i, removed.found())
                        .isEqualTo(i);
                assertThat(numbers(removed)).as("removed %d", i).isEqualTo(rest);
            }
            for (int j = i + 1; j < frames.size(); j++) {
                List<byte[]> swapped = new ArrayList<>(frames);
                swapped.set(i, frames.get(j));
                swapped.set(j, frames.get(i));
                LogMaker.Result result = forged(log, swapped, "swapped " + i + " " + j);
                assertThat(result.findings().get(0).frame())
                        .as("swapped %d %d", i, j)
                        .isEqualTo(i);
            }
            for (int j = 0; j <= frames.size(); j += 7) {
                List<byte[]> more = new ArrayList<>(frames);
                more.add(j, frames.get(i));
                if (j == i || j == i + 1) {
                    continue;
                }
                LogMaker.Result repeated = forged(log, more, "repeated " + i + " at " + j);
                assertThat(numbers(repeated))
                        .as("repeated %d at %d: %s", i, j, repeated.found())
                        .isEqualTo(all);
            }
        }
        System.err.println("ForgedLogTest: " + forgeries + " swaps, repeats and removals");
    }

    @Test
    void framesOfOtherPlacesAreFoundAndTheOthersRead() {
        List<List<byte[]>> all = logs.stream().map(ForgedLogTest::split).toList();
        Set<Long> numbers = numbers(read(logs.get(0), keyset));
        for (int from = 0; from < logs.size(); from++) {
            for (int i = 0; i < all.get(0).size(); i++) {
                byte[] original = all.get(0).get(i);
                FrameHeader at = FrameHeader.read(original, 0);
                for (int j : new int[] {i, (i + FRAMES + 2) % all.get(0).size()}) {
                    byte[] other = all.get(from).get(j);
                    if (FrameHeader.read(other, 0).isClear() != at.isClear() || (from == 0 && i == j)) {
                        continue;
                    }
                    List<byte[]> spliced = new ArrayList<>(all.get(0));
                    spliced.set(i, renumbered(other, header -> placed(header, at)));
                    LogMaker.Result result = forged(logs.get(0), spliced, "log " + from + " frame " + j + " at " + i);
                    if (!at.isClear()) {
                        assertThat(result.findings().get(0).frame())
                                .as("log %d frame %d at %d: %s", from, j, i, result.found())
                                .isEqualTo(i);
                        Set<Long> rest = new TreeSet<>(numbers);
                        rest.remove((long) i);
                        assertThat(numbers(result)).isEqualTo(rest);
                    }
                }
            }
        }
        System.err.println("ForgedLogTest: " + forgeries + " frames of other places");
    }

    @Test
    void headersThatAreChangedAreFound() {
        byte[] log = logs.get(0);
        List<byte[]> frames = split(log);
        for (int i = 0; i < frames.size(); i++) {
            for (Field field : Field.values()) {
                List<byte[]> changed = new ArrayList<>(frames);
                changed.set(i, renumbered(frames.get(i), header -> changed(header, field)));
                LogMaker.Result result = forged(log, changed, field + " of frame " + i);
                assertThat(result.findings().stream().map(LogFinding::frame))
                        .as(result.found().toString())
                        .contains((long) i);
            }
        }
        System.err.println("ForgedLogTest: " + forgeries + " headers");
    }

    @Test
    void aFrameThatHasNotEvenItsTimesIsFoundThoughItIsEncryptedWithTheKey() throws Exception {
        byte[] log = logs.get(0);
        List<byte[]> frames = split(log);
        FrameHeader key = FrameHeader.read(frames.get(0), 0);
        KeyBody body = KeyBody.of(frames.get(0), LogFormat.FRAME_HEADER_BYTES, key.bodyBytes());
        FrameCipher cipher = SessionKeys.cipher(SessionKeys.unwrap(keyset, body, 0), Suite.AES256_GCM);
        byte[] few = new byte[LogFormat.HIDDEN_BYTES - 1];
        FrameHeader header = new FrameHeader(
                LogFormat.DATA, LogFormat.HIDDEN, 0, 2, 0, 0, 0, cipher.sealedBytes(few.length), few.length);
        byte[] frame = new byte[header.bytes()];
        ByteBuffer out = LogFormat.little(frame);
        header.write(out);
        byte[] bound = LogFormat.associatedData(body.file(), Sha256.of(frames.get(0), 0, frames.get(0).length));
        System.arraycopy(frame, 0, bound, bound.length - LogFormat.BOUND_HEADER_BYTES, LogFormat.BOUND_HEADER_BYTES);
        cipher.seal(few, 0, few.length, bound, frame, LogFormat.FRAME_HEADER_BYTES);
        LogFormat.writeFooter(out.position(LogFormat.FRAME_HEADER_BYTES + header.bodyBytes()), header.bodyBytes());
        frames.set(2, frame);
        assertThat(forged(log, frames, "short").found().get(0)).isEqualTo("FORGED 2: frame 2 is not genuine");
    }

    @Test
    void keysOfOtherSessionsFilesAndStreamsAreFound() {
        byte[] log = logs.get(0);
        List<byte[]> frames = split(log);
        int session = FRAMES + 2;
        for (int from = 0; from < logs.size(); from++) {
            List<byte[]> other = split(logs.get(from));
            for (int s = 0; s < SESSIONS; s++) {
                for (int t = 0; t < SESSIONS; t++) {
                    if (from == 0 && s == t) {
                        continue;
                    }
                    // A whole session in the place of another.
                    List<byte[]> grafted = new ArrayList<>(frames);
                    for (int i = 0; i < session; i++) {
                        grafted.set(s * session + i, other.get(t * session + i));
                    }
                    forged(log, grafted, "log " + from + " session " + t + " at " + s);
                }
            }
            if (from > 0) {
                // The end of another file: its totals are about other frames.
                List<byte[]> ended = new ArrayList<>(frames);
                ended.set(frames.size() - 1, other.get(other.size() - 1));
                forged(log, ended, "end of log " + from);
            }
        }
    }

    @Test
    void aFileBehindTheHeaderOfAnotherIsFound() {
        for (int i = 1; i < logs.size(); i++) {
            forged(logs.get(i), split(logs.get(0)), "header of log " + i);
        }
    }

    @Test
    void anOldEndInThePlaceOfALaterOneIsFound() throws IOException {
        LogMaker log = new LogMaker(folder, keyset);
        Path file = log.begin("c");
        log.frames(3).end(false);
        byte[] closed = Files.readAllBytes(file);
        log.start();
        log.begin("c");
        log.frames(3).end(false);
        byte[] whole = Files.readAllBytes(file);
        // What was there when it was closed before passes: only somebody who knows better can tell.
        assertThat(read(closed, keyset).state()).isEqualTo(LogState.CLOSED);
        List<byte[]> frames = split(whole);
        List<byte[]> old = split(closed);
        List<byte[]> ended = new ArrayList<>(frames.subList(0, frames.size() - 1));
        ended.add(old.get(old.size() - 1));
        forged(whole, ended, "old end");
    }
}
