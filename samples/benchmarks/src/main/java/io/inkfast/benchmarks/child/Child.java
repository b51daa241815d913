package io.inkfast.benchmarks.child;

import io.inkfast.benchmarks.loss.LossProbe;
import io.inkfast.benchmarks.pipe.LogbackContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The main class of a peer's JVM: does one {@link Job} and writes its figures, a name and a number a line. */
public final class Child {

    /** In the place of figures: what is not on the class path. */
    public static final String ABSENT = "absent";

    private Child() {}

    /** Arguments as made by {@link Job#arguments}. */
    public static void main(String[] arguments) throws IOException {
        Path result = Path.of(arguments[0]);
        Path file = Path.of(arguments[1]).resolve("lines.json");
        Map<String, Double> figures = new LinkedHashMap<>();
        StringBuilder lines = new StringBuilder();
        int status = 0;
        try {
            run(Job.of(arguments), file, figures);
            figures.forEach((name, value) ->
                    lines.append(name).append(' ').append(value).append('\n'));
        } catch (LogbackContext.Absent e) {
            lines.append(ABSENT).append(' ').append(e.getMessage()).append('\n');
        } catch (Exception | LinkageError e) {
            e.printStackTrace();
            status = 1;
        }
        Files.writeString(result, lines);
        // Threads that a peer left waiting for ever must not keep the JVM.
        Runtime.getRuntime().halt(status);
    }

    private static void run(Job job, Path file, Map<String, Double> figures) throws IOException, InterruptedException {
        switch (job.measure()) {
            case THROUGHPUT, ALLOCATION -> Throughput.run(job, file, figures);
            case LATENCY -> Latency.run(job, file, figures);
            case HAND_OFF -> HandOffAllocation.run(job, figures);
            case ENCODE -> Encoding.run(job, file, figures);
            case SCAN -> Scanning.run(job, figures);
            case JOURNAL -> Journalling.run(job, file.resolveSibling("journal"), figures);
            case RECORD -> Recording.run(job, file.resolveSibling("flight"), figures);
            case SEAL -> Sealing.run(job, file.resolveSibling("keys"), figures);
            case SHIP -> Shipping.run(job, figures);
            case LOSS ->
                new LossProbe(job.peer(), job.scale().stopCycles(), job.scale().interrupts(), figures).run();
        }
    }
}
