package io.inkfast.file;

import io.inkfast.internal.BatchBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Encoded events in one buffer, with the end of each, and how far they are written. One thread at a time.
 *
 * @param <E> the event, kept only where a triggering policy wants to see it
 */
final class Chunk<E> {

    /** The usual size of a chunk, and of a write. */
    static final int BYTES = 64 * 1024;

    final BatchBuffer buffer;
    private int[] ends;
    private long[] sequences;
    private long[] millis;
    private @Nullable Object[] events = new Object[0];
    private int count;

    /** Bytes that are in the file; events that are wholly in it; events that may go to the file that is open now. */
    int done;

    int written;
    int admitted;

    /* Written, and said so. */
    private int reported;

    /* Of a caller's event: it counts as accepted; engine or backlog see to it now; nobody needs the chunk any more. */
    boolean accepted;
    boolean handed;
    boolean free;

    Chunk(int bytes, int events) {
        buffer = new BatchBuffer(bytes);
        ends = new int[events];
        sequences = new long[events];
        millis = new long[events];
    }

    /**
     * Makes an event of all bytes behind the last one.
     *
     * @param at its time, milliseconds since 1970
     */
    void add(@Nullable E event, long sequence, long at) {
        if (count == ends.length) {
            // The array that is looked at comes last: no memory for the second one leaves all as it was.
            millis = Arrays.copyOf(millis, count * 2);
            sequences = Arrays.copyOf(sequences, count * 2);
            ends = Arrays.copyOf(ends, count * 2);
        }
        if (event != null) {
            if (events.length < ends.length) {
                events = Arrays.copyOf(events, ends.length);
            }
            events[count] = event;
        }
        sequences[count] = sequence;
        millis[count] = at;
        ends[count++] = buffer.size();
    }

    /** Takes back what an event left that could not be added. */
    void trim() {
        buffer.truncate(start(count));
    }

    /** Adds the events of another chunk. */
    void addAll(Chunk<E> other) {
        trim();
        int from = 0;
        for (int i = 0; i < other.count; i++) {
            buffer.write(other.buffer.array(), from, other.ends[i] - from);
            from = other.ends[i];
            add(other.event(i), other.sequences[i], other.millis[i]);
        }
    }

    int count() {
        return count;
    }

    int end(int event) {
        return ends[event];
    }

    int start(int event) {
        return event == 0 ? 0 : ends[event - 1];
    }

    long millis(int event) {
        return millis[event];
    }

    /** How many events end before or at this byte. */
    int endingBy(int end) {
        int events = written;
        while (events < count && ends[events] <= end) {
            events++;
        }
        return events;
    }

    @SuppressWarnings("unchecked") // add() put it there
    @Nullable
    E event(int index) {
        return index < events.length ? (E) events[index] : null;
    }

    /** The number of the last event that is wholly written, or {@code none}. */
    long writtenSequence(long none) {
        return written == 0 ? none : sequences[written - 1];
    }

    /** Finds out what has become whole; how many events of it are not reported. */
    int complete() {
        while (written < admitted && ends[written] <= done) {
            written++;
        }
        return written - reported;
    }

    /** What is whole is in the books. */
    void reported() {
        reported = written;
    }

    /** Goes back to the beginning of the event that is half written, if there is one. */
    void restartEvent() {
        done = start(written);
    }

    /** Where the admitted events end. */
    int admittedBytes() {
        return admitted == 0 ? 0 : ends[admitted - 1];
    }

    /** Whether a part of an event is written. */
    boolean isInEvent() {
        return done > start(written);
    }

    /** Where the last admitted event ends that fits, whole, into so many bytes; {@link #done} if none does. */
    int wholeEvents(int capacity) {
        int end = admittedBytes();
        if (end - done <= capacity) {
            return end;
        }
        int event = written;
        while (event < admitted && ends[event] - done <= capacity) {
            event++;
        }
        return Math.max(done, start(event));
    }

    boolean isWritten() {
        return written == count;
    }

    void clear() {
        buffer.reset(4 * BYTES);
        if (ends.length > BYTES) {
            ends = new int[64];
            sequences = new long[64];
            millis = new long[64];
        }
        if (events.length > 0) {
            Arrays.fill(events, 0, Math.min(count, events.length), null);
        }
        count = 0;
        done = 0;
        written = 0;
        admitted = 0;
        reported = 0;
        accepted = false;
        free = false;
        handed = false;
    }
}
