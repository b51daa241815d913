package io.inkfast.mask;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.internal.Settings;
import io.inkfast.mask.testing.Secrets;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What was redacted once is not changed when it is redacted again: a chain of stages may do so. */
class CorpusIdempotenceTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int GENERATED = 20_000;

    @TempDir
    Path directory;

    /** Profiles by name; those that this version has. */
    private static List<String> profiles() {
        return CorpusScoreTest.ENCODERS.keySet().stream()
                .filter(profile -> {
                    Settings settings = new Settings();
                    redaction(profile).compile(settings);
                    return settings.problems().isEmpty();
                })
                .toList();
    }

    private static Redaction redaction(String profile) {
        Redaction redaction = new Redaction();
        redaction.addProfile("secrets, pci" + (profile.equals("secrets") ? "" : ", " + profile));
        return redaction;
    }

    private static UnaryOperator<String> text(String profile) {
        return new Redactor(redaction(profile).compile(new Settings()))::text;
    }

    @Test
    void messagesOfTheCorpusStayAsTheyAre() throws Exception {
        List<String> changed = new ArrayList<>();
        for (String profile : profiles()) {
            UnaryOperator<String> again = text(profile);
            for (Map.Entry<CorpusCase, String> line : encoded(profile).entrySet()) {
                for (String name : List.of("message", "stack_trace")) {
                    String once = message(line.getValue(), name);
                    if (!again.apply(once).equals(once)) {
                        changed.add(line.getKey().id() + " " + profile + ": " + once + "\n  -> " + again.apply(once));
                    }
                }
            }
        }
        assertThat(changed).isEmpty();
    }

    @Test
    void linesOfTheEncoderPassTheAssertionForUsers() throws Exception {
        List<String> refused = new ArrayList<>();
        for (Map.Entry<CorpusCase, String> line : encoded("secrets").entrySet()) {
            try {
                Secrets.assertNoSecrets(line.getValue());
            } catch (AssertionError e) {
                refused.add(line.getKey().id() + " " + e.getMessage() + "\n  " + line.getValue());
            }
        }
        assertThat(refused).isEmpty();
    }

    @Test
    void generatedTextsStayAsTheyAre() {
        List<String> changed = new ArrayList<>();
        for (String profile : profiles()) {
            UnaryOperator<String> redact = text(profile);
            TextMix mix = new TextMix(new Random(20_260_115L));
            for (int i = 0; i < GENERATED; i++) {
                String text = mix.next();
                String once = redact.apply(text);
                String twice = redact.apply(once);
                if (!twice.equals(once)) {
                    changed.add(i + " " + profile + ": " + text + "\n  -> " + once + "\n  -> " + twice);
                }
            }
        }
        assertThat(changed).isEmpty();
    }

    private static String message(String line, String name) {
        try {
            JsonNode found = JSON.readTree(line).path(name);
            return found.isString() ? found.asString() : "";
        } catch (JacksonException e) {
            return "";
        }
    }

    private Map<CorpusCase, String> encoded(String profile) throws Exception {
        Map<CorpusCase, String> lines = new java.util.LinkedHashMap<>();
        try (Encoding encoding = Encoding.with(directory, CorpusScoreTest.ENCODERS.get(profile))) {
            for (CorpusCase one : Corpus.cases()) {
                CorpusLogging.log(encoding.context(), one);
                lines.put(one, new String(encoding.sink().encoded.remove(0), StandardCharsets.UTF_8));
            }
        }
        return lines;
    }
}
