package io.inkfast.mask;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JacksonSerializable;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.jsontype.TypeSerializer;

/** What {@link Safe#of} makes. Immutable. */
final class SafeValue extends Safe implements JacksonSerializable {

    final @Nullable Object value;

    SafeValue(@Nullable Object value) {
        this.value = value;
    }

    @Override
    public void serialize(JsonGenerator generator, SerializationContext context) {
        if (generator instanceof RedactingJsonGenerator redacting) {
            redacting.writeSafe(value);
        } else {
            generator.writePOJO(value);
        }
    }

    @Override
    public void serializeWithType(JsonGenerator generator, SerializationContext context, TypeSerializer types) {
        serialize(generator, context);
    }

    @Override
    public String toString() {
        return String.valueOf(value);
    }
}
