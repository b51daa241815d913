package io.inkfast.mask;

import io.inkfast.internal.Settings;
import io.inkfast.internal.Suggestion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The element {@code <rules>}: a file of JSON with rules, in the words of the XML. Read once; configuring thread only. */
final class RulesFile {

    private static final List<String> KEYS = List.of("fields", "allow", "types", "patterns", "knownSecrets");
    private static final List<String> PATTERN_KEYS = List.of("name", "literal", "regex", "action", "maxMatch");
    private static final int LARGEST = 1 << 20;

    /* A key that stands twice would silently win over the first. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final Settings settings;
    private final Redaction into;

    /**
     * @param into takes the rules
     */
    RulesFile(Settings settings, Redaction into) {
        this.settings = settings;
        this.into = into;
    }

    void add(String setting) {
        String place = settings.text("rules", setting);
        if (place == null) {
            return;
        }
        try {
            byte[] content = content(place);
            if (content != null) {
                read(place, JSON.readTree(content));
            }
        } catch (JacksonException e) {
            settings.problem("<rules> [" + place + "] is not JSON: error in line "
                    + (e.getLocation() == null ? "?" : e.getLocation().getLineNr()));
        } catch (IOException | InvalidPathException e) {
            settings.problem(
                    "<rules> [" + place + "] cannot be read [" + e.getClass().getName() + "]");
        }
    }

    private byte @Nullable [] content(String place) throws IOException {
        if (place.startsWith("classpath:")) {
            String name = place.substring("classpath:".length());
            try (InputStream in = resource(name.startsWith("/") ? name.substring(1) : name)) {
                if (in == null) {
                    settings.problem("<rules> [" + place + "] is not on the class path");
                    return null;
                }
                return limited(place, in);
            }
        }
        if (!place.startsWith("file:")) {
            settings.problem("<rules> [" + place + "] is not file:PATH or classpath:NAME");
            return null;
        }
        try (InputStream in = Files.newInputStream(Path.of(place.substring("file:".length())))) {
            return limited(place, in);
        }
    }

    private static @Nullable InputStream resource(String name) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        InputStream in = loader == null ? null : loader.getResourceAsStream(name);
        ClassLoader own = RulesFile.class.getClassLoader();
        return in != null || own == null ? in : own.getResourceAsStream(name);
    }

    private byte @Nullable [] limited(String place, InputStream in) throws IOException {
        byte[] content = in.readNBytes(LARGEST + 1);
        if (content.length > LARGEST) {
            settings.problem("<rules> [" + place + "] has more than " + Settings.size(LARGEST));
            return null;
        }
        return content;
    }

    private void read(String place, JsonNode root) {
        String setting = "<rules> [" + place + "]";
        if (!root.isObject()) {
            settings.problem(setting + " is not a JSON object");
            return;
        }
        for (String key : root.propertyNames()) {
            JsonNode value = root.path(key);
            switch (key) {
                case "fields" -> texts(setting, key, value, into::addField);
                case "allow" -> texts(setting, key, value, into::addAllow);
                case "types" -> texts(setting, key, value, into::addType);
                case "knownSecrets" -> texts(setting, key, value, into::addKnownSecrets);
                case "patterns" -> patterns(setting, value);
                default -> unknown(setting, key, KEYS);
            }
        }
    }

    private void unknown(String setting, String key, List<String> known) {
        settings.problem(setting + ": [" + key + "] is not one of " + String.join(", ", known)
                + Suggestion.didYouMean(key, known));
    }

    private void texts(String setting, String key, JsonNode value, Consumer<String> each) {
        for (JsonNode one : elements(value)) {
            if (one.isString()) {
                each.accept(one.stringValue());
            } else {
                settings.problem(setting + ": [" + key + "] is not a text or a list of texts");
            }
        }
    }

    private static List<JsonNode> elements(JsonNode value) {
        List<JsonNode> elements = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(elements::add);
        } else {
            elements.add(value);
        }
        return elements;
    }

    private void patterns(String setting, JsonNode value) {
        for (JsonNode one : elements(value)) {
            if (!one.isObject()) {
                settings.problem(
                        setting + ": [patterns] is not a list of objects with " + String.join(", ", PATTERN_KEYS));
                continue;
            }
            PatternRule rule = new PatternRule();
            for (String key : one.propertyNames()) {
                JsonNode part = one.path(key);
                String text = part.isString() || part.isInt() ? part.asString() : null;
                if (text == null) {
                    settings.problem(setting + ": [" + key + "] of a pattern is not a text");
                    continue;
                }
                switch (key) {
                    case "name" -> rule.setName(text);
                    case "literal" -> rule.setLiteral(text);
                    case "regex" -> rule.setRegex(text);
                    case "action" -> rule.setAction(text);
                    case "maxMatch" -> rule.setMaxMatch(text);
                    default -> unknown(setting, key, PATTERN_KEYS);
                }
            }
            into.addPattern(rule);
        }
    }
}
