package io.inkfast.journal;

import io.inkfast.internal.Directory;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The segment that is written to. The thread that commits; {@link #end} is for any. */
final class Active {

    private final Directory.Binary file;
    private final SegmentFormat.Header header;
    private final int seed;
    private long writeAt = SegmentFormat.HEADER_BYTES;
    private volatile long end = writeAt;
    private long unsynced;

    Active(Directory.Binary file, SegmentFormat.Header header) {
        this.file = file;
        this.header = header;
        seed = header.seed();
    }

    SegmentFormat.Header header() {
        return header;
    }

    int seed() {
        return seed;
    }

    /** Where the next record goes, and up to where others may read. */
    long end() {
        return end;
    }

    long room() {
        return header.capacity() - end;
    }

    /** Bytes that the device has not confirmed. */
    long unsynced() {
        return unsynced;
    }

    /** Appends whole records. After a failure nothing more may be written here: its end is not known. */
    void write(ByteBuffer records) throws IOException {
        int bytes = records.remaining();
        SegmentFile.write(file, records, writeAt);
        writeAt += bytes;
        end = writeAt;
        unsynced += bytes;
    }

    /** After a failure it is never called again on this file: a second call would succeed, and prove nothing. */
    void force() throws IOException {
        file.force();
        unsynced = 0;
    }

    void close() throws IOException {
        file.close();
    }
}
