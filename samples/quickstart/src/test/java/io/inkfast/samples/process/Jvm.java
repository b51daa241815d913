package io.inkfast.samples.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Starts JVMs of this Java. */
final class Jvm {

    /**
     * @param exit   the exit value, or -1 if it had to be killed
     * @param output both streams
     */
    record End(int exit, String output) {}

    private static final Pattern NEEDED =
            Pattern.compile("(inkfast-(?!.*tests)|logback-|slf4j-api|logstash-logback-encoder|jackson-).*\\.jar");

    private Jvm() {}

    /** The root of the project. */
    static Path root() {
        return Path.of(System.getProperty("inkfast.root", "../.."))
                .toAbsolutePath()
                .normalize();
    }

    /** Class path of the tests, then the arguments. */
    static Process start(Path output, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("-cp", classPath()));
        command.addAll(Arrays.asList(arguments));
        return launch(output, command);
    }

    static End run(Path output, String... arguments) throws IOException, InterruptedException {
        return end(start(output, arguments), output);
    }

    /** Module path of the packaged jars, and nothing else. */
    static End runModule(Path output, String... arguments) throws IOException, InterruptedException {
        List<String> jars = new ArrayList<>(List.of(System.getProperty("inkfast.jar")));
        for (String entry : classPath().split(File.pathSeparator)) {
            if (NEEDED.matcher(Path.of(entry).getFileName().toString()).matches()) {
                jars.add(entry);
            }
        }
        List<String> command = new ArrayList<>(List.of("-p", String.join(File.pathSeparator, jars)));
        command.addAll(Arrays.asList(arguments));
        return end(launch(output, command), output);
    }

    static End end(Process process, Path output) throws IOException, InterruptedException {
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly().waitFor();
        }
        return new End(ended ? process.exitValue() : -1, Files.readString(output));
    }

    private static Process launch(Path output, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }
}
