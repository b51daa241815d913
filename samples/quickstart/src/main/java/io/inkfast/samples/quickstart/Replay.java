package io.inkfast.samples.quickstart;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import tools.jackson.databind.JsonNode;

/** Logs the lines of files: a logger and a thread for each file. */
final class Replay {

    private static final String MASK = "****";

    private final Map<String, List<String>> files = new HashMap<>();
    private long redacted;

    /**
     * @param path a file, or a folder whose *.log files are taken
     */
    Replay(Path path) throws IOException {
        for (Path file : logs(path)) {
            // Bytes that are no UTF-8 become U+FFFD: what is logged is text.
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            files.put(logger(file), text.lines().toList());
        }
        if (files.isEmpty()) {
            throw new IOException("no *.log file in [" + path + "]");
        }
    }

    /** How many lines there are to log. */
    long lines() {
        return files.values().stream().mapToLong(List::size).sum();
    }

    /** How many lines came out other than they went in; after {@link #check}. */
    long redacted() {
        return redacted;
    }

    String firstLine() {
        return files.values().iterator().next().get(0);
    }

    String firstLogger() {
        return files.keySet().iterator().next();
    }

    List<Thread> threads(String run) {
        List<Thread> threads = new ArrayList<>();
        files.forEach((name, lines) -> threads.add(new Thread(() -> log(name, lines, run), name)));
        return threads;
    }

    private static void log(String name, List<String> lines, String run) {
        Logger logger = LoggerFactory.getLogger(name);
        MDC.put("run", run);
        for (int i = 0; i < lines.size(); i++) {
            logger.atInfo().addKeyValue("line", i).log(lines.get(i));
        }
        MDC.remove("run");
    }

    /** Every line of a file comes in its place, unchanged unless something in it was redacted. */
    Proof.Check check() {
        Map<String, Integer> next = new HashMap<>();
        return line -> {
            String name = line.path("logger_name").asString("");
            int number = line.path("line").asInt(-1);
            int expected = next.getOrDefault(name, 0);
            next.put(name, number + 1);
            List<String> lines = files.get(name);
            if (lines == null || number != expected) {
                return name + ": line " + number + " where line " + expected + " was due";
            }
            return compare(name, lines.get(number), line);
        };
    }

    private @org.jspecify.annotations.Nullable String compare(String name, String before, JsonNode line) {
        String after = line.path("message").asString("");
        if (after.equals(before)) {
            return null;
        }
        redacted++;
        return after.contains(MASK) ? null : name + ": changed without a mask: [" + before + "] became [" + after + "]";
    }

    private static String logger(Path file) {
        return "replay." + file.getFileName().toString().replaceFirst("\\.log$", "");
    }

    private static List<Path> logs(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> all = Files.list(path)) {
            return all.filter(each -> each.toString().endsWith(".log")).sorted().toList();
        }
    }
}
