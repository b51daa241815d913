package io.inkfast.samples.quickstart;

import io.inkfast.component.AppenderMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import javax.management.JMX;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/** What logback.xml set up, as seen from outside: the front's books over JMX, and the files it writes. */
final class Pipe {

    private static final Duration COMPRESSION = Duration.ofMinutes(1);

    private final AppenderMXBean front;
    private final Path file;

    private Pipe(AppenderMXBean front, Path file) {
        this.front = front;
        this.file = file;
    }

    /** The front that logback.xml names ASYNC, or that of a preset, and the file at {@code LOG_FILE}. */
    static Pipe open() throws MalformedObjectNameException {
        var server = ManagementFactory.getPlatformMBeanServer();
        for (String name : new String[] {"ASYNC", "INKFAST"}) {
            ObjectName any = new ObjectName("io.inkfast:type=Appender,name=\"" + name + "\",*");
            for (ObjectName found : server.queryNames(any, null)) {
                AppenderMXBean front = JMX.newMXBeanProxy(server, found, AppenderMXBean.class);
                return new Pipe(front, Path.of(setting("LOG_FILE", "logs/app.json")));
            }
        }
        throw new IllegalStateException("no appender ASYNC or INKFAST runs; what Logback says of it stands above");
    }

    Path file() {
        return file.toAbsolutePath().normalize();
    }

    AppenderMXBean front() {
        return front;
    }

    /** Waits until all that was logged is written. */
    boolean flush() {
        return front.flush(TimeUnit.MINUTES.toMillis(2));
    }

    /** Where every event went: {@code received 12 = written 10 + dropped 2}. */
    String balance() {
        StringBuilder line = new StringBuilder("received " + front.getReceived() + " = written " + front.getWritten());
        String[] names = {"filtered", "dropped", "rejected", "failed", "dead-lettered", "discarded", "queued"};
        long[] events = {
            front.getFiltered(),
            front.getDropped(),
            front.getRejected(),
            front.getFailed(),
            front.getDeadLettered(),
            front.getDiscarded(),
            front.getQueued()
        };
        for (int i = 0; i < names.length; i++) {
            line.append(" + ").append(names[i]).append(' ').append(events[i]);
        }
        return line.toString();
    }

    /** Hands over each line of the log, the oldest first, those of rolled and compressed files too. */
    void read(Consumer<String> line) throws IOException, InterruptedException {
        for (Path each : files()) {
            try (InputStream in = Files.newInputStream(each);
                    InputStream text = each.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
                    BufferedReader lines = new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8))) {
                for (String next = lines.readLine(); next != null; next = lines.readLine()) {
                    line.accept(next);
                }
            }
        }
    }

    private List<Path> files() throws IOException, InterruptedException {
        Path folder = file.toAbsolutePath().resolveSibling(".");
        List<Path> files = rolled(folder);
        // A file that has just been rolled is compressed in the background. Until that is done it is there itself, as
        // ".tmp" or without ending, depending on the version of Logback.
        long deadline = System.nanoTime() + COMPRESSION.toNanos();
        while (files.stream().anyMatch(each -> !each.toString().endsWith(".gz"))) {
            if (System.nanoTime() > deadline) {
                throw new IOException("not compressed within " + COMPRESSION + ": " + files);
            }
            TimeUnit.MILLISECONDS.sleep(100);
            files = rolled(folder);
        }
        files.sort(Comparator.comparing(Pipe::day).thenComparing(Pipe::index));
        files.add(file);
        return files;
    }

    private List<Path> rolled(Path folder) throws IOException {
        String prefix = file.getFileName() + ".";
        try (Stream<Path> all = Files.list(folder)) {
            return new ArrayList<>(
                    all.filter(each -> each.getFileName().toString().startsWith(prefix))
                            .toList());
        }
    }

    private static String day(Path rolled) {
        String[] parts = rolled.getFileName().toString().split("\\.", -1);
        return parts[parts.length - 3];
    }

    private static int index(Path rolled) {
        String[] parts = rolled.getFileName().toString().split("\\.", -1);
        return Integer.parseInt(parts[parts.length - 2]);
    }

    /* As logback.xml resolves it: system property, environment, default. */
    private static String setting(String name, String otherwise) {
        String property = System.getProperty(name);
        String environment = System.getenv(name);
        return property != null ? property : environment != null ? environment : otherwise;
    }
}
