package io.inkfast.wal.event;

import io.inkfast.internal.BatchBuffer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.BitSet;
import net.logstash.logback.argument.StructuredArgument;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.util.RawValue;
import tools.jackson.databind.util.TokenBuffer;

/*
 * Tokens and not text: what a number was, and that bytes were bytes, decides how any encoder writes them, and how a redactor
 * looks at them.
 */
/** JSON as the tokens of {@link EventRecord}. Those that were read have been checked. Immutable. */
final class Tokens {

    private final byte[] bytes;
    private final int from;
    private final int to;

    private Tokens(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.from = from;
        this.to = to;
    }

    /** Writes length and tokens. */
    static void write(BatchBuffer out, TokenBuffer json) {
        int start = out.size();
        int depth = 0;
        Primitives.fourBytes(out, 0);
        try (JsonParser parser = json.asParser()) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (depth > EventRecord.DEEPEST_TOKEN) {
                    throw new IllegalStateException("JSON is too deep");
                }
                write(out, token, parser);
            }
        }
        Primitives.INTS.set(out.array(), start, out.size() - start - 4);
    }

    /** Writes length and tokens of an object with the fields that something writes; one without any if it cannot. */
    static void writeMembers(BatchBuffer out, StructuredArgument fields) {
        int start = out.size();
        try {
            TokenBuffer json = Values.buffer();
            json.writeStartObject();
            fields.writeTo(json);
            json.writeEndObject();
            write(out, json);
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            out.truncate(start);
            Primitives.fourBytes(out, 2);
            out.write(EventRecord.OBJECT_START);
            out.write(EventRecord.OBJECT_END);
        }
    }

    private static void write(BatchBuffer out, JsonToken token, JsonParser parser) {
        switch (token) {
            case START_OBJECT -> out.write(EventRecord.OBJECT_START);
            case END_OBJECT -> out.write(EventRecord.OBJECT_END);
            case START_ARRAY -> out.write(EventRecord.ARRAY_START);
            case END_ARRAY -> out.write(EventRecord.ARRAY_END);
            case PROPERTY_NAME -> {
                out.write(EventRecord.NAME);
                Primitives.text(out, parser.currentName());
            }
            case VALUE_STRING -> Primitives.scalar(out, parser.getString(), 0);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(out, parser.getNumberValueDeferred());
            case VALUE_TRUE -> out.write(EventRecord.TRUE);
            case VALUE_FALSE -> out.write(EventRecord.FALSE);
            case VALUE_NULL -> out.write(EventRecord.NULL);
            case VALUE_EMBEDDED_OBJECT -> embedded(out, parser.getEmbeddedObject());
            default -> throw new IllegalStateException("no JSON");
        }
    }

    private static void number(BatchBuffer out, Object number) {
        if (number instanceof String || !Primitives.scalar(out, number, 0)) {
            out.write(EventRecord.NUMERAL);
            Primitives.text(out, number.toString());
        }
    }

    private static void embedded(BatchBuffer out, @Nullable Object object) {
        if (object instanceof byte[] binary) {
            out.write(EventRecord.BINARY);
            Primitives.bytes(out, binary);
        } else if (object instanceof RawValue raw && raw.rawValue() != null) {
            out.write(EventRecord.RAW);
            Primitives.text(out, raw.rawValue().toString());
        } else {
            throw new IllegalStateException("an object in JSON that is none");
        }
    }

    /** Reads length and tokens of one value. */
    static Tokens read(RecordReader reader, byte[] bytes, boolean object) throws DamagedEventException {
        int length = reader.fourBytes();
        int from = reader.position();
        check(reader.part(length), object);
        return new Tokens(bytes, from, from + length);
    }

    private static void check(RecordReader reader, boolean object) throws DamagedEventException {
        BitSet arrays = new BitSet();
        int depth = 0;
        boolean named = false;
        boolean first = true;
        do {
            int tag = reader.oneByte();
            boolean inObject = depth > 0 && !arrays.get(depth);
            boolean ends = tag == EventRecord.OBJECT_END || tag == EventRecord.ARRAY_END;
            boolean name = tag == EventRecord.NAME;
            boolean fits;
            if (name) {
                fits = inObject && !named;
            } else if (ends) {
                fits = depth > 0 && !named && inObject == (tag == EventRecord.OBJECT_END);
            } else {
                fits = !inObject || named;
            }
            if (!fits || (first && object && tag != EventRecord.OBJECT_START) || depth > EventRecord.DEEPEST_TOKEN) {
                throw new DamagedEventException("JSON in the record is damaged");
            }
            first = false;
            named = name;
            if (ends) {
                depth--;
            } else if (tag == EventRecord.OBJECT_START || tag == EventRecord.ARRAY_START) {
                depth++;
                arrays.set(depth, tag == EventRecord.ARRAY_START);
            } else {
                skip(reader, tag);
            }
        } while (depth > 0);
        reader.finished();
    }

    private static void skip(RecordReader reader, int tag) throws DamagedEventException {
        switch (tag) {
            case EventRecord.NAME, EventRecord.TEXT, EventRecord.RAW, EventRecord.NUMERAL -> {
                if (!reader.skipText()) {
                    throw new DamagedEventException("a text is missing in the record");
                }
            }
            case EventRecord.BINARY -> reader.skip(reader.count());
            default -> reader.scalar(tag);
        }
    }

    /** Writes the value. */
    void copyTo(JsonGenerator generator) {
        copy(new RecordReader(bytes, from, to), generator);
    }

    /** Writes what is in the object into another one. */
    void copyMembersTo(JsonGenerator generator) {
        copy(new RecordReader(bytes, from + 1, to - 1), generator);
    }

    private static void copy(RecordReader reader, JsonGenerator generator) {
        try {
            while (reader.hasMore()) {
                copy(reader.oneByte(), reader, generator);
            }
        } catch (DamagedEventException e) {
            throw new IllegalStateException("the bytes of an event were changed while it was in use", e);
        }
    }

    private static void copy(int tag, RecordReader reader, JsonGenerator generator) throws DamagedEventException {
        switch (tag) {
            case EventRecord.OBJECT_START -> generator.writeStartObject();
            case EventRecord.OBJECT_END -> generator.writeEndObject();
            case EventRecord.ARRAY_START -> generator.writeStartArray();
            case EventRecord.ARRAY_END -> generator.writeEndArray();
            case EventRecord.NAME -> generator.writeName(reader.textThatIs());
            case EventRecord.RAW -> generator.writeRawValue(reader.textThatIs());
            case EventRecord.NUMERAL -> generator.writeNumber(reader.textThatIs());
            case EventRecord.BINARY -> generator.writeBinary(reader.binary());
            default -> scalar(reader.scalar(tag), generator);
        }
    }

    private static void scalar(@Nullable Object value, JsonGenerator generator) {
        if (value == null) {
            generator.writeNull();
        } else if (value instanceof String text) {
            generator.writeString(text);
        } else if (value instanceof Boolean flag) {
            generator.writeBoolean(flag);
        } else if (value instanceof Long number) {
            generator.writeNumber(number);
        } else if (value instanceof Double number) {
            generator.writeNumber(number);
        } else if (value instanceof Float number) {
            generator.writeNumber(number);
        } else if (value instanceof BigInteger number) {
            generator.writeNumber(number);
        } else {
            generator.writeNumber((BigDecimal) value);
        }
    }
}
