package io.inkfast.benchmarks.loss;

import io.inkfast.benchmarks.pipe.Peer;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Three ways to lose events: a stop under load, interrupted producers, an {@code Error} in the sink. */
public final class LossProbe {

    private static final int PRODUCERS = 4;
    private static final int STOP_QUEUE = 1024;
    private static final int SMALL_QUEUE = 16;
    private static final int ERROR_AT = 4;
    private static final int ERROR_EVENTS_EACH = 500;
    private static final int STUCK_AFTER_SECONDS = 5;
    private static final int LONG_SECONDS = 120;

    private final Peer peer;
    private final int stopCycles;
    private final int interrupts;
    private final Map<String, Double> figures;

    /** A probe of one front, which puts what it finds into the figures. */
    public LossProbe(Peer peer, int stopCycles, int interrupts, Map<String, Double> figures) {
        this.peer = peer;
        this.stopCycles = stopCycles;
        this.interrupts = interrupts;
        this.figures = figures;
    }

    /** Does all three. */
    public void run() throws InterruptedException {
        for (int i = 0; i < stopCycles; i++) {
            stopUnderLoad();
        }
        interruptedProducers();
        errorInSink();
    }

    private void stopUnderLoad() throws InterruptedException {
        Delivered delivered = new Delivered(PRODUCERS);
        Front front = Front.open(peer, STOP_QUEUE, delivered);
        Producers producers = new Producers(front, PRODUCERS, Long.MAX_VALUE, false);
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(1_000_000, 4_000_000));
        producers.frontStops();
        // Calls that returned up to here were taken, if anything was; those still going on race with the stop.
        long[] early = new long[PRODUCERS];
        for (int i = 0; i < PRODUCERS; i++) {
            early[i] = producers.returnedEarly(i);
        }
        front.stop();
        producers.stop();
        add("stop_stuck", producers.stuckAfter(STUCK_AFTER_SECONDS));
        long returnedEarly = 0;
        long earlyLost = 0;
        for (int i = 0; i < PRODUCERS; i++) {
            returnedEarly += early[i];
            earlyLost += early[i] - delivered.countBelow(i, early[i]);
        }
        // Without a word of the front's own, only what is certain counts: calls that had returned before the stop.
        boolean tells = front.accepted().isPresent();
        long accepted = front.accepted().orElse(returnedEarly);
        long lost = tells ? accepted - delivered.count() : earlyLost;
        add("stop_cycles", 1);
        add("stop_calls", producers.calls());
        add("stop_accepted", accepted);
        add("stop_delivered", tells ? delivered.count() : accepted - earlyLost);
        add("stop_lost", lost);
        add("stop_lossy_cycles", lost == 0 ? 0 : 1);
        add("stop_early_lost", earlyLost);
        add("stop_thrown", producers.thrown());
    }

    private void interruptedProducers() throws InterruptedException {
        Delivered delivered = new Delivered(PRODUCERS);
        Sink slow = (producer, sequence) -> {
            // Slower than the producers, so that they meet a full queue.
            long until = System.nanoTime() + 5_000;
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
            delivered.deliver(producer, sequence);
        };
        Front front = Front.open(peer, SMALL_QUEUE, slow);
        Producers producers = new Producers(front, PRODUCERS, interrupts / PRODUCERS, true);
        add("interrupt_stuck", producers.stuckAfter(LONG_SECONDS));
        stop(front);
        add("interrupt_calls", producers.calls());
        add("interrupt_delivered", delivered.count());
        add("interrupt_lost", producers.calls() - delivered.count());
        add("interrupt_flags_lost", producers.flagsLost());
    }

    private void errorInSink() throws InterruptedException {
        AtomicLong seen = new AtomicLong();
        Delivered delivered = new Delivered(PRODUCERS);
        Sink failing = (producer, sequence) -> {
            if (seen.incrementAndGet() == ERROR_AT) {
                throw new NoClassDefFoundError("thrown by the benchmark's sink");
            }
            delivered.deliver(producer, sequence);
        };
        Front front = Front.open(peer, SMALL_QUEUE, failing);
        Producers producers = new Producers(front, PRODUCERS, ERROR_EVENTS_EACH, false);
        int stuck = producers.stuckAfter(STUCK_AFTER_SECONDS);
        if (stuck == 0) {
            stop(front);
        }
        add("error_calls", producers.calls());
        add("error_returned", producers.returned());
        add("error_delivered", delivered.count());
        // The event at which the sink threw is the sink's loss, not the front's.
        add("error_lost", producers.calls() - delivered.count() - 1);
        add("error_stuck", stuck);
    }

    private static void stop(Front front) throws InterruptedException {
        Thread stop = new Thread(front::stop, "stop");
        stop.setDaemon(true);
        stop.start();
        stop.join(TimeUnit.SECONDS.toMillis(LONG_SECONDS));
    }

    private void add(String name, long number) {
        figures.merge(name, (double) number, Double::sum);
    }
}
