package io.inkfast.benchmarks.jmh;

import io.inkfast.internal.ClosableRing;
import io.inkfast.internal.RingBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.TimeUnit;

/** A queue as an asynchronous front uses one: producers offer, one consumer takes what is there or sleeps. */
public interface Lane {

    /** The queues; {@code LINKED_TRANSFER_QUEUE} has no bound. */
    enum Kind {
        /** Inkfast's own. */
        RING,
        ARRAY_BLOCKING_QUEUE,
        LINKED_TRANSFER_QUEUE;

        Lane make() {
            return switch (this) {
                case RING -> new RingLane();
                case ARRAY_BLOCKING_QUEUE -> new QueueLane(new ArrayBlockingQueue<>(LIMIT));
                case LINKED_TRANSFER_QUEUE -> new QueueLane(new LinkedTransferQueue<>());
            };
        }
    }

    /** Elements that it holds. */
    int LIMIT = 8192;

    /** Elements taken at a time, at most. */
    int BATCH = 512;

    /** The thread that will take. */
    void consumer(Thread thread);

    /** Puts an element in; false if the queue is full. */
    boolean offer(Object element);

    /** Takes some elements; how many. */
    int drain();

    /** Sleeps until there may be elements. */
    void await() throws InterruptedException;

    /** {@link ClosableRing}. */
    final class RingLane implements Lane {
        private static final long WEIGHT = 512;
        private static final long NAP_NANOS = 10_000_000;
        private final ClosableRing<Object> ring = new ClosableRing<>(LIMIT, LIMIT * WEIGHT);
        private final RingBatch<Object> batch = new RingBatch<>(BATCH);

        @Override
        public void consumer(Thread thread) {
            ring.consumer(thread);
        }

        @Override
        public boolean offer(Object element) {
            return ring.offer(element, 0, WEIGHT, LIMIT) == ClosableRing.Offer.TAKEN;
        }

        @Override
        public int drain() {
            ring.drain(batch, BATCH);
            int taken = batch.size();
            ring.release(batch);
            batch.clear();
            return taken;
        }

        @Override
        public void await() {
            ring.park(NAP_NANOS);
        }
    }

    /** A queue of the JDK. */
    final class QueueLane implements Lane {
        private final BlockingQueue<Object> queue;
        private final List<Object> batch = new ArrayList<>();
        private int awaited;

        QueueLane(BlockingQueue<Object> queue) {
            this.queue = queue;
        }

        @Override
        public void consumer(Thread thread) {
            awaited = 0;
        }

        @Override
        public boolean offer(Object element) {
            return queue.offer(element);
        }

        @Override
        public int drain() {
            int taken = queue.drainTo(batch, BATCH) + awaited;
            awaited = 0;
            batch.clear();
            return taken;
        }

        @Override
        public void await() throws InterruptedException {
            awaited = queue.poll(10, TimeUnit.MILLISECONDS) == null ? 0 : 1;
        }
    }
}
