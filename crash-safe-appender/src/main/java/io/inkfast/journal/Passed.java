package io.inkfast.journal;

/*
 * A gap's number is below the durable LSN as soon as something behind it is confirmed. Whoever waits for a record must not
 * take that for a confirmation.
 */
/**
 * The numbers of the newest records that are not in the journal and never will be: passed over while only the reserve was
 * left, or let go of while the disk hung. Any thread.
 */
final class Passed {

    private static final int RANGES = 256;

    private final long[] first = new long[RANGES];
    private final long[] last = new long[RANGES];
    private int count;
    private volatile long highest = -1;

    /** Adds a range, which mostly follows on the one before. */
    synchronized void add(long from, long to) {
        int newest = (count - 1) & (RANGES - 1);
        if (count > 0 && from <= last[newest] + 1 && to >= first[newest] - 1) {
            first[newest] = Math.min(first[newest], from);
            last[newest] = Math.max(last[newest], to);
        } else {
            int slot = count++ & (RANGES - 1);
            first[slot] = from;
            last[slot] = to;
        }
        highest = Math.max(highest, to);
    }

    /** Whether a record is one of them. */
    boolean contains(long lsn) {
        return lsn <= highest && firstOf(lsn) >= 0;
    }

    /** The newest record up to this one that is none of them. */
    long floor(long lsn) {
        long range = lsn <= highest ? firstOf(lsn) : -1;
        return range < 0 ? lsn : range - 1;
    }

    private synchronized long firstOf(long lsn) {
        for (int i = 0; i < Math.min(count, RANGES); i++) {
            if (first[i] <= lsn && lsn <= last[i]) {
                return first[i];
            }
        }
        return -1;
    }
}
