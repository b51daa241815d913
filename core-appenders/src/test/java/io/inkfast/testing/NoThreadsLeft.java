package io.inkfast.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.internal.Pause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A configuration in a JVM that has no room for another thread, or for a few; and there again when it has. */
public final class NoThreadsLeft {

    /* Each thread of the JVM has this much of the address space for its stack. */
    private static final String STACK = "-Xss8m";
    private static final String ADDRESS_SPACE_KILOBYTES = "3000000";

    private static final int MOST_ROOM = 5;
    private static final String AGAIN = "again";
    private static final long LIMIT_NANOS = 10_000_000_000L;

    private NoThreadsLeft() {}

    /** What an appender says that needs one. */
    public static List<String> refusal(String appender) {
        return List.of(
                "ERROR appender [" + appender + "]: its start failed with java.lang.OutOfMemoryError: unable to create"
                        + " native thread: possibly out of memory or process/resource limits reached",
                "ERROR appender [" + appender + "] is not started; its events are rejected, and shown on standard"
                        + " error");
    }

    /**
     * What appenders complain about where there is room for no thread, and then for one, two and more; and when there is
     * room for all. Between two of them, all their threads have ended. Needs a shell.
     *
     * @param elements inside of {@code <configuration>}
     * @param names    of all appenders that need threads
     */
    public static void assertThatTheyStartLater(Path directory, String elements, String... names)
            throws IOException, InterruptedException {
        List<String> said = said(Files.writeString(
                directory.resolve("logback.xml"), "<configuration>\n" + elements + "</configuration>\n"));
        List<String> all =
                Stream.of(names).flatMap(name -> refusal(name).stream()).toList();
        int times = 0;
        for (List<String> rest = said; rest.contains(AGAIN); times++) {
            int end = rest.indexOf(AGAIN);
            if (times == 0) {
                assertThat(rest.subList(0, end)).containsExactlyElementsOf(all);
            }
            assertThat(all).containsAll(rest.subList(0, end));
            rest = rest.subList(end + 1, rest.size());
            if (!rest.contains(AGAIN)) {
                assertThat(rest).isEmpty();
            }
        }
        assertThat(times).isEqualTo(MOST_ROOM + 1);
    }

    private static List<String> said(Path xml) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("sh", "-c", "ulimit -v " + ADDRESS_SPACE_KILOBYTES + " && exec \"$@\"", "sh"));
        command.addAll(ChildJvm.command(
                NoThreadsLeft.class,
                List.of(STACK, "-XX:CompressedClassSpaceSize=64m", "-Xlog:disable"),
                xml.toString()));
        return ChildJvm.lines(command);
    }

    /** Arguments: configuration. */
    public static void main(String[] arguments) throws Exception {
        Path xml = Path.of(arguments[0]);
        // All classes are there before the address space is used up.
        configure(xml);
        for (int room = 0; room <= MOST_ROOM; room++) {
            List<Thread> threads = fill();
            List<String> complaints;
            try {
                for (int i = 0; i < room; i++) {
                    end(threads.remove(threads.size() - 1));
                }
                complaints = configure(xml);
            } finally {
                for (Thread thread : threads) {
                    end(thread);
                }
            }
            complaints.forEach(System.out::println);
            System.out.println(AGAIN);
        }
        configure(xml).forEach(System.out::println);
    }

    private static void end(Thread thread) throws InterruptedException {
        thread.interrupt();
        thread.join();
    }

    /* What has gone wrong; none of its threads is left. */
    private static List<String> configure(Path xml) {
        List<String> complaints;
        try (LogbackHarness harness = LogbackHarness.configure(xml, Map.of())) {
            harness.logger("com.acme").info("an event");
            complaints = harness.complaints().stream()
                    .filter(line -> line.startsWith("ERROR"))
                    .toList();
        }
        long deadline = System.nanoTime() + LIMIT_NANOS;
        while (hasOwnThread()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "threads are left: " + Thread.getAllStackTraces().keySet());
            }
            Pause.nanos(1_000_000);
        }
        return complaints;
    }

    private static boolean hasOwnThread() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().startsWith("inkfast-"));
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
