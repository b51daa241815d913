package io.inkfast.benchmarks.jmh;

import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Elements from one or more producers to one consumer, which sleeps when there is nothing to do. Time per element, from
 * the first offer until the last one is taken.
 */
@State(Scope.Benchmark)
public class HandOffBenchmark extends NanosPerOperation {

    private static final int ELEMENTS = 200_000;
    private static final int FULL_NAP_NANOS = 20_000;
    private static final Object ELEMENT = new Object();

    /** Threads that offer. */
    @Param({"1", "2", "4"})
    public int producers = 1;

    /** The queue between. */
    @Param({"RING", "ARRAY_BLOCKING_QUEUE", "LINKED_TRANSFER_QUEUE"})
    public Lane.Kind queue = Lane.Kind.RING;

    private Lane lane = Lane.Kind.RING.make();

    /** Makes the queue. */
    @Setup
    public void make() {
        lane = queue.make();
    }

    /** All elements through the queue, by this thread as the consumer. */
    @Benchmark
    @OperationsPerInvocation(ELEMENTS)
    public long handOff() throws InterruptedException {
        Lane used = lane;
        used.consumer(Thread.currentThread());
        for (int i = 0; i < producers; i++) {
            new Thread(() -> produce(used, ELEMENTS / producers), "producer-" + i).start();
        }
        long taken = 0;
        while (taken < ELEMENTS) {
            int some = used.drain();
            if (some == 0) {
                used.await();
            }
            taken += some;
        }
        return taken;
    }

    private static void produce(Lane lane, int elements) {
        for (int i = 0; i < elements; i++) {
            while (!lane.offer(ELEMENT)) {
                LockSupport.parkNanos(FULL_NAP_NANOS);
            }
        }
    }
}
