package io.inkfast.journal;

import io.inkfast.internal.Directory;
import io.inkfast.internal.Directory.Access;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/*
 * What counts as confirmed and is not on the device would be called lost after a power cut. To force the file is not enough:
 * the kernel forgets what it could not write, tells one process, and confirms the next sync, also that of another process.
 * What is read is mostly still what was written. To write it once more in its place could harm what is on the device already.
 */
/**
 * What is done once to the segments that earlier processes left: from now on they are only read. One thread.
 */
final class LeftSegments {

    private static final int COPY_BYTES = 1 << 20;

    private final Directory directory;
    private final JournalListener listener;

    private LeftSegments(Directory directory, JournalListener listener) {
        this.directory = directory;
        this.listener = listener;
    }

    /**
     * Puts a copy in the place of undelivered events that a killed process left with the kernel only, since they count as
     * confirmed from now on; forces what no copy can be made of, mostly for want of room, and what has no such events. And
     * cuts off what no record came to, so that a service which is started and killed over and over does not fill its journal
     * with them, and every next start does not read them. Where something is missing that was confirmed, all of that is left
     * for people to look at.
     */
    static void settle(Directory directory, JournalListener listener, JournalScan found) {
        LeftSegments left = new LeftSegments(directory, listener);
        boolean loses = !found.lost().isEmpty();
        long needless = Math.max(found.horizon(), found.deliveredLsn());
        for (FoundSegment segment : found.segments()) {
            boolean isConfirmed = segment.lastLsn() <= found.horizon();
            long bytes = loses ? segment.size() : segment.bytes();
            if (segment.lastEvent() > needless && left.isCopied(segment, bytes)) {
                continue;
            }
            if (!isConfirmed || bytes < segment.size()) {
                left.settle(segment, !isConfirmed, bytes);
            }
        }
    }

    private void settle(FoundSegment segment, boolean forces, long bytes) {
        try {
            Directory.Binary file = directory.open(segment.name(), Access.WRITE);
            try {
                if (forces) {
                    file.force();
                }
                if (bytes < segment.size()) {
                    file.truncate(bytes);
                }
            } finally {
                file.close();
            }
        } catch (IOException e) {
            String what = forces
                    ? "cannot be confirmed; a power cut may still take its newest records"
                    : "cannot be cut behind its last record";
            listener.trouble(
                    "[" + segment.name() + "] " + what + ": " + e.getClass().getName());
        }
    }

    private boolean isCopied(FoundSegment segment, long bytes) {
        String copy = SegmentFile.SPARE_PREFIX + segment.name() + SegmentFile.UNFINISHED;
        try {
            if (isWhole(segment, copy, bytes)) {
                directory.rename(copy, segment.name());
                directory.sync();
                return true;
            }
        } catch (IOException e) {
            // There is another way, which says what is wrong.
        }
        remove(copy);
        return false;
    }

    /* Whether a copy on the device has every record that was found. */
    private boolean isWhole(FoundSegment segment, String copy, long bytes) throws IOException {
        Directory.Binary source = directory.open(segment.name(), Access.READ);
        try {
            directory.delete(copy);
            Directory.Binary target = directory.create(copy);
            try {
                copy(source, target, bytes);
                target.force();
                SegmentScan scan =
                        new SegmentScan(target, segment.header(), Long.MAX_VALUE, JournalSettings.LARGEST_RECORD);
                long records = 0;
                while (scan.next()) {
                    records++;
                }
                return records == segment.records();
            } finally {
                target.close();
            }
        } finally {
            source.close();
        }
    }

    private static void copy(Directory.Binary source, Directory.Binary target, long bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect((int) Math.min(COPY_BYTES, bytes));
        for (long at = 0; at < bytes; at += COPY_BYTES) {
            buffer.clear().limit((int) Math.min(COPY_BYTES, bytes - at));
            SegmentFile.read(source, buffer, at);
            if (buffer.hasRemaining()) {
                throw new EOFException();
            }
            SegmentFile.write(target, buffer.flip(), at);
        }
    }

    /* If that fails, the next start does it. */
    private void remove(String copy) {
        try {
            directory.delete(copy);
        } catch (IOException e) {
            return;
        }
    }
}
