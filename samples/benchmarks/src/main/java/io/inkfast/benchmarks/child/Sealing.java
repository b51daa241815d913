package io.inkfast.benchmarks.child;

import io.inkfast.benchmarks.elog.Ciphers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** What it costs to encrypt a frame, and to decrypt it. */
final class Sealing {

    private Sealing() {}

    static void run(Job job, Path directory, Map<String, Double> figures) throws IOException {
        Ciphers.Way way = Ciphers.of(job.peer(), directory);
        measure(job, "seal", 1, way::seal, figures);
        measure(job, "open", Ciphers.FRAMES, way::open, figures);
    }

    private static void measure(Job job, String name, int frames, SteadyLoop.Pass pass, Map<String, Double> figures)
            throws IOException {
        new SteadyLoop(pass, frames, job.scale())
                .warmUp(job.scale().steadySeconds())
                .measure(name, figures);
    }
}
