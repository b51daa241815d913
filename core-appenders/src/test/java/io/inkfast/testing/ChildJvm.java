package io.inkfast.testing;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;

/** Programs of tests, in JVMs of their own that start quickly. */
public final class ChildJvm {

    private final String classPath;
    private final List<String> options;

    private ChildJvm(String classPath, List<String> options) {
        this.classPath = classPath;
        this.options = options;
    }

    /** The command that runs a class of the tests; options may follow the small heap that it has by default. */
    public static List<String> command(Class<?> program, List<String> options, String... arguments) {
        return new ChildJvm(classPath(), options).command(program, arguments);
    }

    /** Starts it; what it says on standard error is shown with what the tests say. */
    public static Process start(Class<?> program, String... arguments) throws IOException {
        return new ProcessBuilder(command(program, List.of(), arguments))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** What a command says, line by line, when it has ended well; standard error is shown with what the tests say. */
    public static List<String> lines(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        if (process.waitFor() != 0) {
            throw new IOException(command + " ended with " + process.exitValue() + ": " + said);
        }
        return said;
    }

    /**
     * For programs that are started very often: runs one to its end, and keeps what it has loaded in a file from which others
     * start, in half the time.
     */
    public static ChildJvm archived(Path folder, Class<?> program, String... arguments)
            throws IOException, InterruptedException {
        Path archive = folder.resolve("classes.jsa");
        String jars = jars(folder);
        Command.must(new ChildJvm(jars, List.of("-XX:ArchiveClassesAtExit=" + archive, "-Xlog:disable"))
                .command(program, arguments)
                .toArray(new String[0]));
        return new ChildJvm(jars, List.of("-XX:SharedArchiveFile=" + archive));
    }

    public List<String> command(Class<?> program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                // Most live for less than a second: what runs but a few hundred times is not worth compiling.
                "-XX:CompileThresholdScaling=4",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Xmx64m"));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, program.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /* An archive has only classes from jars. */
    private static String jars(Path folder) throws IOException {
        List<String> jars = new ArrayList<>();
        for (String each : classPath().split(File.pathSeparator)) {
            Path path = Path.of(each);
            if (Files.isDirectory(path)) {
                Path jar = folder.resolve("classes-" + jars.size() + ".jar");
                int result = ToolProvider.findFirst("jar")
                        .orElseThrow()
                        .run(
                                System.out,
                                System.err,
                                "--create",
                                "--no-compress",
                                "--file",
                                jar.toString(),
                                "-C",
                                each,
                                ".");
                if (result != 0) {
                    throw new IOException("no jar of [" + each + "]");
                }
                path = jar;
            }
            jars.add(path.toString());
        }
        return String.join(File.pathSeparator, jars);
    }
}
