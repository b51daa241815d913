package io.inkfast.recorder;

import java.util.concurrent.atomic.AtomicLongArray;

/*
 * A thread that is held up in the middle of a copy may wake when the ring has come round. Without the pin it would destroy
 * what others have written in its place since. A word per block: lap in the upper 40 bits, writers in the lower 24; the lap
 * changes only while there is no writer.
 */
/** Who writes into a block: only threads of one lap at a time. Any thread; nobody waits. */
final class Pins {

    private static final int LAP = 24;
    private static final long WRITERS = (1L << LAP) - 1;

    /* A writer of the last lap that is only just leaving is gone before that. */
    private static final int SPINS = 32;

    private final AtomicLongArray words;
    private final int blocks;

    Pins(int blocks) {
        this.blocks = blocks;
        words = new AtomicLongArray(blocks);
    }

    /** False if somebody of another lap is in the block, or was in it since: then nothing may be written there. */
    boolean enter(long block) {
        int index = (int) (block % blocks);
        long lap = block / blocks;
        if (words.get(index) >>> LAP == lap) {
            if (words.getAndIncrement(index) >>> LAP == lap) {
                return true;
            }
            words.getAndDecrement(index);
        }
        for (int i = 0; i < SPINS; ) {
            long word = words.get(index);
            long current = word >>> LAP;
            if (current > lap) {
                return false;
            }
            if (current < lap && (word & WRITERS) != 0) {
                i++;
                Thread.onSpinWait();
            } else if (words.compareAndSet(index, word, current == lap ? word + 1 : (lap << LAP) + 1)) {
                return true;
            }
        }
        return false;
    }

    void leave(long block) {
        words.getAndDecrement((int) (block % blocks));
    }
}
