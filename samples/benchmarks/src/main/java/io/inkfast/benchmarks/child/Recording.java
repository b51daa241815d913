package io.inkfast.benchmarks.child;

import io.inkfast.benchmarks.flight.Recorders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** What it costs to keep the bytes of an event where they outlive the process. */
final class Recording {

    private static final int EVENTS = 1000;

    private Recording() {}

    static void run(Job job, Path directory, Map<String, Double> figures) throws IOException {
        try (Recorders.Recorder recorder = Recorders.open(job.peer(), directory)) {
            SteadyLoop.Pass pass = () -> {
                for (int i = 0; i < EVENTS; i++) {
                    recorder.record();
                }
            };
            new SteadyLoop(pass, EVENTS, job.scale())
                    .warmUp(job.scale().steadySeconds())
                    .measure("record", figures);
        }
    }
}
