package io.inkfast.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Programs of tests, in JVMs of their own that start quickly. */
public final class ChildJvm {

    private ChildJvm() {}

    /** The command that runs a class of the tests; options may follow the small heap that it has by default. */
    public static List<String> command(Class<?> program, List<String> options, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Xmx64m"));
        command.addAll(options);
        command.addAll(List.of(
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                program.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Starts it; what it says on standard error is shown with what the tests say. */
    public static Process start(Class<?> program, String... arguments) throws IOException {
        return new ProcessBuilder(command(program, List.of(), arguments))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
