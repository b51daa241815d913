package io.inkfast.wal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What was handed to the destinations and is not settled with all of them: batches in order, each with its last number in the
 * journal. One thread; the figures are for any.
 */
final class Unsettled {

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Batch(long lsn, int events, long oldestMillis, long[] handed) {}

    /** What {@link #oldestMillis} says when there is none. */
    static final long NONE = Long.MAX_VALUE;

    private final List<Destination> destinations;
    private final WalBooks books;
    private final Deque<Batch> batches = new ArrayDeque<>();
    private long[] settled;
    private long settledLsn;
    private volatile long oldestMillis = NONE;

    Unsettled(List<Destination> destinations, WalBooks books) {
        this.destinations = destinations;
        this.books = books;
        settled = new long[destinations.size()];
    }

    /** Begins with a journal that is delivered up to there. */
    void begin(long lsn) {
        settledLsn = lsn;
    }

    /** All destinations have taken a batch; some of its events may have failed, and are counted already. */
    void add(long lsn, int events, long oldest) {
        batches.add(new Batch(lsn, events, oldest, handed()));
        look();
    }

    /** Nothing of the journal up to there was for a destination, but what was handed over before. */
    void passed(long lsn) {
        look();
        if (batches.isEmpty()) {
            settledLsn = Math.max(settledLsn, lsn);
        }
    }

    /** Asks the destinations what is settled by now. */
    void look() {
        if (batches.isEmpty()) {
            return;
        }
        long[] now = destinations.stream().mapToLong(Destination::settled).toArray();
        while (!batches.isEmpty() && reaches(now, batches.getFirst().handed())) {
            Batch batch = batches.removeFirst();
            settled = batch.handed();
            settledLsn = batch.lsn();
            books.written.add(batch.events());
        }
        Batch first = batches.peekFirst();
        oldestMillis = first == null ? NONE : first.oldestMillis();
    }

    private static boolean reaches(long[] now, long[] handed) {
        for (int i = 0; i < now.length; i++) {
            if (now[i] < handed[i]) {
                return false;
            }
        }
        return true;
    }

    private long[] handed() {
        return destinations.stream().mapToLong(Destination::handed).toArray();
    }

    /** A device has refused: all behind this number is read and handed over again, and counted again. */
    void backTo(long lsn) {
        for (Batch batch : batches) {
            books.written.add(batch.events());
        }
        batches.clear();
        oldestMillis = NONE;
        settledLsn = lsn;
        settled = handed();
    }

    /** Up to where everything is settled. */
    long settledLsn() {
        return settledLsn;
    }

    /** What each destination calls that. */
    long[] settled() {
        return settled;
    }

    boolean isEmpty() {
        return batches.isEmpty();
    }

    /** The time of the oldest event, in milliseconds. Any thread. */
    long oldestMillis() {
        return oldestMillis;
    }
}
