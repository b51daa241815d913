package io.inkfast.samples.examples;

import io.inkfast.testing.LogbackHarness;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Starts Logback with one configuration, logs three events as an application does, stops it, and keeps what was said.
 *
 * @param complaints of Logback and of ours, WARN and ERROR, from the start
 * @param file       what is in the log file, or null if there is none
 */
record Trial(List<String> complaints, String file, String out, String err) {

    /** The name of the logger; on standard error it shows that an event was rejected. */
    static final String LOGGER = "shop.Payments";

    /** No secret, but what nobody may see of an event that could not be redacted as it should. */
    static final String WORD = "xyzzy";

    static final String CARD = "4111 1111 1111 1111";

    static Trial of(Path xml, Path folder, Map<String, String> variables) throws IOException {
        Path log = folder.resolve("app.json");
        Map<String, String> all = new HashMap<>(Map.of("LOG_FILE", log.toString()));
        all.putAll(variables);
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(outBytes, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(errBytes, true, StandardCharsets.UTF_8));
        List<String> complaints;
        try (LogbackHarness logback = LogbackHarness.configure(xml, all)) {
            complaints = logback.complaints();
            for (int i = 0; i < 3; i++) {
                logback.logger(LOGGER).warn("{} {}, paid with card {}", WORD, i, CARD);
            }
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        return new Trial(
                complaints,
                Files.exists(log) ? Files.readString(log) : null,
                outBytes.toString(StandardCharsets.UTF_8),
                errBytes.toString(StandardCharsets.UTF_8));
    }

    /** The lines that arrived, in the file or on standard output. */
    List<String> lines() {
        return ((file == null ? "" : file) + out).lines().toList();
    }

    List<String> errors() {
        return complaints.stream().filter(line -> line.startsWith("ERROR")).toList();
    }
}
