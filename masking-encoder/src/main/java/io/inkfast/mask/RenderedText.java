package io.inkfast.mask;

import io.inkfast.mask.text.Injection;
import java.io.StringWriter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.util.TokenBuffer;

/** What an encoder made, searched once more: JSON by its structure, anything else as text. Any thread. */
final class RenderedText {

    private RenderedText() {}

    static boolean isJson(String text) {
        return text.startsWith("{") && text.stripTrailing().endsWith("}");
    }

    static String swept(String text, Redactor redactor) {
        if (!isJson(text)) {
            return RedactingPatternLayout.sweep(text, redactor);
        }
        String json = text.stripTrailing();
        RedactedJson read = RedactedJson.of(json, redactor);
        if (!read.valid()) {
            return RedactingPatternLayout.sweep(text, redactor);
        }
        TokenBuffer redacted = read.redacted();
        String end = text.substring(json.length());
        return (redacted == null ? Injection.escapeJson(json) : written(redacted)) + end;
    }

    private static String written(TokenBuffer json) {
        StringWriter out = new StringWriter();
        try (JsonGenerator generator = SharedMapper.MAPPER.createGenerator(out)) {
            json.serialize(generator);
        }
        return Injection.escapeJson(out.toString());
    }
}
