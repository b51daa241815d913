package io.inkfast.mask;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Puts values in the place of the tokens of a text, and counts. In JSON a value is escaped as its string demands; elsewhere
 * only what would break the line or move the cursor is. Any thread.
 */
final class Revealing {

    /** The brackets as the text has them. */
    enum Spelling {
        TEXT("\u2039", "\u203a", false),
        BYTES("\u00e2\u0080\u00b9", "\u00e2\u0080\u00ba", true);

        final String open;
        final String close;

        /* Whether each character of the text stands for one byte of UTF-8. */
        private final boolean bytes;

        Spelling(String open, String close, boolean bytes) {
            this.open = open;
            this.close = close;
            this.bytes = bytes;
        }

        private String spelled(String value) {
            return bytes ? new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1) : value;
        }
    }

    /** The opening bracket as some writers of JSON have it. */
    static final String ESCAPED_OPEN = "\\u2039";

    private static final String ESCAPED_CLOSE = "\\u203a";
    private static final JsonFactory JSON = JsonFactory.builder().build();

    private final Pseudonyms pseudonyms;
    private final LongAdder revealed = new LongAdder();
    private final LongAdder unopened = new LongAdder();

    Revealing(Pseudonyms pseudonyms) {
        this.pseudonyms = pseudonyms;
    }

    long revealed() {
        return revealed.sum();
    }

    long unopened() {
        return unopened.sum();
    }

    /**
     * Whether values must be escaped as in JSON: always behind a brace, so that an object that was cut off is none the less
     * one; behind a bracket, which plain lines like to begin with, only in what really is JSON.
     */
    static boolean isJson(String line) {
        String text = line.stripLeading();
        return text.startsWith("{") || (text.startsWith("[") && parses(text));
    }

    private static boolean parses(String text) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            parser.nextToken();
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (JacksonException e) {
            return false;
        }
    }

    /** Whether there is anything to do. */
    static boolean mayHold(String text, Spelling spelling) {
        return text.contains(spelling.open) || text.contains(ESCAPED_OPEN);
    }

    String reveal(String text, Spelling spelling, boolean json) {
        StringBuilder result = new StringBuilder(text.length() + 64);
        int copied = 0;
        int plain = text.indexOf(spelling.open);
        int escaped = json ? text.indexOf(ESCAPED_OPEN) : -1;
        while (plain >= 0 || escaped >= 0) {
            boolean escape = plain < 0 || (escaped >= 0 && escaped < plain);
            int at = escape ? escaped : plain;
            int behind = at + (escape ? ESCAPED_OPEN : spelling.open).length();
            PseudonymFormat.Found found = escape && isQuoted(text, at) ? null : read(text, behind, spelling, escape);
            if (found != null && found.token()) {
                String value = pseudonyms.reveal(found);
                if (value == null) {
                    unopened.increment();
                } else {
                    revealed.increment();
                    result.append(text, copied, at).append(spelling.spelled(escaped(value, json)));
                    copied = found.end();
                }
                behind = found.end();
            }
            plain = plain >= 0 && plain < behind ? text.indexOf(spelling.open, behind) : plain;
            escaped = escaped >= 0 && escaped < behind ? text.indexOf(ESCAPED_OPEN, behind) : escaped;
        }
        return copied == 0 ? text : result.append(text, copied, text.length()).toString();
    }

    private static PseudonymFormat.@Nullable Found read(String text, int from, Spelling spelling, boolean escape) {
        if (!escape) {
            return PseudonymFormat.read(text, from, text.length(), spelling.close);
        }
        PseudonymFormat.Found found = PseudonymFormat.read(text, from, text.length(), ESCAPED_CLOSE);
        return found != null ? found : PseudonymFormat.read(text, from, text.length(), "\\u203A");
    }

    /* The backslash is itself behind one: what it begins is not a bracket, but text about one. */
    private static boolean isQuoted(String text, int at) {
        int first = at;
        while (first > 0 && text.charAt(first - 1) == '\\') {
            first--;
        }
        return ((at - first) & 1) == 1;
    }

    /* A value is somebody's input: no line breaks, terminal commands or changes of direction come from it. */
    private static String escaped(String value, boolean json) {
        StringBuilder text = new StringBuilder(value.length() + 16);
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (json && (c == '"' || c == '\\')) {
                text.append('\\').append(c);
            } else if (c == '\n' || c == '\r' || c == '\t') {
                text.append('\\').append(c == '\n' ? 'n' : c == '\r' ? 'r' : 't');
            } else if (Character.isISOControl(c) || isInvisible(c)) {
                text.append(String.format("\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    private static boolean isInvisible(char c) {
        return c == '\u2028'
                || c == '\u2029'
                || (c >= '\u202a' && c <= '\u202e')
                || (c >= '\u2066' && c <= '\u2069')
                || c == '\u200e'
                || c == '\u200f'
                || c == '\u061c'
                || c == '\ufeff';
    }
}
