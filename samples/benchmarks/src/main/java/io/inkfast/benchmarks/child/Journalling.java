package io.inkfast.benchmarks.child;

import io.inkfast.benchmarks.journal.Journals;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** How many records a second threads get where they want them, and how long a call takes. */
final class Journalling {

    private static final int MOST_CALLS = 2_000_000;
    private static final int WARM_UP_PARTS = 3;

    private Journalling() {}

    static void run(Job job, Path directory, Map<String, Double> figures) throws IOException, InterruptedException {
        double seconds = job.scale().windowSeconds();
        try (Journals.Way way = Journals.open(job.peer(), directory)) {
            for (int i = 0; i < WARM_UP_PARTS; i++) {
                window(way, job.producers(), seconds, figures);
            }
            window(way, job.producers(), seconds, figures);
        }
    }

    private static void window(Journals.Way way, int threads, double seconds, Map<String, Double> figures)
            throws InterruptedException {
        AtomicLong failed = new AtomicLong();
        List<Caller> callers = new ArrayList<>();
        long start = System.nanoTime();
        long end = start + (long) (seconds * 1e9);
        for (int i = 0; i < threads; i++) {
            Caller caller = new Caller(way, end, MOST_CALLS / threads, failed);
            callers.add(caller);
            caller.start();
        }
        long calls = 0;
        for (Caller caller : callers) {
            caller.join();
            calls += caller.calls;
        }
        double elapsed = (System.nanoTime() - start) / 1e9;
        if (failed.get() > 0) {
            throw new IllegalStateException(failed + " calls failed");
        }
        long[] nanos = callers.stream()
                .flatMapToLong(caller -> Arrays.stream(caller.nanos, 0, caller.calls))
                .sorted()
                .toArray();
        figures.put("journal_rate", calls / elapsed);
        figures.put("journal_p50", (double) nanos[nanos.length / 2]);
        figures.put("journal_p99", (double) nanos[(int) (nanos.length * 0.99)]);
    }

    private static final class Caller extends Thread {

        private final Journals.Way way;
        private final long end;
        private final AtomicLong failed;
        private final long[] nanos;
        private int calls;

        Caller(Journals.Way way, long end, int most, AtomicLong failed) {
            this.way = way;
            this.end = end;
            this.failed = failed;
            this.nanos = new long[most];
        }

        @Override
        public void run() {
            byte[] record = Journals.record();
            try {
                long before = System.nanoTime();
                // One at least, also where the thread gets the processor too late.
                while (calls == 0 || (before < end && calls < nanos.length)) {
                    way.append(record);
                    long after = System.nanoTime();
                    nanos[calls++] = after - before;
                    before = after;
                }
            } catch (IOException e) {
                failed.incrementAndGet();
            }
        }
    }
}
