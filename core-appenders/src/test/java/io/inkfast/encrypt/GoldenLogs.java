package io.inkfast.encrypt;

import io.inkfast.encrypt.LogFormat.FrameHeader;
import io.inkfast.keys.EncryptionKeyset;
import io.inkfast.keys.KeysetFile;
import io.inkfast.keys.KeysetPurpose;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Writes the golden files, with the keysets that open them and the text that is in them: {@code GoldenLogs <folder>}. Run
 * once for each version of the format, for the folder {@code src/test/resources/io/inkfast/encrypt}, and never again for a
 * version that has been released: what these files hold must stay readable. The keys are for tests only.
 */
final class GoldenLogs {

    static final String AEAD = "aead";
    static final String HPKE = "hpke-private";
    private static final String HPKE_PUBLIC = "hpke-public";

    private final Path folder;

    private GoldenLogs(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] arguments) throws Exception {
        GoldenLogs golden = new GoldenLogs(Path.of(arguments[0]).toAbsolutePath());
        golden.makeKeys();
        golden.suites();
        golden.options();
        golden.sessions();
        golden.rolled();
        golden.writeOnly();
        golden.rewrapped();
    }

    /** Of a file of today's version. */
    static String name(String of) {
        return "v" + LogFormat.VERSION + "-" + of;
    }

    private void makeKeys() throws Exception {
        KeysetFile.of("keyset", reference(AEAD)).generate(KeysetPurpose.ENCRYPTION, false);
        KeysetFile.of("keyset", reference(HPKE)).generate(KeysetPurpose.WRITE_ONLY_HOST, false);
        KeysetFile.of("keyset", reference(HPKE_PUBLIC)).publish("keyset", reference(HPKE));
    }

    private String reference(String keyset) {
        return "file:" + folder.resolve(name(keyset) + ".json");
    }

    private EncryptionKeyset keyset(String name) throws Exception {
        return EncryptionKeyset.read("<keyset>", reference(name));
    }

    private void suites() throws Exception {
        for (Suite suite : Suite.values()) {
            one(suite.name().toLowerCase(Locale.ROOT).replace('_', '-'), maker(suite, false, false));
        }
    }

    private void options() throws Exception {
        one("compressed", maker(Suite.AES256_GCM, true, false));
        one("hidden", maker(Suite.AES256_GCM, false, true));
        one("compressed-hidden", maker(Suite.AES256_CBC_HS512, true, true));
    }

    private LogMaker maker(Suite suite, boolean compresses, boolean hides) throws Exception {
        return new LogMaker(folder, keyset(AEAD), suite, compresses, hides);
    }

    /* Heartbeat included. */
    private Path one(String name, LogMaker log) throws IOException {
        Path file = log.begin(name(name) + ".elog");
        log.frames(2);
        log.now += 10_000;
        log.idle().frames(1).end(false);
        text(name, LogMaker.lines(0, 9));
        return file;
    }

    /* The last frame of the first of the two is torn. */
    private void sessions() throws Exception {
        LogMaker log = maker(Suite.AES256_GCM, false, false);
        String name = "sessions";
        Path file = log.begin(name(name) + ".elog");
        log.frames(3);
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 10));
        log.start();
        log.begin(file.getFileName().toString());
        log.frames(2).end(false);
        Files.delete(file.resolveSibling(file.getFileName() + ".torn-0"));
        text(name, LogMaker.lines(0, 6) + LogMaker.lines(9, 15));
    }

    private void rolled() throws Exception {
        LogMaker log = maker(Suite.AES256_GCM, false, false);
        log.begin(name("rolled") + ".elog");
        log.frames(1).end(true);
        text("rolled", LogMaker.lines(0, 3));
        log.begin(name("next") + ".elog");
        log.frames(1).end(false);
        text("next", LogMaker.lines(3, 6));
    }

    private void writeOnly() throws Exception {
        one("hpke", new LogMaker(folder, keyset(HPKE_PUBLIC)));
    }

    /* Written with the AEAD keyset; the file beside it opens with the private keys. */
    private void rewrapped() throws Exception {
        Path file = one("rewrapped", maker(Suite.AES256_GCM, false, false));
        byte[] log = Files.readAllBytes(file);
        FrameHeader key = FrameHeader.read(log, LogFormat.HEADER_BYTES);
        KeyBody body = KeyBody.of(log, LogFormat.HEADER_BYTES + LogFormat.FRAME_HEADER_BYTES, key.bodyBytes());
        byte[] secret = SessionKeys.unwrap(keyset(AEAD), body, 0);
        EncryptionKeyset other = keyset(HPKE_PUBLIC);
        Rewrapped.Lines lines = new Rewrapped.Lines();
        byte[] wrapped = other.wrap(secret, SessionKeys.context(body.file(), 0));
        lines.add(body, 0, other.mode().number(), other.primaryKeyId(), wrapped);
        Files.writeString(Rewrapped.beside(file), lines.text());
    }

    private void text(String name, String text) throws IOException {
        Files.write(folder.resolve(name(name) + ".txt"), List.of(text.stripTrailing()), StandardCharsets.UTF_8);
    }
}
