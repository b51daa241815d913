package io.inkfast.encrypt;

import io.inkfast.encrypt.LogFormat.FileHeader;
import io.inkfast.internal.FileStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the file after a rolled one is to begin with, noted beside it in {@code .<file>.next}: a process that dies when the one
 * has its new name, and the other no frame, leaves a log that the next process can go on with. Nothing secret; one thread at a
 * time. Where it cannot be noted or read, the next process begins a log of its own; no event waits for it.
 *
 * <pre>
 *   0  the header of the next file, 64 bytes
 *  64  the file before it, as in a KEY frame, 65 bytes
 * 129  CRC32C of the above, 4 bytes
 * </pre>
 */
record Successor(FileHeader header, KeyBody.Before before) {

    private static final int BYTES = LogFormat.HEADER_BYTES + KeyBody.Before.BYTES + 4;

    private static Path beside(Path file) {
        return file.resolveSibling("." + file.getFileName() + ".next");
    }

    void note(Path file) {
        byte[] bytes = new byte[BYTES];
        ByteBuffer out = LogFormat.little(bytes);
        header.write(out);
        before.write(out);
        out.putInt(LogFormat.crc(bytes, 0, BYTES - 4)).flip();
        try (FileChannel channel = FileChannel.open(
                beside(file),
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE),
                FileStorage.mode("rw-r-----"))) {
            while (out.hasRemaining()) {
                channel.write(out);
            }
        } catch (IOException e) {
            // Missed only if this process dies in the next moment.
            return;
        }
    }

    /** Null if none was noted, or not to the end. */
    static @Nullable Successor of(Path file) {
        byte[] bytes;
        try {
            BasicFileAttributes note =
                    Files.readAttributes(beside(file), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!note.isRegularFile() || note.size() != BYTES) {
                return null;
            }
            bytes = Files.readAllBytes(beside(file));
        } catch (IOException e) {
            return null;
        }
        if (bytes.length != BYTES || LogFormat.little(bytes).getInt(BYTES - 4) != LogFormat.crc(bytes, 0, BYTES - 4)) {
            return null;
        }
        FileHeader header = FileHeader.read(bytes, 0);
        return header == null || header.major() != LogFormat.VERSION
                ? null
                : new Successor(
                        header, KeyBody.Before.read(LogFormat.little(bytes).position(LogFormat.HEADER_BYTES)));
    }

    /** The file has begun, or another one has been found. */
    static void forget(Path file) {
        try {
            Files.deleteIfExists(beside(file));
        } catch (IOException e) {
            // It would be wrong only for a new file of this name, where this one has been taken away.
            return;
        }
    }
}
