package io.inkfast.benchmarks.loss;

import java.util.BitSet;

/** The sink's own count: which events have arrived. Any thread. */
final class Delivered implements Sink {

    private final BitSet[] arrived;
    private long count;

    Delivered(int producers) {
        arrived = new BitSet[producers];
        for (int i = 0; i < producers; i++) {
            arrived[i] = new BitSet();
        }
    }

    @Override
    public synchronized void deliver(int producer, long sequence) {
        if (!arrived[producer].get((int) sequence)) {
            arrived[producer].set((int) sequence);
            count++;
        }
    }

    /** Different events that have arrived. */
    synchronized long count() {
        return count;
    }

    /** How many of the first events of a producer have arrived. */
    synchronized long countBelow(int producer, long sequence) {
        return arrived[producer].get(0, (int) sequence).cardinality();
    }
}
