package io.inkfast.encrypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkfast.keys.EncryptionKeyset;
import io.inkfast.keys.KeysetException;
import io.inkfast.keys.KeysetFile;
import io.inkfast.keys.KeysetPurpose;
import io.inkfast.testing.Bits;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log of two sessions gets a key file. */
class LogRewrapperTest {

    @TempDir
    Path folder;

    private EncryptionKeyset old;
    private EncryptionKeyset fresh;
    private Path log;
    private Path key;
    private byte[] bytes;

    @BeforeEach
    void write() throws IOException {
        old = LogMaker.keyset(folder, KeysetPurpose.ENCRYPTION);
        fresh = LogMaker.keyset(folder, KeysetPurpose.ENCRYPTION);
        LogMaker made = new LogMaker(folder, old);
        log = made.begin("a.elog");
        made.frames(2);
        made.start();
        made.begin("a.elog");
        made.frames(2).end(false);
        key = folder.resolve("a.elog.key");
        bytes = Files.readAllBytes(log);
    }

    private String read(EncryptionKeyset keyset) throws IOException, KeysetException {
        try (EncryptedLogReader reader = EncryptedLogReader.open(log, keyset)) {
            List<LogFrame> frames = new ArrayList<>();
            for (LogFrame frame = reader.next(); frame != null; frame = reader.next()) {
                frames.add(frame);
            }
            return new LogMaker.Result(frames, List.of(), reader.state(), reader.summary()).text() + reader.state();
        }
    }

    private void flipIn(int frame) throws IOException {
        Bits.flip(log, LogMaker.frames(bytes).get(frame) + 60L);
    }

    @Test
    void theFileOpensWithTheNewKeysetAndStillWithTheOld() throws Exception {
        LogRewrapper rewrapper = LogRewrapper.of(log, old, fresh);
        assertThat(rewrapper.state()).isEqualTo(LogState.CLOSED);
        assertThat(rewrapper.sessions()).isEqualTo(2);
        assertThat(rewrapper.file()).isEqualTo(key);
        assertThat(key).doesNotExist();
        rewrapper.write();
        assertThat(Files.readAllLines(key)).hasSize(2).allMatch(line -> line.startsWith("INKELOGKEY1 "));
        assertThat(read(fresh)).isEqualTo(LogMaker.lines(0, 12) + "CLOSED");
        assertThat(read(old)).isEqualTo(LogMaker.lines(0, 12) + "CLOSED");
        assertThat(Files.readAllBytes(log)).isEqualTo(bytes);
        assertThat(Files.getPosixFilePermissions(key)).isEqualTo(Files.getPosixFilePermissions(log));
    }

    @Test
    void publicKeysWillDo() throws Exception {
        Path secret = folder.resolve("private.json");
        Path open = folder.resolve("public.json");
        KeysetFile.of("keyset", "file:" + secret).generate(KeysetPurpose.WRITE_ONLY_HOST, false);
        KeysetFile.of("keyset", "file:" + open).publish("keyset", "file:" + secret);
        LogRewrapper.of(log, old, EncryptionKeyset.read("keyset", "file:" + open))
                .write();
        assertThat(read(EncryptionKeyset.read("keyset", "file:" + secret))).isEqualTo(LogMaker.lines(0, 12) + "CLOSED");
    }

    @Test
    void aKeyFileIsRewrappedWithWhatOpensItAndReplaced() throws Exception {
        LogRewrapper.of(log, old, fresh).write();
        Files.setPosixFilePermissions(log, PosixFilePermissions.fromString("rw-r-----"));
        EncryptionKeyset third = LogMaker.keyset(folder, KeysetPurpose.ENCRYPTION);
        LogRewrapper.of(log, fresh, third).write();
        assertThat(read(third)).isEqualTo(LogMaker.lines(0, 12) + "CLOSED");
        assertThat(read(fresh)).isEqualTo("WRONG_KEY");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-r-----");
    }

    @Test
    void nothingIsWrittenIfASessionStaysClosed() throws Exception {
        LogRewrapper rewrapper = LogRewrapper.of(log, fresh, old);
        assertThat(rewrapper.state()).isEqualTo(LogState.WRONG_KEY);
        assertThat(rewrapper.findings())
                .extracting(LogFinding::text)
                .containsExactly("session 0 is not opened by the keyset", "session 1 is not opened by the keyset");
        rewrapper.write();
        assertThat(key).doesNotExist();
    }

    @Test
    void theCopyOfAKeyWillDo() throws Exception {
        flipIn(0);
        LogRewrapper rewrapper = LogRewrapper.of(log, old, fresh);
        assertThat(rewrapper.state()).isEqualTo(LogState.CLOSED);
        rewrapper.write();
        assertThat(read(fresh)).isEqualTo(LogMaker.lines(0, 12) + "DAMAGED");
    }

    @Test
    void aSessionThatNobodyCanOpenIsSaidAndTheOthersAreWrapped() throws Exception {
        flipIn(0);
        flipIn(1);
        LogRewrapper rewrapper = LogRewrapper.of(log, old, fresh);
        assertThat(rewrapper.state()).isEqualTo(LogState.DAMAGED);
        assertThat(rewrapper.findings())
                .extracting(LogFinding::text)
                .containsExactly("the key of session 0 is damaged: nobody can open it");
        rewrapper.write();
        assertThat(read(fresh)).isEqualTo(LogMaker.lines(6, 12) + "DAMAGED");
    }

    @Test
    void whatIsNoLogIsUnreadable() throws Exception {
        LogRewrapper rewrapper = LogRewrapper.of(Files.writeString(folder.resolve("x"), "{}\n".repeat(99)), old, fresh);
        assertThat(rewrapper.state()).isEqualTo(LogState.UNREADABLE);
        rewrapper.write();
        assertThat(folder.resolve("x.key")).doesNotExist();
    }

    @Test
    void twoAtATimeAreRefused() throws Exception {
        Path pending = Files.createFile(folder.resolve("a.elog.key.new"));
        LogRewrapper rewrapper = LogRewrapper.of(log, old, fresh);
        assertThatThrownBy(rewrapper::write).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(pending).exists();
        assertThat(key).doesNotExist();
    }

    @Test
    void aKeyFileThatIsNotAsItWasWrittenIsSaid() throws IOException {
        for (String text : List.of("INKELOGKEY1 x 0 1 zz AA==\n", "INKELOGKEY1 ü\n")) {
            Files.writeString(key, text);
            assertThatThrownBy(() -> EncryptedLogReader.open(log, old))
                    .hasMessage("[" + key + "] is not as it was written");
        }
    }

    @Test
    void framesAreGivenOnceMore() throws Exception {
        try (EncryptedLogReader reader = EncryptedLogReader.open(log, old)) {
            LogFrame first = reader.next();
            long offset = reader.offset();
            LogFrame second = reader.next();
            assertThat(reader.again(offset)).usingRecursiveComparison().isEqualTo(first);
            assertThat(reader.next().number()).isGreaterThan(second.number());
            assertThatThrownBy(() -> reader.again(offset + 1))
                    .hasMessage("the frame at byte " + (offset + 1) + " is not what it was any more");
        }
    }
}
