package io.inkfast.net;

import io.inkfast.internal.BatchBuffer;
import io.inkfast.internal.Storage;
import io.inkfast.keys.RecordSeal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/*
 * A line is one write at the end of the file, so several processes may have one file. A write that fails half-way leaves the
 * beginning of a line: the next one begins with a line feed, and readers pass over what is no whole line.
 */
/** Writes dead letters to a file. The sender's thread. */
final class DeadLetterFile implements DeadLetters {

    private final Storage storage;
    private final Path file;
    private final String appender;
    private final @Nullable RecordSeal seal;
    private final LongSupplier clock;
    private Storage.@Nullable Output output;
    private Storage.@Nullable Stat opened;
    private boolean torn;

    /** @param clock milliseconds since 1970 */
    DeadLetterFile(Storage storage, Path file, String appender, @Nullable RecordSeal seal, LongSupplier clock) {
        this.storage = storage;
        this.file = file;
        this.appender = appender;
        this.seal = seal;
        this.clock = clock;
    }

    @Override
    public boolean add(Message message, String endpoint, String why) throws IOException {
        String line = DeadLetterFormat.line(new DeadLetter(
                clock.getAsLong(),
                appender,
                endpoint,
                why,
                message.attempts(),
                message.id(),
                message.millis(),
                message.level().toString(),
                message.head(),
                message.body()));
        Storage.Output out = open();
        write(out, seal == null ? line : sealed(seal, line));
        out.force();
        return true;
    }

    private static String sealed(RecordSeal seal, String line) {
        byte[] plain = line.getBytes(StandardCharsets.UTF_8);
        BatchBuffer buffer = new BatchBuffer(2 * plain.length + RecordSeal.OVERHEAD);
        buffer.write(plain, 0, plain.length);
        seal.seal(buffer, 0);
        return DeadLetterFormat.sealed(Arrays.copyOfRange(buffer.array(), plain.length, buffer.size()));
    }

    /* The file that has the name now: it may be moved away by whoever takes care of it. */
    private Storage.Output open() throws IOException {
        Storage.Output current = output;
        Storage.Stat now = storage.stat(file);
        if (current != null && now != null && opened != null && java.util.Objects.equals(now.key(), opened.key())) {
            return current;
        }
        close();
        Storage.Output made = storage.open(file, false);
        output = made;
        opened = storage.stat(file);
        int last = storage.lastByte(file);
        torn = last != -1 && last != '\n';
        if (seal != null) {
            write(made, "{" + seal.member() + "}");
        }
        return made;
    }

    private void write(Storage.Output out, String line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(((torn ? "\n" : "") + line + "\n").getBytes(StandardCharsets.UTF_8));
        torn = true;
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
        torn = false;
    }

    @Override
    public void close() {
        Storage.Output current = output;
        output = null;
        opened = null;
        if (current != null) {
            try {
                current.close();
            } catch (IOException e) {
                // All that was promised is on the device already.
                return;
            }
        }
    }
}
