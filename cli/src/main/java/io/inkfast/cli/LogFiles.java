package io.inkfast.cli;

import io.inkfast.encrypt.EncryptedLogReader;
import io.inkfast.encrypt.LogState;
import io.inkfast.encrypt.LogSummary;
import io.inkfast.keys.EncryptionKeyset;
import io.inkfast.keys.KeysetException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The files that a command is given, by name or by pattern. */
final class LogFiles {

    /** What a command ends with that cannot read or write something. */
    static final int UNREADABLE = 4;

    private static final String KEY = ".key";
    private static final Pattern TORN = Pattern.compile(".*\\.torn-\\d+");
    private static final Pattern WILD = Pattern.compile("[*?\\[{]");

    private LogFiles() {}

    /** All files; without key files, which belong to the logs beside them, and torn ends, which nobody can read. */
    static List<Path> named(List<String> names, Streams streams) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String name : names) {
            for (Path file : expanded(name, streams)) {
                if (TORN.matcher(file.toString()).matches()) {
                    streams.say("[" + file + "] is left out: it is the torn end of another file");
                } else if (!isKeyFile(file)) {
                    files.add(file);
                }
            }
        }
        return files;
    }

    private static boolean isKeyFile(Path file) {
        String name = file.toString();
        return name.endsWith(KEY) && Files.exists(Path.of(name.substring(0, name.length() - KEY.length())));
    }

    /* A shell has done so already, unless the pattern was quoted. */
    private static List<Path> expanded(String name, Streams streams) throws IOException {
        if (!WILD.matcher(name).find() || exists(name)) {
            return List.of(Path.of(name));
        }
        String[] parts = name.split("/", -1);
        int fixed = 0;
        while (!WILD.matcher(parts[fixed]).find()) {
            fixed++;
        }
        String base = String.join("/", List.of(parts).subList(0, fixed));
        Path directory = Path.of(base.isEmpty() && name.startsWith("/") ? "/" : base);
        int depth = name.contains("**") ? Integer.MAX_VALUE : parts.length - fixed;
        List<Path> found = Files.isDirectory(directory) ? matching(directory, name, depth) : List.of();
        if (found.isEmpty()) {
            streams.say("no file is called like [" + name + "]");
        }
        return found;
    }

    private static boolean exists(String name) {
        try {
            return Files.exists(Path.of(name));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static List<Path> matching(Path directory, String pattern, int depth) throws IOException {
        PathMatcher matcher = directory.getFileSystem().getPathMatcher("glob:" + pattern);
        try (Stream<Path> all = Files.walk(directory, depth)) {
            return all.filter(path -> matcher.matches(path) && !Files.isDirectory(path))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Those of one log by their numbers in it; logs, and what cannot be read, as they were given. */
    static List<Path> inOrder(List<Path> files) throws KeysetException {
        Map<String, List<Numbered>> logs = new LinkedHashMap<>();
        for (Path file : files) {
            LogSummary begins = begins(file);
            logs.computeIfAbsent(begins == null ? file.toString() : begins.stream(), log -> new ArrayList<>())
                    .add(new Numbered(file, begins == null ? 0 : begins.sequence()));
        }
        return logs.values().stream()
                .flatMap(log -> log.stream().sorted(Comparator.comparingLong(Numbered::sequence)))
                .map(Numbered::file)
                .toList();
    }

    private record Numbered(Path file, long sequence) {}

    /** Which file it is; null if that cannot be told. */
    static @Nullable LogSummary begins(Path file) throws KeysetException {
        try (EncryptedLogReader reader = EncryptedLogReader.open(file, null)) {
            if (reader.summary() == null) {
                // Its header is damaged; a later frame may tell.
                reader.next();
            }
            return reader.summary();
        } catch (IOException e) {
            // Whoever reads it will say so.
            return null;
        }
    }

    /** Null if it cannot be opened, and that was said. */
    static @Nullable EncryptedLogReader open(Path file, @Nullable EncryptionKeyset keyset, Streams streams) {
        try {
            return EncryptedLogReader.open(file, keyset);
        } catch (IOException e) {
            streams.say("[" + file + "] " + problem(e));
            return null;
        }
    }

    /** What a command ends with. */
    static int code(LogState state) {
        return switch (state) {
            case CLOSED -> 0;
            case NOT_CLOSED -> 1;
            case DAMAGED -> 2;
            case WRONG_KEY -> 3;
            case UNREADABLE -> UNREADABLE;
        };
    }

    static LogState worse(LogState one, LogState other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /** What is said of a file that cannot be read. */
    static String problem(IOException e) {
        return e instanceof NoSuchFileException
                ? "is not there"
                : "cannot be read (" + e.getClass().getSimpleName() + ": " + e.getMessage() + ")";
    }
}
