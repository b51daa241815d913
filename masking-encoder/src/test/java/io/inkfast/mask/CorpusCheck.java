package io.inkfast.mask;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is wrong with the line that was made of a case; nothing, if the case is passed. */
final class CorpusCheck {

    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final CorpusCase one;
    private final byte[] bytes;
    private final List<String> problems = new ArrayList<>();
    private final StringBuilder seen = new StringBuilder();

    private CorpusCheck(CorpusCase one, byte[] bytes) {
        this.one = one;
        this.bytes = bytes;
    }

    /**
     * @param bytes what our encoder made of it
     * @param reference what Logback's own made of it, for cases that must survive untouched
     */
    static List<String> problems(CorpusCase one, byte[] bytes, byte[] reference, String thread) {
        CorpusCheck check = new CorpusCheck(one, bytes);
        check.run(reference, thread);
        return check.problems;
    }

    private void run(byte[] reference, String thread) {
        String line = new String(bytes, StandardCharsets.UTF_8);
        if (line.indexOf('\n') != line.length() - 1) {
            problems.add("not exactly one line");
        }
        JsonNode json;
        try {
            json = STRICT.readTree(line);
        } catch (JacksonException e) {
            problems.add("no valid JSON, or a name twice: " + e.getOriginalMessage());
            return;
        }
        if (json.path("message").asString("").startsWith("[event withheld")) {
            problems.add("withheld");
        }
        String time = json.path("@timestamp").asString("");
        seen.append(line.replace(time, "")).append('\n');
        collect(json);
        String all = seen.toString();
        String bare = bare(all);
        one.hidden().stream().filter(all::contains).forEach(text -> problems.add("seen: " + text));
        one.hiddenBare().stream().filter(bare::contains).forEach(text -> problems.add("seen, bare: " + text));
        one.kept().stream().filter(text -> !all.contains(text)).forEach(text -> problems.add("gone: " + text));
        if (one.untouched() && !json.equals(STRICT.readTree(reference))) {
            problems.add("not as Logback has it");
        }
        if (one.isInjection()) {
            checkCharacters();
            checkReserved(json, thread);
        }
    }

    /* All names and texts, with the escapes of JSON undone. */
    private void collect(JsonNode node) {
        node.properties().forEach(property -> {
            if (!property.getKey().equals("@timestamp")) {
                seen.append(property.getKey()).append('\n');
                collect(property.getValue());
            }
        });
        if (node.isArray()) {
            node.forEach(this::collect);
        } else if (node.isString()) {
            seen.append(node.asString()).append('\n');
        }
    }

    private static String bare(String text) {
        return text.codePoints()
                .filter(Character::isLetterOrDigit)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private void checkCharacters() {
        try {
            String line = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            line.substring(0, line.length() - 1)
                    .codePoints()
                    .filter(CorpusCheck::isForbidden)
                    .distinct()
                    .forEach(c -> problems.add("raw U+%04X".formatted(c)));
        } catch (CharacterCodingException e) {
            problems.add("no valid UTF-8");
        }
        if (seen.codePoints().anyMatch(c -> c >= 0xD800 && c <= 0xDFFF)) {
            problems.add("half a surrogate");
        }
    }

    /** Controls, line and paragraph separators, marks of direction, what nobody sees, what is no character. */
    private static boolean isForbidden(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default ->
                (c & 0xFFFE) == 0xFFFE
                        || (c >= 0xE0100 && c <= 0xE01EF)
                        || c == 0x115F
                        || c == 0x1160
                        || c == 0x3164
                        || c == 0xFFA0;
        };
    }

    private void checkReserved(JsonNode json, String thread) {
        reserved(json, "level", "INFO");
        reserved(json, "level_value", "20000");
        reserved(json, "@version", "1");
        if (!one.channel().equals("logger")) {
            reserved(json, "logger_name", CorpusLogging.LOGGER);
        }
        if (!one.channel().equals("thread")) {
            reserved(json, "thread_name", thread);
        }
        if (!json.path("@timestamp").asString("").startsWith("20")) {
            problems.add("@timestamp is not the event's");
        }
        boolean elsewhere = !List.of("message", "template").contains(one.channel())
                && !one.channel().startsWith("arg-");
        if (elsewhere) {
            reserved(json, "message", "done");
        }
    }

    private void reserved(JsonNode json, String name, String value) {
        if (!json.path(name).asString("").equals(value)) {
            problems.add(name + " is not the event's");
        }
    }
}
