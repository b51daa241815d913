package io.inkfast.cli;

import io.inkfast.internal.Directory;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The end of a file of an archive: a member of gzip without content, which says in a field of its header up to where the
 * stream is in the archive. Programs that read gzip pass over it. Numbers of gzip are little-endian, ours big-endian.
 *
 * <pre>
 * offset bytes
 *      0   10  1f 8b 08 04 00 00 00 00 00 ff: deflate, with a field
 *     10    2  113, length of the field with its head
 *     12    2  "IK"
 *     14    2  109, length of what follows
 *     16    1  version, 1
 *     17   16  first id in the file: milliseconds, number
 *     33   16  last id
 *     49    8  how many entries are in the file
 *     57   32  SHA-256 of the key of the stream
 *     89   32  SHA-256 of the fields of the last entry, see {@link StreamEntry#digest}
 *    121    4  CRC-32 of all before
 *    125    2  03 00: no content
 *    127    8  0: its checksum and length
 * </pre>
 *
 * @param stream in hexadecimal digits, as is {@code digest}
 */
record ArchiveMark(StreamId first, StreamId last, long entries, String stream, String digest) {

    static final int SIZE = 135;

    private static final HexFormat HEX = HexFormat.of();

    private static final byte[] HEAD = {0x1f, (byte) 0x8b, 8, 4, 0, 0, 0, 0, 0, (byte) 0xff, 113, 0, 'I', 'K', 109, 0, 1
    };
    private static final int HASH = 32;
    private static final int CHECKED = 121;

    /** What stands for the key of a stream. */
    static String key(String stream) {
        return HEX.formatHex(StreamEntry.sha256().digest(stream.getBytes(StandardCharsets.UTF_8)));
    }

    byte[] bytes() {
        ByteBuffer out = ByteBuffer.allocate(SIZE);
        out.put(HEAD);
        out.putLong(first.millis()).putLong(first.sequence());
        out.putLong(last.millis()).putLong(last.sequence());
        out.putLong(entries).put(HEX.parseHex(stream)).put(HEX.parseHex(digest));
        out.putInt(checksum(out.array()));
        out.put((byte) 3);
        return out.array();
    }

    /** Null if it is none, or damaged. */
    static @Nullable ArchiveMark of(byte[] bytes) {
        if (bytes.length != SIZE || !Arrays.equals(bytes, 0, HEAD.length, HEAD, 0, HEAD.length)) {
            return null;
        }
        ByteBuffer in = ByteBuffer.wrap(bytes).position(HEAD.length);
        byte[] stream = new byte[HASH];
        byte[] digest = new byte[HASH];
        StreamId first = new StreamId(in.getLong(), in.getLong());
        StreamId last = new StreamId(in.getLong(), in.getLong());
        long entries = in.getLong();
        in.get(stream).get(digest);
        ArchiveMark mark = new ArchiveMark(first, last, entries, HEX.formatHex(stream), HEX.formatHex(digest));
        return Arrays.equals(mark.bytes(), bytes) ? mark : null;
    }

    /** That at the end of a file; null if there is none. */
    static @Nullable ArchiveMark at(Directory.Binary file) throws IOException {
        long size = file.size();
        ByteBuffer end = ByteBuffer.allocate(SIZE);
        while (size >= SIZE && end.hasRemaining()) {
            if (file.read(end, size - end.remaining()) < 0) {
                throw new EOFException("the file has become shorter");
            }
        }
        return of(end.array());
    }

    private static int checksum(byte[] bytes) {
        CRC32 sum = new CRC32();
        sum.update(bytes, 0, CHECKED);
        return (int) sum.getValue();
    }
}
