package io.inkfast.benchmarks.child;

import io.inkfast.benchmarks.pipe.Pipe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * How long logging calls take at a fixed rate. The response time runs from the moment when the call was due, so that a
 * call that waits behind a slow one counts in full; the service time runs from the moment when it began.
 */
final class Latency {

    private Latency() {}

    static void run(Job job, Path file, Map<String, Double> figures) throws IOException, InterruptedException {
        Pipe pipe = job.peer().open(file, job.workload());
        Load load = new Load(pipe, 1);
        Throughput.warmUp(load, file, job.scale());
        long interval = TimeUnit.SECONDS.toNanos(1) / job.rate();
        // As many events as make the measured time; the first fifth of the time is thrown away.
        int events = (int) (job.rate() * job.scale().latencySeconds());
        int warm = events / 5;
        Histogram response = new Histogram(TimeUnit.MINUTES.toNanos(1), 3);
        Histogram service = new Histogram(TimeUnit.MINUTES.toNanos(1), 3);
        System.gc();
        Load.Run run = load.drive((source, from) -> {
            long due = System.nanoTime();
            for (int i = 0; i < warm + events; i++) {
                due += interval;
                long began = System.nanoTime();
                while (began < due) {
                    Thread.onSpinWait();
                    began = System.nanoTime();
                }
                source.log(from + i);
                long ended = System.nanoTime();
                if (i >= warm) {
                    response.recordValue(Math.min(ended - due, response.getHighestTrackableValue()));
                    service.recordValue(Math.min(ended - began, service.getHighestTrackableValue()));
                }
            }
            return from + warm + events;
        });
        pipe.close();
        figures.put("rate", (warm + events) * 1e9 / (run.endNanos() - run.startNanos()));
        put("response", response, figures);
        put("service", service, figures);
        LineCheck.of(file, load.logged()).report(figures);
    }

    static void put(String name, Histogram times, Map<String, Double> figures) {
        figures.put(name + "_p50", (double) times.getValueAtPercentile(50));
        figures.put(name + "_p99", (double) times.getValueAtPercentile(99));
        figures.put(name + "_p999", (double) times.getValueAtPercentile(99.9));
        figures.put(name + "_max", (double) times.getMaxValue());
    }
}
