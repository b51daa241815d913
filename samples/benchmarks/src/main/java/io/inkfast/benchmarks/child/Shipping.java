package io.inkfast.benchmarks.child;

import io.inkfast.benchmarks.net.LineReader;
import io.inkfast.benchmarks.net.Sending;
import io.inkfast.benchmarks.net.Shippers;
import io.inkfast.benchmarks.pipe.Pipe;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * The start with an appender to the network, and then how long logging calls take at a fixed rate, from when they begin. The
 * appender is not stopped: that waits for a peer which may not be there.
 */
final class Shipping {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /* About what a line of W1 has. */
    private static final int LINE_BYTES = 340;

    /* Whoever is not done so much later than it should be gets no more time. */
    private static final double PATIENCE_SECONDS = 5;

    private Shipping() {}

    static void run(Job job, Map<String, Double> figures) throws IOException {
        double seconds = job.scale().latencySeconds();
        int calls = (int) (job.rate() * seconds);
        try (LineReader reader = new LineReader(bytesPerSecond(job))) {
            boolean there = Shippers.receiving(job.peer().name()) != Shippers.Receiving.ABSENT;
            int port = there ? reader.port() : LineReader.unusedPort();
            long start = System.nanoTime();
            long busy = THREADS.getCurrentThreadCpuTime();
            Sending sending = new Sending(job.peer(), port, job.workload(), job.quick());
            figures.put("configured_ms", (System.nanoTime() - start) / 1e6);
            Pipe.Source source = sending.source();
            long called = System.nanoTime();
            source.log(0);
            figures.put("first_ms", (System.nanoTime() - start) / 1e6);
            figures.put("busy_ms", (THREADS.getCurrentThreadCpuTime() - busy) / 1e6);
            double patience = 2 * seconds + PATIENCE_SECONDS;
            Pace pace = new Pace(source, job.rate(), System.nanoTime() + (long) (patience * 1e9));
            // Else one call takes all the time there is.
            if (System.nanoTime() - called < patience * 1e9) {
                Histogram service = new Histogram(TimeUnit.MINUTES.toNanos(1), 3);
                pace.log(calls, new Histogram(service));
                System.gc();
                pace.log(calls, service);
                if (service.getTotalCount() > 0) {
                    Latency.put("service", service, figures);
                }
            }
            figures.put("calls", 1.0 + pace.calls());
            if (Shippers.receiving(job.peer().name()) == Shippers.Receiving.HEALTHY) {
                reader.await(1 + pace.calls(), PATIENCE_SECONDS);
            }
            figures.put("read", (double) reader.lines());
            sending.dropped().ifPresent(dropped -> figures.put("dropped", (double) dropped));
        }
    }

    private static long bytesPerSecond(Job job) {
        return Shippers.receiving(job.peer().name()) == Shippers.Receiving.SLOW
                ? (long) job.rate() * LINE_BYTES / 10
                : Long.MAX_VALUE;
    }

    /** Calls at a fixed rate. */
    private static final class Pace {

        private final Pipe.Source source;
        private final long interval;
        private final long deadline;
        private long sequence = 1;

        Pace(Pipe.Source source, int rate, long deadline) {
            this.source = source;
            this.interval = TimeUnit.SECONDS.toNanos(1) / rate;
            this.deadline = deadline;
        }

        long calls() {
            return sequence - 1;
        }

        void log(int calls, Histogram service) {
            long due = System.nanoTime();
            long ended = due;
            for (int i = 0; i < calls && ended < deadline; i++) {
                due += interval;
                long began = System.nanoTime();
                while (began < due) {
                    Thread.onSpinWait();
                    began = System.nanoTime();
                }
                source.log(sequence++);
                ended = System.nanoTime();
                service.recordValue(Math.min(ended - began, service.getHighestTrackableValue()));
            }
        }
    }
}
