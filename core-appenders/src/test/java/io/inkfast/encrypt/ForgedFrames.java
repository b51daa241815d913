package io.inkfast.encrypt;

import io.inkfast.encrypt.LogFormat.FrameHeader;
import io.inkfast.keys.EncryptionKeyset;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A process that reads a log whose frames say that they are of another length, with the checksums that belong to that. */
final class ForgedFrames {

    private static final int LARGEST = LogFormat.MOST_BODY_BYTES;
    private static final int[] LENGTHS = {
        0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, LARGEST - 1, LARGEST, LARGEST + 1, 64 << 20, (64 << 20) + 1
    };

    private ForgedFrames() {}

    /** Arguments: a log, and the keyset. */
    public static void main(String[] arguments) throws Exception {
        Path log = Path.of(arguments[0]);
        EncryptionKeyset keyset = EncryptionKeyset.read("<keyset>", arguments[1]);
        byte[] bytes = Files.readAllBytes(log);
        List<Integer> starts = LogMaker.frames(bytes);
        List<Long> all = read(log, keyset);
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
            // Room for what the lengths say.
            file.setLength(bytes.length + LARGEST + 1000L);
            for (int frame = 0; frame + 1 < starts.size(); frame += frame < 2 ? 2 : 14) {
                int start = starts.get(frame);
                List<Long> others = new ArrayList<>(all);
                others.remove((long) frame);
                for (int length : LENGTHS) {
                    for (int field : new int[] {LogFormat.BOUND_HEADER_BYTES - 8, LogFormat.BOUND_HEADER_BYTES - 4}) {
                        byte[] header = Arrays.copyOfRange(bytes, start, start + LogFormat.FRAME_HEADER_BYTES);
                        LogFormat.little(header).putInt(field, length);
                        put(file, start, header);
                        List<Long> found = read(log, keyset);
                        require(found.equals(others), length + " in frame " + frame + ": " + found);
                    }
                }
                file.seek(start);
                file.write(bytes, start, LogFormat.FRAME_HEADER_BYTES);
            }
            addLargest(file, bytes, starts);
            require(read(log, keyset).equals(all), "all before a forged frame");
        }
        System.out.print("read all others each time\n");
    }

    /* Of the most bytes, of which all checksums are right; it says that it is compressed, and what it would be. */
    private static void addLargest(RandomAccessFile file, byte[] bytes, List<Integer> starts) throws IOException {
        int end = starts.get(starts.size() - 1);
        FrameHeader last = FrameHeader.read(bytes, starts.get(starts.size() - 2));
        byte[] frame = new byte[LogFormat.FRAME_HEADER_BYTES + LARGEST + LogFormat.FRAME_FOOTER_BYTES];
        new FrameHeader(
                        LogFormat.DATA,
                        LogFormat.DEFLATED,
                        last.session(),
                        last.number() + 1,
                        last.lastMillis(),
                        last.lastMillis(),
                        1,
                        LARGEST,
                        LogFormat.MOST_PLAIN_BYTES)
                .write(LogFormat.little(frame));
        int footer = LogFormat.FRAME_HEADER_BYTES + LARGEST;
        LogFormat.little(frame)
                .putInt(footer, LogFormat.crc(frame, LogFormat.FRAME_HEADER_BYTES, LARGEST))
                .putInt(footer + 4, LARGEST);
        require(LogFormat.isWhole(frame, LogFormat.FRAME_HEADER_BYTES, LARGEST), "the frame is whole");
        file.seek(end);
        file.write(frame);
    }

    private static void put(RandomAccessFile file, int start, byte[] header) throws IOException {
        int crc = LogFormat.crc(header, 0, LogFormat.BOUND_HEADER_BYTES);
        LogFormat.little(header).putInt(LogFormat.BOUND_HEADER_BYTES, crc);
        file.seek(start);
        file.write(header);
    }

    private static List<Long> read(Path log, EncryptionKeyset keyset) throws Exception {
        List<Long> numbers = new ArrayList<>();
        try (EncryptedLogReader reader = EncryptedLogReader.open(log, keyset)) {
            for (LogFrame frame = reader.next(); frame != null; frame = reader.next()) {
                numbers.add(frame.number());
            }
        }
        return numbers;
    }

    private static void require(boolean isTrue, String what) {
        if (!isTrue) {
            throw new IllegalStateException(what);
        }
    }
}
