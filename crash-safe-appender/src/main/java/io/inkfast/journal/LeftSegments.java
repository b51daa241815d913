package io.inkfast.journal;

import io.inkfast.internal.Directory;
import io.inkfast.internal.Directory.Access;
import java.io.IOException;
import java.nio.ByteBuffer;

/*
 * What counts as confirmed and is not on the device would be called lost after a power cut. A sync that has failed is not
 * repeated, since the kernel would confirm what it has dropped; but what is read is still what was written, mostly.
 */
/**
 * What is done once to the segments that earlier processes left: from now on they are only read. One thread.
 */
final class LeftSegments {

    private static final int COPY_BYTES = 1 << 20;

    private final Directory directory;
    private final JournalListener listener;
    private final JournalScan found;

    private LeftSegments(Directory directory, JournalListener listener, JournalScan found) {
        this.directory = directory;
        this.listener = listener;
        this.found = found;
    }

    /**
     * Has the device confirm what a killed process left with the kernel only, since it counts as confirmed from now on; what
     * it does not confirm is copied. And cuts off what no record came to, so that a service which is started and killed over
     * and over does not fill its journal with them, and every next start does not read them. Where something is missing that
     * was confirmed, all is left for people to look at.
     *
     * @return what is there now
     */
    static JournalScan settle(Directory directory, JournalListener listener, JournalScan found) throws IOException {
        boolean copied = new LeftSegments(directory, listener, found).settle();
        return copied ? JournalScan.of(directory, JournalSettings.LARGEST_RECORD) : found;
    }

    /* Whether any was copied. */
    private boolean settle() {
        boolean loses = !found.lost().isEmpty();
        boolean copied = false;
        for (FoundSegment segment : found.segments()) {
            boolean forces = segment.lastLsn() > found.horizon();
            boolean cuts = !loses && segment.bytes() < segment.size();
            long bytes = cuts ? segment.bytes() : segment.size();
            if (forces && !isForced(segment)) {
                copied |= isCopied(segment, bytes);
            } else if (cuts) {
                cut(segment, bytes);
            }
        }
        return copied;
    }

    private boolean isForced(FoundSegment segment) {
        try {
            Directory.Binary file = directory.open(segment.name(), Access.WRITE);
            try {
                file.force();
            } finally {
                file.close();
            }
            return true;
        } catch (IOException e) {
            tell(segment, "confirmed", e);
            return false;
        }
    }

    private void cut(FoundSegment segment, long bytes) {
        try {
            Directory.Binary file = directory.open(segment.name(), Access.WRITE);
            try {
                file.truncate(bytes);
            } finally {
                file.close();
            }
        } catch (IOException e) {
            tell(segment, "cut behind its last record", e);
        }
    }

    private boolean isCopied(FoundSegment segment, long bytes) {
        String copy = SegmentFile.SPARE_PREFIX + segment.name() + SegmentFile.UNFINISHED;
        try {
            directory.delete(copy);
            copy(segment.name(), copy, bytes);
            directory.rename(copy, segment.name());
            directory.sync();
            return true;
        } catch (IOException e) {
            tell(segment, "copied", e);
            return false;
        }
    }

    private void copy(String from, String to, long bytes) throws IOException {
        Directory.Binary source = directory.open(from, Access.READ);
        try {
            Directory.Binary target = directory.create(to);
            try {
                ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(COPY_BYTES, bytes));
                for (long at = 0; at < bytes; at += COPY_BYTES) {
                    buffer.clear().limit((int) Math.min(COPY_BYTES, bytes - at));
                    SegmentFile.read(source, buffer, at);
                    SegmentFile.write(target, buffer.flip(), at);
                }
                target.force();
            } finally {
                target.close();
            }
        } finally {
            source.close();
        }
    }

    private void tell(FoundSegment segment, String what, IOException e) {
        listener.trouble("[" + segment.name() + "] cannot be " + what + ": "
                + e.getClass().getName());
    }
}
