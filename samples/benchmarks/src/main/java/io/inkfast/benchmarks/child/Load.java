package io.inkfast.benchmarks.child;

import io.inkfast.benchmarks.pipe.Pipe;
import io.inkfast.benchmarks.pipe.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Producers that log through a pipe, each with its own sequence that goes on from run to run. */
final class Load {

    /** What a producer does in one run: logs from a sequence on, and returns the next one. */
    interface Drive {
        long from(Pipe.Source source, long sequence);
    }

    /**
     * One run.
     *
     * @param startNanos  before the first call
     * @param endNanos    after the last call
     * @param callerBytes allocated by the producers in their calls
     */
    record Run(long startNanos, long endNanos, long callerBytes) {}

    private record Part(long endNanos, long bytes) {}

    private final Pipe pipe;
    private final long[] next;

    Load(Pipe pipe, int producers) {
        this.pipe = pipe;
        this.next = new long[producers];
    }

    /** Logs at least this many events in all, as fast as the calls return. */
    Run log(int events) throws InterruptedException {
        // Whole steps of the changing context key, so that every line has it.
        int each = (events / next.length / Workload.CONTEXT_EVERY + 1) * Workload.CONTEXT_EVERY;
        return drive((source, from) -> {
            for (long sequence = from; sequence < from + each; sequence++) {
                source.log(sequence);
            }
            return from + each;
        });
    }

    /** Lets every producer drive on a new thread. */
    Run drive(Drive drive) throws InterruptedException {
        CountDownLatch ready = new CountDownLatch(next.length);
        CountDownLatch go = new CountDownLatch(1);
        List<FutureTask<Part>> parts = new ArrayList<>();
        for (int i = 0; i < next.length; i++) {
            int producer = i;
            FutureTask<Part> part = new FutureTask<>(() -> {
                Pipe.Source source = pipe.source(producer);
                ready.countDown();
                go.await();
                long bytes = Allocated.byThisThread();
                next[producer] = drive.from(source, next[producer]);
                return new Part(System.nanoTime(), Allocated.byThisThread() - bytes);
            });
            parts.add(part);
            new Thread(part, "producer-" + producer).start();
        }
        ready.await();
        long start = System.nanoTime();
        go.countDown();
        long end = start;
        long bytes = 0;
        for (FutureTask<Part> part : parts) {
            try {
                end = Math.max(end, part.get().endNanos());
                bytes += part.get().bytes();
            } catch (ExecutionException e) {
                throw new IllegalStateException("a producer failed", e.getCause());
            }
        }
        return new Run(start, end, bytes);
    }

    /** How many events each producer has logged. */
    long[] logged() {
        return next.clone();
    }

    /** How many events were logged in all. */
    long total() {
        long total = 0;
        for (long each : next) {
            total += each;
        }
        return total;
    }
}
