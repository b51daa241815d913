package io.inkfast.benchmarks.child;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Map;

/**
 * Repeats a pass over prepared things on this thread: first until the compiler has come to rest, then for the measure.
 * The time is the thread's own processor time, which others on the machine disturb least.
 */
final class SteadyLoop {

    /** One pass. */
    interface Pass {
        void run() throws IOException;
    }

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int CALM_BLOCKS = 5;
    private static final double CALM = 1.05;
    private static final int MEASURED_BLOCKS = 9;

    private final Pass pass;
    private final int operations;
    private final long blockNanos;
    private double blockBytes;

    /** @param operations in one pass */
    SteadyLoop(Pass pass, int operations, Scale scale) {
        this.pass = pass;
        this.operations = operations;
        this.blockNanos = (long) (scale.blockSeconds() * 1e9);
    }

    /** Repeats until five blocks in a row took the same time, or until the time for it is over. */
    SteadyLoop warmUp(double seconds) throws IOException {
        double[] last = new double[CALM_BLOCKS];
        long start = System.nanoTime();
        int blocks = 0;
        do {
            last[blocks++ % CALM_BLOCKS] = block();
        } while (!(blocks >= CALM_BLOCKS && calm(last)) && System.nanoTime() - start < seconds * 1e9);
        return this;
    }

    /** Nanoseconds and bytes of one operation: medians over some blocks. */
    void measure(String name, Map<String, Double> figures) throws IOException {
        double[] nanos = new double[MEASURED_BLOCKS];
        double[] bytes = new double[MEASURED_BLOCKS];
        for (int i = 0; i < MEASURED_BLOCKS; i++) {
            nanos[i] = block();
            bytes[i] = blockBytes;
        }
        figures.put(name + "_ns", median(nanos));
        figures.put(name + "_bytes", median(bytes));
    }

    private double block() throws IOException {
        long bytes = Allocated.byThisThread();
        long start = THREADS.getCurrentThreadCpuTime();
        long spent;
        long done = 0;
        do {
            pass.run();
            done += operations;
            spent = THREADS.getCurrentThreadCpuTime() - start;
        } while (spent < blockNanos);
        blockBytes = (double) (Allocated.byThisThread() - bytes) / done;
        return (double) spent / done;
    }

    private static boolean calm(double[] blocks) {
        return Arrays.stream(blocks).max().orElseThrow()
                < CALM * Arrays.stream(blocks).min().orElseThrow();
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
