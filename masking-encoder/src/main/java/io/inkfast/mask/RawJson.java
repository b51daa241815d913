package io.inkfast.mask;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.util.TokenBuffer;

/**
 * JSON that someone wrote as text, examined. Immutable.
 *
 * @param valid whether it is one JSON value and nothing more
 * @param redacted what may be written in its place; null if it is clean
 */
record RawJson(boolean valid, @Nullable TokenBuffer redacted) {

    private static final JsonFactory PLAIN = JsonFactory.builder().build();
    private static final RawJson INVALID = new RawJson(false, null);

    static RawJson read(String raw, ObjectWriteContext context, Redactor redactor) {
        TokenBuffer buffer = new TokenBuffer(context, false);
        RedactingJsonGenerator inner = new RedactingJsonGenerator(buffer, redactor);
        try (JsonParser parser = PLAIN.createParser(ObjectReadContext.empty(), raw)) {
            if (parser.nextToken() == null) {
                return INVALID;
            }
            inner.copyCurrentStructureExact(parser);
            if (parser.nextToken() != null) {
                return INVALID;
            }
            return new RawJson(true, inner.changed() ? buffer : null);
        } catch (JacksonException e) {
            return INVALID;
        }
    }

    /** Line breaks between tokens mean nothing; inside strings JSON does not allow them. */
    static String oneLine(String raw) {
        return raw.indexOf('\n') < 0 && raw.indexOf('\r') < 0
                ? raw
                : raw.replace('\n', ' ').replace('\r', ' ');
    }
}
