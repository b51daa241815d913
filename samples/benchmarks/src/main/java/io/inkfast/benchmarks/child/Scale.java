package io.inkfast.benchmarks.child;

/**
 * How much is done in one JVM.
 *
 * @param warmEvents        events before anything is measured, at most
 * @param warmSeconds       time for these, at most
 * @param chunk             events between two looks at the file during the warm-up
 * @param calibrationEvents events over which allocation and the rate are taken
 * @param windowSeconds     how long the measured window of the throughput should last, by that rate
 * @param maxEvents         and its events at most
 * @param latencySeconds    how long the fixed rate is kept
 * @param handOffEvents     events in one round of the hand-off's allocation
 * @param stopCycles        cycles of start, load and stop
 * @param interrupts        logging calls of interrupted threads
 * @param preparedEvents    different events, or messages, of a loop over prepared ones; whole steps of the context
 * @param steadySeconds     time for a loop to become steady, at most
 * @param blockSeconds      processor time of one block of such a loop
 */
public record Scale(
        int warmEvents,
        double warmSeconds,
        int chunk,
        int calibrationEvents,
        double windowSeconds,
        int maxEvents,
        double latencySeconds,
        int handOffEvents,
        int stopCycles,
        int interrupts,
        int preparedEvents,
        double steadySeconds,
        double blockSeconds) {

    /** What the published tables are made with. */
    public static final Scale FULL =
            new Scale(3_000_000, 10, 40_000, 100_000, 1.5, 2_000_000, 5, 20_000, 300, 10_000, 4096, 15, 0.25);

    /** Shows that everything works; its times mean nothing. */
    public static final Scale QUICK =
            new Scale(4_000, 1, 2_000, 2_000, 0.02, 4_000, 0.2, 1_000, 10, 400, 128, 0.1, 0.01);
}
