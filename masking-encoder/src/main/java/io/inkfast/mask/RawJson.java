package io.inkfast.mask;

import java.math.BigDecimal;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
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
            int depth = 0;
            do {
                JsonToken token = parser.currentToken();
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (token == JsonToken.VALUE_NUMBER_FLOAT && isBeyondMeasure(parser.getString())) {
                    to.writeString(parser.getString());
                } else {
                    to.copyCurrentEventExact(parser);
                }
            } while (depth > 0 && parser.nextToken() != null);
            return depth == 0 && parser.nextToken() == null;
        } catch (JacksonException e) {
            return false;
        }
    }

    /* JSON sets no limit to an exponent, Java does. */
    private static boolean isBeyondMeasure(String number) {
        try {
            new BigDecimal(number);
            return false;
        } catch (NumberFormatException e) {
            return true;
        }
    }

    /** Whether it is a number as JSON has it: no plus, no zeros in front, digits on both sides of the point. */
    static boolean isNumber(String text) {
        int from = text.startsWith("-") ? 1 : 0;
        int at = digits(text, from);
        if (at == from || (at > from + 1 && text.charAt(from) == '0')) {
            return false;
        }
        if (at < text.length() && text.charAt(at) == '.') {
            from = at + 1;
            at = digits(text, from);
        }
        if (at > from && at < text.length() && (text.charAt(at) | 0x20) == 'e') {
            boolean signed = at + 1 < text.length() && "+-".indexOf(text.charAt(at + 1)) >= 0;
            from = at + (signed ? 2 : 1);
            at = digits(text, from);
        }
        return at > from && at == text.length();
    }

    private static int digits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }

    /** Line breaks and tabs between tokens mean nothing; inside strings JSON does not allow them. */
    static String oneLine(String raw) {
        boolean breaks = raw.indexOf('\n') >= 0 || raw.indexOf('\r') >= 0 || raw.indexOf('\t') >= 0;
        return breaks ? raw.replace('\n', ' ').replace('\r', ' ').replace('\t', ' ') : raw;
    }
}
