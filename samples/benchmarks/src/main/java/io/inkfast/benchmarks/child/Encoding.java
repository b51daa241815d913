package io.inkfast.benchmarks.child;

import io.inkfast.benchmarks.pipe.Customer;
import io.inkfast.benchmarks.pipe.Workload;
import io.inkfast.benchmarks.redaction.PreparedEvents;
import io.inkfast.benchmarks.redaction.ReusedBuffer;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** From prepared events to bytes in a reused buffer. The lines are then written once, and read back as any others. */
final class Encoding {

    private Encoding() {}

    static void run(Job job, Path file, Map<String, Double> figures) throws IOException {
        int count = job.scale().preparedEvents();
        try (PreparedEvents events = PreparedEvents.of(job.peer().configuration(), job.workload(), count);
                ReusedBuffer buffer = new ReusedBuffer()) {
            SteadyLoop.Pass pass = () -> {
                for (int i = 0; i < count; i++) {
                    events.encodeNext(buffer);
                }
            };
            new SteadyLoop(pass, count, job.scale())
                    .warmUp(job.scale().steadySeconds())
                    .measure("encode", figures);
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
                for (int i = 0; i < count; i++) {
                    events.encodeNext(out);
                }
            }
        }
        LineCheck.of(file, new long[] {count}).report(figures);
        if (job.workload() == Workload.WM) {
            countSecrets(Files.readAllLines(file), figures);
        }
    }

    /* In how many lines each kind can still be read. */
    private static void countSecrets(List<String> lines, Map<String, Double> figures) {
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            Customer.of(i)
                    .secrets()
                    .forEach((kind, secret) ->
                            figures.merge("left_" + kind, line.contains(secret) ? 1.0 : 0.0, Double::sum));
        }
    }
}
