package io.inkfast.journal;

import io.inkfast.internal.Directory;
import io.inkfast.internal.Directory.Access;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Writes down how far the sinks have got. One thread, which is not interrupted. */
final class Checkpoints {

    /** The name of the file, which has two slots. */
    static final String FILE = "CHECKPOINT";

    private final Directory directory;
    private final UUID journal;
    private final LongSupplier micros;
    private Directory.@Nullable Binary file;
    private long number;
    private volatile boolean gone;

    /** @param last the number of the newest checkpoint there is, 0 if there is none */
    Checkpoints(Directory directory, UUID journal, LongSupplier micros, long last) {
        this.directory = directory;
        this.journal = journal;
        this.micros = micros;
        number = last;
    }

    /** What was written down last; null if nothing can be read. Any thread. */
    static CheckpointFormat.@Nullable Checkpoint newest(Directory directory) throws IOException {
        if (!directory.list().contains(FILE)) {
            return null;
        }
        Directory.Binary file = directory.open(FILE, Access.READ);
        try {
            ByteBuffer slots = SegmentFile.start(file, 2 * CheckpointFormat.SLOT_BYTES);
            CheckpointFormat.Checkpoint first = CheckpointFormat.read(slots, 0);
            CheckpointFormat.Checkpoint second = CheckpointFormat.read(slots, CheckpointFormat.SLOT_BYTES);
            return first == null || (second != null && second.number() > first.number()) ? second : first;
        } finally {
            file.close();
        }
    }

    /** Returns when the device has it. After a failure, the one before still counts. */
    void write(long deliveredLsn, long durableLsn, long oldestSegment) throws IOException {
        CheckpointFormat.Checkpoint next = new CheckpointFormat.Checkpoint(
                number + 1, journal, deliveredLsn, durableLsn, oldestSegment, micros.getAsLong());
        if (gone) {
            gone = false;
            close();
        }
        try {
            Directory.Binary slots = file == null ? open() : file;
            file = slots;
            ByteBuffer slot = CheckpointFormat.write(next);
            SegmentFile.write(slots, slot, (next.number() & 1) * CheckpointFormat.SLOT_BYTES);
            slots.force();
            number = next.number();
        } catch (IOException | RuntimeException e) {
            // A second force on this file could succeed without having done anything.
            close();
            throw e;
        }
    }

    /** Somebody has deleted the file, or moved it: the next one is written to another. Any thread. */
    void gone() {
        gone = true;
    }

    void close() {
        Directory.Binary open = file;
        file = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // What was confirmed is there; the rest does not count.
                return;
            }
        }
    }

    private Directory.Binary open() throws IOException {
        if (directory.list().contains(FILE)) {
            return directory.open(FILE, Access.WRITE);
        }
        Directory.Binary made = directory.create(FILE);
        try {
            SegmentFile.write(made, ByteBuffer.allocate(2 * CheckpointFormat.SLOT_BYTES), 0);
            made.force();
            directory.sync();
            return made;
        } catch (IOException | RuntimeException | Error e) {
            made.close();
            throw e;
        }
    }
}
