package io.inkfast.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/** A process that reads a journal whose records say, one after another and then all, that they are of another length. */
final class ForgedLengths {

    /** So many small records there are, and then one of the largest kind. */
    static final int RECORDS = 400;

    private static final int LARGEST = JournalSettings.LARGEST_RECORD;
    private static final int[] LENGTHS = {
        0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, LARGEST - 1, LARGEST, LARGEST + 1, 16 << 20
    };

    private ForgedLengths() {}

    /** Argument: the directory. */
    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        Path segment;
        try (Stream<Path> files = Files.list(directory)) {
            segment = files.filter(
                            file -> SegmentFile.isSegment(file.getFileName().toString()))
                    .findFirst()
                    .orElseThrow();
        }
        Map<Long, Long> all = read(directory);
        require(all.size() == RECORDS + 1, "reads all");
        try (FileChannel file = FileChannel.open(segment, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            for (int length : LENGTHS) {
                int at = SegmentFormat.HEADER_BYTES;
                for (int record = 0; record <= RECORDS; record++) {
                    int right = length(file, at);
                    if (record % 40 == 1) {
                        put(file, at, length);
                        Map<Long, Long> found = read(directory);
                        require(found.size() == RECORDS, length + " in record " + record + ": " + found.size());
                        require(all.entrySet().containsAll(found.entrySet()), "none is another");
                        put(file, at, right);
                    }
                    at += RecordFormat.frameBytes(right);
                }
                forgeAll(file, directory, length, all);
            }
        }
        System.out.print("read all others each time\n");
    }

    /* Then the reader may give up on some that are right. */
    private static void forgeAll(FileChannel file, Path directory, int length, Map<Long, Long> all) throws IOException {
        int[] right = new int[RECORDS];
        int at = SegmentFormat.HEADER_BYTES;
        for (int record = 0; record < RECORDS; record++) {
            right[record] = length(file, at);
            put(file, at, length);
            at += RecordFormat.frameBytes(right[record]);
        }
        require(all.entrySet().containsAll(read(directory).entrySet()), "none is another, of all");
        at = SegmentFormat.HEADER_BYTES;
        for (int record = 0; record < RECORDS; record++) {
            put(file, at, right[record]);
            at += RecordFormat.frameBytes(right[record]);
        }
    }

    private static Map<Long, Long> read(Path directory) throws IOException {
        Map<Long, Long> found = new HashMap<>();
        CRC32C crc = new CRC32C();
        JournalReader.of(directory).events(0, (lsn, payload) -> {
            crc.reset();
            crc.update(payload);
            found.put(lsn, crc.getValue() << 32 | payload.length);
        });
        return found;
    }

    private static int length(FileChannel file, int record) throws IOException {
        ByteBuffer bytes = RecordFormat.little(ByteBuffer.allocate(4));
        file.read(bytes, record + RecordFormat.LENGTH);
        return bytes.getInt(0);
    }

    private static void put(FileChannel file, int record, int length) throws IOException {
        file.write(RecordFormat.little(ByteBuffer.allocate(4)).putInt(0, length), record + RecordFormat.LENGTH);
    }

    private static void require(boolean isTrue, String what) {
        if (!isTrue) {
            throw new IllegalStateException(what);
        }
    }
}
