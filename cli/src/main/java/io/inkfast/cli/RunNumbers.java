package io.inkfast.cli;

import java.util.Arrays;
import java.util.function.BiConsumer;

/*
 * Lines come nearly in order, so that most extend the last range. The others wait, and are sorted and merged together: also
 * in an order that is all chance each number costs little, and memory has two numbers for each hole and no more.
 */
/** Which numbers of a run there are: as ranges, in order. One thread. */
final class RunNumbers {

    private static final int FEW = 16;
    private static final int MANY = 1 << 16;

    private long[] first = {};
    private long[] last = {};
    private int ranges;
    private long[] waiting = new long[FEW];
    private int waits;
    private long highest;
    private long lines;
    private long late;

    /** A line has this number, 1 or above. */
    void add(long number) {
        lines++;
        if (number < highest) {
            late++;
        } else {
            highest = number;
        }
        if (ranges > 0 && number == last[ranges - 1] + 1) {
            last[ranges - 1] = number;
            return;
        }
        if (waits == waiting.length) {
            makeRoom();
        }
        waiting[waits++] = number;
    }

    private void makeRoom() {
        if (waits < Math.max(MANY, ranges / 4)) {
            waiting = Arrays.copyOf(waiting, waits * 2);
        } else {
            merge();
        }
    }

    private void merge() {
        Arrays.sort(waiting, 0, waits);
        long[] mergedFirst = new long[ranges + waits];
        long[] mergedLast = new long[ranges + waits];
        int merged = 0;
        int range = 0;
        int number = 0;
        while (range < ranges || number < waits) {
            boolean known = number == waits || (range < ranges && first[range] <= waiting[number]);
            long from = known ? first[range] : waiting[number];
            long to = known ? last[range++] : waiting[number++];
            if (merged > 0 && from - 1 <= mergedLast[merged - 1]) {
                mergedLast[merged - 1] = Math.max(mergedLast[merged - 1], to);
            } else {
                mergedFirst[merged] = from;
                mergedLast[merged++] = to;
            }
        }
        first = Arrays.copyOf(mergedFirst, merged);
        last = Arrays.copyOf(mergedLast, merged);
        ranges = merged;
        waits = 0;
    }

    /** The lowest number. */
    long lowest() {
        merge();
        return first[0];
    }

    long highest() {
        return highest;
    }

    /** How many different numbers there are. */
    long events() {
        merge();
        long events = 0;
        for (int i = 0; i < ranges; i++) {
            events += last[i] - first[i] + 1;
        }
        return events;
    }

    /** How many lines have a number that another one has. */
    long duplicates() {
        return lines - events();
    }

    /** How many lines stand behind one with a higher number. */
    long late() {
        return late;
    }

    /** Passes on what is missing from this number on and up to the highest: the first and the last number of each gap. */
    void gaps(long from, BiConsumer<Long, Long> gap) {
        merge();
        long next = from;
        for (int i = 0; i < ranges; i++) {
            if (first[i] > next) {
                gap.accept(next, first[i] - 1);
            }
            next = last[i] + 1;
        }
    }
}
