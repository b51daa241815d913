package io.inkfast.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/** The bytes of a journal's segments, as docs/journal-format.md has them. */
final class JournalFiles {

    private static final int HEADER = 4096;
    private static final int FLAGS = 76;
    private static final int CRC = 4092;

    private JournalFiles() {}

    /** Where the records of a segment begin that is whole. */
    static List<Integer> records(Path segment) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(segment)).order(ByteOrder.LITTLE_ENDIAN);
        List<Integer> records = new ArrayList<>();
        for (int at = HEADER; at + 32 <= bytes.limit() && bytes.getInt(at + 4) > 0; ) {
            records.add(at);
            at += (32 + bytes.getInt(at + 4) + 7) & -8;
        }
        return records;
    }

    /** Makes its header say that it was used before. */
    static void markAsUsedBefore(Path segment) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(segment)).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putShort(FLAGS, (short) (bytes.getShort(FLAGS) | 4));
        CRC32C crc = new CRC32C();
        crc.update(bytes.array(), 0, CRC);
        bytes.putInt(CRC, (int) crc.getValue());
        Files.write(segment, bytes.array());
    }
}
