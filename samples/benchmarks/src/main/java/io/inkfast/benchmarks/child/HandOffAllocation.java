package io.inkfast.benchmarks.child;

import ch.qos.logback.classic.LoggerContext;
import io.inkfast.benchmarks.pipe.LogbackContext;
import io.inkfast.benchmarks.pipe.LogbackPipe;
import io.inkfast.benchmarks.pipe.Pipe;
import io.inkfast.benchmarks.pipe.Workload;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/**
 * Bytes that a logging call allocates on the caller's thread with a front before a sink that does nothing. The same with
 * Logback's event and its snapshot alone is the floor; the difference is the hand-off's own.
 */
final class HandOffAllocation {

    private static final int ROUNDS = 15;

    private HandOffAllocation() {}

    static void run(Job job, Map<String, Double> figures) {
        LoggerContext context = LogbackContext.of(job.peer().configuration());
        long sequence = 0;
        for (Workload workload : Workload.HARMLESS) {
            Pipe.Source source = LogbackPipe.source(context.getLogger(Workload.LOGGER), workload, 0);
            sequence = log(source, sequence, job.scale().warmEvents());
            double[] bytes = new double[ROUNDS];
            for (int i = 0; i < ROUNDS; i++) {
                long before = Allocated.byThisThread();
                sequence = log(source, sequence, job.scale().handOffEvents());
                bytes[i] = (double) (Allocated.byThisThread() - before)
                        / job.scale().handOffEvents();
            }
            Arrays.sort(bytes);
            String name = workload.name().toLowerCase(Locale.ROOT);
            figures.put(name + "_bytes", bytes[ROUNDS / 2]);
            figures.put(name + "_bytes_max", bytes[ROUNDS - 1]);
        }
        context.stop();
    }

    private static long log(Pipe.Source source, long from, int events) {
        for (long sequence = from; sequence < from + events; sequence++) {
            source.log(sequence);
        }
        return from + events;
    }
}
