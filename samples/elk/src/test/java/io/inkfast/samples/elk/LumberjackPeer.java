package io.inkfast.samples.elk;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Somebody else's server that speaks Lumberjack, in a process of its own; what it took survives a kill. One thread. */
final class LumberjackPeer implements AutoCloseable {

    private static final String MAIN = "io.inkfast.samples.servers.lumberjack.LumberjackServer";
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Path folder;
    private final int port = Ports.unused();
    private int starts;
    private Process process;

    LumberjackPeer(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    String address() {
        return "localhost:" + port;
    }

    /** Returns when it listens; for TLS with a key store and its password. */
    void start(String... tls) throws IOException, InterruptedException {
        Path home = Path.of(System.getProperty("inkfast.lumberjack"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-cp",
                home.resolve("classes") + File.pathSeparator + Files.readString(home.resolve("classpath.txt")),
                MAIN,
                Integer.toString(port),
                taken(starts++).toString()));
        command.addAll(List.of(tls));
        Path output = folder.resolve("output.txt");
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                .start();
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!Ports.answers(port)) {
            if (process.waitFor(20, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
                throw new IOException("the Lumberjack peer did not start: " + Files.readString(output));
            }
        }
    }

    private Path taken(int start) {
        return folder.resolve("taken-" + start + ".jsonl");
    }

    /** What it has taken in all its lives, whole lines only. */
    List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < starts; i++) {
            if (Files.exists(taken(i))) {
                String text = Files.readString(taken(i), StandardCharsets.UTF_8);
                text.substring(0, text.lastIndexOf('\n') + 1).lines().forEach(lines::add);
            }
        }
        return lines;
    }

    /** With signal 9: it finishes nothing. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        if (process != null) {
            kill();
        }
    }
}
