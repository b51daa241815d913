package io.inkfast.encrypt;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.encrypt.LogFormat.FrameHeader;
import io.inkfast.keys.EncryptionKeyset;
import io.inkfast.keys.KeysetException;
import io.inkfast.keys.KeysetPurpose;
import io.inkfast.testing.Torture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** No key encrypts two frames with one nonce, whatever becomes of the file: crashes, copies, and copies that go on. */
@Tag(Torture.TAG)
@Timeout(600)
class NonceTest {

    private static final int NONCE_BYTES = 12;

    @TempDir
    Path folder;

    private EncryptionKeyset keyset;

    /* By key and nonce; a frame that is in several files is one. */
    private final Map<String, String> frames = new HashMap<>();
    private final Map<String, String> sessions = new HashMap<>();
    private final Random random = new Random(7);

    @BeforeEach
    void makeKeys() {
        keyset = LogMaker.keyset(folder, KeysetPurpose.ENCRYPTION);
    }

    private void collect(Path file) throws IOException, KeysetException {
        FrameScan scan = new FrameScan(LogSource.of(Files.readAllBytes(file)));
        String key = "";
        while (scan.next() == FrameScan.Found.FRAME) {
            FrameHeader header = scan.frame();
            byte[] frame = Arrays.copyOf(scan.bytes(), header.bytes());
            String content = HexFormat.of().formatHex(frame);
            if (header.type() == LogFormat.KEY) {
                KeyBody body = KeyBody.of(frame, LogFormat.FRAME_HEADER_BYTES, header.bodyBytes());
                key = HexFormat.of().formatHex(SessionKeys.unwrap(keyset, body, header.session()));
                assertThat(sessions.putIfAbsent(key, content)).isIn(null, content);
            } else if (!header.isClear()) {
                int nonce = 2 * LogFormat.FRAME_HEADER_BYTES;
                String used = key + " " + content.substring(nonce, nonce + 2 * NONCE_BYTES);
                assertThat(frames.putIfAbsent(used, content)).isIn(null, content);
            }
        }
    }

    @Test
    void aThousandCrashes() throws IOException, KeysetException {
        int crashes = Torture.times(200, 1000, 1000);
        LogMaker log = new LogMaker(folder, keyset);
        Path file = null;
        for (int i = 0; i < crashes; i++) {
            log.start();
            file = log.begin("crashed.elog");
            log.frames(2);
            collect(file);
            // What was under way: a frame, or some of it.
            byte[] bytes = Files.readAllBytes(file);
            Files.write(file, Arrays.copyOf(bytes, bytes.length - random.nextInt(300)));
        }
        assertThat(sessions).hasSize(crashes);
        assertThat(frames).hasSize(2 * crashes);
    }

    @Test
    void copiesThatGoOn() throws IOException, KeysetException {
        LogMaker log = new LogMaker(folder, keyset);
        Path file = log.begin("a.elog");
        log.frames(5);
        byte[] bytes = Files.readAllBytes(file);
        // In the middle of a frame.
        Path copy = Files.write(folder.resolve("b.elog"), Arrays.copyOf(bytes, bytes.length - 50));
        log.frames(5);
        LogMaker other = new LogMaker(folder, keyset);
        other.begin("b.elog");
        other.frames(5);
        log.start();
        log.begin("a.elog");
        log.frames(5);
        collect(file);
        collect(copy);
        Set<String> keys = new HashSet<>(sessions.keySet());
        assertThat(keys).hasSize(3);
        assertThat(frames).hasSize(20);
    }
}
