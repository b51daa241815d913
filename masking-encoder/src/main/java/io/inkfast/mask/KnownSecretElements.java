package io.inkfast.mask;

import io.inkfast.internal.Settings;
import io.inkfast.internal.Suggestion;
import io.inkfast.mask.scan.Rules;
import io.inkfast.mask.search.KnownValues;
import io.inkfast.mask.search.SharedValues;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The elements {@code <knownSecrets>}: where the values of secrets are. They are read once, here; messages name the places,
 * never the values. Configuring thread only.
 */
final class KnownSecretElements {

    private static final List<String> SOURCES = List.of("env", "property", "context", "file");
    private static final long LARGEST_FILE = 64 * 1024L;

    private final Settings settings;
    private final Map<String, Map<String, String>> named = new LinkedHashMap<>();
    private final Map<String, String> values = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();

    /**
     * @param context the properties of the logger context
     */
    KnownSecretElements(Settings settings, Map<String, String> environment, Map<String, String> context) {
        this.settings = settings;
        named.put("env", environment);
        named.put("property", systemProperties());
        named.put("context", context);
    }

    private static Map<String, String> systemProperties() {
        Map<String, String> properties = new TreeMap<>();
        for (String name : System.getProperties().stringPropertyNames()) {
            String value = System.getProperty(name);
            if (value != null) {
                properties.put(name, value);
            }
        }
        return properties;
    }

    /** Returns what is not wrong but should be known: values that are not used, places with nothing in them. */
    List<String> add(List<String> texts, Rules.Builder rules) {
        for (String text : texts) {
            for (String part : PolicyCompiler.list(settings, "knownSecrets", text)) {
                source(part);
            }
        }
        if (values.isEmpty()) {
            return notes;
        }
        KnownValues known = values.size() > SharedValues.MOST ? null : KnownValues.of(values.keySet());
        if (known == null) {
            settings.problem("<knownSecrets> names " + values.size()
                    + " values, which are more than the table holds [at" + " most " + SharedValues.MOST + "]");
        } else {
            rules.search(known.source());
        }
        return notes;
    }

    private void source(String part) {
        int colon = part.indexOf(':');
        String source = colon < 0 ? part : part.substring(0, colon).trim();
        String pattern = colon < 0 ? "" : part.substring(colon + 1).trim();
        if (!SOURCES.contains(source) || pattern.isEmpty()) {
            settings.problem("<knownSecrets> [" + part + "] is not env:NAME, property:NAME, context:NAME or file:PATH"
                    + (SOURCES.contains(source) ? "" : Suggestion.didYouMean(source, SOURCES)));
        } else if (source.equals("file")) {
            files(part, pattern);
        } else {
            Pattern names = glob(pattern);
            Map<String, String> matching = new TreeMap<>(named.getOrDefault(source, Map.of()));
            matching.keySet().removeIf(name -> !names.matcher(name).matches());
            if (matching.isEmpty() && pattern.indexOf('*') < 0) {
                notes.add("<knownSecrets> [" + part + "] is not set");
            }
            matching.forEach((name, value) -> value(source + ":" + name, value));
        }
    }

    private static Pattern glob(String pattern) {
        return Pattern.compile(
                List.of(pattern.split("\\*", -1)).stream().map(Pattern::quote).collect(Collectors.joining(".*")),
                Pattern.DOTALL);
    }

    private void files(String part, String pattern) {
        try {
            Path path = Path.of(pattern);
            Path last = path.getFileName();
            if (last == null || pattern.indexOf('*') < 0) {
                file(path);
                return;
            }
            Path directory = path.getParent() == null ? Path.of("") : path.getParent();
            if (!Files.isDirectory(directory)) {
                notes.add("<knownSecrets> [" + part + "]: there is no such directory");
                return;
            }
            List<Path> files = new ArrayList<>();
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory, last.toString())) {
                stream.forEach(files::add);
            }
            for (Path file : files.stream().sorted().toList()) {
                if (Files.isRegularFile(file)) {
                    file(file);
                }
            }
        } catch (IOException | InvalidPathException | DirectoryIteratorException e) {
            settings.problem("<knownSecrets> [" + part + "] cannot be read ["
                    + e.getClass().getName() + "]");
        }
    }

    private void file(Path file) throws IOException {
        if (Files.size(file) > LARGEST_FILE) {
            settings.problem("<knownSecrets>: the file [" + file + "] has more than " + Settings.size(LARGEST_FILE));
        } else {
            value("file:" + file, new String(Files.readAllBytes(file), StandardCharsets.UTF_8).trim());
        }
    }

    private void value(String place, String value) {
        if (value.isEmpty()) {
            notes.add("<knownSecrets>: [" + place + "] is empty");
        } else if (value.length() < KnownValues.SHORTEST) {
            notes.add("<knownSecrets>: the value of [" + place + "] is shorter than " + KnownValues.SHORTEST
                    + " characters and is not looked for");
        } else if (value.length() > KnownValues.LONGEST) {
            settings.problem("<knownSecrets>: the value of [" + place + "] is longer than " + KnownValues.LONGEST
                    + " characters");
        } else {
            values.put(value, place);
        }
    }
}
