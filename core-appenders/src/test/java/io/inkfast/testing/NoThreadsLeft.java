package io.inkfast.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** A configuration in a JVM that has no room for another thread; and there again when it has. */
public final class NoThreadsLeft {

    /** What an appender says that needs one. */
    public static List<String> refusal(String appender) {
        return List.of(
                "ERROR appender [" + appender + "]: its start failed with java.lang.OutOfMemoryError: unable to create"
                        + " native thread: possibly out of memory or process/resource limits reached",
                "ERROR appender [" + appender + "] is not started; its events are rejected, and shown on standard"
                        + " error");
    }

    /* Each thread of the JVM has this much of the address space for its stack. */
    private static final String STACK = "-Xss8m";
    private static final String ADDRESS_SPACE_KILOBYTES = "3000000";

    private static final String AGAIN = "again";

    private NoThreadsLeft() {}

    /** The complaints without room, and those with room afterwards. Needs a shell. */
    public record Complaints(List<String> without, List<String> afterwards) {}

    public static Complaints start(Path xml) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("sh", "-c", "ulimit -v " + ADDRESS_SPACE_KILOBYTES + " && exec \"$@\"", "sh"));
        command.addAll(ChildJvm.command(
                NoThreadsLeft.class,
                List.of(STACK, "-XX:CompressedClassSpaceSize=64m", "-Xlog:disable"),
                xml.toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        int again = said.indexOf(AGAIN);
        if (process.waitFor() != 0 || again < 0) {
            throw new AssertionError(said);
        }
        return new Complaints(said.subList(0, again), said.subList(again + 1, said.size()));
    }

    /** Arguments: configuration. */
    public static void main(String[] arguments) throws Exception {
        Path xml = Path.of(arguments[0]);
        // All classes are there before the address space is used up.
        configure(xml);
        List<Thread> threads = fill();
        List<String> without;
        try {
            without = configure(xml);
        } finally {
            for (Thread thread : threads) {
                thread.interrupt();
                thread.join();
            }
        }
        without.forEach(System.out::println);
        System.out.println(AGAIN);
        configure(xml).forEach(System.out::println);
    }

    private static List<String> configure(Path xml) {
        try (LogbackHarness harness = LogbackHarness.configure(xml, Map.of())) {
            harness.logger("com.acme").info("an event");
            return harness.complaints();
        }
    }

    private static List<Thread> fill() {
        List<Thread> threads = new ArrayList<>();
        try {
            while (true) {
                Thread thread = new Thread(NoThreadsLeft::rest);
                thread.start();
                threads.add(thread);
            }
        } catch (OutOfMemoryError e) {
            return threads;
        }
    }

    private static void rest() {
        while (!Thread.currentThread().isInterrupted()) {
            LockSupport.park();
        }
    }
}
