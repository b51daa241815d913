package io.inkfast.mask;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.util.TokenBuffer;

/**
 * An object that began with a name like {@code value}: the scalar under it waits for a name beside it that tells what it
 * is, and what follows waits with it. One thread.
 */
final class HeldObject {

    /* Whoever tells what a value is does so soon. */
    private static final int MOST_NAMES = 64;

    private final JsonGenerator outer;
    private final String name;
    private final int depth;
    private int names;
    private @Nullable Object value;
    private @Nullable TokenBuffer rest;

    HeldObject(JsonGenerator outer, String name, int depth) {
        this.outer = outer;
        this.name = name;
        this.depth = depth;
    }

    JsonGenerator outer() {
        return outer;
    }

    String name() {
        return name;
    }

    /** Whether the value has not come yet. */
    boolean awaits() {
        return rest == null;
    }

    boolean isIn(int nesting) {
        return nesting == depth;
    }

    /** Whether another name at this depth is one too many. */
    boolean isFull(int nesting) {
        return nesting == depth && ++names > MOST_NAMES;
    }

    /** Keeps a text or a number; returns what the rest of the object is to be written to. */
    JsonGenerator hold(Object scalar) {
        value = scalar;
        TokenBuffer buffer = new TokenBuffer(outer.objectWriteContext(), false);
        buffer.writeStartObject();
        rest = buffer;
        return buffer;
    }

    Object value() {
        return Objects.requireNonNull(value);
    }

    /** Writes the value, which is a number, as it came. */
    void writeNumber() {
        if (value instanceof CoveringGenerator.Written written) {
            outer.writeNumber(written.number());
        } else if (value instanceof Long number) {
            outer.writeNumber(number);
        } else if (value instanceof Integer number) {
            outer.writeNumber(number);
        } else if (value instanceof Short number) {
            outer.writeNumber(number);
        } else if (value instanceof Double number) {
            outer.writeNumber(number);
        } else if (value instanceof Float number) {
            outer.writeNumber(number);
        } else if (value instanceof BigInteger number) {
            outer.writeNumber(number);
        } else {
            outer.writeNumber((BigDecimal) value());
        }
    }

    /** Writes what came behind the value; a name whose value is still to come may be the last. */
    void copyRest() {
        try (JsonParser parser = Objects.requireNonNull(rest).asParser()) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                outer.writeName(parser.currentName());
                if (parser.nextToken() == null) {
                    return;
                }
                outer.copyCurrentStructureExact(parser);
            }
        }
    }
}
