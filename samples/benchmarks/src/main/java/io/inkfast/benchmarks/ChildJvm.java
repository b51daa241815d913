package io.inkfast.benchmarks;

import io.inkfast.benchmarks.child.Child;
import io.inkfast.benchmarks.child.Job;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs one job in a new JVM and reads its figures. */
final class ChildJvm {

    static final List<String> JVM_OPTIONS = List.of("-Xms1g", "-Xmx1g", "-XX:+UseG1GC");

    private static final long LIMIT_MINUTES = 20;
    private static final int HEAD_LINES = 15;

    private final String classpath;
    private final Path directory;

    ChildJvm(String moreClasspath, Path directory) {
        String own = System.getProperty("java.class.path");
        this.classpath = moreClasspath.isEmpty() ? own : own + File.pathSeparator + moreClasspath;
        this.directory = directory;
    }

    /** The job could not be done. */
    static final class Failed extends Exception {
        private static final long serialVersionUID = 1;
        private final boolean absent;

        Failed(String reason, boolean absent) {
            super(reason);
            this.absent = absent;
        }

        /** Whether a class of the peer is missing, so that there is no use in trying again. */
        boolean absent() {
            return absent;
        }
    }

    /** Waits for the job to be done. */
    Map<String, Double> run(Job job) throws IOException, InterruptedException, Failed {
        Path own = Files.createTempDirectory(directory, "inkfast-benchmark-");
        try {
            Path result = own.resolve("figures.txt");
            Path output = own.resolve("output.txt");
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(JVM_OPTIONS);
            if (job.measure() == Job.Measure.HAND_OFF) {
                // What the compiler leaves out differs from run to run; without that, bytes are exact.
                command.add("-XX:-DoEscapeAnalysis");
            }
            command.addAll(List.of("-cp", classpath, Child.class.getName()));
            command.addAll(job.arguments(result, own));
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            try {
                if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
                    throw new Failed("not done after " + LIMIT_MINUTES + " minutes", false);
                }
            } finally {
                process.destroyForcibly();
            }
            if (process.exitValue() != 0) {
                throw new Failed("exit " + process.exitValue() + ": " + head(output), false);
            }
            return figures(result);
        } finally {
            delete(own);
        }
    }

    private static Map<String, Double> figures(Path result) throws IOException, Failed {
        Map<String, Double> figures = new LinkedHashMap<>();
        for (String line : Files.readAllLines(result)) {
            int space = line.indexOf(' ');
            if (line.startsWith(Child.ABSENT)) {
                throw new Failed("absent: " + line.substring(space + 1), true);
            }
            figures.put(line.substring(0, space), Double.parseDouble(line.substring(space + 1)));
        }
        return figures;
    }

    private static String head(Path output) throws IOException {
        List<String> lines = Files.readAllLines(output);
        return String.join("\n", lines.subList(0, Math.min(HEAD_LINES, lines.size())));
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
