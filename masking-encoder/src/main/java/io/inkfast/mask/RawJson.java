package io.inkfast.mask;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** JSON that someone wrote as text. */
final class RawJson {

    private static final JsonFactory PLAIN = JsonFactory.builder().build();

    private RawJson() {}

    /** Writes it token by token; false if it is not one JSON value and nothing more. */
    static boolean copy(String raw, JsonGenerator to) {
        try (JsonParser parser = PLAIN.createParser(ObjectReadContext.empty(), raw)) {
            if (parser.nextToken() == null) {
                return false;
            }
            to.copyCurrentStructureExact(parser);
            return parser.nextToken() == null;
        } catch (JacksonException e) {
            return false;
        }
    }

    /** Line breaks between tokens mean nothing; inside strings JSON does not allow them. */
    static String oneLine(String raw) {
        return raw.indexOf('\n') < 0 && raw.indexOf('\r') < 0
                ? raw
                : raw.replace('\n', ' ').replace('\r', ' ');
    }
}
