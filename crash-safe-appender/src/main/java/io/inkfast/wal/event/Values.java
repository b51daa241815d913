package io.inkfast.wal.event;

import io.inkfast.internal.BatchBuffer;
import io.inkfast.mask.Safe;
import net.logstash.logback.argument.StructuredArgument;
import net.logstash.logback.marker.SingleFieldAppendingMarker;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.TokenBuffer;

/** Writes and reads the values of {@link EventRecord}: arguments, and those of key-values. Any thread. */
final class Values {

    private static final String WITHHELD = "[withheld]";

    /* Redacted objects write themselves; all it does is to find out that they can. */
    private static final ObjectMapper MAPPER = JsonMapper.builder().build();

    private Values() {}

    static void write(BatchBuffer out, @Nullable Object value) {
        if (Primitives.scalar(out, value, 0) || value == null) {
            return;
        }
        int start = out.size();
        try {
            if (value instanceof StructuredArgument argument) {
                structured(out, argument);
            } else {
                object(out, value, value instanceof Safe ? EventRecord.HARMLESS : 0);
            }
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            out.truncate(start);
            Primitives.scalar(out, WITHHELD, 0);
        }
    }

    private static void structured(BatchBuffer out, StructuredArgument argument) {
        out.write(EventRecord.STRUCTURED);
        Primitives.text(out, String.valueOf(argument));
        Primitives.text(out, argument instanceof SingleFieldAppendingMarker field ? field.getFieldName() : null);
        Tokens.writeMembers(out, argument);
    }

    private static void object(BatchBuffer out, Object value, int harmless) {
        String text = String.valueOf(value);
        TokenBuffer json = buffer();
        json.writePOJO(value);
        Object scalar = scalar(json);
        if (scalar != null && scalar.toString().equals(text) && Primitives.scalar(out, scalar, harmless)) {
            return;
        }
        out.write(EventRecord.OBJECT | harmless);
        Primitives.text(out, text);
        Tokens.write(out, json);
    }

    /** An empty one, which redacted objects can write themselves to. */
    static TokenBuffer buffer() {
        return MAPPER._serializationContext().bufferForValueConversion();
    }

    /* The one text or number that it is; else null. */
    private static @Nullable Object scalar(TokenBuffer json) {
        try (JsonParser parser = json.asParser()) {
            JsonToken token = parser.nextToken();
            if (token == JsonToken.VALUE_STRING) {
                return parser.getString();
            }
            return token == JsonToken.VALUE_NUMBER_INT ? parser.getNumberValue() : null;
        }
    }

    static @Nullable Object read(RecordReader reader, byte[] bytes) throws DamagedEventException {
        int tag = reader.oneByte();
        int kind = tag & ~EventRecord.HARMLESS;
        Object value;
        if (kind == EventRecord.STRUCTURED) {
            String text = reader.textThatIs();
            String name = reader.text();
            Tokens fields = Tokens.read(reader, bytes, true);
            value = name == null
                    ? new JournaledArgument(text, fields)
                    : new JournaledField(JournaledField.ARGUMENT, name, text, fields);
        } else if (kind == EventRecord.OBJECT) {
            String text = reader.textThatIs();
            value = new JournaledObject(text, Tokens.read(reader, bytes, false));
        } else {
            value = reader.scalar(kind);
        }
        return tag == kind ? value : Safe.of(value);
    }
}
