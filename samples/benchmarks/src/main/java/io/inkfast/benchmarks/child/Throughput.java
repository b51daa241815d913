package io.inkfast.benchmarks.child;

import com.sun.management.OperatingSystemMXBean;
import io.inkfast.benchmarks.pipe.Pipe;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/**
 * Events a second until all lines are in the file. Warm-up, a calibration that also gives the allocation, then one
 * window that ends with the stop of the library; all through one set-up and into one file, of which every line counts.
 */
final class Throughput {

    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private Throughput() {}

    static void run(Job job, Path file, Map<String, Double> figures) throws IOException, InterruptedException {
        Pipe pipe = job.peer().open(file, job.workload());
        Load load = new Load(pipe, job.producers());
        warmUp(load, file, job.scale());
        double rate = calibrate(load, file, job.scale(), figures);
        if (job.measure() == Job.Measure.ALLOCATION) {
            pipe.close();
        } else {
            double events =
                    Math.max(job.scale().calibrationEvents(), rate * job.scale().windowSeconds());
            window(load, pipe, file, (int) Math.min(job.scale().maxEvents(), events), figures);
        }
        LineCheck.of(file, load.logged()).report(figures);
    }

    /** Logs in chunks, with the queue empty after each: not all queues have a bound. */
    static void warmUp(Load load, Path file, Scale scale) throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (load.total() < scale.warmEvents() && System.nanoTime() - start < scale.warmSeconds() * 1e9) {
            load.log(scale.chunk());
            FileWatch.awaitQuiet(file);
        }
    }

    private static double calibrate(Load load, Path file, Scale scale, Map<String, Double> figures)
            throws IOException, InterruptedException {
        long before = load.total();
        long others = Allocated.byOthers();
        Instant start = Instant.now();
        Load.Run run = load.log(scale.calibrationEvents());
        FileWatch.awaitQuiet(file);
        double events = load.total() - before;
        figures.put("caller_bytes", run.callerBytes() / events);
        figures.put("total_bytes", (run.callerBytes() + Allocated.byOthers() - others) / events);
        long nanos = Math.max(run.endNanos() - run.startNanos(), FileWatch.lastWriteNanos(file, start));
        return events * 1e9 / nanos;
    }

    private static void window(Load load, Pipe pipe, Path file, int events, Map<String, Double> figures)
            throws IOException, InterruptedException {
        System.gc();
        long before = load.total();
        long cpu = PROCESS.getProcessCpuTime();
        Instant start = Instant.now();
        Load.Run run = load.log(events);
        pipe.close();
        long stopped = System.nanoTime() - run.startNanos();
        cpu = PROCESS.getProcessCpuTime() - cpu;
        long called = run.endNanos() - run.startNanos();
        // Some look for the end of their queue only now and then when they stop: the last write is what counts.
        long written = Math.min(stopped, Math.max(called, FileWatch.lastWriteNanos(file, start)));
        double logged = load.total() - before;
        figures.put("events", logged);
        figures.put("events_per_second", logged * 1e9 / written);
        figures.put("calls_per_second", logged * 1e9 / called);
        figures.put("cpu_ns", cpu / logged);
    }
}
