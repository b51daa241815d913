package io.inkfast.mask.testing;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A value that was masked.
 *
 * @param field its place in an object of JSON, such as {@code user.card}; empty in a text
 * @param line number of line breaks before it, in a text
 * @param column from 1: in its line, or in the text of the field
 * @param span where it is in the text or in that of the field
 * @param value must not be shown
 */
record Finding(String field, int line, int column, Difference span, String value) {

    private static final JsonMapper JSON = new JsonMapper();

    String place() {
        return field.isEmpty() ? "column " + column : "field " + field + ", character " + column;
    }

    boolean meets(Finding other) {
        return field.equals(other.field) && span.overlaps(other.span);
    }

    /** What is masked in {@code safe}; both are objects of JSON, or texts. */
    static List<Finding> between(String output, String safe) {
        List<Finding> findings = new ArrayList<>();
        if (output.startsWith("{")) {
            try {
                compare("", JSON.readTree(output), JSON.readTree(safe), findings);
                return findings;
            } catch (JacksonException e) {
                findings.clear(); // a text that only begins like JSON
            }
        }
        compare("", output, safe, findings);
        return findings;
    }

    private static void compare(String field, JsonNode before, JsonNode after, List<Finding> findings) {
        if (before.isString() && after.isString()) {
            compare(field, before.stringValue(), after.stringValue(), findings);
        } else if (before.isObject() && after.isObject() && before.size() == after.size()) {
            Iterator<Map.Entry<String, JsonNode>> shown = after.properties().iterator();
            for (Map.Entry<String, JsonNode> property : before.properties()) {
                Map.Entry<String, JsonNode> masked = shown.next();
                String path = field.isEmpty() ? masked.getKey() : field + "." + masked.getKey();
                compare(path, property.getKey(), masked.getKey(), findings);
                compare(path, property.getValue(), masked.getValue(), findings);
            }
        } else if (before.isArray() && after.isArray() && before.size() == after.size()) {
            for (int i = 0; i < before.size(); i++) {
                compare(field + "[" + i + "]", before.get(i), after.get(i), findings);
            }
        } else if (!before.equals(after)) {
            String value = before.toString();
            findings.add(new Finding(field, 0, 1, new Difference(0, value.length()), value));
        }
    }

    private static void compare(String field, String before, String after, List<Finding> findings) {
        for (Difference span : Difference.between(before, after)) {
            String head = before.substring(0, span.start());
            int breaks =
                    field.isEmpty() ? (int) head.chars().filter(c -> c == '\n').count() : 0;
            int column = span.start() - (field.isEmpty() ? head.lastIndexOf('\n') : -1);
            findings.add(new Finding(field, breaks, column, span, before.substring(span.start(), span.end())));
        }
    }
}
