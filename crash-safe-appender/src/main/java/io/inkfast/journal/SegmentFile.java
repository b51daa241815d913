package io.inkfast.journal;

import io.inkfast.internal.Directory;
import io.inkfast.internal.Directory.Access;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names and headers of the files in a journal's directory. */
final class SegmentFile {

    static final String SPARE_PREFIX = "spare-";
    static final String SUFFIX = ".seg";
    static final String UNFINISHED = ".new";
    private static final Pattern SPARE = Pattern.compile("spare-(\\d{1,18})\\.seg");
    private static final Pattern SEGMENT = Pattern.compile("wal-([0-9a-f]{8,16})-([0-9a-f]{16})\\.seg");

    private SegmentFile() {}

    static boolean isSegment(String name) {
        return SEGMENT.matcher(name).matches();
    }

    static boolean isSpare(String name) {
        return SPARE.matcher(name).matches();
    }

    /** What is left of a spare that was being filled. */
    static boolean isUnfinishedSpare(String name) {
        return name.startsWith(SPARE_PREFIX) && name.endsWith(UNFINISHED);
    }

    static String spareName(long number) {
        return SPARE_PREFIX + number + SUFFIX;
    }

    static long spareNumber(String name) {
        return Long.parseLong(name.substring(SPARE_PREFIX.length(), name.length() - SUFFIX.length()));
    }

    /** The incarnation, as the name of a segment has it. */
    static long incarnation(String segment) {
        return part(segment, 1);
    }

    /** The number, as the name of a segment has it. */
    static long number(String segment) {
        return part(segment, 2);
    }

    private static long part(String segment, int group) {
        Matcher matcher = SEGMENT.matcher(segment);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("[" + segment + "] is no segment");
        }
        return Long.parseUnsignedLong(matcher.group(group), 16);
    }

    /** What the file's header says; null if it is none that can be read. */
    static SegmentFormat.@Nullable Header header(Directory directory, String name) throws IOException {
        Directory.Binary file = directory.open(name, Access.READ);
        try {
            return SegmentFormat.read(start(file, SegmentFormat.HEADER_BYTES));
        } finally {
            file.close();
        }
    }

    /** The first bytes of a file; fewer if it is shorter. */
    static ByteBuffer start(Directory.Binary file, int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes);
        read(file, buffer, 0);
        return buffer.flip();
    }

    /** Fills the buffer, as far as the file goes. */
    static void read(Directory.Binary file, ByteBuffer buffer, long position) throws IOException {
        int from = buffer.position();
        int read = 1;
        while (buffer.hasRemaining() && read > 0) {
            read = file.read(buffer, position + buffer.position() - from);
        }
    }

    /** Whether a buffer has nothing but zeros. */
    static boolean isZero(ByteBuffer bytes) {
        for (int i = 0; i < bytes.limit(); i++) {
            if (bytes.get(i) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Writes all of the buffer. */
    static void write(Directory.Binary file, ByteBuffer bytes, long position) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            int written = file.write(bytes, at);
            if (written <= 0) {
                throw new IOException("nothing was written");
            }
            at += written;
        }
    }
}
