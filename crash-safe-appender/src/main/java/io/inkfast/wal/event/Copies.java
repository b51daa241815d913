package io.inkfast.wal.event;

import io.inkfast.internal.BatchBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/*
 * Loggers, threads, templates, the MDC and the context return from event to event, as the very same objects, none of which
 * can change. Entries are immutable, so that a race costs no more than one that is made again.
 */
/** Parts of records as they were written before. Any thread. */
final class Copies {

    private static final int SLOTS = 128;
    private static final int MOST_BYTES = 1024;

    private final @Nullable Copy[] known = new Copy[SLOTS];

    private static final class Copy {

        final int tag;
        final Object what;
        final byte[] bytes;

        Copy(int tag, Object what, byte[] bytes) {
            this.tag = tag;
            this.what = what;
            this.bytes = bytes;
        }
    }

    /**
     * Writes what was written for this very object; false if that is not known.
     *
     * @param number the same for this object, and another for most others
     */
    @SuppressWarnings("ReferenceEquality") // an equal one is written anew
    boolean write(BatchBuffer out, int tag, Object what, int number) {
        Copy copy = known[slot(tag, number)];
        if (copy == null || copy.what != what || copy.tag != tag) {
            return false;
        }
        out.write(copy.bytes);
        return true;
    }

    /** Keeps what was written for it, from {@code start} on. */
    void keep(BatchBuffer out, int start, int tag, Object what, int number) {
        if (out.size() - start <= MOST_BYTES) {
            known[slot(tag, number)] = new Copy(tag, what, Arrays.copyOfRange(out.array(), start, out.size()));
        }
    }

    private static int slot(int tag, int number) {
        return (number ^ (number >>> 16) ^ tag * 17) & (SLOTS - 1);
    }
}
