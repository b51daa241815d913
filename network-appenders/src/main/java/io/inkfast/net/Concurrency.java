package io.inkfast.net;

/*
 * Additive increase, multiplicative decrease, by what was refused and by how long answers take: the rule of TCP's congestion
 * control, with the constants of Vector's adaptive request concurrency.
 */
/** How many requests are worth having under way at once. One thread. */
final class Concurrency {

    private static final double LESS = 0.9;
    private static final double WEIGHT = 0.4;
    private static final double DEVIATIONS = 2.5;

    private final int most;
    private double limit = 1;
    private double mean;
    private double variance;
    private boolean measured;

    Concurrency(int most) {
        this.most = most;
    }

    int now() {
        return (int) limit;
    }

    /** All requests were taken, and the last answer came after this time. */
    void taken(long nanos) {
        boolean slow = measured && nanos > mean + DEVIATIONS * Math.sqrt(variance);
        double difference = measured ? nanos - mean : 0;
        mean = measured ? mean + WEIGHT * difference : nanos;
        variance = (1 - WEIGHT) * (variance + WEIGHT * difference * difference);
        measured = true;
        if (slow) {
            refused();
        } else {
            limit = Math.min(most, limit + 1);
        }
    }

    /** The peer has too much to do. */
    void refused() {
        limit = Math.max(1, limit * LESS);
    }
}
