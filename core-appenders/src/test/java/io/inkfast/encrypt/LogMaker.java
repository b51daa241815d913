package io.inkfast.encrypt;

import io.inkfast.encrypt.LogFormat.FrameHeader;
import io.inkfast.keys.EncryptionKeyset;
import io.inkfast.keys.KeysetException;
import io.inkfast.keys.KeysetFile;
import io.inkfast.keys.KeysetPurpose;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Writes encrypted logs for tests, as a file appender would. */
final class LogMaker {

    static final long TIME = 1_700_000_000_000L;

    private final Path folder;
    final EncryptionKeyset keyset;
    final List<String> reports = new ArrayList<>();
    private final boolean compresses;
    private final boolean hides;
    private final Suite suite;
    private FrameWriter writer;
    private Path file;
    long now = TIME;
    int lines;

    LogMaker(Path folder, EncryptionKeyset keyset, Suite suite, boolean compresses, boolean hides) {
        this.folder = folder;
        this.keyset = keyset;
        this.suite = suite;
        this.compresses = compresses;
        this.hides = hides;
        start();
    }

    LogMaker(Path folder, EncryptionKeyset keyset) {
        this(folder, keyset, Suite.AES256_GCM, false, false);
    }

    static EncryptionKeyset keyset(Path folder, KeysetPurpose purpose) {
        String reference = "file:" + folder.resolve(purpose + "-" + System.nanoTime() + ".json");
        try {
            KeysetFile.of("keyset", reference).generate(purpose, false);
            return EncryptionKeyset.read("<keyset>", reference);
        } catch (KeysetException e) {
            throw new IllegalStateException(e);
        }
    }

    /* Another process. */
    void start() {
        writer = new FrameWriter(
                new SessionMaker(keyset, suite, compresses, hides),
                new FrameWriter.Report() {
                    @Override
                    public void cut(Path file, Path torn, long bytes) {
                        reports.add("cut " + file.getFileName() + " " + torn.getFileName() + " " + bytes);
                    }

                    @Override
                    public void setAside(Path file, Path aside) {
                        reports.add("aside " + file.getFileName() + " " + aside.getFileName());
                    }
                },
                () -> (now - TIME) * 1_000_000L,
                () -> now,
                10_000_000_000L,
                true);
    }

    Path begin(String name) throws IOException {
        file = folder.resolve(name);
        byte[] beginning = null;
        while (beginning == null) {
            beginning = writer.begin(file, Files.exists(file) ? Files.size(file) : 0, new byte[0]);
        }
        append(beginning);
        return file;
    }

    /** So many frames, of three lines each. */
    LogMaker frames(int count) throws IOException {
        return frames(count, 3);
    }

    LogMaker frames(int count, int linesOfEach) throws IOException {
        for (int i = 0; i < count; i++) {
            StringBuilder text = new StringBuilder();
            for (int line = 0; line < linesOfEach; line++) {
                text.append("line ").append(lines++).append('\n');
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            ByteBuffer frame = writer.seal(bytes, 0, bytes.length, linesOfEach, now, now + 2);
            byte[] sealed = new byte[frame.remaining()];
            frame.get(sealed);
            append(sealed);
            now += 100;
        }
        return this;
    }

    LogMaker idle() throws IOException {
        append(writer.idle());
        return this;
    }

    LogMaker end(boolean rolled) throws IOException {
        append(writer.end(rolled, new byte[0]));
        return this;
    }

    void append(byte[] bytes) throws IOException {
        Files.write(file, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Where each frame of a file begins; and where the last one ends. */
    static List<Integer> frames(byte[] log) {
        List<Integer> starts = new ArrayList<>();
        int at = LogFormat.HEADER_BYTES;
        while (at < log.length) {
            starts.add(at);
            at += FrameHeader.read(log, at).bytes();
        }
        starts.add(at);
        return starts;
    }

    /** What was read of a log. */
    record Result(List<LogFrame> frames, List<LogFinding> findings, LogState state, LogSummary summary) {

        String text() {
            StringBuilder text = new StringBuilder();
            frames.forEach(frame -> text.append(new String(frame.bytes(), StandardCharsets.UTF_8)));
            return text.toString();
        }

        List<Long> numbers() {
            return frames.stream().map(LogFrame::number).toList();
        }

        List<String> found() {
            return findings.stream()
                    .map(each -> each.kind() + " " + each.frame() + ": " + each.text())
                    .toList();
        }
    }

    static Result read(byte[] log, EncryptionKeyset keyset) {
        return read(log, keyset, Rewrapped.NONE);
    }

    static Result read(byte[] log, EncryptionKeyset keyset, Rewrapped rewrapped) {
        try (EncryptedLogReader reader = new EncryptedLogReader(LogSource.of(log), null, keyset, rewrapped)) {
            List<LogFrame> frames = new ArrayList<>();
            for (LogFrame frame = reader.next(); frame != null; frame = reader.next()) {
                frames.add(frame);
            }
            LogState state = reader.state();
            return new Result(frames, reader.findings(), state, reader.summary());
        } catch (IOException | KeysetException e) {
            throw new IllegalStateException(e);
        }
    }

    static String lines(int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int line = from; line < to; line++) {
            text.append("line ").append(line).append('\n');
        }
        return text.toString();
    }
}
