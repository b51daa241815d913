package io.inkfast.cli;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** Finds the {@code event.id} in a line of JSON: under that name, or as {@code id} in an object {@code event}. One thread. */
final class EventLine {

    /** What a line is. */
    enum Kind {
        /** It has an id. */
        EVENT,
        /** An object without an id of ours. */
        OTHER,
        BROKEN
    }

    private static final int RUN_LENGTH = 16;
    private static final int MOST_DIGITS = 18;

    private final JsonFactory json = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();
    private String run = "";
    private long number;

    /** Reads a line, without its end. */
    Kind read(byte[] bytes, int from, int length) {
        String id;
        try (JsonParser parser = json.createParser(ObjectReadContext.empty(), bytes, from, length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Kind.BROKEN;
            }
            id = id(parser);
            if (parser.nextToken() != null) {
                return Kind.BROKEN;
            }
        } catch (JacksonException e) {
            return Kind.BROKEN;
        }
        return id != null && take(id) ? Kind.EVENT : Kind.OTHER;
    }

    private static @Nullable String id(JsonParser parser) {
        String id = null;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (value == JsonToken.VALUE_STRING && name.equals("event.id")) {
                id = parser.getString();
            } else if (value == JsonToken.START_OBJECT && name.equals("event")) {
                String inner = inner(parser);
                id = inner == null ? id : inner;
            } else {
                parser.skipChildren();
            }
        }
        return id;
    }

    private static @Nullable String inner(JsonParser parser) {
        String id = null;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            if (parser.nextToken() == JsonToken.VALUE_STRING && name.equals("id")) {
                id = parser.getString();
            } else {
                parser.skipChildren();
            }
        }
        return id;
    }

    /* Run id, hyphen, number. */
    private boolean take(String id) {
        int digits = id.length() - RUN_LENGTH - 1;
        if (digits < 1 || digits > MOST_DIGITS || id.charAt(RUN_LENGTH) != '-') {
            return false;
        }
        long value = 0;
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            if (i > RUN_LENGTH) {
                if (!digit) {
                    return false;
                }
                value = value * 10 + c - '0';
            } else if (i < RUN_LENGTH && !digit && !(c >= 'a' && c <= 'z')) {
                return false;
            }
        }
        if (!id.startsWith(run) || run.isEmpty()) {
            run = id.substring(0, RUN_LENGTH);
        }
        number = value;
        return value > 0;
    }

    /** Of the last line that was an event: the run. */
    String run() {
        return run;
    }

    /** Its number. */
    long number() {
        return number;
    }
}
