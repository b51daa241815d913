package io.inkfast.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A set of LSNs, kept as ranges: most of them follow each other. One thread. */
final class LsnRanges {

    private final TreeMap<Long, Long> ranges = new TreeMap<>();

    /** From {@code first} to {@code last}, both included. */
    record Range(long first, long last) {
        long count() {
            return last - first + 1;
        }
    }

    /** One range; empty if {@code last} is smaller. */
    static LsnRanges of(long first, long last) {
        LsnRanges ranges = new LsnRanges();
        if (first <= last) {
            ranges.add(first, last);
        }
        return ranges;
    }

    /** Adds a range; ranges that touch or overlap become one. */
    void add(long first, long last) {
        long from = first;
        long to = last;
        Map.Entry<Long, Long> before = ranges.floorEntry(to == Long.MAX_VALUE ? to : to + 1);
        while (before != null && before.getValue() >= from - 1) {
            from = Math.min(from, before.getKey());
            to = Math.max(to, before.getValue());
            ranges.remove(before.getKey());
            before = ranges.floorEntry(to == Long.MAX_VALUE ? to : to + 1);
        }
        ranges.put(from, to);
    }

    boolean contains(long lsn) {
        Map.Entry<Long, Long> range = ranges.floorEntry(lsn);
        return range != null && range.getValue() >= lsn;
    }

    /** The smallest number that is in the set and not below {@code lsn}; -1 if there is none. */
    long ceiling(long lsn) {
        if (contains(lsn)) {
            return lsn;
        }
        Long following = ranges.higherKey(lsn);
        return following == null ? -1 : following;
    }

    /** How many numbers between {@code first} and {@code last}, both included, are in the set. */
    long count(long first, long last) {
        long count = Math.max(0, last - first + 1);
        for (Range range : missing(first, last)) {
            count -= range.count();
        }
        return count;
    }

    /** The ranges between {@code first} and {@code last}, both included, that are not in the set. */
    List<Range> missing(long first, long last) {
        List<Range> missing = new ArrayList<>();
        long next = first;
        while (next <= last) {
            Map.Entry<Long, Long> range = ranges.floorEntry(next);
            if (range != null && range.getValue() >= next) {
                next = range.getValue() + 1;
                continue;
            }
            Long following = ranges.higherKey(next);
            long end = following == null ? last : Math.min(last, following - 1);
            missing.add(new Range(next, end));
            next = end + 1;
        }
        return missing;
    }
}
